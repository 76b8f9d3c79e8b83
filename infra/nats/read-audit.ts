import { type JetStreamClient, type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { NatsConnection } from "@nats-io/transport-node";
import { Fault } from "../../contracts/errors.ts";
import type { SealedEntry } from "../../contracts/messages/audit.ts";
import { auditSubject } from "../../contracts/subjects.ts";
import { AuditBatch, auditStreamName } from "./audit-log.ts";
import { parseJson } from "./json.ts";
import { type Link, linkOf } from "./link.ts";
import { readSome } from "./read-some.ts";

const together = 500;

async function* entriesOf(needs: {
  js: JetStreamClient;
  jsm: JetStreamManager;
  link: Link;
}): AsyncGenerator<SealedEntry> {
  let after = 0;
  for (;;) {
    const { messages, more } = await readSome(
      needs,
      { stream: auditStreamName, filter: [auditSubject] },
      { after, limit: together },
    );
    for (const { data, seq } of messages) {
      const batch = AuditBatch.safeParse(parseJson(data));
      if (!batch.success) throw new Fault("record-unreadable");
      yield* batch.data;
      after = seq;
    }
    if (!more) return;
  }
}

/** Every look that is kept, in the order of the chain. @throws Fault */
export const readAudit = async (nc: NatsConnection): Promise<AsyncGenerator<SealedEntry>> =>
  entriesOf({ js: jetstream(nc), jsm: await jetstreamManager(nc), link: linkOf(nc) });
