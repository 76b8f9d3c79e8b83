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

const stepOf = (random: Random): Step => ({
  do: random.weighed(weights),
  n: random.between(0, most),
  // Mostly so few that the next step finds the hub in the midst of this one.
  events: random.chance(0.3) ? random.between(0, 3) : Math.floor(random.around(14, 0.8)),
});

/** Some of what is sent is sent to a hub that is killed, or has a full disk, before it is done with it. */
const struckDown = (step: Step, random: Random): Step[] => {
  const isSending = step.do === "document" || step.do === "next" || step.do === "open";
  if (!isSending || !random.chance(0.12)) return [step];
  const blow: Step = random.chance(0.5)
    ? { do: "kill", n: 0, events: random.between(0, 5) }
    : { do: "weather", n: 4 * random.between(0, 1_000) + 1, events: random.between(5, 40) };
  return blow.do === "kill" ? [{ ...step, events: random.between(0, 25) }, blow] : [blow, step];
};

const daysPerYear = 365;

/** The history of a seed, before it is lived through. It begins on any day of so many years. */
export const scriptOf = (seed: string, years = 3): Script => {
  const random = createRandom(seed).fork("script");
  return {
    seed,
    days: random.between(0, years * daysPerYear),
    steps: Array.from({ length: random.between(20, 40) }, () => stepOf(random)).flatMap((step) =>
      struckDown(step, random),
    ),
  };
};
