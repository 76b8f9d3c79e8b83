import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import type { Received } from "./evidence.ts";

export type Poller = {
  received: readonly Received[];
  stop: () => Promise<void>;
};

export type PollerOptions = {
  gln: string;
  hubs: () => readonly string[];
  token: (hub: number, gln: string) => string;
};

const timeoutMs = 4_000;
const atOnce = 8;

const hash = (bytes: Uint8Array): string => createHash("sha256").update(bytes).digest("hex").slice(0, 24);
/** Two of a hundred are refused, the same ones each time. */
const refuses = (deliveryId: string): boolean =>
  Number.parseInt(hash(Buffer.from(deliveryId)).slice(0, 6), 16) % 50 === 0;

const negative = { outcome: "negative", code: "ukendt-borger", text: "Borgeren kendes ikke her." };

/** Of one sending of a letter; what is told in JSON is the same each time. */
const envelopeNumber = /<Envelope>[\s\S]*?<Identifier>([^<]+)<\/Identifier>/;

/** A receiver's system that comes for its documents: lists what is open, fetches each, and gives a receipt for it. */
export const startPoller = ({ gln, hubs, token }: PollerOptions): Poller => {
  const received: Received[] = [];
  const ending = new AbortController();
  let turn = 0;

  const call = async (path: string, body?: object): Promise<Response> => {
    const urls = hubs();
    const hub = turn++ % urls.length;
    const response = await fetch((urls[hub] ?? "") + path, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${token(hub, gln)}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(timeoutMs),
    });
    if (response.ok) return response;
    await response.arrayBuffer();
    throw new Error(`${path}: ${String(response.status)}`);
  };

  const fetchOne = async (deliveryId: string): Promise<void> => {
    const response = await call(`/v1/inbox/${deliveryId}`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    const number = envelopeNumber.exec(Buffer.from(bytes).toString("latin1"))?.[1] ?? "";
    received.push({ receiver: gln, deliveryId, copyId: `${deliveryId} ${number}`, digest: hash(bytes) });
    await (
      await call(`/v1/inbox/${deliveryId}/receipt`, refuses(deliveryId) ? negative : { outcome: "positive" })
    ).arrayBuffer();
  };

  const lookOnce = async (): Promise<void> => {
    const page = (await (await call("/v1/inbox?limit=200")).json()) as { items: InboxItem[] };
    const ids = page.items.map(({ deliveryId }) => deliveryId);
    const fetcher = async (): Promise<void> => {
      for (let id = ids.shift(); id !== undefined; id = ids.shift())
        await fetchOne(id).catch(() => undefined);
    };
    await Promise.all(Array.from({ length: atOnce }, fetcher));
    if (page.items.length < 200) await sleep(100);
  };

  const loop = async (): Promise<void> => {
    while (!ending.signal.aborted) await lookOnce().catch(() => sleep(200));
  };
  const ended = loop();
  return {
    received,
    stop: () => {
      ending.abort();
      return ended;
    },
  };
};
