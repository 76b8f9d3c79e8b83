/** Memory that is shared out: whoever needs more than is left waits its turn. */
export type ByteBudget = {
  /**
   * Does `work` once so many bytes are free. More than there are in all is all there are; none at all waits for nobody.
   * Nothing that is held may wait for more to be held: two that did would wait for one another.
   */
  hold: <T>(bytes: number, work: () => Promise<T>) => Promise<T>;
};

type Waiter = { bytes: number; go: () => void };

/** First come, first served, also where a later one would fit: a large one is not passed for ever. */
export const createByteBudget = (total: number): ByteBudget => {
  let free = total;
  const waiting: Waiter[] = [];
  const letGo = (): void => {
    for (let [next] = waiting; next !== undefined && next.bytes <= free; [next] = waiting) {
      waiting.shift();
      free -= next.bytes;
      next.go();
    }
  };
  return {
    hold: async (asked, work) => {
      if (asked <= 0) return work();
      const bytes = Math.min(asked, total);
      await new Promise<void>((resolve) => {
        waiting.push({ bytes, go: resolve });
        letGo();
      });
      try {
        return await work();
      } finally {
        free += bytes;
        letGo();
      }
    },
  };
};
