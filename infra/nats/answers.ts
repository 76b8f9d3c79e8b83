import { createInbox, type NatsConnection } from "@nats-io/transport-node";
import { Fault } from "../../contracts/errors.ts";
import { linkOf } from "./link.ts";

export type Answers = {
  /** A bus subject that the answer to `id` may be published to, and that answer. Rejects with Fault `answer-late`, at once when the connection is lost. */
  expect: (id: string, timeoutMs: number) => { subject: string; answer: Promise<Uint8Array> };
  stop: () => void;
};

type Waiting = { resolve: (data: Uint8Array) => void; giveUp: () => void; timer: NodeJS.Timeout };

/** Answers that come by themselves, to callers who wait for them: one subscription for all. */
export const createAnswers = (nc: NatsConnection): Answers => {
  const inbox = createInbox();
  const waiting = new Map<string, Waiting>();
  const subscription = nc.subscribe(`${inbox}.*`, {
    callback: (_error, message) => {
      const id = message.subject.slice(inbox.length + 1);
      const waiter = waiting.get(id);
      if (waiter === undefined) return;
      waiting.delete(id);
      clearTimeout(waiter.timer);
      waiter.resolve(message.data);
    },
  });
  // An answer given while nobody can hear it is not given again to this caller: it asks again, and gets the same one.
  const giveUpAll = (): void => {
    for (const waiter of waiting.values()) waiter.giveUp();
    forget = link.onLost(giveUpAll);
  };
  const link = linkOf(nc);
  let forget = link.onLost(giveUpAll);
  return {
    expect: (id, timeoutMs) => {
      const answer = new Promise<Uint8Array>((resolve, reject) => {
        const giveUp = (): void => {
          waiting.delete(id);
          clearTimeout(timer);
          reject(new Fault("answer-late"));
        };
        const timer = setTimeout(giveUp, timeoutMs);
        waiting.set(id, { resolve, giveUp, timer });
      });
      // Whoever expects may fail before it waits; the time-out is then nobody's to handle.
      answer.catch(() => undefined);
      return { subject: `${inbox}.${id}`, answer };
    },
    stop: () => {
      forget();
      subscription.unsubscribe();
      for (const { timer } of waiting.values()) clearTimeout(timer);
    },
  };
};
