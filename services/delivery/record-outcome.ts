import { setTimeout as sleep } from "node:timers/promises";
import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { Carried } from "../../contracts/push.ts";
import type { PushPorts } from "./push-ports.ts";

const leastMs = 200;
const mostMs = 5_000;

type Brought = { to: string; deliveryId: string; carried: Carried };

/** Each sending is handed over on its own: from then on its receipt is awaited. The first has the id that a fetch has. */
const numbered = (deliveryId: string, sending = 1): string =>
  sending === 1 ? deliveryId : `${deliveryId}:${String(sending)}`;

/** What the journal is to hold of an attempt, in this order. */
const commandsOf = ({ to, deliveryId, carried }: Brought, time: string): Envelope[] => {
  const order = (id: string, type: string, payload: object): Envelope => ({
    id: `${id}:${numbered(deliveryId, carried.sending)}`,
    type,
    version: 1,
    time,
    sender: to,
    payload: { deliveryId, ...payload },
  });
  if (carried.result === "refused") {
    const { code = "unspecified", text } = carried;
    const why = { outcome: "negative", code, ...(text === undefined ? {} : { text }) };
    return [order("refused", "delivery.settle", why)];
  }
  if (carried.result !== "taken") return [];
  const fetched = order("fetched", "delivery.markFetched", {});
  return carried.settled === undefined
    ? [fetched]
    : [fetched, order("answered", "delivery.settle", carried.settled)];
};

/** What no journal takes, however often it is tried, is given up: the document waits, and its sender is told in time. */
const isDone = (reply: CommandReply): boolean => reply.status !== "failed" || reply.fate === "park";

/**
 * The receiver has said yes or no, so this must come to stand in the journal: it is tried until it does, under the same id, and
 * until then nothing else of the case goes out. A crash before that brings the document once more, under the same id.
 */
export const recordOutcome = async (
  ports: Pick<PushPorts, "command" | "now" | "log">,
  brought: Brought,
  signal: AbortSignal,
): Promise<void> => {
  for (const envelope of commandsOf(brought, ports.now())) {
    let waitMs = leastMs;
    for (;;) {
      const reply = await ports.command(envelope).catch(() => undefined);
      if (reply !== undefined && isDone(reply)) break;
      ports.log.warn("push-unrecorded", { deliveryId: brought.deliveryId, waitMs });
      await sleep(waitMs, undefined, { signal });
      waitMs = Math.min(mostMs, waitMs * 2);
    }
  }
};
