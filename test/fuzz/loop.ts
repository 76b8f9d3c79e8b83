import { pick, upTo } from "../support/mutation-parts.ts";
import type { Random } from "../support/oioxml-mutations.ts";
import type { Coverage } from "./coverage.ts";
import type { Target } from "./target.ts";

export type Finding = { kind: "crash" | "hang" | "leak" | "wrong"; message: string; bytes: Uint8Array };
type Corpus = { inputs: Uint8Array[]; seen: Set<string> };

/** Asking for coverage costs more than most inputs: it is asked once for so many, and of each of them only where something was new. */
const together = 24;
/** Small inputs are quick and easy to understand: of the corpus the newest are tried most. */
const newestFirst = (random: Random, length: number): number =>
  Math.floor((1 - random() ** 2) * length * 0.999_999);

type Loop = {
  /** Tries so many inputs more, and says what was found. */
  turn: () => Finding[];
  tried: () => number;
  corpus: () => number;
  places: () => number;
};

type LoopWorld = {
  coverage: Coverage;
  random: Random;
  /** Told before each input, so that somebody else knows which one never ended. */
  beginning: (bytes: Uint8Array) => void;
};

const addNew = (seen: Set<string>, places: ReadonlySet<string>): boolean => {
  const before = seen.size;
  for (const place of places) seen.add(place);
  return seen.size > before;
};

const childOf = ({ inputs }: Corpus, target: Target, random: Random): Uint8Array => {
  const parent = inputs[newestFirst(random, inputs.length)] ?? new Uint8Array();
  const child = target.mutate(parent, random);
  if (random() > 0.15 || inputs.length < 2) return child;
  // Two that each found something, one behind half of the other.
  const other = pick(random, inputs);
  return Buffer.concat([
    child.subarray(0, upTo(random, child.length + 1)),
    other.subarray(upTo(random, other.length + 1)),
  ]);
};

const finding = (error: unknown, bytes: Uint8Array): Finding => {
  const name = error instanceof Error ? error.name : "unknown";
  // The message may repeat the input, whose words are made up; the first line is enough to know it again.
  const message = error instanceof Error ? `${name}: ${error.message.split("\n")[0] ?? ""}` : String(error);
  return { kind: name === "Wrong" || name === "ZodError" ? "wrong" : "crash", message, bytes };
};

/** Coverage-guided: what reaches code that nothing reached before is kept, and changed further. */
export const createLoop = (target: Target, { coverage, random, beginning }: LoopWorld): Loop => {
  const corpus: Corpus = { inputs: [], seen: new Set() };
  let tried = 0;
  const attempt = (bytes: Uint8Array): Finding | undefined => {
    beginning(bytes);
    tried += 1;
    try {
      target.run(bytes);
      return undefined;
    } catch (error) {
      return finding(error, bytes);
    }
  };
  const keepIfNew = (bytes: Uint8Array): void => {
    coverage.take();
    attempt(bytes);
    if (addNew(corpus.seen, coverage.take())) corpus.inputs.push(bytes);
  };
  const begin = (): void => {
    for (const seed of target.seeds()) {
      corpus.inputs.push(seed);
      attempt(seed);
    }
    addNew(corpus.seen, coverage.take());
  };
  const turn = (): Finding[] => {
    if (corpus.inputs.length === 0) begin();
    coverage.take();
    const batch = Array.from({ length: together }, () => childOf(corpus, target, random));
    const found = batch.map(attempt);
    const places = coverage.take();
    if ([...places].some((place) => !corpus.seen.has(place))) batch.forEach(keepIfNew);
    // Counts of many inputs together are none of one: they only said that it is worth looking.
    addNew(corpus.seen, places);
    return found.filter((one) => one !== undefined);
  };
  return {
    turn,
    tried: () => tried,
    corpus: () => corpus.inputs.length,
    places: () => corpus.seen.size,
  };
};
