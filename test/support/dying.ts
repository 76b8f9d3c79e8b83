/** Wraps what a process does, one thing after the other, so that it dies at the nth: that fails, and nothing more is done of it. */
export const dyingAt = (step: number) => {
  let taken = 0;
  return <A extends unknown[], R>(work: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      taken += 1;
      if (taken === step) throw new Error("died");
      return work(...args);
    };
};
