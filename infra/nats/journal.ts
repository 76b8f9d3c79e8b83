import type { JetStreamClient, JetStreamManager } from "@nats-io/jetstream";
import { shardOf } from "../../contracts/derived-ids.ts";
import type { Family } from "../../contracts/record.ts";
import { type CaseRecord, isCaseRecord } from "../../contracts/record.ts";
import { anyFamilyCaseSubject, caseSubject } from "../../contracts/subjects.ts";
import { isConflict, journalFault } from "./faults.ts";
import { type Layout, streamIndexOf } from "./streams.ts";

type AppendResult = { kind: "appended"; seq: number } | { kind: "conflict" };
type LoadedRecord = { record: CaseRecord; seq: number };
export type Journal = {
  /** One atomic, fsynced write, made only when the last record of the case is still `expectedSeq` (0: there is none). */
  append: (record: CaseRecord, expectedSeq: number) => Promise<AppendResult>;
  /** Every record of a case after stream sequence `after`, in order. Without a family: whichever family it is. */
  load: (caseId: string, family?: Family, after?: number) => Promise<LoadedRecord[]>;
};

const publishTimeoutMs = 2_000;

const decoder = new TextDecoder();

const recordFrom = (data: Uint8Array): CaseRecord => {
  const value: unknown = JSON.parse(decoder.decode(data));
  if (!isCaseRecord(value))
    throw new Error("The journal holds a record of a version that this program does not know.");
  return value;
};

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
          found.push({ record: recordFrom(message.data), seq: message.seq });
          next = message.seq + 1;
        }
      } catch (error) {
        throw journalFault(error);
      }
    },
  };
};
