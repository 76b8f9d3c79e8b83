/** What comes first in time, and of two at the same time what was put in first. */
export type Heap<One> = {
  push: (at: number, one: One) => void;
  pop: () => { at: number; one: One } | undefined;
  first: () => number;
};

export const createHeap = <One>(): Heap<One> => {
  const kept: { at: number; no: number; one: One }[] = [];
  let count = 0;
  const before = (a: number, b: number): boolean => {
    const [x, y] = [kept[a], kept[b]];
    if (x === undefined || y === undefined) return false;
    return x.at === y.at ? x.no < y.no : x.at < y.at;
  };
  const swap = (a: number, b: number): void => {
    const [x, y] = [kept[a], kept[b]];
    if (x === undefined || y === undefined) return;
    kept[a] = y;
    kept[b] = x;
  };
  const sink = (from: number): void => {
    let at = from;
    for (;;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const smaller = before(right, left) ? right : left;
      if (!before(smaller, at)) return;
      swap(smaller, at);
      at = smaller;
    }
  };
  return {
    first: () => kept[0]?.at ?? Number.POSITIVE_INFINITY,
    push: (at, one) => {
      let i = kept.push({ at, no: ++count, one }) - 1;
      while (i > 0 && before(i, (i - 1) >> 1)) {
        swap(i, (i - 1) >> 1);
        i = (i - 1) >> 1;
      }
    },
    pop: () => {
      const [first] = kept;
      const last = kept.pop();
      if (first === undefined || last === undefined) return undefined;
      if (kept.length > 0) {
        kept[0] = last;
        sink(0);
      }
      return first;
    },
  };
};
