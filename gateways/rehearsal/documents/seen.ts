/** What a document says of itself and of another one, whatever its standard: enough to answer it, and to judge an answer. No patient. */
export type Seen = {
  standard: "oioxml" | "fhir" | "json";
  /** `receipt`: XCTL02, XCTL03 or an Acknowledgement. `unreadable`: not to its end; what was read before stands in the others. */
  kind: "letter" | "attachments" | "receipt" | "unreadable";
  /** As its standard names it, e.g. `XDIS91` or `HospitalNotification`. */
  type: string | undefined;
  version: string | undefined;
  envelopeId: string | undefined;
  messageId: string | undefined;
  from: string | undefined;
  to: string | undefined;
  /** The episode of care, or the Communication that the thread is known by. */
  thread: string | undefined;
  /** A receipt is wanted also where all is well. */
  wantsReceipt: boolean;
  /** Of a receipt. */
  verdict: "positive" | "negative" | "transient" | undefined;
  about: { envelopeId: string | undefined; messageId: string | undefined } | undefined;
  refuseCode: string | undefined;
};

export const nothingSeen = (standard: Seen["standard"]): Seen => ({
  standard,
  kind: "unreadable",
  type: undefined,
  version: undefined,
  envelopeId: undefined,
  messageId: undefined,
  from: undefined,
  to: undefined,
  thread: undefined,
  wantsReceipt: false,
  verdict: undefined,
  about: undefined,
  refuseCode: undefined,
});
