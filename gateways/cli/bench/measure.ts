/** A number of workers that each send, wait for the answer, and send again. */
export type Work = (worker: number, n: number) => Promise<void>;
/** Milliseconds from the sending to the answer. */
export type Took = { p50Ms: number; p99Ms: number };
export type Rate = { perSecond: number; count: number; took: Took };

/** The least of sorted values that so large a share of them does not exceed. */
export const atShare = (sorted: readonly number[], share: number): number =>
  sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? Number.NaN;

export const tookOf = (times: readonly number[]): Took => {
  const sorted = times.toSorted((a, b) => a - b);
  return { p50Ms: atShare(sorted, 0.5), p99Ms: atShare(sorted, 0.99) };
};

/** Runs for some time and counts what was answered; everything in flight is awaited. */
export const runFor = async (ms: number, connections: number, work: Work): Promise<Rate> => {
  const start = performance.now();
  const times: number[] = [];
  const worker = async (index: number): Promise<void> => {
    for (let n = 0; performance.now() - start < ms; n++) {
      const sent = performance.now();
      await work(index, n);
      times.push(performance.now() - sent);
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)));
  const seconds = (performance.now() - start) / 1_000;
  return { perSecond: Math.round(times.length / seconds), count: times.length, took: tookOf(times) };
};
