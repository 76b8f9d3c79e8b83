import type { JsMsg } from "@nats-io/jetstream";
import type { MsgHdrs } from "@nats-io/transport-node";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";

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
  /** The step that wrote it; `undefined`: there were no traces. */
  traceparent: () => string | undefined;
};

const decoder = new TextDecoder();

export const followedFrom = (
  message: Pick<JsMsg, "seq" | "subject" | "data"> & { readonly headers?: MsgHdrs | undefined },
): Followed => {
  const { seq, subject, data } = message;
  let read: CaseRecord | undefined;
  return {
    ...{ seq, subject, data },
    record: () => {
      read ??= caseRecordFrom(decoder.decode(data));
      return read;
    },
    // The client reads headers when they are first asked for: of most messages nobody asks.
    traceparent: () => message.headers?.get(traceparentHeader),
  };
};
