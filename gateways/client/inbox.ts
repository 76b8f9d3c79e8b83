import type { z } from "zod";
import { CommandAnswer } from "../../contracts/answers.ts";
import type { SettleDelivery } from "../../contracts/messages/delivery.ts";
import { type InboxItem, InboxPage } from "../../contracts/messages/worklist.ts";
import { type CallHub, textOf } from "./call-hub.ts";

export type Receipt = Omit<z.input<typeof SettleDelivery>, "deliveryId">;
export type Fetched = { mediaType: string; bytes: Uint8Array; caseId: string | undefined };

/** One document that waits: fetched when it is asked for, in the receiver's own standard, and receipted. */
export type Delivery = InboxItem & {
  fetch: () => Promise<Fetched>;
  /** In the hub's own words; a standard's own receipt is sent like any other document. */
  receipt: (receipt: Receipt) => Promise<CommandAnswer>;
};

const documentTypes = "application/fhir+json, application/fhir+xml, application/xml, application/json";

const deliveryOf = (call: CallHub, item: InboxItem): Delivery => {
  const path = `/v1/inbox/${encodeURIComponent(item.deliveryId)}`;
  return {
    ...item,
    fetch: async () => {
      const { mediaType, bytes, header } = await call({ path, accept: documentTypes });
      return { mediaType, bytes, caseId: header("sektorbro-case") };
    },
    receipt: async (receipt) => {
      const headers = { "content-type": "application/json" };
      const body = JSON.stringify(receipt);
      return CommandAnswer.parse(
        JSON.parse(textOf(await call({ method: "POST", path: `${path}/receipt`, headers, body }))),
      );
    },
  };
};

/** Everything that waits now, oldest first, page by page. */
export async function* readInbox(call: CallHub, show: "open" | "all"): AsyncGenerator<Delivery> {
  const query = new URLSearchParams({ show, limit: "100" });
  for (;;) {
    const page = InboxPage.parse(JSON.parse(textOf(await call({ path: `/v1/inbox?${query.toString()}` }))));
    for (const item of page.items) yield deliveryOf(call, item);
    if (page.next === undefined) return;
    query.set("cursor", page.next);
  }
}

export type Watching = { signal: AbortSignal; pollMs?: number };

/** So many sendings are remembered; the inbox itself forgets what has its receipt. */
const remembered = 10_000;

/** Each sending of each document once, as it comes, until the signal says so. */
export async function* watchInbox(
  call: CallHub,
  { signal, pollMs = 1_000 }: Watching,
  wait: (ms: number) => Promise<void>,
): AsyncGenerator<Delivery> {
  const seen = new Set<string>();
  const isOver = (): boolean => signal.aborted;
  while (!isOver()) {
    for await (const delivery of readInbox(call, "open")) {
      // Sent again, after a fault or without a receipt in time, a document waits once more at another time.
      const sending = `${delivery.deliveryId} ${delivery.at}`;
      if (delivery.status !== "waiting" || seen.has(sending)) continue;
      seen.add(sending);
      if (seen.size > remembered) seen.delete([...seen][0] ?? "");
      yield delivery;
      if (isOver()) return;
    }
    await wait(pollMs);
  }
}
