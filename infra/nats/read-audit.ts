import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import type { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import type { SealedEntry } from "../../contracts/messages/audit.ts";
import { auditSubject } from "../../contracts/subjects.ts";
import { AuditBatch, auditStreamName } from "./audit-log.ts";
import { parseJson } from "./json.ts";
import { type Link, linkOf } from "./link.ts";
import { readSome, sequenceBefore } from "./read-some.ts";

const together = 500;

type Needs = { js: JetStreamClient; jsm: JetStreamManager; link: Link };

/** Checked, and left as it was written: the chain's hashes are of the fields in their own order, and a schema gives its own. */
const isBatch = (value: unknown): value is z.infer<typeof AuditBatch> => AuditBatch.safeParse(value).success;

const batchIn = (data: Uint8Array): z.infer<typeof AuditBatch> => {
  const batch = parseJson(data);
  if (!isBatch(batch)) throw new Fault("record-unreadable");
  return batch;
};

/** Hubs' clocks may differ by a little, and those who look at once are written together: it is begun somewhat before. */
const marginMs = 60_000;
const placeBefore = (needs: Needs, from: string): Promise<number> => {
  const early = new Date(Date.parse(from) - marginMs).toISOString();
  const of = { stream: auditStreamName, subjects: auditSubject };
  return sequenceBefore(needs, of, ({ data }) => (batchIn(data).at(-1)?.entry.at ?? "") < early);
};

async function* entriesOf(needs: Needs, from: string | undefined): AsyncGenerator<SealedEntry> {
  let after = from === undefined ? 0 : await placeBefore(needs, from);
  for (;;) {
    const { messages, more } = await readSome(
      needs,
      { stream: auditStreamName, filter: [auditSubject] },
      { after, limit: together },
    );
    for (const { data, seq } of messages) {
      yield* batchIn(data);
      after = seq;
    }
    if (!more) return;
  }
}

/** Every look that is kept, in the order of the chain; with `from` those before it may be left out. @throws Fault */
export const readAudit = async (nc: NatsConnection, from?: string): Promise<AsyncGenerator<SealedEntry>> =>
  entriesOf({ js: jetstream(nc), jsm: await jetstreamManager(nc), link: linkOf(nc) }, from);
