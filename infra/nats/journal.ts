import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { Family } from "../../contracts/record.ts";
import { CaseRecord } from "../../contracts/record.ts";
import { anyFamilyCaseSubject, caseSubject } from "../../contracts/subjects.ts";
import { isConflict, journalFault } from "./faults.ts";
import { type Layout, streamIndexOf } from "./streams.ts";

export type AppendResult = { kind: "appended"; seq: number } | { kind: "conflict" };
export type LoadedRecord = { record: CaseRecord; seq: number };
export type Journal = {
  /** One atomic, fsynced write, made only when the last record of the case is still `expectedSeq` (0: there is none). */
  append: (record: CaseRecord, expectedSeq: number) => Promise<AppendResult>;
  /** Every record of a case after stream sequence `after`, in order. Without a family: whichever family it is. */
  load: (caseId: string, family?: Family, after?: number) => Promise<LoadedRecord[]>;
};

const publishTimeoutMs = 2_000;

/** A record read back was written by us: parsed all the same, since the store is outside the process. */
const parseRecord = (data: Uint8Array): CaseRecord =>
  CaseRecord.parse(JSON.parse(new TextDecoder().decode(data)));

/** The journal of cases on JetStream. No message id: the expected sequence and the command id in the record tell a repeat. */
export const createJournal = (js: JetStreamClient, jsm: JetStreamManager, layout: Layout): Journal => {
  const encoder = new TextEncoder();
  const streamName = (caseId: string): string => `JOURNAL_${String(streamIndexOf(shardOf(caseId), layout))}`;
  return {
    append: async (record, expectedSeq) => {
      try {
        const ack = await js.publish(
          caseSubject(record.family, record.caseId),
          encoder.encode(JSON.stringify(record)),
          { expect: { lastSubjectSequence: expectedSeq }, timeout: publishTimeoutMs },
        );
        return { kind: "appended", seq: ack.seq };
      } catch (error) {
        if (isConflict(error)) return { kind: "conflict" };
        throw journalFault(error);
      }
    },
    load: async (caseId, family, after = 0) => {
      const subject = family === undefined ? anyFamilyCaseSubject(caseId) : caseSubject(family, caseId);
      const found: LoadedRecord[] = [];
      let next = after + 1;
      try {
        for (;;) {
          const message = await jsm.direct.getMessage(streamName(caseId), {
            seq: next,
            next_by_subj: subject,
          });
          if (message === null) return found;
          found.push({ record: parseRecord(message.data), seq: message.seq });
          next = message.seq + 1;
        }
      } catch (error) {
        throw journalFault(error);
      }
    },
  };
};
