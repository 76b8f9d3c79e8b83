import type { CommandReply, Envelope } from "../../contracts/envelope.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";

/** A document of INTAKE as this gateway takes it. */
export type TakenDocument = {
  intake: string;
  bytes: Uint8Array;
  /** GLN that the transport authenticated, and those that it may speak for. */
  sender: string;
  speaksFor: readonly string[];
  receivedAt: string;
  answerTo?: string;
};

/** What this gateway needs of the world. All throw Fault when something outside fails. */
export type OioxmlPorts = {
  command: (envelope: Envelope) => Promise<CommandReply>;
  putObject: (bytes: Uint8Array) => Promise<{ digest: string; sizeBytes: number }>;
  getObject: (digest: string) => Promise<Uint8Array | undefined>;
  /** Tells the transport's waiting caller, if there still is one. */
  answer: (answerTo: string, outcome: DocumentOutcome) => void;
  noteRefusal: (refused: RefusedDocument) => Promise<void>;
  now: () => string;
  log: {
    info: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
    error: (event: string, fields?: Readonly<Record<string, unknown>>) => void;
  };
};
