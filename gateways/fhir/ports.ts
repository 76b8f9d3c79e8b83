import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { CommandReply, Envelope, QueryReply } from "../../contracts/envelope.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { JudgedMessage } from "./judge-message.ts";
import type { PrintOrder } from "./print-order.ts";
import type { GivenAnswer } from "./reliable/given-answer.ts";

/** A document of INTAKE as this gateway takes it. */
export type TakenDocument = {
  intake: string;
  bytes: Uint8Array;
  mediaType: string;
  /** GLN that the transport authenticated, and those that it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  receivedAt: string;
  answerTo?: string;
  /** The transport wants the answer to what came in such an envelope in one too. */
  answerAs?: EnvelopeKind;
};

type Write = (event: string, fields?: Readonly<Record<string, unknown>>) => void;

/** What this gateway needs of the world. All throw Fault when something outside fails. */
export type FhirPorts = {
  command: (envelope: Envelope) => Promise<CommandReply>;
  /** `viewer` is the GLN that asks: it sees its own cases alone. */
  query: (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;
  /** Every record of a case, in order. */
  loadCase: (caseId: string) => Promise<CaseRecord[]>;
  /** Reads and checks a message. Its bytes are taken: afterwards they may be gone. */
  judge: (bytes: Uint8Array, mediaType: string) => Promise<JudgedMessage>;
  /** The bytes of a message that is sent. Its attachments are taken: afterwards they may be gone. */
  print: (order: PrintOrder) => Promise<Uint8Array>;
  /** Keeps the bytes of an attachment. They are taken: afterwards they may be gone. */
  putObject: (bytes: Uint8Array) => Promise<{ digest: string; sizeBytes: number }>;
  getObject: (digest: string) => Promise<Uint8Array | undefined>;
  organisation: (gln: string) => Organisation | undefined;
  /** Tells the transport's waiting caller, if there still is one. */
  answer: (answerTo: string, outcome: DocumentOutcome) => void;
  noteRefusal: (refused: RefusedDocument) => Promise<void>;
  /** What a message was answered before, by its key. */
  findAnswer: (key: string) => Promise<GivenAnswer | undefined>;
  /** Remembers what a message is answered, durably, unless that was done before; tells which stands. */
  keepAnswer: (key: string, answer: GivenAnswer) => Promise<GivenAnswer>;
  /** Keeps a value under a key, durably, unless there is one already; tells which stands. */
  noteOnce: (key: string, value: string) => Promise<{ kept: string; first: boolean }>;
  now: () => string;
  log: { info: Write; warn: Write; error: Write };
};
