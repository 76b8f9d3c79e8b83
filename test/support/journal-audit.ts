import { type JetStreamManager, jetstream, jetstreamManager } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { InboxItem } from "../../contracts/messages/worklist.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { caseSubject } from "../../contracts/subjects.ts";
import { connectNats } from "../../infra/nats/connection.ts";
import type { Accepted } from "./load.ts";

export type JournalLine = { stream: string; seq: number; subject: string; record: CaseRecord };
export type IntakeLine = { stream: string; seq: number; subject: string; bytes: Uint8Array };

type Kept = { stream: string; seq: number; subject: string; data: Uint8Array };

/** Every message of the streams with this prefix, as the server keeps them; an error when one is missing in between. */
const readStreams = async (natsUrl: string, prefix: string): Promise<Kept[]> => {
  const nc = await connectNats(natsUrl, "audit");
  try {
    const jsm = await jetstreamManager(nc);
    const kept: Kept[] = [];
    for await (const { config, state } of jsm.streams.list()) {
      if (!config.name.startsWith(prefix) || state.messages === 0) continue;
      const consumer = await jetstream(nc).consumers.get(config.name);
      const messages = await consumer.consume();
      let read = 0;
      for await (const { seq, subject, data } of messages) {
        kept.push({ stream: config.name, seq, subject, data });
        read += 1;
        if (seq >= state.last_seq) break;
      }
      if (read < state.messages)
        throw new Error(`${config.name}: ${String(read)} of ${String(state.messages)} messages were there`);
    }
    return kept;
  } finally {
    await nc.close();
  }
};

/** The whole journal, stream by stream, each in order. @throws when a record does not fit its schema. */
export const readJournal = async (natsUrl: string): Promise<JournalLine[]> =>
  (await readStreams(natsUrl, "JOURNAL_")).map(({ data, ...line }) => ({
    ...line,
    record: CaseRecord.parse(JSON.parse(new TextDecoder().decode(data))),
  }));

export const readIntake = async (natsUrl: string): Promise<IntakeLine[]> =>
  (await readStreams(natsUrl, "INTAKE_")).map(({ data, ...line }) => ({ ...line, bytes: data }));

const groupedBy = <T>(values: readonly T[], key: (value: T) => string): Map<string, T[]> => {
  const groups = new Map<string, T[]>();
  for (const value of values) {
    const group = groups.get(key(value));
    if (group === undefined) groups.set(key(value), [value]);
    else group.push(value);
  }
  return groups;
};

const numbersOf = (lines: readonly JournalLine[]): string =>
  lines.map(({ record }) => record.meta.no).join(",");

/** What is wrong with the journal in itself: numbers that are not 1, 2, 3 ..., a command with two records, a wrong place. */
export const journalFaults = (journal: readonly JournalLine[]): string[] => {
  const faults: string[] = [];
  for (const { subject, record } of journal)
    if (subject !== caseSubject(record.family, record.caseId))
      faults.push(`${record.caseId} is at ${subject}`);
  for (const [caseId, lines] of groupedBy(journal, (line) => line.record.caseId)) {
    const wanted = lines.map((_, i) => i + 1).join(",");
    if (numbersOf(lines) !== wanted) faults.push(`case ${caseId} has records ${numbersOf(lines)}`);
  }
  for (const [id, lines] of groupedBy(journal, (line) => line.record.meta.commandId))
    if (lines.length > 1) faults.push(`command ${id} has ${String(lines.length)} records`);
  return faults;
};

const dueIn = (record: CaseRecord): string | undefined =>
  record.clocks.flatMap((c) => (c.change === "started" && c.deliveryId === undefined ? [c.due] : [])).at(-1);

/** A question without its delivery, its promise and the clock of its receipt would be a question nobody answers for. */
const askedFaults = ({ caseId, facts, deliveries, clocks }: CaseRecord): string[] => {
  if (facts[0]?.type !== "AdviceAsked") return [];
  const owed = deliveries.filter((d) => d.change === "owed");
  const promises = clocks.filter((c) => c.change === "started" && c.deliveryId === undefined);
  const receipts = clocks.filter((c) => c.change === "started" && c.deliveryId === owed[0]?.deliveryId);
  return owed.length === 1 && promises.length === 1 && receipts.length === 1
    ? []
    : [`case ${caseId} owes ${String(owed.length)} deliveries and runs ${String(clocks.length)} clocks`];
};

const factOf = {
  letter: /^(AdviceAsked|AdviceAnswered|LetterAdded)$/,
  ask: /^AdviceAsked$/,
  answer: /^AdviceAnswered$/,
};

type Told = Pick<Accepted, "kind" | "commandId" | "caseId" | "due">;

const faultsOf = ({ kind, commandId, caseId, due }: Told, record: CaseRecord): string[] => {
  const told = [caseId, due].join(" ");
  const kept = [record.caseId, dueIn(record)].join(" ");
  if (told !== kept) return [`${commandId}: told ${told}, kept ${kept}`];
  const { outcome } = record.meta;
  const fact = record.facts[0]?.type ?? "nothing";
  const right = outcome === "accepted" && factOf[kind].test(fact);
  return right ? askedFaults(record) : [`${commandId}: ${outcome} ${fact}`];
};

