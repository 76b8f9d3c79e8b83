import { join, resolve } from "node:path";
import { type ArchiveRules, defaultArchiveRules } from "../../contracts/codes/archive-rules.ts";
import type { AttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import type { Pace } from "../effects.ts";
import type { NatsProof } from "../nats/proof.ts";
import type { TraceSettings } from "../observability/traces.ts";
import type { PressureLimits } from "../pressure/judge.ts";
import type { RedisProof } from "../redis/connection.ts";
import { Environment, type Flags, withFlags } from "./environment.ts";

/** Where NATS and Redis are: the hub's own children, or servers that somebody else runs. */
type Servers =
  | {
      readonly kind: "embedded";
      readonly natsServerBin: string | undefined;
      readonly redisServerBin: string | undefined;
      /** File of the secret that the journal is encrypted with on disk. Absent: it is not. */
      readonly storeKeyFile: string | undefined;
    }
  | {
      readonly kind: "external";
      /** Of several servers, with commas between them; so the next. */
      readonly natsUrl: string;
      readonly natsMonitorUrl: string | undefined;
      readonly redisUrl: string;
      /** How the hub proves itself to them, and they to it. */
      readonly natsProof: NatsProof | undefined;
      readonly redisProof: RedisProof | undefined;
    };

export type Config = {
  /** 0: the kernel picks. */
  readonly port: number;
  readonly host: string;
  /** Absolute. */
  readonly dataDir: string;
  readonly servers: Servers;
  readonly logLevel: Environment["SEKTORBRO_LOG_LEVEL"];
  readonly journalStreams: number;
  readonly replicas: number;
  /** When senders are asked to come back later. */
  readonly pressure: PressureLimits;
  /** So long a hub that is to stop serves on, not ready any more. */
  readonly drainMs: number;
  readonly maxDocumentBytes: number;
  /** What a document may be at most; its bytes are `maxDocumentBytes`. */
  readonly documents: DocumentLimits;
  /** Public keys of the tokens' issuer; absent: the hub issues its own. */
  readonly tokens: { readonly jwksFile: string; readonly issuer: string } | undefined;
  readonly audience: string;
  /** `production`: what is dangerous with patients' data is refused, and nobody is let in for trying. */
  readonly mode: Environment["SEKTORBRO_MODE"];
  /** File of who may call (absolute). Absent: only whom `tokens` names. */
  readonly trustFile: string | undefined;
  /** TLS of the hub's own: files (absolute). Absent: it speaks plain HTTP. */
  readonly tls:
    | { readonly cert: string; readonly key: string; readonly clientCa: string | undefined }
    | undefined;
  /** Something in front of the hub speaks TLS for it. */
  readonly behindProxy: boolean;
  /** Requests a second of one caller; 0: as many as it likes. */
  readonly requestsPerSecond: number;
  /** File that tells of the OpenID Connect provider whose people may sign in (absolute). Absent: there is none. */
  readonly identityProvider: string | undefined;
  /** Key of the hashes in the index; absent: one that the hub makes and keeps with its journal. */
  readonly indexKey: string | undefined;
  /** Key of the chain of looks; absent: one that the hub makes and keeps in its data folder. */
  readonly auditKey: string | undefined;
  /** Where cases go that have left the journal, and when they do. Absent: none does. */
  readonly archive: (ArchiveRules & { readonly dir: string }) | undefined;
  /** How long a receipt is waited for, and how often a document is sent again. */
  readonly receipts: ReceiptRules;
  /** How long a letter waits for the attachments that it names. */
  readonly attachments: AttachmentRules;
  /** How long is remembered what a message was answered. */
  readonly answersKeptDays: number;
  /** How long looks are kept, and how long somebody who is no party may see a citizen's cases. */
  readonly auditKeptDays: number;
  readonly emergencyMinutes: number;
  /** A person has said that acknowledged messages may be lost in a power cut. */
  readonly unsafeFsync: boolean;
  /** Drop folders: where they are (absolute), how often they are looked at, how long a file must rest. Absent: there are none. */
  readonly folders: { readonly root: string; readonly pollMs: number; readonly settleMs: number } | undefined;
  /** GLN of who runs the hub, and is told of what an agreement leaves to operations. Absent: nobody is. */
  readonly operations: string | undefined;
  /** Sped-up time, for a demonstration. Absent: the true time. */
  readonly pace: Pace | undefined;
  /** What documents that the hub brings may use: internal hosts that are allowed by name, and the folder of secrets (absolute). */
  readonly push: { readonly allowed: readonly string[]; readonly secretsDir: string | undefined };
  /** Whom the ways of messages are told. Absent: nobody, and nothing of it is read. */
  readonly traces: TraceSettings | undefined;
  /** Folder of the region's agreements (absolute). Absent: those in force, or those that the hub was built with. */
  readonly agreementsDir: string | undefined;
  /** Names that look like settings of the hub, and are none. */
  readonly unknownSettings: readonly string[];
};

/** What was wrong with the settings; names and rules, never values: a value may be a password. */
export type ConfigProblem = { readonly name: string; readonly message: string };

export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly problems: readonly ConfigProblem[];
  constructor(problems: readonly ConfigProblem[]) {
    super(["These settings cannot be used:", ...problems.map((p) => `  ${p.name}: ${p.message}`)].join("\n"));
    this.problems = problems;
  }
}

