import { live } from "./live.ts";
import type { Durable } from "./memory/nats-server.ts";
import type { Script, Step } from "./script.ts";

/** The law that a fault broke: what stands before its first colon. */
export const lawOf = (fault: string): string => fault.slice(0, fault.indexOf(":"));

const without = (steps: readonly Step[], from: number, count: number): Step[] => [
  ...steps.slice(0, from),
  ...steps.slice(from + count),
];

/**
 * The shortest script that is found, by leaving out ever smaller parts, under which the same law is broken. Everything else of
 * the history, chance included, is as the seed has it.
 */
export const shrink = async (script: Script, law: string, durable: Durable): Promise<Script> => {
  const breaks = async (steps: readonly Step[]): Promise<boolean> =>
    (await live({ ...script, steps }, durable)).faults.some((fault) => lawOf(fault) === law);
  let { steps } = script;
  for (let size = Math.ceil(steps.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2))
    for (let from = 0; from < steps.length; ) {
      const fewer = without(steps, from, size);
      if (await breaks(fewer)) steps = fewer;
      else from += size;
    }
  return { ...script, steps };
};
