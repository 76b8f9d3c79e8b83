import type { Random } from "../support/load.ts";

/** One blow: what is done to whom, how long after the one before, and for how long. */
export type Fault = {
  no: number;
  afterMs: number;
  victim: string;
  how: string;
  forMs: number;
};

/** What may happen in a scenario: to each of these, each of these, for so long. */
export type Blows = {
  victims: readonly string[];
  hows: readonly string[];
  gapMs: readonly [least: number, most: number];
  forMs: readonly [least: number, most: number];
};

const between = ([least, most]: readonly [number, number], random: Random): number =>
  Math.round(least + random() * (most - least));

/** Every victim is struck equally often, every way too: only the order and the times are drawn. */
const turns = <T>(values: readonly T[], count: number, random: Random): T[] => {
  const drawn: T[] = [];
  while (drawn.length < count) {
    const bag = [...values];
    while (bag.length > 0) drawn.push(...bag.splice(Math.floor(random() * bag.length), 1));
  }
  return drawn.slice(0, count);
};

/** The plan of a run: the same for the same seed. */
export const planOf = (blows: Blows, rounds: number, random: Random): Fault[] => {
  const pairs = blows.victims.flatMap((victim) => blows.hows.map((how) => ({ victim, how })));
  return turns(pairs, rounds, random).map((pair, i) => ({
    no: i + 1,
    afterMs: between(blows.gapMs, random),
    ...pair,
    forMs: between(blows.forMs, random),
  }));
};

/** One line, so that a person can see what was done when. */
export const faultText = ({ no, afterMs, victim, how, forMs }: Fault): string =>
  `${String(no)}: after ${String(afterMs)} ms ${how} ${victim}${forMs === 0 ? "" : ` for ${String(forMs)} ms`}`;
