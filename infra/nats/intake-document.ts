import type { JsMsg } from "@nats-io/jetstream";
import { headers } from "@nats-io/transport-node";
import { EnvelopeKind } from "../../contracts/deliveries.ts";
import { intakeHeaders } from "../../contracts/messages/document.ts";
import { traceparentHeader } from "../../contracts/traceparent.ts";
import type { Objects } from "./objects.ts";

/** A document as it reached a transport, before anybody read it. */
export type Arrived = {
  bytes: Uint8Array;
  /** The digest of the object that the bytes are kept as already; `bytes` is then empty. */
  kept?: string;
  mediaType: string;
  standard: string;
  /** The GLN that the transport authenticated, and those it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  transport: string;
  receivedAt: string;
  /** The bus subject that waits for what became of it. */
  answerTo?: string;
  /** The transport wants the answer to what came in such an envelope in one too. */
  answerAs?: EnvelopeKind;
  /** The document in INTAKE that it corrects. */
  corrects?: string;
};
export type TakenDocument = Arrived & {
  intake: string;
  /** The step that kept it, where there are traces. */
  traceparent?: string;
};

export const headersOf = (document: Arrived, object?: string): ReturnType<typeof headers> => {
  const h = headers();
  h.set(intakeHeaders.sender, document.sender);
  h.set(intakeHeaders.speaksFor, document.speaksFor.join(" "));
  h.set(intakeHeaders.transport, document.transport);
  h.set(intakeHeaders.mediaType, document.mediaType);
  h.set(intakeHeaders.receivedAt, document.receivedAt);
  if (document.answerTo !== undefined) h.set(intakeHeaders.answerTo, document.answerTo);
  if (document.answerAs !== undefined) h.set(intakeHeaders.answerAs, document.answerAs);
  if (document.corrects !== undefined) h.set(intakeHeaders.corrects, document.corrects);
  if (object !== undefined) h.set(intakeHeaders.object, object);
  return h;
};

export type Stored = { subject: string; data: Uint8Array; header: (name: string) => string };

/** A document without its bytes. */
export type KnownDocument = Omit<TakenDocument, "bytes">;

/** All that is kept of a document but its bytes. */
export const knownOf = ({ subject, header }: Stored): KnownDocument => {
  const answerTo = header(intakeHeaders.answerTo);
  const answerAs = EnvelopeKind.safeParse(header(intakeHeaders.answerAs));
  const corrects = header(intakeHeaders.corrects);
  const traceparent = header(traceparentHeader);
  const [, , standard = "", intake = ""] = subject.split(".");
  return {
    intake,
    standard,
    mediaType: header(intakeHeaders.mediaType),
    sender: header(intakeHeaders.sender),
    speaksFor: header(intakeHeaders.speaksFor).split(" "),
    transport: header(intakeHeaders.transport),
    receivedAt: header(intakeHeaders.receivedAt),
    ...(answerTo === "" ? {} : { answerTo }),
    ...(answerAs.success ? { answerAs: answerAs.data } : {}),
    ...(corrects === "" ? {} : { corrects }),
    ...(traceparent === "" ? {} : { traceparent }),
  };
};

export const documentOf = async (stored: Stored, objects: Objects): Promise<TakenDocument> => {
  const object = stored.header(intakeHeaders.object);
  const bytes = object === "" ? stored.data : await objects.get(object);
  if (bytes === undefined) throw new Error(`INTAKE names an object that is not kept: ${object}`);
  return { ...knownOf(stored), bytes };
};

export const storedOf = (m: Pick<JsMsg, "subject" | "data" | "headers">): Stored => ({
  subject: m.subject,
  data: m.data,
  header: (name) => m.headers?.get(name) ?? "",
});
