import { Fault } from "../../../contracts/errors.ts";

/**
 * A timer that this hub has taken. `member`: `<caseId>|<clockId>|<what of it>`, or `<caseId>|<alarmId>|a|<family>` for an alarm;
 * `holding`: what it is held under, so that no other hub rings it meanwhile.
 */
type HeldTimer = { member: string; holding: string };

/** What the timers need from the world. */
export type TimerPorts = {
  /** Takes timers that are due by then and that no hub holds, earliest first. @throws Fault when the index is away. */
  take: (nowMs: number, limit: number) => Promise<HeldTimer[]>;
  /** Leaves a timer alone for some time, in every hub. */
  putOff: (timer: HeldTimer, ms: number) => Promise<void>;
  /** Tells the case that a clock rang. @returns whether it did anything there. */
  fire: (caseId: string, clockId: string) => Promise<boolean>;
  /** Tells the family of a case that an alarm rang. */
  ring: (family: string, rang: { caseId: string; alarmId: string }) => Promise<void>;
  nowMs: () => number;
  /** How many may ring at the same time, from 1. */
  atOnce: () => number;
  onFault: (error: unknown, timer: HeldTimer) => void;
};

export type TimerPoll = {
  /** One look at the timers: starts as many as there is room for. @returns how many it started. */
  look: () => Promise<number>;
  /** When everything that rings has rung. */
  quiet: () => Promise<void>;
};

/**
 * A timer that was taken is left alone this long, while it rings and its record finds its way into the index; that of a hub
 * which is gone is then taken by another.
 */
export const heldMs = 4_000;
/** What rings in vain is first left alone for twice as long. */
const restMs = 10_000;
/** A case that cannot be read cannot be read in a minute either. */
const longestPutOffMs = 300_000;
/** Cases that fail at the same time, before how often each did is forgotten. */
const mostFailing = 10_000;

/** The server is away, and all waits for it: when it is back, each rings as soon as it is free. */
const passes = (error: unknown): boolean => error instanceof Fault && error.fate !== "park";

/**
 * How long what rings in vain is left alone: each time twice as long. In vain is also what has ended since, and stands in an
 * index that is being made again.
 */
const createPatience = (): { after: (timer: string) => number; forget: (timer: string) => void } => {
  const failed = new Map<string, number>();
  return {
    after: (timer) => {
      const times = (failed.get(timer) ?? 0) + 1;
      if (failed.size >= mostFailing) failed.clear();
      failed.set(timer, times);
      return Math.min(longestPutOffMs, restMs * 2 ** times);
    },
    forget: (timer) => {
      failed.delete(timer);
    },
  };
};

const createRing = (ports: TimerPorts): ((timer: HeldTimer) => Promise<void>) => {
  const patience = createPatience();
  const ring = async (timer: HeldTimer): Promise<void> => {
    const [caseId = "", id = "", _kind, family] = timer.member.split("|");
    if (family !== undefined) return ports.ring(family, { caseId, alarmId: id });
    const rang = await ports.fire(caseId, id);
    // What rang stays held: it is gone from the index when its record is there.
    if (rang) patience.forget(timer.member);
    else await ports.putOff(timer, patience.after(timer.member));
  };
  return (timer) =>
    ring(timer).catch(async (error: unknown) => {
      ports.onFault(error, timer);
      // Held as it is, it comes again by itself; also when the index is away, which is all that can fail here.
      if (!passes(error)) await ports.putOff(timer, patience.after(timer.member)).catch(() => undefined);
    });
};

/** Warning and breach of one case one after the other: at the same time, one would only find that the case has changed. */
const createQueues = (): ((key: string, work: () => Promise<void>) => Promise<void>) => {
  const last = new Map<string, Promise<void>>();
  return async (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work);
    last.set(key, turn);
    await turn;
    if (last.get(key) === turn) last.delete(key);
  };
};

const caseOf = ({ member }: HeldTimer): string => member.split("|")[0] ?? member;

/**
 * Rings what is due: many at the same time, the earliest first, as room becomes free. The index only says when to look; whether
 * a clock warns or breaches is decided on the case, so a timer that rings twice, or after an index was rebuilt, does nothing
 * twice. One that fails stops no other, and waits longer each time.
 */
export const createTimerPoll = (ports: TimerPorts): TimerPoll => {
  const ringing = new Map<string, Promise<void>>();
  const ring = createRing(ports);
  const inTurn = createQueues();
  let wake: (() => void) | undefined;
  /** Taken one by one, each would cost the index a question of its own. */
  const isHalfFree = (): boolean => ringing.size <= ports.atOnce() / 2;
  const ended = (holding: string): void => {
    ringing.delete(holding);
    if (isHalfFree()) wake?.();
  };
  const room = async (): Promise<number> => {
    if (!isHalfFree())
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    return Math.max(1, ports.atOnce() - ringing.size);
  };
  return {
    look: async () => {
      const limit = await room();
      // What is due this very millisecond is in time: it is late in the next.
      const due = await ports.take(ports.nowMs() - 1, limit);
      // One that rings for longer than it is held is not rung again beside itself.
      const fresh = due.filter(({ holding }) => !ringing.has(holding));
      for (const timer of fresh)
        ringing.set(
          timer.holding,
          inTurn(caseOf(timer), () => ring(timer)).finally(() => {
            ended(timer.holding);
          }),
        );
      return fresh.length;
    },
    quiet: async () => {
      await Promise.all(ringing.values());
    },
  };
};
