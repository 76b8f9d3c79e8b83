import type { ErrorCode } from "../../contracts/errors.ts";

/** What comes in by a door. A document may belong to a thread that only the index knows; a command names its case by its id. */
export type Door = "document" | "command";

/** What is known of the ground that the hub stands on, at one moment. */
export type Facts = {
  /** A connection to NATS is there, and was answered on a moment ago. */
  natsAnswers: boolean;
  /** Why the last writes to the journal or to INTAKE came to nothing; absent: they did not. */
  writesFail?: "journal-full" | "journal-unavailable" | undefined;
  /** Of the disk that the journal is on; absent: it is another machine's. */
  freeBytes?: number | undefined;
  /** Documents that are kept and not handled yet. */
  waiting: number;
  /** How late this process comes to what it meant to do. */
  lateMs: number;
  /** For how long the index has not answered; 0: it does. */
  indexAwayMs: number;
};

export type PressureLimits = {
  /** Below it nothing is taken in: what was accepted needs room to be finished. */
  leastFreeBytes: number;
  /** Documents that may wait: more than can be answered within the time that a sender waits for its receipt. */
  longestQueue: number;
  /** So long documents wait for an index that is away; after that a letter is taken in without its thread being looked for. */
  indexPatienceMs: number;
};

export const defaultPressureLimits: PressureLimits = {
  leastFreeBytes: 256 * 1024 * 1024,
  longestQueue: 5_000,
  indexPatienceMs: 60_000,
};

/** A hub that comes this late to everything answers nobody in time. */
const latestMs = 2_000;

type Rule = {
  code: ErrorCode;
  doors: readonly Door[];
  holds: (facts: Facts, limits: PressureLimits) => boolean;
};

/** The first that holds is what a sender is told. */
const rules: readonly Rule[] = [
  {
    code: "journal-unavailable",
    doors: ["document", "command"],
    holds: ({ natsAnswers, writesFail }) => !natsAnswers || writesFail === "journal-unavailable",
  },
  {
    code: "journal-full",
    doors: ["document", "command"],
    holds: ({ writesFail, freeBytes = Number.POSITIVE_INFINITY }, { leastFreeBytes }) =>
      writesFail === "journal-full" || freeBytes < leastFreeBytes,
  },
  {
    code: "hub-busy",
    doors: ["document", "command"],
    holds: ({ lateMs }) => lateMs > latestMs,
  },
  {
    code: "hub-busy",
    doors: ["document"],
    holds: ({ waiting }, { longestQueue }) => waiting > longestQueue,
  },
  {
    code: "index-unavailable",
    doors: ["document"],
    holds: ({ indexAwayMs }, { indexPatienceMs }) => indexAwayMs > 0 && indexAwayMs <= indexPatienceMs,
  },
];

/** Why what comes by this door cannot be taken in now, the most serious first; none: it can. */
export const reasonsAgainst = (door: Door, facts: Facts, limits: PressureLimits): ErrorCode[] => [
  ...new Set(
    rules.filter(({ doors, holds }) => doors.includes(door) && holds(facts, limits)).map(({ code }) => code),
  ),
];

/** How soon each is worth another try: a full disk waits for a person, a lost connection for a moment. */
const leastSeconds: Partial<Record<ErrorCode, number>> = {
  "journal-full": 15,
  "hub-busy": 5,
  "index-unavailable": 5,
};

/** Seconds that a sender is asked to wait; `random` in [0, 1) spreads those who were refused together. */
export const retryAfterOf = (code: ErrorCode, random: number): number => {
  const least = leastSeconds[code] ?? 2;
  return least + Math.floor(random * (least + 1));
};