const absolute = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(path);

/** Absent where nothing of it is set. */
const ifAny = <T extends object>(proof: T): T | undefined =>
  Object.values(proof).every((value) => value === undefined) ? undefined : proof;

const proofsOf = (
  env: Environment,
): Pick<Extract<Servers, { kind: "external" }>, "natsProof" | "redisProof"> => ({
  natsProof: ifAny({
    credentials: absolute(env.SEKTORBRO_NATS_CREDENTIALS),
    ca: absolute(env.SEKTORBRO_NATS_CA),
    cert: absolute(env.SEKTORBRO_NATS_CERT),
    key: absolute(env.SEKTORBRO_NATS_KEY),
  }),
  redisProof: ifAny({
    ca: absolute(env.SEKTORBRO_REDIS_CA),
    cert: absolute(env.SEKTORBRO_REDIS_CERT),
    key: absolute(env.SEKTORBRO_REDIS_KEY),
  }),
});

const tlsOf = (env: Environment): Config["tls"] => {
  const [cert, key] = [absolute(env.SEKTORBRO_TLS_CERT), absolute(env.SEKTORBRO_TLS_KEY)];
  if (cert === undefined || key === undefined) return undefined;
  return Object.freeze({ cert, key, clientCa: absolute(env.SEKTORBRO_TLS_CLIENT_CA) });
};

/** Who may call, and how they reach the hub. */
const callersOf = (
  env: Environment,
): Pick<
  Config,
  "audience" | "mode" | "behindProxy" | "requestsPerSecond" | "trustFile" | "tls" | "identityProvider"
> => ({
  audience: env.SEKTORBRO_AUDIENCE,
  mode: env.SEKTORBRO_MODE,
  behindProxy: env.SEKTORBRO_BEHIND_PROXY,
  requestsPerSecond: env.SEKTORBRO_REQUESTS_PER_SECOND,
  trustFile: absolute(env.SEKTORBRO_TRUST),
  tls: tlsOf(env),
  identityProvider: absolute(env.SEKTORBRO_IDENTITY_PROVIDER),
});

const serversOf = (env: Environment): Servers =>
  env.NATS_URL === undefined || env.REDIS_URL === undefined
    ? {
        kind: "embedded",
        natsServerBin: env.SEKTORBRO_NATS_SERVER,
        redisServerBin: env.SEKTORBRO_REDIS_SERVER,
        storeKeyFile: absolute(env.SEKTORBRO_STORE_KEY_FILE),
      }
    : {
        kind: "external",
        natsUrl: env.NATS_URL,
        natsMonitorUrl: env.NATS_MONITOR_URL,
        redisUrl: env.REDIS_URL,
        ...proofsOf(env),
      };

const documentsOf = (env: Environment): DocumentLimits =>
  Object.freeze({
    maxBytes: env.SEKTORBRO_MAX_DOCUMENT_BYTES,
    maxDepth: env.SEKTORBRO_MAX_DEPTH,
    maxElements: env.SEKTORBRO_MAX_ELEMENTS,
    maxTextLength: env.SEKTORBRO_MAX_TEXT_LENGTH,
    maxAttachments: env.SEKTORBRO_MAX_ATTACHMENTS,
    maxAttachmentBytes: env.SEKTORBRO_MAX_ATTACHMENT_BYTES,
  });

const tokensOf = (env: Environment): Config["tokens"] =>
  env.SEKTORBRO_JWKS_FILE === undefined || env.SEKTORBRO_ISSUER === undefined
    ? undefined
    : Object.freeze({ jwksFile: resolve(env.SEKTORBRO_JWKS_FILE), issuer: env.SEKTORBRO_ISSUER });

const foldersOf = (env: Environment): Config["folders"] =>
  env.SEKTORBRO_FOLDERS === undefined
    ? undefined
    : Object.freeze({
        root: resolve(env.SEKTORBRO_FOLDERS),
        pollMs: env.SEKTORBRO_FOLDERS_POLL_MS,
        settleMs: env.SEKTORBRO_FOLDERS_SETTLE_MS,
      });

const receiptsOf = (env: Environment): ReceiptRules =>
  Object.freeze({
    receiptSeconds: env.SEKTORBRO_RECEIPT_SECONDS,
    resends: env.SEKTORBRO_RECEIPT_RESENDS,
    fetchSeconds: env.SEKTORBRO_FETCH_SECONDS,
  });

