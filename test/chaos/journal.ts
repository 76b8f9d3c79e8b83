import { DeliverPolicy, jetstream, jetstreamManager } from "@nats-io/jetstream";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { caseSubject } from "../../contracts/subjects.ts";
import { connectNats } from "../../infra/nats/connection.ts";
import type { Recorded, Rung, Settled } from "./evidence.ts";

/** The journal, read on from where it was read to before. */
export type JournalReader = {
  records: readonly Recorded[];
  /** The first question in it, to make others like it. */
  template: () => CaseRecord | undefined;
  readOn: (natsUrl: string) => Promise<void>;
};

/** Who acts on a case has read what came of it, whether its system fetched that or not. */
const changeOf = (d: DeliveryChange): string =>
  d.change === "acknowledged" && d.how === "action" ? "acted" : d.change;

const settledIn = ({ deliveries }: CaseRecord): Settled[] =>
  deliveries.flatMap((d) => (d.change === "owed" ? [] : [{ deliveryId: d.deliveryId, change: changeOf(d) }]));

const rungIn = ({ clocks }: CaseRecord): Rung[] =>
  clocks.flatMap((c) =>
    c.change === "warned" || c.change === "breached"
      ? [{ clockId: c.clockId, change: c.change, no: c.change === "warned" ? (c.no ?? 1) : 1, at: c.at }]
      : [],
  );

const recordedFrom = (
  record: CaseRecord,
  at: { stream: string; seq: number; subject: string },
): Recorded => ({
  stream: at.stream,
  seq: at.seq,
  inPlace: at.subject === caseSubject(record.family, record.caseId),
  caseId: record.caseId,
  no: record.meta.no,
  commandId: record.meta.commandId,
  accepted: record.meta.outcome === "accepted",
  refusal: record.meta.refusal ?? "",
  owed: record.deliveries.flatMap((d) =>
    d.change === "owed" ? [{ deliveryId: d.deliveryId, to: d.to }] : [],
  ),
  settled: settledIn(record),
  rung: rungIn(record),
});

export const journalReader = (): JournalReader => {
  const records: Recorded[] = [];
  const readTo = new Map<string, number>();
  let template: CaseRecord | undefined;

  const keep = (data: Uint8Array, at: { stream: string; seq: number; subject: string }): void => {
    const record = caseRecordFrom(new TextDecoder().decode(data));
    if (record.facts[0]?.type === "AdviceAsked" && record.meta.no === 1) template ??= record;
    records.push(recordedFrom(record, at));
    readTo.set(at.stream, at.seq);
  };

  const readOn = async (natsUrl: string): Promise<void> => {
    const nc = await connectNats(natsUrl, "chaos");
    try {
      const jsm = await jetstreamManager(nc);
      for await (const { config, state } of jsm.streams.list()) {
        const from = readTo.get(config.name) ?? 0;
        if (!config.name.startsWith("JOURNAL_") || state.last_seq <= from) continue;
        const consumer = await jetstream(nc).consumers.get(config.name, {
          deliver_policy: DeliverPolicy.StartSequence,
          opt_start_seq: from + 1,
        });
        for await (const { seq, subject, data } of await consumer.consume({ max_messages: 1_000 })) {
          keep(data, { stream: config.name, seq, subject });
          if (seq >= state.last_seq) break;
        }
      }
    } finally {
      await nc.close();
    }
  };
  return { records, template: () => template, readOn };
};
