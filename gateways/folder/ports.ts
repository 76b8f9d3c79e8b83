import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { CommandReply, Envelope, QueryReply } from "../../contracts/envelope.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { DocumentOutcome, PrintDelivery } from "../../contracts/messages/document.ts";

/** The standards of documents; one is switched on in `receivedStandards` when its gateway is there. */
type DocumentStandard = "oioxml" | "fhir";

/** A file of an organisation's `in`. */
type FolderDocument = {
  /** Absent: it is large, and kept by its digest already. */
  bytes?: Uint8Array;
  /** sha256 of the bytes, in hex. */
  digest: string;
  mediaType: string;
  standard: DocumentStandard;
  /** The GLN whose folder it lay in, and those that it may speak for, itself first. */
  sender: string;
  speaksFor: string[];
  /** `vans`: what came in a VANSEnvelope is answered in one. */
  answerAs?: EnvelopeKind;
};

type Write = (event: string, fields: Readonly<Record<string, unknown>>) => void;
/** Never a file's name, which may hold a CPR number: a keyed hash of it. */
export type FolderLog = { info: Write; warn: Write };

/** What this gateway needs of the world. All throw `Fault` when something outside fails. */
export type FolderPorts = {
  /** Keeps a large document as it is read; sha256 in hex of all of it. @throws what its reading throws; then nothing is kept. */
  keep: (pieces: AsyncIterable<Uint8Array>) => Promise<string>;
  /**
   * Keeps the bytes in INTAKE, once for each sender and digest, and waits for what became of them; asked again it has the
   * kept document read again. `answer-late`: kept, and no answer yet.
   */
  submit: (document: FolderDocument) => Promise<DocumentOutcome>;
  /** Nothing can be taken in now: files stay where they are, and are taken when it is over. */
  closed: () => boolean;
  /** Its sender's answer lies in its folder. */
  told: (intake: string) => void;
  command: (envelope: Envelope) => Promise<CommandReply>;
  query: (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;
  print: (
    standard: DocumentStandard,
    order: PrintDelivery,
  ) => Promise<{ mediaType: string; bytes: Uint8Array }>;
  organisation: (gln: string) => Organisation | undefined;
  organisations: () => readonly Organisation[];
  /** sha256 in hex. */
  digest: (data: string | Uint8Array) => string;
  /** A keyed hash, for what a log may not spell out. */
  keyedDigest: (text: string) => string;
  newId: () => string;
  now: () => string;
  /** The machine's clock, as files carry it. */
  nowMs: () => number;
  /** For waits: goes on evenly, also when that clock is set. */
  steadyMs: () => number;
  log: FolderLog;
};

export type FolderOptions = {
  /** The folder that holds one folder for each organisation. */
  root: string;
  pollMs: number;
  /** How long a file must rest before it is taken. */
  settleMs: number;
  maxDocumentBytes: number;
};
