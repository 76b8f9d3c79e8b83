import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { CommandReply, Envelope, QueryReply } from "../../contracts/envelope.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Printed } from "../tables/losses.ts";
import type { ParsedDocument } from "./codec/parsed-document.ts";
import type { PrintOrder } from "./print-order.ts";

/** A document of INTAKE as this gateway takes it. */
export type TakenDocument = {
  intake: string;
  bytes: Uint8Array;
  /** GLN that the transport authenticated, and those that it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  receivedAt: string;
  answerTo?: string;
  /** The transport wants the answer to what came in such an envelope in one too. */
  answerAs?: EnvelopeKind;
};

/** What this gateway needs of the world. All throw Fault when something outside fails. */
export type OioxmlPorts = {
  command: (envelope: Envelope) => Promise<CommandReply>;
  /** `viewer` is the GLN that asks: it sees its own cases alone. */
  query: (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;
  /** Every record of a case, in order. */
  loadCase: (caseId: string) => Promise<CaseRecord[]>;
  /** What a document holds. Its bytes are taken: afterwards they may be gone. */
  parse: (bytes: Uint8Array) => Promise<ParsedDocument>;
  /** The document of an order. Its attachments are taken: afterwards they may be gone. */
  print: (order: PrintOrder) => Promise<Printed>;
  putObject: (bytes: Uint8Array) => Promise<{ digest: string; sizeBytes: number }>;
  getObject: (digest: string) => Promise<Uint8Array | undefined>;
  /** Tells the transport's waiting caller, if there still is one. */
  answer: (answerTo: string, outcome: DocumentOutcome) => void;
  noteRefusal: (refused: RefusedDocument) => Promise<void>;
  /** Keeps a value under a key, durably, unless there is one already; tells which stands. */
  noteOnce: (key: string, value: string) => Promise<{ kept: string; first: boolean }>;
  now: () => string;
  log: {
    info: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
    error: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
  };
};
