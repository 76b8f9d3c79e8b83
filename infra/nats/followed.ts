import type { JsMsg } from "@nats-io/jetstream";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";

/** A message of a stream. All who follow the stream in this process are given the same one. */
export type Followed = {
  seq: number;
  subject: string;
  data: Uint8Array;
  /**
   * The record that it holds, of a journal stream: read when first asked for, once for all who ask, so nobody changes it.
   * @throws Fault `record-unreadable`, `record-version-unknown`
   */
  record: () => CaseRecord;
};

const decoder = new TextDecoder();

export const followedFrom = ({ seq, subject, data }: Pick<JsMsg, "seq" | "subject" | "data">): Followed => {
  let read: CaseRecord | undefined;
  return {
    ...{ seq, subject, data },
    record: () => {
      read ??= caseRecordFrom(decoder.decode(data));
      return read;
    },
  };
};
