let queued: (() => void)[] = [];

const run = (): void => {
  const works = queued;
  queued = [];
  for (const work of works) work();
};

/**
 * Does a piece of work at the end of this turn of the event loop, after whatever else arrived in it, in one go with all other
 * such work. What is written to one connection then goes out in one write; a write costs more than a message.
 */
export const atEndOfTurn = <T>(work: () => T): Promise<T> =>
  new Promise((resolve, reject) => {
    const first = queued.push(() => {
      try {
        resolve(work());
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    if (first === 1) setImmediate(run);
  });
