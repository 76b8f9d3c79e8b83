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
type Rates = ReadonlyMap<string, readonly (readonly number[])[]>;

/** The folder of the example documents, how is measured, and where a result and a remark go. */
export interface CodecBenchPorts {
  readonly documents: string;
  /** A package by its name, where it is installed. */
  readonly installed: (name: string) => Promise<unknown>;
  /** How often a second each work is done, all taking turns: by round and turn. */
  readonly inTurns: (
    works: ReadonlyMap<string, Reader>,
    options: { readonly seconds: number; readonly rounds: number },
  ) => Rates;
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

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

interface Measured {
  readonly document: string;
  readonly line: object;
  /** Our rate over that of fast-xml-parser. */
  readonly toFastXml: number | undefined;
}

const measure = (sample: Sample, works: ReadonlyMap<string, Reader>, rates: Rates): Measured => {
  const rateOf = (name: string): number => median(rates.get(name)?.flat() ?? []);
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
  { documents, installed, inTurns, print, note }: CodecBenchPorts,
  options: CodecBenchOptions,
): Promise<CodecComparison | undefined> => {
  const peers = await findPeers(installed, options.schemas);
  for (const why of peers.missing) note(`Left out: ${why}.`);
  const samples = (await readSamples(documents)).filter(({ name }) => name.includes(options.only ?? ""));
  const all: Measured[] = [];
  for (const sample of samples.filter(isTaken)) {
    const works = contenders(sample, peers);
    const measured = measure(sample, works, inTurns(works, options));
    all.push(measured);
    print(JSON.stringify(measured.line));
  }
  const comparison = compared(all);
  if (comparison !== undefined) print(JSON.stringify({ parseToFastXml: comparison }));
  return comparison;
};