const pressureOf = (env: Environment): PressureLimits =>
  Object.freeze({
    leastFreeBytes: env.SEKTORBRO_LEAST_FREE_BYTES,
    longestQueue: env.SEKTORBRO_LONGEST_QUEUE,
    indexPatienceMs: env.SEKTORBRO_INDEX_PATIENCE_SECONDS * 1_000,
  });

/** Hubs that share servers share the archive too, so where it lies is theirs to say: in each one's own folder it would be in none of the others'. */
const archiveOf = (env: Environment): Config["archive"] => {
  const own = env.NATS_URL === undefined ? join(env.SEKTORBRO_DATA, "archive") : undefined;
  const dir = env.SEKTORBRO_ARCHIVE ?? own;
  const [afterDays, graceSeconds] = [env.SEKTORBRO_ARCHIVE_AFTER_DAYS, env.SEKTORBRO_ARCHIVE_GRACE_SECONDS];
  return dir === undefined
    ? undefined
    : Object.freeze({ ...defaultArchiveRules, dir: resolve(dir), afterDays, graceSeconds });
};

const paceOf = ({ SEKTORBRO_TIME_FROM: from, SEKTORBRO_TIME_SPEED: speed }: Environment): Config["pace"] =>
  from === undefined || speed === undefined ? undefined : Object.freeze({ from, speed });

const pushOf = (env: Environment): Config["push"] =>
  Object.freeze({
    allowed: Object.freeze(env.SEKTORBRO_PUSH_ALLOW),
    secretsDir: env.SEKTORBRO_PUSH_SECRETS === undefined ? undefined : resolve(env.SEKTORBRO_PUSH_SECRETS),
  });

const attachmentsOf = (env: Environment): AttachmentRules =>
  Object.freeze({
    waitSeconds: env.SEKTORBRO_ATTACHMENT_SECONDS,
    neverWait: Object.freeze(env.SEKTORBRO_ATTACHMENTS_NEVER_WAIT),
  });

const tracesOf = ({
  OTEL_EXPORTER_OTLP_ENDPOINT: endpoint,
  OTEL_SERVICE_NAME: serviceName,
}: Environment): Config["traces"] =>
  endpoint === undefined ? undefined : Object.freeze({ endpoint, serviceName });

/** `SEKTORBRO_URL` is for the commands that ask a hub. */
const known: ReadonlySet<string> = new Set([...Object.keys(Environment.shape), "SEKTORBRO_URL"]);

/** A name that is spelled wrong would count for nothing, in silence. */
const unknownIn = (env: NodeJS.ProcessEnv): readonly string[] =>
  Object.freeze(
    Object.keys(env)
      .filter((name) => name.startsWith("SEKTORBRO_") && !known.has(name))
      .toSorted(),
  );

/** The settings, checked and frozen. Throws `ConfigError` with every problem at once. */
export const configFrom = (env: NodeJS.ProcessEnv, flags: Flags = {}): Config => {
  const parsed = Environment.safeParse(withFlags(env, flags));
  if (!parsed.success)
    throw new ConfigError(
      parsed.error.issues.map((issue) => ({ name: issue.path.join("."), message: issue.message })),
    );
  const { data } = parsed;
  return Object.freeze({
    port: data.SEKTORBRO_PORT,
    host: data.SEKTORBRO_HOST,
    dataDir: resolve(data.SEKTORBRO_DATA),
    servers: Object.freeze(serversOf(data)),
    logLevel: data.SEKTORBRO_LOG_LEVEL,
    journalStreams: data.SEKTORBRO_JOURNAL_STREAMS,
    replicas: data.SEKTORBRO_REPLICAS,
    pressure: pressureOf(data),
    drainMs: data.SEKTORBRO_DRAIN_SECONDS * 1_000,
    maxDocumentBytes: data.SEKTORBRO_MAX_DOCUMENT_BYTES,
    documents: documentsOf(data),
    tokens: tokensOf(data),
    ...callersOf(data),
    indexKey: data.SEKTORBRO_INDEX_KEY,
    auditKey: data.SEKTORBRO_AUDIT_KEY,
    receipts: receiptsOf(data),
    attachments: attachmentsOf(data),
    archive: archiveOf(data),
    answersKeptDays: data.SEKTORBRO_ANSWERS_KEPT_DAYS,
    auditKeptDays: data.SEKTORBRO_AUDIT_KEPT_DAYS,
    emergencyMinutes: data.SEKTORBRO_EMERGENCY_MINUTES,
    unsafeFsync: data.SEKTORBRO_UNSAFE_FSYNC,
    folders: foldersOf(data),
    operations: data.SEKTORBRO_OPERATIONS,
    pace: paceOf(data),
    ...{ push: pushOf(data), traces: tracesOf(data) },
    agreementsDir: data.SEKTORBRO_AGREEMENTS === undefined ? undefined : resolve(data.SEKTORBRO_AGREEMENTS),
    unknownSettings: unknownIn(env),
  });
};
