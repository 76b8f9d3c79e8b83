import type { FastifyInstance } from "fastify";
import type { EnvelopeKind } from "../../contracts/deliveries.ts";
import type { CommandReply, Envelope, QueryReply } from "../../contracts/envelope.ts";
import type { ErrorCode } from "../../contracts/errors.ts";
import type { AuditEntry, SealedEntry } from "../../contracts/messages/audit.ts";
import type { CaseEvent } from "../../contracts/messages/case-list.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { DocumentOutcome, PrintDelivery } from "../../contracts/messages/document.ts";
import type { EmergencyGrant } from "../../contracts/messages/emergency.ts";
import type { Person } from "../../contracts/messages/session.ts";
import type { RefusedDocument } from "../../contracts/messages/worklist.ts";
import type { Instant } from "../../contracts/time.ts";
import type { HttpLimits } from "./limits/http-limits.ts";
import type { SecureServer } from "./trust/secure-server.ts";

/** Who a token speaks for. An operator runs the hub; it is a party to no case because of that. */
export type Caller = {
  gln: string;
  role: "organisation" | "operator";
  name?: string;
  /** Absent: a system calls. */
  person?: Omit<Person, "gln">;
};

/** A client's certificate that was checked against the issuers of the settings, its private key proven by the handshake. */
export type ClientCertificate = {
  /** SHA-256 in hex. */
  thumbprint: string;
  /** Part by part, as the certificate has them: `C=DK, O=…, CN=…`. */
  subject: string;
  sans: readonly string[];
};

/** The standards that a document may be sent in. */
export type DocumentStandard = "oioxml" | "fhir";

/** Bytes as they came, and who they came from. */
export type SubmittedDocument = {
  bytes: Uint8Array;
  /** A large document is an object already, kept as it came; `bytes` is then empty. */
  kept?: { digest: string; sizeBytes: number };
  /** The content-type header as sent, its charset included. */
  mediaType: string;
  standard: DocumentStandard;
  /** GLN that the caller was authenticated as. */
  sender: string;
  /** GLNs that the sender may speak for, itself first. */
  speaksFor: string[];
  /** The caller wants the answer to what came in a VANSEnvelope in one too. */
  answerAs?: EnvelopeKind;
};

/** What `GET /health` tells. `unsafe`: the hub was started without the promise that an answer of yes is on disk. */
export type Health = {
  ok: boolean;
  /** Why documents, or more than them, are asked to come back later; absent: they are not. */
  refusing?: ErrorCode[];
  /** Messages that an index could not take in, by index; absent: none. */
  setAside?: Record<string, number>;
  durability: "safe" | "unsafe";
  parts: Record<string, "up" | "down">;
};

/** What `GET /health/ready` tells: whether this hub is to be sent anything. */
type Ready = { ready: boolean; draining: boolean; reasons: ErrorCode[] };

/** What is kept in the browser between leaving for the provider and coming back. */
export type Leaving = { state: string; nonce: string; verifier: string };

/** `unwelcome`: why somebody is not let in, in a word of ours: `failed`, `unreachable`, or what is wrong with who they are. */
type Came = { person: Person } | { unwelcome: string };

/** Where people sign in who work at an organisation with an identity provider of its own. */
export type IdentityProvider = {
  /** Whether browsers reach this hub over TLS. */
  secure: boolean;
  /** Where the browser is to go, and what it is to bring back. @throws when the provider does not answer */
  leave: () => Promise<{ to: string; leaving: Leaving }>;
  come: (query: string, leaving: Leaving, isOrganisation: (gln: string) => boolean) => Promise<Came>;
};

/** Signs and reads what the hub itself says of who is signed in. All hubs on one journal have the same key. */
export type Sessions = {
  tokenFor: (person: Person) => Promise<string>;
  /** `undefined`: not one of ours, or it is over. */
  verify: (token: string) => Promise<Caller | undefined>;
  /** From now on it counts no more, at any hub, and no copy of it. One that is over is over. @throws Fault */
  end: (token: string) => Promise<void>;
  /** Text that only hubs can read, for so many seconds. */
  seal: (value: Readonly<Record<string, string>>, seconds: number) => Promise<string>;
  open: (sealed: string) => Promise<Readonly<Record<string, unknown>> | undefined>;
};

type Write = (event: string, fields: Readonly<Record<string, unknown>>) => void;
/**
 * `info`: one line for each request, of ids, codes and durations; the route is the pattern, never the address.
 * `error`: something broke. `fields.error` is the error itself: the log tells its name and where it was thrown, never its
 * message, which may repeat a patient's data.
 */
export type HttpLog = { info: Write; error: Write };

/** What is told of a request where somebody follows messages: its pattern and never its address. */
type TracedRequest = {
  method: string;
  route: string;
  /** Since it began to come, in milliseconds. */
  ageMs: number;
  /** GLN. */
  sender: string | undefined;
  /** It takes something in. A question begins no trace, for inboxes are asked for every few seconds; it is a step of a caller's. */
  begins: boolean;
  /** The caller's own trace, as it was sent. */
  traceparent: string | undefined;
};
/** `traceId`: of the trace that the request is a step of; absent: of none. */
export type TraceRequest = <T>(
  request: TracedRequest,
  work: (traceId?: string) => Promise<T>,
  status: () => number,
) => Promise<T>;

