import { parseMessage } from "../parse-message.ts";
import { fhirPackage, findPeers, type Peers, peersOf } from "./peers.ts";
import { printed, readSamples, type Sample } from "./samples.ts";

export interface FhirBenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  /** Only messages with this in their name. */
  readonly only?: string | undefined;
  /** A folder of more messages. */
  readonly samples?: string | undefined;
}

type Rates = ReadonlyMap<string, readonly (readonly number[])[]>;

/** What measuring needs of its surroundings. */
export interface FhirBenchPorts {
  /** The folder of the hub's own example messages. */
  readonly documents: string;
  /** A package by its name, where it is installed. */
  readonly installed: (name: string) => Promise<unknown>;
  /** How often a second each work is done, all taking turns: by round and turn. */
  readonly inTurns: (
    works: ReadonlyMap<string, () => void>,
    options: { readonly seconds: number; readonly rounds: number },
  ) => Rates;
  readonly measured: (measured: FhirMeasured) => void;
  readonly note: (line: string) => void;
}

/** Of the rounds. */
interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** Times a second of processor time; `take`: bytes to a typed message, all checks included. `ratio`: our rate over another's. */
export interface FhirMeasured {
  readonly message: string;
  readonly format: "xml" | "json";
  readonly bytes: number;
  readonly rates: Readonly<Record<string, Spread>>;
  readonly ratios: Readonly<Record<string, Spread>>;
}

/** The messages in XML of which the median of the rounds is less than the least, which is `leastToFhirPackage`. */
export interface FhirComparison {
  readonly messages: number;
  readonly least: number;
  readonly leastOf: string;
  readonly slower: readonly string[];
}

/** A hub runs for weeks: the engine's own compiling, of more code here than in any of the others, is not what is measured. */
const warmUpSeconds = 8;

/** Taking a message, with all that is checked, against that package's mere converting of it to JSON. */
export const leastToFhirPackage = 3;

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const spread = (values: readonly number[], round: (value: number) => number): Spread => ({
  min: round(Math.min(...values)),
  median: round(middle(values)),
  max: round(Math.max(...values)),
});

const twoDigits = (value: number): number => Number(value.toFixed(2));

const worksOf = ({ bytes, format, typed }: Sample) => ({
  take: () => void parseMessage(bytes),
  print: () => void printed(typed, format),
});

const works = (sample: Sample, peers: Peers): Map<string, () => void> =>
  new Map([...Object.entries(worksOf(sample)), ...peersOf(peers, sample.format, sample.bytes)]);

const measure = (sample: Sample, peers: Peers, rates: Rates): FhirMeasured => {
  const byRound = new Map([...rates].map(([name, rounds]) => [name, rounds.map(middle)]));
  const taken = byRound.get("take") ?? [];
  const others = [...byRound].filter(([name]) => peers[sample.format].has(name));
  const ratioTo = (other: readonly number[]): number[] =>
    taken.map((rate, round) => rate / (other[round] ?? Number.NaN));
  return {
    message: sample.name,
    format: sample.format,
    bytes: sample.bytes.length,
    rates: Object.fromEntries([...byRound].map(([name, values]) => [name, spread(values, Math.round)])),
    ratios: Object.fromEntries(others.map(([name, values]) => [name, spread(ratioTo(values), twoDigits)])),
  };
};

const compared = (all: readonly FhirMeasured[]): FhirComparison | undefined => {
  const ratios = all.flatMap(({ message, ratios }) => {
    const ratio = ratios[fhirPackage]?.median;
    return ratio === undefined ? [] : [{ message, ratio }];
  });
  const [least] = ratios.toSorted((a, b) => a.ratio - b.ratio);
  if (least === undefined) return undefined;
  const slower = ratios.filter(({ ratio }) => ratio < leastToFhirPackage).map(({ message }) => message);
  return { messages: ratios.length, least: least.ratio, leastOf: least.message, slower };
};

const samplesOf = async (
  { documents, note }: FhirBenchPorts,
  { samples, only = "" }: FhirBenchOptions,
): Promise<Sample[]> => {
  const own = await readSamples(documents, true);
  const more = samples === undefined ? { samples: [], left: [] } : await readSamples(samples, false);
  if (more.left.length > 0) note(`Left out, no messages that can be taken: ${more.left.join(", ")}.`);
  return [...own.samples, ...more.samples].filter(({ name }) => name.includes(only));
};

/**
 * Messages a second of processor time: taken (bytes to a typed message, all checks included) and printed, beside readers that do
 * less; rounds of turns. @returns how taking compares with the npm package `fhir`; nothing, where that is not installed.
 */
export const benchFhir = async (
  ports: FhirBenchPorts,
  options: FhirBenchOptions,
): Promise<FhirComparison | undefined> => {
  const peers = await findPeers(ports.installed);
  if (peers.missing.length > 0) ports.note(`Left out, not installed: ${peers.missing.join(", ")}.`);
  const samples = await samplesOf(ports, options);
  const own = samples.flatMap((sample, at) => {
    const { take, print } = worksOf(sample);
    return [[`take ${at}`, take] as const, [`print ${at}`, print] as const];
  });
  ports.inTurns(new Map(own), { seconds: warmUpSeconds, rounds: 0 });
  const all: FhirMeasured[] = [];
  for (const sample of samples) {
    const measured = measure(sample, peers, ports.inTurns(works(sample, peers), options));
    all.push(measured);
    ports.measured(measured);
  }
  return compared(all);
};
