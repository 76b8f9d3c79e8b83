import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { printClinicalLetter } from "../codec/clinical-letter.ts";
import { parseDocument } from "../codec/parse-document.ts";
import type { ParsedLetter } from "../codec/parsed-document.ts";
import { printAttachments } from "../codec/print-attachments.ts";
import { printLetter } from "../codec/print-letter.ts";
import { findPeers, type Peers, type Reader } from "./peers.ts";

export interface CodecBenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  readonly only?: string | undefined;
  readonly schemas?: string | undefined;
}
/** The folder of the example documents, and where a result and a remark go. */
export interface CodecBenchPorts {
  readonly documents: string;
  readonly print: (line: string) => void;
  readonly note: (line: string) => void;
}
interface Sample {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const longTextName = "xdis01-pneumonia";
const longTextBytes = 100_000;

/** The letter with its last text as long as it takes: a long discharge letter as hospitals do write them. */
const lengthened = (bytes: Uint8Array): Uint8Array => {
  const xml = Buffer.from(bytes).toString("latin1");
  const end = xml.lastIndexOf("</Text01>");
  const start = xml.lastIndexOf("<Text01>", end) + "<Text01>".length;
  const text = `<Break/>${xml.slice(start, end)}`;
  const more = text.repeat(Math.ceil((longTextBytes - xml.length) / text.length));
  return Buffer.from(xml.slice(0, end) + more + xml.slice(end), "latin1");
};

const readSamples = async (path: string): Promise<Sample[]> => {
  const names = (await readdir(path)).filter((name) => name.endsWith(".xml")).toSorted();
  const samples = await Promise.all(
    names.map(async (name) => ({
      name: name.replace(/\.xml$/, ""),
      bytes: await readFile(join(path, name)),
    })),
  );
  const long = samples.find(({ name }) => name === longTextName);
  return long === undefined
    ? samples
    : [...samples, { name: "xdis01 of 100 KB", bytes: lengthened(long.bytes) }];
};

const envelope = { envelopeId: "HUBKUVERT00001", sent: "2026-11-26T08:00", wantsPositiveReceipt: true };

const printerOf = (letter: ParsedLetter | undefined): Reader | undefined => {
  if (letter === undefined) return undefined;
  switch (letter.kind) {
    case "letter":
      return () => void printLetter(letter.letter, envelope);
    case "attachments":
      return () => void printAttachments(letter.letter, envelope);
    case "clinical":
      return () => void printClinicalLetter(letter.letter, envelope);
    case "receipt":
    case "refused":
      return undefined;
  }
};

const taken = ({ name, bytes }: Sample): readonly ParsedLetter[] => {
  const parsed = parseDocument(bytes);
  if (parsed.kind !== "emessage") throw new Error(`${name} is not read.`);
  return parsed.letters;
};

/** Every way to read or write a document that can be measured for it, by name. */
const contenders = (sample: Sample, peers: Peers): Map<string, Reader> => {
  const { bytes } = sample;
  const all: [string, Reader | undefined][] = [
    ["parse", () => void parseDocument(bytes)],
    ["print", printerOf(taken(sample)[0])],
    ["strict", peers.strict(bytes)],
    ["fastXml", peers.fastXml?.(bytes)],
    ["fastXmlEnvelope", peers.fastXmlEnvelope?.(bytes)],
    ["libxml2", peers.libxml2?.(bytes)],
  ];
  return new Map(all.flatMap(([name, work]) => (work === undefined ? [] : [[name, work] as const])));
};

/** The clock is looked at once in a few documents: looking costs something too. */
const batch = 8;
/** Short turns, many of them: whatever else the machine does meets all readers alike. */
const turnsPerRound = 10;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
};
/** Of processor time: reading is all in memory, and other programs' share of the time is not its. */
const perSecond = (work: Reader, ms: number): number => {
  const start = cpuMs();
  let count = 0;
  let passed = 0;
  while (passed < ms) {
    for (let n = 0; n < batch; n++) work();
    count += batch;
    passed = cpuMs() - start;
  }
  return (count * 1_000) / passed;
};

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Measured {
  readonly document: string;
  readonly line: object;
  /** Our rate over that of fast-xml-parser. */
  readonly toFastXml: number | undefined;
}

const measure = (sample: Sample, peers: Peers, { seconds, rounds }: CodecBenchOptions): Measured => {
  const works = contenders(sample, peers);
  const ms = (seconds * 1_000) / works.size / turnsPerRound;
  const rates = new Map([...works.keys()].map((name): [string, number[]] => [name, []]));
  // The first turns are for the engine, which compiles what is run often.
  for (let turn = -turnsPerRound; turn < rounds * turnsPerRound; turn++)
    for (const [name, work] of works) {
      const rate = perSecond(work, ms);
      if (turn >= 0) rates.get(name)?.push(rate);
    }
  const rateOf = (name: string): number => median(rates.get(name) ?? []);
  const ratioTo = (name: string): number | undefined =>
    works.has(name) ? Number((rateOf("parse") / rateOf(name)).toFixed(2)) : undefined;
  const others = [...works.keys()].filter((name) => name !== "parse" && name !== "print");
  const line = {
    document: sample.name,
    bytes: sample.bytes.length,
    ...Object.fromEntries([...works.keys()].map((name) => [name, Math.round(rateOf(name))])),
    ...Object.fromEntries(others.map((name) => [`parseTo_${name}`, ratioTo(name)])),
  };
  return { document: sample.name, line, toFastXml: ratioTo("fastXml") };
};

/**
 * Parsing, checking and mapping to a typed letter, beside fast-xml-parser's mere parsing of the same documents: the least of
 * the ratios, and the documents in which ours is not the faster.
 */
export interface CodecComparison {
  readonly documents: number;
  readonly least: number;
  readonly leastOf: string;
  readonly slower: readonly string[];
}

/** Nothing, where fast-xml-parser is not installed. */
const compared = (all: readonly Measured[]): CodecComparison | undefined => {
  const ratios = all.flatMap(({ document, toFastXml }) =>
    toFastXml === undefined ? [] : [{ document, ratio: toFastXml }],
  );
  const [least] = ratios.toSorted((a, b) => a.ratio - b.ratio);
  if (least === undefined) return undefined;
  const slower = ratios.filter(({ ratio }) => ratio <= 1).map(({ document }) => document);
  return { documents: ratios.length, least: least.ratio, leastOf: least.document, slower };
};

/** What is refused is not measured: it says nothing of how fast a letter is read. */
const isTaken = (sample: Sample): boolean => taken(sample).every(({ kind }) => kind !== "refused");

/**
 * Documents a second of processor time, parsed with all checks to typed letters and printed from them, beside readers that do
 * less; medians of interleaved rounds. One JSON line each; `parseTo_x` is our rate over that of x. The last line compares.
 */
export const benchCodec = async (
  { documents, print, note }: CodecBenchPorts,
  options: CodecBenchOptions,
): Promise<CodecComparison | undefined> => {
  const peers = await findPeers(options.schemas);
  for (const why of peers.missing) note(`Left out: ${why}.`);
  const samples = (await readSamples(documents)).filter(({ name }) => name.includes(options.only ?? ""));
  const all: Measured[] = [];
  for (const sample of samples.filter(isTaken)) {
    const measured = measure(sample, peers, options);
    all.push(measured);
    print(JSON.stringify(measured.line));
  }
  const comparison = compared(all);
  if (comparison !== undefined) print(JSON.stringify({ parseToFastXml: comparison }));
  return comparison;
};
