/** A number of workers that each send, wait for the answer, and send again. */
export type Work = (worker: number, n: number) => Promise<void>;
export type Rate = { perSecond: number; count: number };

/** Runs for some time and counts what was answered; everything in flight is awaited. */
export const runFor = async (ms: number, connections: number, work: Work): Promise<Rate> => {
  const start = performance.now();
  let count = 0;
  const worker = async (index: number): Promise<void> => {
    for (let n = 0; performance.now() - start < ms; n++) {
      await work(index, n);
      count++;
    }
  };
  await Promise.all(Array.from({ length: connections }, (_, index) => worker(index)));
  return { perSecond: Math.round(count / ((performance.now() - start) / 1_000)), count };
};
