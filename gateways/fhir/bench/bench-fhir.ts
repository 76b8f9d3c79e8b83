import { type BenchProcess, startBenchProcess } from "./bench-process.ts";
import { fhirPackage, findPeers, type Peers } from "./peers.ts";
import { readSamples, type Sample } from "./samples.ts";

export interface FhirBenchOptions {
  readonly seconds: number;
  readonly rounds: number;
  /** Only messages with this in their name. */
  readonly only?: string | undefined;
  /** A folder of more messages. */
  readonly samples?: string | undefined;
}

/** Of each work, the rate of each round. */
type Rates = ReadonlyMap<string, readonly number[]>;

/** What measuring needs of its surroundings. */
export interface FhirBenchPorts {
  /** The folder of the hub's own example messages. */
  readonly documents: string;
  /** A package by its name, where it is installed. */
  readonly installed: (name: string) => Promise<unknown>;
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

/** The messages of which the median of the rounds is less than the least, which is `leastToFhirPackage`. */
export interface FhirComparison {
  readonly messages: number;
  readonly least: number;
  readonly leastOf: string;
  readonly slower: readonly string[];
}

/**
 * A hub runs for weeks: the engine's own compiling, of more code here than in any of the others, is not what is measured. Turns of each
 * work before any counts: on a busy machine the engine's compiler waits for a processor as everybody does.
 */
const warmUp = { turns: 60, ms: 100 } as const;
/** Short turns, many of them: whatever else the machine does meets all works alike. */
const turnsPerRound = 10;

/** Taking a message, with all that is checked, against that package's mere converting of it to the other format. */
export const leastToFhirPackage = 3;

const middle = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

const spread = (values: readonly number[], round: (value: number) => number): Spread => ({
  min: round(Math.min(...values)),
  median: round(middle(values)),
  max: round(Math.max(...values)),
});

const twoDigits = (value: number): number => Number(value.toFixed(2));

const warm = async ({ perSecond }: BenchProcess): Promise<void> => {
  for (let turn = 0; turn < warmUp.turns; turn += 1) await perSecond(warmUp.ms);
};

/** All works of one message, one after the other in each turn. */
const ratesOf = async (
  processes: ReadonlyMap<string, BenchProcess>,
  { seconds, rounds }: FhirBenchOptions,
): Promise<Rates> => {
  const ms = (seconds * 1_000) / processes.size / turnsPerRound;
  await Promise.all([...processes.values()].map(warm));
  const rates = new Map([...processes.keys()].map((name): [string, number[]] => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    const turns = new Map([...processes.keys()].map((name): [string, number[]] => [name, []]));
    for (let turn = 0; turn < turnsPerRound; turn += 1)
      for (const [name, { perSecond }] of processes) turns.get(name)?.push(await perSecond(ms));
    for (const [name, of] of turns) rates.get(name)?.push(middle(of));
  }
  return rates;
};

/** The rates of each reader of a message, each in a process of its own. */
const ratesIn = async (
  { format, bytes }: Sample,
  readers: readonly string[],
  options: FhirBenchOptions,
): Promise<Rates> => {
  const processes = new Map<string, BenchProcess>();
  try {
    for (const reader of readers) processes.set(reader, await startBenchProcess({ reader, format, bytes }));
    return await ratesOf(processes, options);
  } finally {
    await Promise.all([...processes.values()].map(({ stop }) => stop()));
  }
};

const measure = async (sample: Sample, peers: Peers, options: FhirBenchOptions): Promise<FhirMeasured> => {
  const { name: message, format, bytes } = sample;
  const others = peers[format];
  const rates = await ratesIn(sample, ["take", "print", ...others], options);
  const ratiosTo = (name: string): number[] => {
    const other = rates.get(name) ?? [];
    return (rates.get("take") ?? []).map((rate, round) => rate / (other[round] ?? Number.NaN));
  };
  return {
    message,
    format,
    bytes: bytes.length,
    rates: Object.fromEntries([...rates].map(([name, values]) => [name, spread(values, Math.round)])),
    ratios: Object.fromEntries(others.map((name) => [name, spread(ratiosTo(name), twoDigits)])),
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
 * less. Each message with each reader is in a process of its own, all treated alike; they take turns. @returns how taking compares
 * with the npm package `fhir`; nothing, where that is not installed.
 */
export const benchFhir = async (
  ports: FhirBenchPorts,
  options: FhirBenchOptions,
): Promise<FhirComparison | undefined> => {
  const peers = await findPeers(ports.installed);
  if (peers.missing.length > 0) ports.note(`Left out, not installed: ${peers.missing.join(", ")}.`);
  const all: FhirMeasured[] = [];
  for (const sample of await samplesOf(ports, options)) {
    const measured = await measure(sample, peers, options);
    all.push(measured);
    ports.measured(measured);
  }
  return compared(all);
};
