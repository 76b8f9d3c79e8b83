import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { ErrorCode } from "../../contracts/errors.ts";
import { isConflict, journalFault } from "../nats/faults.ts";
import type { Publish } from "../nats/publish.ts";
import { startRepeating } from "../repeat.ts";
import { type Door, type Facts, type PressureLimits, reasonsAgainst, retryAfterOf } from "./judge.ts";
import { afterWrite, tried, type Writes, type Written, writesWell } from "./writes.ts";

/** Why a sender is asked to come back, and when. Nothing of what it sent was read. */
type Refusal = { readonly code: ErrorCode; readonly retryAfterSeconds: number };

/** What those who run the hub, and what is in front of it, are told. */
type PressureState = {
  /** It is about to stop, or cannot reach its servers while another hub may: send nothing more here. */
  ready: boolean;
  draining: boolean;
  facts: Facts;
  /** Why documents, or more, are refused now. */
  reasons: ErrorCode[];
};

/** The one place that judges whether something can be taken in now. */
export type Pressure = {
  /** Asked by every door before it does any work; `undefined`: come in. */
  refusal: (door: Door) => Refusal | undefined;
  state: () => PressureState;
  /** From now on it is not ready; what comes all the same is served as ever. */
  drain: () => void;
  stop: () => Promise<void>;
};

/** What the hub asks of its ground now and then. Each resolves in its own time, or rejects. */
type Soundings = {
  nats: () => Promise<unknown>;
  isConnected: () => boolean;
  index: () => Promise<unknown>;
  isIndexConnected: () => boolean;
  /** Documents that are kept and not handled yet. */
  waiting: () => Promise<number>;
  /** Absent: the journal is on another machine. */
  freeBytes?: (() => Promise<number>) | undefined;
};

export type PressureOptions = {
  soundings: Soundings;
  limits: PressureLimits;
  /** Time that never goes back. */
  nowMs: () => number;
  random: () => number;
  /** Hears when what is refused changes. */
  onChange: (reasons: readonly ErrorCode[]) => void;
};

const everyMs = 500;
const answerWithinMs = 1_000;

type State = {
  natsAnswers: boolean;
  freeBytes: number | undefined;
  waiting: number;
  lateMs: number;
  indexAwaySinceMs: number | undefined;
  writes: Map<string, Writes>;
  draining: boolean;
  told: string;
};

/** After a turn in which nothing was read the time is up before the answer that lies there: what has come is read first. */
const timeUp = async (signal: AbortSignal): Promise<false> => {
  await sleep(answerWithinMs, undefined, { signal }).catch(() => undefined);
  for (let i = 0; i < 3; i++) await turn();
  return false;
};

const inTime = async (work: Promise<unknown>): Promise<boolean> => {
  const ending = new AbortController();
  const late = timeUp(ending.signal);
  try {
    return await Promise.race([
      work.then(
        () => true,
        () => false,
      ),
      late,
    ]);
  } finally {
    ending.abort();
  }
};

const indexAwayMs = ({ soundings, nowMs }: PressureOptions, state: State): number => {
  if (!soundings.isIndexConnected()) state.indexAwaySinceMs ??= nowMs();
  return state.indexAwaySinceMs === undefined ? 0 : Math.max(1, nowMs() - state.indexAwaySinceMs);
};

const factsOf = (options: PressureOptions, state: State): Facts => ({
  natsAnswers: state.natsAnswers && options.soundings.isConnected(),
  writesFail: [...state.writes.values()].flatMap(({ kind }) => (kind === "well" ? [] : [kind]))[0],
  freeBytes: state.freeBytes,
  waiting: state.waiting,
  lateMs: state.lateMs,
  indexAwayMs: indexAwayMs(options, state),
});

/** Whether one may go in to try, though writes of a kind failed a moment ago. */
const mayTry = ({ nowMs }: PressureOptions, { writes }: State): boolean => {
  let may = true;
  for (const [kind, before] of writes) {
    const now = tried(before, nowMs());
    writes.set(kind, now.writes);
    may &&= now.mayTry;
  }
  return may;
};

