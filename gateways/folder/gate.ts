/** Lets so many pieces of work run at once; the others wait in line. */
export const createGate = (abreast: number): (<T>(work: () => Promise<T>) => Promise<T>) => {
  let running = 0;
  const waiting: (() => void)[] = [];
  return async (work) => {
    if (running >= abreast)
      await new Promise<void>((resolve) => {
        waiting.push(resolve);
      });
    else running += 1;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      // Whoever waited takes this place over, so it is not counted anew.
      if (next === undefined) running -= 1;
      else next();
    }
  };
};
