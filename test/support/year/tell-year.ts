/** What was run, and what is only reckoned from it, in words. */
import type { ProvenYear } from "./prove-year.ts";
import { regionCitizens } from "./volumes.ts";

const whole = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, " ");
const one = (value: number): string => value.toFixed(1);

const secondsOfAYear = 365 * 24 * 3600;

export const toldYear = (
  { lived, speed, recounted, recountSeconds, explained, busiest }: ProvenYear,
  share: number,
): string[] => {
  const { hub, citizens, begun, region } = lived;
  const { records, bytes, rang, refused } = hub.counts;
  const cases = Object.values(begun).reduce((sum, count) => sum + count, 0);
  const refusals = [...refused].map(([why, count]) => `${whole(count)} ${why}`);
  const [all, peak] = [records / share, busiest.records / share];
  return [
    "RUN",
    `  a year of ${whole(citizens)} of ${whole(regionCitizens)} citizens (${String(share * 100)} %), ${String(region.organisations.length)} organisations`,
    `  ${whole(cases)} cases begun: ${Object.entries(begun)
      .map(([kind, count]) => `${kind} ${whole(count)}`)
      .join(", ")}`,
    `  ${whole(records)} records, ${one(bytes / 1e6)} MB of text; ${whole(rang)} timers rang`,
    `  refused: ${refusals.length === 0 ? "nothing" : refusals.join("; ")}`,
    `  lived and counted in ${one(speed.seconds)} s, ${one(speed.processorSeconds)} s of processor: ${whole(speed.recordsASecond)} records a second of processor, ${whole(speed.rssMegabytes)} MB of memory`,
    `  recounted in ${one(recountSeconds)} s: ${whole(recounted.clocks)} clocks and ${whole(recounted.figures)} figures, ${recounted.differences.length === 0 ? "equal" : `${whole(recounted.differences.length)} DIFFERENCES`}`,
    `  ${whole(explained.clocks)} clocks explained from their records (${whole(explained.warned)} warned, ${whole(explained.breached)} breached): ${explained.wrong.length === 0 ? "all agree" : `${whole(explained.wrong.length)} DISAGREE`}`,
    "RECKONED from it, not run: the whole region",
    `  ${whole(cases / share)} cases, ${whole(all)} records, ${one(bytes / share / 1e9)} GB of text a year (sub-acute times are published by no share, so a little too high)`,
    `  ${one(all / secondsOfAYear)} records a second over the year, ${one(peak / 3600)} in the busiest hour (${busiest.hour}; of a small share, so too high)`,
    `  on one such processor ${one(all / speed.recordsASecond / 3600)} hours`,
  ];
};