const refusalAt = (options: PressureOptions, state: State, door: Door): Refusal | undefined => {
  const { limits, random } = options;
  const facts = factsOf(options, state);
  const reasons = reasonsAgainst(door, facts, limits);
  const [code] = reasons;
  if (code === undefined) return undefined;
  const others = reasonsAgainst(door, { ...facts, writesFail: undefined }, limits);
  if (others.length === 0 && mayTry(options, state)) return undefined;
  return { code, retryAfterSeconds: retryAfterOf(code, random()) };
};

const stateOf = (options: PressureOptions, state: State): PressureState => {
  const facts = factsOf(options, state);
  const reasons = reasonsAgainst("document", facts, options.limits);
  return { ready: !state.draining && facts.natsAnswers, draining: state.draining, facts, reasons };
};

const tellChange = (options: PressureOptions, state: State): void => {
  const { reasons } = stateOf(options, state);
  if (reasons.join() === state.told) return;
  state.told = reasons.join();
  options.onChange(reasons);
};

/** Asks both servers, and notes how late it came to do so twice in a row: once is a large document being read. */
const soundServers = (options: PressureOptions, state: State): (() => Promise<boolean>) => {
  const { soundings, nowMs } = options;
  let [dueMs, lateBefore, indexBefore] = [nowMs(), 0, true];
  return async () => {
    const late = Math.max(0, nowMs() - dueMs);
    state.lateMs = Math.min(late, lateBefore);
    lateBefore = late;
    const [nats, index] = await Promise.all([inTime(soundings.nats()), inTime(soundings.index())]);
    state.natsAnswers = nats;
    // An index that is silent once may be writing to its disk; nobody is sent away for that.
    if (index) state.indexAwaySinceMs = undefined;
    else if (!indexBefore) state.indexAwaySinceMs ??= nowMs();
    indexBefore = index;
    tellChange(options, state);
    dueMs = nowMs() + everyMs;
    return false;
  };
};

const soundRoom =
  ({ soundings }: PressureOptions, state: State) =>
  async (): Promise<boolean> => {
    state.freeBytes = await soundings.freeBytes?.();
    return false;
  };

const soundQueue =
  ({ soundings }: PressureOptions, state: State) =>
  async (): Promise<boolean> => {
    state.waiting = await soundings.waiting();
    return false;
  };

const writtenBy = (error: unknown): Written => {
  if (isConflict(error)) return "answered";
  const { code } = journalFault(error);
  if (code === "journal-timeout") return "late";
  return code === "journal-full" || code === "journal-unavailable" ? code : "answered";
};

/** What is written to these is what a sender waits for; all else is the hub's own. */
const watchedKinds = new Set(["case", "intake"]);

export type WatchedPressure = Pressure & {
  /** The same way to write, whose every result is heard here. */
  watch: (publish: Publish) => Publish;
};

const takenForGood = (): State => ({
  natsAnswers: true,
  freeBytes: undefined,
  waiting: 0,
  lateMs: 0,
  indexAwaySinceMs: undefined,
  writes: new Map(),
  draining: false,
  told: "",
});

/** Begins to look. Until the first look came back the ground is taken to be good. */
export const startPressure = (options: PressureOptions): WatchedPressure => {
  const { nowMs } = options;
  const state = takenForGood();
  // What cannot be asked is told by that: the server is away.
  const looking = [soundServers(options, state), soundRoom(options, state), soundQueue(options, state)].map(
    (sound) => startRepeating(sound, everyMs, () => undefined),
  );
  const hear = (kind: string, written: Written): void => {
    const before = state.writes.get(kind) ?? writesWell;
    if (written === "answered" && before === writesWell) return;
    state.writes.set(kind, afterWrite(before, written, nowMs()));
  };
  return {
    refusal: (door) => refusalAt(options, state, door),
    state: () => stateOf(options, state),
    drain: () => {
      state.draining = true;
    },
    stop: async () => {
      await Promise.all(looking.map((look) => look.stop()));
    },
    watch: (publish) => (subject, data, write) => {
      const kind = subject.slice(0, subject.indexOf("."));
      const publishing = publish(subject, data, write);
      if (watchedKinds.has(kind))
        publishing.then(
          () => {
            hear(kind, "answered");
          },
          (error: unknown) => {
            hear(kind, writtenBy(error));
          },
        );
      return publishing;
    },
  };
};
