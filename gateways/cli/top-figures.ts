import type { Sample } from "../../contracts/prometheus-text.ts";

/** What a hub told at one moment. */
export type Reading = { readonly atMs: number; readonly samples: readonly Sample[] };

type Wanted = Readonly<Record<string, string>>;
const fits = (labels: Sample["labels"], wanted: Wanted): boolean =>
  Object.entries(wanted).every(([name, value]) => labels[name] === value);

/** The sum of all that have these labels; 0 when there is none. */
export const levelOf = ({ samples }: Reading, name: string, wanted: Wanted = {}): number =>
  samples
    .filter((sample) => sample.name === name && fits(sample.labels, wanted))
    .reduce((sum, { value }) => sum + value, 0);

/** By the values of one label. */
export const levelsBy = ({ samples }: Reading, name: string, label: string): Map<string, number> => {
  const found = new Map<string, number>();
  for (const sample of samples)
    if (sample.name === name) {
      const key = sample.labels[label] ?? "";
      found.set(key, (found.get(key) ?? 0) + sample.value);
    }
  return found;
};

/** Two readings, the older first. A hub that was started anew between them counts from nothing. */
export type Between = { readonly before: Reading; readonly now: Reading };

const secondsOf = ({ before, now }: Between): number => Math.max(0.001, (now.atMs - before.atMs) / 1_000);
const grown = (from: number, to: number): number => (to < from ? to : to - from);

/** How much a counter grew a second. */
export const rateOf = (between: Between, name: string, wanted: Wanted = {}): number =>
  grown(levelOf(between.before, name, wanted), levelOf(between.now, name, wanted)) / secondsOf(between);

/** How much it grew between the two, by the values of one label; what did not grow is left out. */
export const growthBy = ({ before, now }: Between, name: string, label: string): Map<string, number> => {
  const old = levelsBy(before, name, label);
  const all = [...levelsBy(now, name, label)].map(([key, value]): [string, number] => [
    key,
    grown(old.get(key) ?? 0, value),
  ]);
  return new Map(all.filter(([, value]) => value > 0));
};

/**
 * The time within which this share of what happened between the two readings ended, in seconds: as Prometheus' histogram_quantile
 * estimates it, evenly spread within a bucket. `undefined`: nothing happened. What lies above the last bucket counts as its limit.
 */
export const quantileOf = (
  between: Between,
  { name, share, wanted = {} }: { name: string; share: number; wanted?: Wanted },
): number | undefined => {
  const buckets = [...growthOf(between, `${name}_bucket`, wanted)].sort(([a], [b]) => a - b);
  const total = buckets.at(-1)?.[1] ?? 0;
  if (total === 0) return undefined;
  const rank = share * total;
  let [below, under] = [0, 0];
  for (const [limit, count] of buckets) {
    if (count >= rank)
      return limit === Number.POSITIVE_INFINITY
        ? below
        : below + ((limit - below) * (rank - under)) / Math.max(count - under, Number.MIN_VALUE);
    [below, under] = [limit, count];
  }
  return below;
};

/** The buckets of a histogram, by limit, and how many fell into each or below it between the two readings. */
const growthOf = ({ before, now }: Between, name: string, wanted: Wanted): Map<number, number> => {
  const inReading = ({ samples }: Reading): Map<number, number> => {
    const found = new Map<number, number>();
    for (const { name: named, labels, value } of samples)
      if (named === name && fits(labels, wanted)) {
        const limit = labels["le"] === "+Inf" ? Number.POSITIVE_INFINITY : Number(labels["le"]);
        found.set(limit, (found.get(limit) ?? 0) + value);
      }
    return found;
  };
  const old = inReading(before);
  return new Map([...inReading(now)].map(([limit, count]) => [limit, grown(old.get(limit) ?? 0, count)]));
};
