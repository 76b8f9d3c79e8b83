import { Fault } from "../../contracts/errors.ts";
import type { Carried } from "../../contracts/push.ts";
import type { Moment } from "./core/breaker.ts";
import {
  begin,
  drop,
  emptyLane,
  knockBegins,
  knockEnds,
  type Lane,
  type LaneRules,
  owe,
  plan,
  recorded,
  settle,
  sizeOf,
} from "./core/lane.ts";
import type { PushPorts, PushReceiver } from "./push-ports.ts";
import { recordOutcome } from "./record-outcome.ts";

/** What one lane knows of itself, for those who run the hub. */
export type LaneState = { lane: Lane; code: string | undefined; lastSuccessMs: number | undefined };

/** One receiver being brought its documents. */
export type ServedLane = {
  /** News of a delivery, by how far it has come. */
  hear: (deliveryId: string, status: string) => void;
  /** News may have been missed: the index is read before anything else goes out. */
  readAgain: () => void;
  /** It was paused or resumed, or the directory says other things of it. */
  look: () => void;
  state: () => LaneState;
  stop: () => Promise<void>;
};

type LaneOptions = {
  ports: PushPorts;
  rules: LaneRules;
  /** Hears what each attempt came to. */
  count: (receiver: PushReceiver, carried: Carried) => void;
};

/** So many are held in memory; the rest stay in the index until there is room. */
const windowSize = 500;
const roomFrom = 100;
const readEveryMs = 30_000;
const readRetryMs = 1_000;
const leastBetweenReadsMs = 50;

type Running = LaneOptions & {
  gln: string;
  lane: Lane;
  code: string | undefined;
  lastSuccessMs: number | undefined;
  needsRead: boolean;
  /** The index holds more than the window. */
  more: boolean;
  readMs: number;
  /** Not before then: an index that is away, or behind, is not asked without a rest. */
  mayReadMs: number;
  reading: boolean;
  /** Brought by no transport, or there already: the index may still show them. */
  passed: Set<string>;
  timer: NodeJS.Timeout | undefined;
  work: Set<Promise<unknown>>;
  ending: AbortController;
};

const wake = (running: Running, ms: number): void => {
  clearTimeout(running.timer);
  running.timer = setTimeout(
    () => {
      step(running);
    },
    Math.max(1, ms),
  );
};

/** A service that is not up yet, as when the hub starts, is no trouble: it is asked again. */
const sayWaits = ({ ports: { log }, gln }: Running, error: unknown): void => {
  const starting = error instanceof Fault && error.code === "service-unavailable";
  (starting ? log.info : log.warn)("push-waits", { gln, error });
};

/** Whatever becomes of it, the lane looks again. */
const doing = (running: Running, work: Promise<void>): void => {
  const done = work
    .catch((error: unknown) => {
      if (!running.ending.signal.aborted) sayWaits(running, error);
    })
    .finally(() => {
      running.work.delete(done);
      step(running);
    });
  running.work.add(done);
};

const read = async (running: Running): Promise<void> => {
  const { ports, gln } = running;
  running.reading = true;
  running.mayReadMs = ports.trueMs() + readRetryMs;
  try {
    const { count: all, items } = await ports.waiting(gln, windowSize);
    const ids = items.map(({ deliveryId }) => deliveryId);
    running.passed = new Set(ids.filter((id) => running.passed.has(id)));
    running.more = all > items.length;
    running.needsRead = false;
    running.readMs = ports.trueMs();
    running.mayReadMs = running.readMs + leastBetweenReadsMs;
    const fresh = ids.filter((id) => !running.passed.has(id));
    running.lane = owe(running.lane, fresh);
  } finally {
    running.reading = false;
  }
};

const rulesFor = ({ rules }: Running, { atOnce }: PushReceiver): LaneRules => ({ ...rules, atOnce });

const momentOf = ({ ports }: Running): Moment => ({ nowMs: ports.trueMs(), random: ports.random() });

const ownFault = (error: unknown): Carried => ({
  result: "own-fault",
  code: error instanceof Fault ? error.code : "internal-error",
});

const isAnswer = ({ result }: Carried): boolean => result === "taken" || result === "refused";

const tell = (
  running: Running,
  deliveryId: string,
  { carried, before }: { carried: Carried; before: Lane },
): void => {
  const { ports, gln, lane } = running;
  const { result, code } = carried;
  if (result === "not-owed") running.passed.add(deliveryId);
  if (result === "taken") running.lastSuccessMs = ports.trueMs();
  if (isAnswer(carried)) {
    running.code = undefined;
    ports.log.info("pushed", { gln, deliveryId, outcome: result });
  } else running.code = code ?? running.code;
  const [was, is] = [before.breaker.state, lane.breaker.state];
  if (was === "closed" && is === "open") ports.log.warn("receiver-away", { gln, code });
  if (was === "half-open" && is === "closed") ports.log.info("receiver-back", { gln });
};

