/** Work that is done one after another, in the order in which it came. */
export type Turns = {
  take: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Once everything that came before is done. */
  ended: () => Promise<void>;
};

export const createTurns = (): Turns => {
  let last: Promise<unknown> = Promise.resolve();
  return {
    take: (work) => {
      const done = last.then(work);
      last = done.catch(() => undefined);
      return done;
    },
    ended: async () => {
      await last;
    },
  };
};
