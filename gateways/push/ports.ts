import type { QueryReply } from "../../contracts/envelope.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { Carried, PushTransport } from "../../contracts/push.ts";

type DocumentStandard = "oioxml" | "fhir";
type Write = (event: string, fields: Readonly<Record<string, unknown>>) => void;

/** What a client certificate or a set of trusted issuers consists of, as PEM. */
export type Pem = { cert: string; key: string };

/** Secrets by name. Read when they are needed, so that a new one counts without a restart. */
export type Secrets = {
  /** The secrets to sign with, the newest first; `undefined`: there is none of that name. */
  signing: (name: string) => Promise<readonly string[] | undefined>;
  certificate: (name: string) => Promise<Pem | undefined>;
  /** PEM. */
  trusted: (name: string) => Promise<string | undefined>;
};

/** Ids, types and GLNs of what is brought, and the step that wrote the record which owes it. */
type TracedParcel = {
  deliveryId: string;
  caseId: string;
  from: string;
  to: string;
  documentType: string;
  sending: number;
  transport: PushTransport;
  traceparent: string | undefined;
};

/** What this gateway needs of the world. All throw `Fault` when something outside fails. */
export type PushPorts = {
  query: (type: string, viewer: string, payload: unknown) => Promise<QueryReply<unknown>>;
  print: (
    standard: DocumentStandard,
    order: PrintDelivery,
  ) => Promise<{ mediaType: string; bytes: Uint8Array }>;
  /** Keeps a receipt in INTAKE, once for each sender and content; its gateway reads it from there. */
  takeIn: (receipt: {
    bytes: Uint8Array;
    mediaType: string;
    standard: DocumentStandard;
    sender: string;
    transport: string;
  }) => Promise<void>;
  organisation: (gln: string) => Organisation | undefined;
  /** Brings a document as a step of the trace of the record that owes it; `traceparent` is that step's, for its receiver. */
  traced: (
    parcel: TracedParcel,
    work: (traceparent: string | undefined) => Promise<Carried>,
  ) => Promise<Carried>;
  secrets: Secrets;
  /** Milliseconds since 1970, true time: a signature is of the moment. */
  trueMs: () => number;
  log: { info: Write; warn: Write };
};

export type PushOptions = {
  /** Hosts on internal networks that may be reached all the same: `name` or `name:port`. */
  allowed: readonly string[];
};
