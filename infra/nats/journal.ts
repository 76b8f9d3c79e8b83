import type { JetStreamManager, StoredMsg } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { Family } from "../../contracts/family.ts";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { anyFamilyCaseSubject, caseSubject } from "../../contracts/subjects.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import { isConflict, journalFault } from "./faults.ts";
import type { Link } from "./link.ts";
import { nextMessage } from "./next-message.ts";
import type { Publish } from "./publish.ts";
import { type Layout, streamIndexOf } from "./streams.ts";
import { atEndOfTurn } from "./turn.ts";

type AppendResult = { kind: "appended"; seq: number } | { kind: "conflict" };
type LoadedRecord = {
  record: CaseRecord;
  seq: number;
  /** The step that wrote it, where there are traces. It says how the record came about, and decides nothing. */
  traceparent?: string;
};
export type Journal = {
  /** One atomic, fsynced write, made only when the last record of the case is still `expectedSeq` (0: there is none). */
  append: (record: CaseRecord, expectedSeq: number) => Promise<AppendResult>;
  /** Every record of a case after stream sequence `after`, in order. Without a family: whichever family it is. */
  load: (caseId: string, family?: Family, after?: number) => Promise<LoadedRecord[]>;
};

const decoder = new TextDecoder();

const loadedFrom = ({ data, header, seq }: StoredMsg): LoadedRecord => {
  const traceparent = header.get(traceparentHeader);
  const record = caseRecordFrom(decoder.decode(data));
  return traceparent === "" ? { record, seq } : { record, seq, traceparent };
};

type JournalNeeds = { publish: Publish; jsm: JetStreamManager; link: Link; layout: Layout };

/** The journal of cases on JetStream. No message id: the expected sequence and the command id in the record tell a repeat. */
export const createJournal = ({ publish, jsm, link, layout }: JournalNeeds): Journal => {
  const encoder = new TextEncoder();
  const streamName = (caseId: string): string => `JOURNAL_${String(streamIndexOf(shardOf(caseId), layout))}`;
  return {
    append: async (record, expectedSeq) => {
      try {
        const subject = caseSubject(record.family, record.caseId);
        const bytes = encoder.encode(JSON.stringify(record));
        const seq = await publish(subject, bytes, { lastSubjectSequence: expectedSeq });
        return { kind: "appended", seq };
      } catch (error) {
        if (isConflict(error)) return { kind: "conflict" };
        throw journalFault(error);
      }
    },
    load: async (caseId, family, after = 0) => {
      const stream = streamName(caseId);
      const next = (subject: string, seq: number): Promise<StoredMsg | null> =>
        link
          .hold(async () => {
            // With others of the same turn: each by itself would be a write to the server.
            await atEndOfTurn(() => undefined);
            return nextMessage({ jsm, layout }, stream, { seq, next_by_subj: subject });
          })
          .catch((error: unknown) => {
            throw journalFault(error);
          });
      // By a pattern the server finds the first of a subject at once, and the next only by looking through all that came since.
      const first =
        family === undefined
          ? await next(anyFamilyCaseSubject(caseId), 1)
          : await next(caseSubject(family, caseId), after + 1);
      if (first === null) return [];
      const { subject } = first;
      const found: LoadedRecord[] = [];
      let message: StoredMsg | null = first.seq > after ? first : await next(subject, after + 1);
      for (; message !== null; message = await next(subject, message.seq + 1))
        found.push(loadedFrom(message));
      return found;
    },
  };
};
