import { live } from "./live.ts";
import type { Script, Step } from "./script.ts";

/** The law that a fault broke: what stands before its first colon. */
export const lawOf = (fault: string): string => fault.slice(0, fault.indexOf(":"));

const without = (steps: readonly Step[], from: number, count: number): Step[] => [
  ...steps.slice(0, from),
  ...steps.slice(from + count),
];

/** Shorter by one part of `size` steps after the other, where it still breaks the law without them. */
const leftOut = async (
  steps: readonly Step[],
  size: number,
  breaks: (steps: readonly Step[]) => Promise<boolean>,
): Promise<readonly Step[]> => {
  let kept = steps;
  for (let from = 0; from < kept.length; ) {
    const fewer = without(kept, from, size);
    if (await breaks(fewer)) kept = fewer;
    else from += size;
  }
  return kept;
};

/**
 * The shortest script that is found, by leaving out ever smaller parts, under which the same law is broken: none of its steps can be
 * left out. Everything else of the history, chance included, is as the seed has it.
 */
export const shrink = async (script: Script, law: string): Promise<Script> => {
  const breaks = async (tried: Script): Promise<boolean> =>
    (await live(tried)).faults.some((fault) => lawOf(fault) === law);
  let short = script;
  for (const plainer of [{ days: 0 }, { streams: 1 }])
    if (await breaks({ ...short, ...plainer })) short = { ...short, ...plainer };
  for (let size = Math.ceil(short.steps.length / 2); size >= 1; ) {
    const before = short.steps.length;
    const at = short;
    const steps = await leftOut(at.steps, size, (fewer) => breaks({ ...at, steps: fewer }));
    short = { ...at, steps };
    if (size > 1) size = Math.ceil(size / 2);
    else if (short.steps.length === before) return short;
  }
  return short;
};
