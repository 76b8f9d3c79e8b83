import { createRandom, type Random } from "../support/year/random.ts";

/** One thing that is done to the hub. Numbers choose among what there is when it is done, so that any step can be left out. */
export type Step = {
  do:
    | "open"
    | "place"
    | "next"
    | "document"
    | "again"
    | "forge"
    | "visit"
    | "settle"
    | "pause"
    | "partner"
    | "kill"
    | "cut"
    | "server"
    | "index"
    | "wipe"
    | "jump"
    | "weather"
    | "wait";
  n: number;
  /** So many events happen before the next step. */
  events: number;
};

export type Script = {
  seed: string;
  /** The calendar's first day, in days after the simulation's own. */
  days: number;
  /** The journal lies on so many streams. */
  streams: number;
  steps: readonly Step[];
};

const weights: readonly (readonly [Step["do"], number])[] = [
  ["open", 16],
  ["place", 5],
  ["next", 24],
  ["document", 10],
  ["again", 8],
  ["forge", 2],
  ["visit", 12],
  ["settle", 7],
  ["pause", 2],
  ["partner", 3],
  ["kill", 2],
  ["cut", 3],
  ["server", 1],
  ["index", 2],
  ["wipe", 1],
  ["jump", 5],
  ["weather", 5],
  ["wait", 3],
];

const most = 1_000_000;

const stepOf = (random: Random, of: readonly (readonly [Step["do"], number])[]): Step => ({
  do: random.weighed(of),
  n: random.between(0, most),
  // Mostly so few that the next step finds the hub in the midst of this one.
  events: random.chance(0.3) ? random.between(0, 3) : Math.floor(random.around(14, 0.8)),
});

const daysPerYear = 365;

/** Some of what is sent is sent to a hub that is killed, or has a full disk, before it is done with it. */
const struckDown = (step: Step, random: Random): Step[] => {
  const isSending = step.do === "document" || step.do === "next" || step.do === "open";
  if (!isSending || !random.chance(0.12)) return [step];
  const blow: Step = random.chance(0.5)
    ? { do: "kill", n: 0, events: random.between(0, 5) }
    : { do: "weather", n: 4 * random.between(0, 1_000) + 1, events: random.between(5, 40) };
  return blow.do === "kill" ? [{ ...step, events: random.between(0, 25) }, blow] : [blow, step];
};

/** What `next` takes for its number: of a family's acts the one at `place` of `among`, by one party or another. */
const actAt = (random: Random, place: number, among = 8): number =>
  7 * (place + among * random.between(0, 1_000)) + random.between(0, 6);

const soon = (random: Random): number => random.between(8, 60);

/** What takes several steps, each in its turn, and hardly ever comes by chance. Numbers are those of orders.ts and partner.ts. */
const scenes: readonly ((random: Random) => Step[])[] = [
  // Who is brought documents does not take them, and there are two of one case.
  (random) => [
    { do: "partner", n: random.pick([1, 2, 2, 3]), events: random.between(0, 3) },
    { do: "open", n: 7 * random.between(0, 1_000), events: soon(random) },
    { do: "next", n: actAt(random, random.pick([4, 5, 5, 6])), events: soon(random) },
  ],
  // One case is to set off another, and something is away at that moment.
  (random) => [
    { do: "open", n: 7 * random.between(0, 1_000) + 1, events: soon(random) },
    { do: "weather", n: 4 * random.between(0, 1_000) + 1, events: 0 },
    { do: "next", n: actAt(random, 7), events: random.between(2, 40) },
    { do: random.pick(["cut", "server", "kill", "wait"] as const), n: 0, events: soon(random) },
  ],
  // A receiver says two things of one document.
  (random) => [
    { do: "open", n: random.between(0, most), events: soon(random) },
    { do: "visit", n: random.between(0, most), events: soon(random) },
    { do: "settle", n: 4 * random.between(0, 1_000) + random.pick([0, 1]), events: soon(random) },
    { do: "settle", n: 4 * random.between(0, 1_000) + random.pick([0, 1]), events: soon(random) },
  ],
];

/** Nothing can go wrong with nothing. */
const beginnings: readonly (readonly [Step["do"], number])[] = [
  ["open", 2],
  ["document", 1],
];

/**
 * Most are short: what breaks a promise is few things at once, and of many short histories more meet them than of few long ones,
 * which cost as much.
 */
const stepsOf = (random: Random): Step[] => {
  const count = random.chance(0.04) ? random.between(20, 40) : random.between(3, 9);
  const begun = random.chance(0.3) ? random.pick(scenes)(random) : [stepOf(random, beginnings)];
  const others = Array.from({ length: Math.max(1, count - begun.length) }, () => stepOf(random, weights));
  return [...begun, ...others.flatMap((step) => struckDown(step, random))];
};

/** The history of a seed, before it is lived through. It begins on any day of so many years. */
export const scriptOf = (seed: string, years = 3): Script => {
  const random = createRandom(seed).fork("script");
  return {
    seed,
    days: random.between(0, years * daysPerYear),
    // Every follower is there once for each: one is cheaper, and two are needed where cases of two set off one another.
    streams: random.chance(0.3) ? 2 : 1,
    steps: stepsOf(random),
  };
};
