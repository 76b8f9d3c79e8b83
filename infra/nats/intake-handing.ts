import type { JsMsg } from "@nats-io/jetstream";
import type { Ground } from "../ground.ts";
import { afterFailure, counts } from "./intake-patience.ts";
import type { Written } from "./own-writes.ts";
import { atEndOfTurn } from "./turn.ts";

/** So many documents of a standard and a stream are read at once. */
export const inFlight = 256;
/** Several hubs share the places, and each knows only of those that it let rest itself. */
const crowdedFrom = inFlight / 4;

/** How long one rests that could not be put aside either: the store is away. */
const unkeptRestMs = 5_000;
/** Well within `ack_wait`: a large document takes longer than that, and would be given to a second reader. */
const stillWorkingMs = 1_000;

/** Tells the server, while documents are being read, that they are. @returns how to end that */
export const tellWorking = (running: ReadonlyMap<unknown, JsMsg>): (() => void) => {
  const telling = setInterval(() => {
    for (const message of running.values()) message.working();
  }, stillWorkingMs).unref();
  return () => {
    clearInterval(telling);
  };
};

/** How each document is read, and what is done with one that nobody can read. Both may fail: then it rests, and is tried again. */
export type Reading = {
  read: (message: JsMsg) => Promise<void>;
  /** The same for one that this process has just kept. */
  readOwn: (written: Written) => Promise<void>;
  /** It is on disk when this returns, and then it is nobody's any more. */
  putAside: (message: JsMsg, error: unknown) => Promise<void>;
};

type Patience = (message: JsMsg, error: unknown, beganMs: number) => Promise<void>;

/** What becomes of those that a reader failed on: they rest where the server keeps them, until they are so many that others want for places. */
const createPatience = (putAside: Reading["putAside"], ground: Ground): Patience => {
  const restUntilMs = new Map<number, number>();
  /** Failures that tell something of the document. Known to this hub alone: another one begins anew, and is more patient for it. */
  const counted = new Map<number, number>();
  const rest = (message: JsMsg, ms: number): void => {
    restUntilMs.set(message.seq, performance.now() + ms);
    message.nak(ms);
  };
  const isCrowded = (): boolean => {
    const nowMs = performance.now();
    for (const [seq, untilMs] of restUntilMs) if (untilMs <= nowMs) restUntilMs.delete(seq);
    return restUntilMs.size >= crowdedFrom;
  };
  const settle = (message: JsMsg): void => {
    restUntilMs.delete(message.seq);
    counted.delete(message.seq);
    message.ack();
  };
  return async (message, error, beganMs) => {
    const { seq } = message;
    if (counts(error, await ground.wasAwaySince(beganMs))) counted.set(seq, (counted.get(seq) ?? 0) + 1);
    const failed = { error, tries: message.info.deliveryCount, counted: counted.get(seq) ?? 0 };
    const next = afterFailure(failed, isCrowded());
    if (next !== "aside") rest(message, next.restMs);
    else
      await putAside(message, error).then(
        () => {
          settle(message);
        },
        () => {
          rest(message, unkeptRestMs);
        },
      );
  };
};

export type Handing = {
  running: Map<Promise<void>, JsMsg>;
  hand: (message: JsMsg) => void;
};

/** What is done with each document that the server hands out. `settledHere`: whether that is done already. */
export const handing = (
  { read, putAside }: Pick<Reading, "read" | "putAside">,
  ground: Ground,
  settledHere: (seq: number) => Promise<boolean> = () => Promise.resolve(false),
): Handing => {
  const running = new Map<Promise<void>, JsMsg>();
  const failed = createPatience(putAside, ground);
  const settle = async (message: JsMsg): Promise<void> => {
    if (!(await settledHere(message.seq))) await read(message);
  };
  const hand = (message: JsMsg): void => {
    const beganMs = performance.now();
    const work = settle(message).then(
      () =>
        atEndOfTurn(() => {
          message.ack();
        }),
      (error: unknown) => failed(message, error, beganMs),
    );
    running.set(work, message);
    void work.finally(() => running.delete(work));
  };
  return { running, hand };
};
