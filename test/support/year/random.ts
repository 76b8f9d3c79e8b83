/** Chance from a seed: the same seed lives the same year, on every machine. */
export type Random = {
  /** At least 0, less than 1. */
  next: () => number;
  chance: (share: number) => boolean;
  /** Whole numbers, both ends included. */
  between: (from: number, to: number) => number;
  pick: <One>(many: readonly One[]) => One;
  /** One of them, each as often as its weight says. */
  weighed: <One>(many: readonly (readonly [One, number])[]) => One;
  /** A log-normal duration: most are near the median, some take very long. */
  around: (median: number, spread?: number) => number;
  /** A chance of its own, so that one more question to this one changes nothing there. */
  fork: (name: string) => Random;
};

const hashOf = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
};

/** Mulberry32. */
const stream = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

export const createRandom = (seed: string): Random => {
  const next = stream(hashOf(seed));
  const pick = <One>(many: readonly One[]): One => {
    const one = many[Math.floor(next() * many.length)];
    if (one === undefined) throw new Error("There is nothing to pick from.");
    return one;
  };
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
  return {
    next,
    chance: (share) => next() < share,
    between: (from, to) => from + Math.floor(next() * (to - from + 1)),
    pick,
    weighed: (many) => {
      let left = next() * many.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [one, weight] of many) {
        left -= weight;
        if (left < 0) return one;
      }
      return pick(many)[0];
    },
    around: (median, spread = 0.7) => median * Math.exp(spread * normal()),
    fork: (name) => createRandom(`${seed}/${name}`),
  };
};