/** What was accepted and is not in the journal exactly once, as it was told. */
export const acceptedFaults = (journal: readonly JournalLine[], accepted: readonly Accepted[]): string[] => {
  const byCommand = groupedBy(journal, (line) => line.record.meta.commandId);
  return accepted.flatMap((told) => {
    const lines = byCommand.get(told.commandId) ?? [];
    const record = lines[0]?.record;
    return lines.length !== 1 || record === undefined
      ? [`${told.commandId}: ${String(lines.length)} records`]
      : faultsOf(told, record);
  });
};

/** Deliveries that an inbox does not show exactly once, and lines of it that no record owes. */
export const inboxFaults = (
  journal: readonly JournalLine[],
  inbox: readonly InboxItem[],
  receiver: string,
): string[] => {
  const owed = journal.flatMap(({ record }) =>
    record.deliveries.flatMap((d) => (d.change === "owed" && d.to === receiver ? [d.deliveryId] : [])),
  );
  const shown = groupedBy(inbox, (item) => item.deliveryId);
  const known = new Set(owed);
  return [
    ...owed.flatMap((id) => {
      const times = shown.get(id)?.length ?? 0;
      return times === 1 ? [] : [`${id} is shown ${String(times)} times`];
    }),
    ...[...shown.keys()].filter((id) => !known.has(id)).map((id) => `${id} is shown and owed by nobody`),
  ];
};

/** Accepted documents whose bytes are not in INTAKE as they were sent, where their record says that they are. */
export const intakeFaults = (
  journal: readonly JournalLine[],
  intake: readonly IntakeLine[],
  accepted: readonly Accepted[],
): string[] => {
  const bytesOf = new Map(intake.map(({ subject, bytes }) => [subject, bytes]));
  const records = new Map(journal.map(({ record }) => [record.meta.commandId, record]));
  return accepted
    .filter(({ kind }) => kind === "letter")
    .flatMap(({ commandId, message }) => {
      const id = records.get(commandId)?.meta.intake ?? "";
      const kept = bytesOf.get(`intake.${shardOf(id)}.oioxml.${id}`);
      return kept !== undefined && Buffer.compare(kept, message.body) === 0
        ? []
        : [`${commandId}: ${kept === undefined ? "no bytes" : "other bytes"} in INTAKE`];
    });
};

type Rung = { change: "warned" | "breached"; at: string };

const rungIn = (lines: readonly JournalLine[], clockId: string): Rung[] =>
  lines.flatMap(({ record }) =>
    record.clocks.flatMap((c) =>
      (c.change === "warned" || c.change === "breached") && c.clockId === clockId
        ? [{ change: c.change, at: c.at }]
        : [],
    ),
  );

/** A clock that was started in the journal to ring at these times. */
export type PlantedClock = { caseId: string; clockId: string; warnAt: string; due: string };

const byCaseOf = (journal: readonly JournalLine[]): Map<string, JournalLine[]> =>
  groupedBy(journal, (line) => line.record.caseId);

/** How many of the clocks have said all that they have to say. */
export const rungOut = (journal: readonly JournalLine[], planted: readonly PlantedClock[]): number => {
  const byCase = byCaseOf(journal);
  return planted.filter(({ caseId, clockId }) =>
    rungIn(byCase.get(caseId) ?? [], clockId).some(({ change }) => change === "breached"),
  ).length;
};

/** Clocks that did not warn once and then breach once, neither before its time. */
export const clockFaults = (journal: readonly JournalLine[], planted: readonly PlantedClock[]): string[] => {
  const byCase = byCaseOf(journal);
  return planted.flatMap(({ caseId, clockId, warnAt, due }) => {
    const rung = rungIn(byCase.get(caseId) ?? [], clockId);
    const said = rung.map(({ change }) => change).join(",");
    if (said !== "warned,breached") return [`clock of ${caseId}: ${said}`];
    const early = (rung[0]?.at ?? "") < warnAt || (rung[1]?.at ?? "") < due;
    return early ? [`clock of ${caseId} rang before its time`] : [];
  });
};

/** The worst and the middle lateness of the clocks that rang, in milliseconds. */
export const latenessMs = (
  journal: readonly JournalLine[],
  planted: readonly PlantedClock[],
): { middle: number; worst: number } => {
  const byCase = byCaseOf(journal);
  const late = planted.flatMap(({ caseId, clockId, warnAt, due }) =>
    rungIn(byCase.get(caseId) ?? [], clockId).map(
      ({ change, at }) => Date.parse(at) - Date.parse(change === "warned" ? warnAt : due),
    ),
  );
  const sorted = late.toSorted((a, b) => a - b);
  return { middle: sorted[Math.floor(sorted.length / 2)] ?? 0, worst: sorted.at(-1) ?? 0 };
};

/** Documents that INTAKE still holds for a reader that has not settled them. */
export const unsettledDocuments = async (natsUrl: string): Promise<number> => {
  const nc = await connectNats(natsUrl, "audit");
  try {
    const jsm: JetStreamManager = await jetstreamManager(nc);
    let waiting = 0;
    for await (const { config } of jsm.streams.list())
      if (config.name.startsWith("INTAKE_"))
        for await (const { num_pending, num_ack_pending } of jsm.consumers.list(config.name))
          waiting += num_pending + num_ack_pending;
    return waiting;
  } finally {
    await nc.close();
  }
};
