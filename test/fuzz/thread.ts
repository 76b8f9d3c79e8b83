/** One target in a thread of its own: what hangs it or exhausts its memory is seen by whoever started it. */
import { parentPort } from "node:worker_threads";
import { randomOf } from "../support/oioxml-mutations.ts";
import { isOurs, startCoverage } from "./coverage.ts";
import { createLoop, type Finding } from "./loop.ts";
import { minimised } from "./minimise.ts";
import type { Target } from "./target.ts";
import { targets } from "./targets/targets.ts";

export type Order = { target: string; seed: number; seconds: number; shared: SharedArrayBuffer };
export type Said = {
  tried: number;
  corpus: number;
  places: number;
  heapMb: number;
  findings: Finding[];
  done: boolean;
};

/** In the shared memory: when the input began, how long it is, and the input. */
export const headBytes = 16;

const noteIn = (shared: SharedArrayBuffer) => {
  const [head, body] = [new Float64Array(shared, 0, 2), new Uint8Array(shared, headBytes)];
  return (bytes: Uint8Array): void => {
    head[1] = Math.min(bytes.length, body.length);
    body.set(bytes.subarray(0, body.length));
    head[0] = Date.now();
  };
};

const smallest = (target: Target, { kind, message, bytes }: Finding): Finding => {
  const fails = (fewer: Uint8Array): boolean => {
    try {
      target.run(fewer);
      return false;
    } catch (error) {
      return error instanceof Error && message.startsWith(error.name);
    }
  };
  return { kind, message, bytes: minimised(bytes, fails) };
};

/** The same fault is told once: by its first words, without what differs from input to input. */
const nameOf = ({ kind, message }: Finding): string =>
  `${kind} ${message.replaceAll(/\d+/g, "#").slice(0, 60)}`;

const work = ({ target: name, seed, seconds, shared }: Order, say: (said: Said) => void): void => {
  const target = targets.find((one) => one.name === name);
  if (target === undefined) throw new Error(`There is no target ${name}.`);
  const note = noteIn(shared);
  const loop = createLoop(target, {
    coverage: startCoverage(isOurs),
    random: randomOf(seed),
    beginning: note,
  });
  const known = new Map<string, Finding>();
  const end = Date.now() + seconds * 1_000;
  const told = (done: boolean): Said => ({
    ...{ tried: loop.tried(), corpus: loop.corpus(), places: loop.places(), done },
    heapMb: Math.round(process.memoryUsage().heapUsed / 1_048_576),
    findings: [...known.values()],
  });
  let next = Date.now() + 5_000;
  while (Date.now() < end) {
    for (const found of loop.turn())
      if (!known.has(nameOf(found))) known.set(nameOf(found), smallest(target, found));
    if (Date.now() < next) continue;
    say(told(false));
    next = Date.now() + 5_000;
  }
  say(told(true));
};

parentPort?.once("message", (order: Order) => {
  work(order, (said) => parentPort?.postMessage(said));
});