const bring = async (running: Running, receiver: PushReceiver, deliveryId: string): Promise<void> => {
  const { ports, gln, count, ending } = running;
  const carried = await ports.carry({ to: gln, deliveryId }).catch(ownFault);
  const before = running.lane;
  const at = { moment: momentOf(running), rules: rulesFor(running, receiver) };
  running.lane = settle(before, { deliveryId, carried }, at);
  count(receiver, carried);
  tell(running, deliveryId, { carried, before });
  if (!isAnswer(carried)) return;
  step(running);
  await ports.within(carried.traceparent, () =>
    recordOutcome(ports, { to: gln, deliveryId, carried }, ending.signal),
  );
  running.lane = recorded(running.lane, deliveryId);
};

const attempt = (running: Running, receiver: PushReceiver, deliveryId: string): Promise<void> =>
  running.ports.asMine(running.gln, () => bring(running, receiver, deliveryId));

const knock = async (running: Running): Promise<void> => {
  const { ports, gln, rules } = running;
  const { awake, code } = await ports.knock(gln).catch(() => ({ awake: false, code: undefined }));
  if (!awake && code !== undefined) running.code = code;
  running.lane = knockEnds(running.lane, awake, { moment: momentOf(running), rules });
};

/** Begins all that may go now. */
const start = (running: Running, receiver: PushReceiver): void => {
  for (;;) {
    const next = plan(running.lane, running.ports.trueMs(), rulesFor(running, receiver));
    for (const deliveryId of next.attempts) {
      running.lane = begin(running.lane, deliveryId);
      doing(running, attempt(running, receiver, deliveryId));
    }
    if (next.knock) {
      running.lane = knockBegins(running.lane);
      doing(running, knock(running));
    }
    if (next.attempts.length > 0) continue;
    if (next.wakeMs !== undefined) wake(running, next.wakeMs - running.ports.trueMs());
    return;
  }
};

const isLow = ({ lane, more }: Running): boolean => more && sizeOf(lane) < roomFrom;

/** An index is not read for a receiver that does not answer: what is in hand is enough to find out when it does. */
const mayRead = ({ lane, reading }: Running): boolean =>
  !reading && (lane.breaker.state === "closed" || lane.cases.length === 0);

const readIfDue = (running: Running): void => {
  const nowMs = running.ports.trueMs();
  const wanted = running.needsRead || isLow(running) || nowMs - running.readMs > readEveryMs;
  if (!wanted || !mayRead(running)) return;
  if (nowMs >= running.mayReadMs) doing(running, read(running));
  else wake(running, running.mayReadMs - nowMs);
};

const step = (running: Running): void => {
  const { ports, gln, ending } = running;
  if (ending.signal.aborted) return;
  wake(running, readEveryMs);
  const receiver = ports.receiver(gln);
  if (receiver === undefined || ports.paused(gln) !== undefined || !ports.isMine(gln)) return;
  readIfDue(running);
  // What was missed may belong in front of what is known.
  if (!running.needsRead || !mayRead({ ...running, reading: false })) start(running, receiver);
};

const hear = (running: Running, deliveryId: string, status: string): void => {
  if (status !== "waiting") {
    running.lane = drop(running.lane, deliveryId);
    return;
  }
  // Another hub's: should it become ours, all that waits is read.
  if (!running.ports.isMine(running.gln)) return;
  running.passed.delete(deliveryId);
  if (sizeOf(running.lane) >= windowSize) running.more = true;
  else running.lane = owe(running.lane, [deliveryId]);
  step(running);
};

/** Brings one receiver what it is owed. Nothing in here waits for another receiver. */
export const serveLane = (gln: string, options: LaneOptions): ServedLane => {
  const running: Running = {
    ...options,
    gln,
    lane: emptyLane,
    code: undefined,
    lastSuccessMs: undefined,
    needsRead: true,
    more: false,
    readMs: Number.NEGATIVE_INFINITY,
    mayReadMs: 0,
    reading: false,
    passed: new Set(),
    timer: undefined,
    work: new Set(),
    ending: new AbortController(),
  };
  step(running);
  return {
    hear: (deliveryId, status) => {
      hear(running, deliveryId, status);
    },
    readAgain: () => {
      Object.assign(running, { needsRead: true, mayReadMs: 0 });
      running.passed.clear();
      step(running);
    },
    look: () => {
      step(running);
    },
    state: () => running,
    stop: async () => {
      running.ending.abort();
      clearTimeout(running.timer);
      await Promise.allSettled([...running.work]);
    },
  };
};