/** What this gateway needs of the world. All throw `Fault` when something outside fails, and nothing else on purpose. */
export type HttpPorts = {
  /** Resolves when the record is on disk, or with why there is none. */
  command(envelope: Envelope): Promise<CommandReply>;
  /** `viewer` is the GLN that asks. A case or delivery that is not its own is refused as if it did not exist. */
  query(type: string, viewer: string, payload: unknown): Promise<QueryReply<unknown>>;
  /** Keeps the bytes in INTAKE, then waits for what became of them. `answer-late`: kept, and no answer yet. */
  submit(document: SubmittedDocument): Promise<DocumentOutcome>;
  /**
   * How the sender of a document is told of a fault in the document's own standard; `undefined`: that has no words for it, or it
   * tells not whom to answer.
   */
  answerFault(
    document: Pick<SubmittedDocument, "bytes" | "mediaType" | "standard" | "speaksFor">,
    code: ErrorCode,
  ): Promise<DocumentOutcome["answer"]>;
  /** The answer to a document has left for whoever waited for it. */
  told(intake: string): void;
  /** The delivery in its receiver's standard. */
  print(standard: DocumentStandard, order: PrintDelivery): Promise<{ mediaType: string; bytes: Uint8Array }>;
  /** A page for people of a document: whole HTML, whatever the document is. */
  render(
    standard: DocumentStandard,
    document: { bytes: Uint8Array; language: "da" | "en" },
  ): Promise<Uint8Array>;
  /** Keeps the bytes under their digest, `sha256-<hex>`. The same bytes twice are kept once. */
  putObject(bytes: Uint8Array): Promise<{ digest: string; sizeBytes: number }>;
  /** The same for bytes that are still coming. @throws what reading them throws; then nothing is kept. */
  putStream(pieces: AsyncIterable<Uint8Array>): Promise<{ digest: string; sizeBytes: number }>;
  getObject(digest: string): Promise<Uint8Array | undefined>;
  /** Whether an object is kept, without reading it. */
  statObject(digest: string): Promise<{ sizeBytes: number } | undefined>;
  /** Keeps who looked at what, on disk when it resolves; of the citizen that was asked about a keyed hash. @throws Fault `audit-unavailable` */
  audit(
    entry: AuditEntry,
    patient?: { cpr?: string | undefined; alternativeId?: string | undefined },
  ): Promise<void>;
  /** Who may see what they are no party to. `idOf`: the same for the same command. `begin` keeps it on disk; the same again is the first. */
  emergencies: {
    idOf(commandId: string): string;
    begin(grant: EmergencyGrant): Promise<EmergencyGrant>;
    /** The latest first. */
    all(): Promise<EmergencyGrant[]>;
  };
  /** A keyed hash, as the index and the audit know citizens by. */
  digest: (text: string) => string;
  /** Who looked at what, in the order of the chain; with `from` those before it may be left out. @throws Fault */
  looks(from?: Instant): AsyncIterable<SealedEntry>;
  /** Hears every change of a case from now on, until the answer is called; ends with the hub. */
  watch(listener: { hear: (event: CaseEvent) => void; end: () => void }): () => void;
  organisation(gln: string): Organisation | undefined;
  organisations(): readonly Organisation[];
  /** The bytes of a document in INTAKE, whatever became of it. */
  original(intakeId: string): Promise<{ bytes: Uint8Array; mediaType: string } | undefined>;
  /** Newest first. */
  refusedDocuments(limit: number): Promise<RefusedDocument[]>;
  health(): Promise<Health>;
  ready(): Ready;
  /** Asked before anything of a request is read; `undefined`: it can be taken in. Documents may need what commands do not. */
  refusal(of: "document" | "command"): { code: ErrorCode; retryAfterSeconds: number } | undefined;
  /** Prometheus text. */
  metrics(): string | Promise<string>;
  /** `undefined`: not a token that is trusted here now. `thumbprint`: of the certificate of its connection. */
  verifyToken(token: string, thumbprint?: string): Promise<Caller | undefined>;
  /** `undefined`: nobody whom this certificate speaks for. Absent: nobody calls by a certificate. */
  verifyCertificate?(shown: ClientCertificate): Promise<Caller | undefined>;
  /** Who may sign in without an identity provider: made-up people, on loopback alone. */
  people: readonly Person[];
  sessions: Sessions;
  /** Where everybody else signs in; absent: nowhere. */
  identityProvider?: IdentityProvider | undefined;
  /** Does what a request asks for as a step of its trace. */
  traced: TraceRequest;
  now(): Instant;
  newId(): string;
  log: HttpLog;
};

export type HttpOptions = {
  maxJsonBytes: number;
  maxDocumentBytes: number;
  maxAttachmentBytes: number;
  /** What one caller, and one connection, may take of the hub. */
  limits?: Partial<HttpLimits>;
  /** Makes the server that speaks TLS; absent: plain HTTP. */
  secure?: SecureServer["create"];
  /** How long an emergency access lasts. */
  emergencyMinutes: number;
  /** Who may read `/metrics`; to others it does not exist. */
  metricsFor: "loopback" | "anyone";
  /** The hub's own version, for the front page and the API description. */
  version: string;
  /** Pages for people, served at the same address. */
  pages?: (server: FastifyInstance) => void;
  /** Examples of the contracts, for the API description. */
  examples?: () => Promise<readonly ContractExample[]>;
};

/**
 * A valid message of a contract, by the contract's name and its file under `contracts/examples`. What is no JSON has its
 * media type for a name, and its text for a message.
 */
export type ContractExample = { file: string; schema: string; message: unknown };
