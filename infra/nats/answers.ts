import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { Fault } from "../../contracts/errors.ts";
import { linkOf } from "./link.ts";
import { localOf, type Payload } from "./local.ts";

export type Answers = {
  /** A bus subject that the answer to `id` may be published to, and that answer. Rejects with Fault `answer-late`, at once when the connection is lost. */
  expect: (id: string, timeoutMs: number) => { subject: string; answer: Promise<Payload> };
  stop: () => void;
};

type Waiting = { resolve: (data: Payload) => void; giveUp: () => void; timer: NodeJS.Timeout };

const waitFor = (waiting: Map<string, Waiting>, id: string, timeoutMs: number): Promise<Payload> =>
  new Promise((resolve, reject) => {
    const giveUp = (): void => {
      waiting.delete(id);
      clearTimeout(timer);
      reject(new Fault("answer-late"));
    };
    const timer = setTimeout(giveUp, timeoutMs);
    waiting.set(id, { resolve, giveUp, timer });
  });

/** Answers that come by themselves, to callers who wait for them: one subscription for all. */
export const createAnswers = (nc: NatsConnection): Answers => {
  const inbox = createInbox();
  const waiting = new Map<string, Waiting>();
  const hear = (id: string, data: Payload): void => {
    const waiter = waiting.get(id);
    if (waiter === undefined) return;
    waiting.delete(id);
    clearTimeout(waiter.timer);
    waiter.resolve(data);
  };
  const subscription = nc.subscribe(`${inbox}.*`, {
    callback: (_error, message) => {
      hear(message.subject.slice(inbox.length + 1), message.data);
    },
  });
  const unhear = localOf(nc).listen(inbox, hear);
  // An answer given while nobody can hear it is not given again to this caller: it asks again, and gets the same one.
  const giveUpAll = (): void => {
    for (const waiter of waiting.values()) waiter.giveUp();
    forget = link.onLost(giveUpAll);
  };
  const link = linkOf(nc);
  let forget = link.onLost(giveUpAll);
  return {
    expect: (id, timeoutMs) => {
      const answer = waitFor(waiting, id, timeoutMs);
      // Whoever expects may fail before it waits; the time-out is then nobody's to handle.
      answer.catch(() => undefined);
      return { subject: `${inbox}.${id}`, answer };
    },
    stop: () => {
      forget();
      unhear();
      subscription.unsubscribe();
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
};
