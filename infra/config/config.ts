import { resolve } from "node:path";
import { z } from "zod";
import { type AttachmentRules, defaultAttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import {
  answersKeptDays,
  defaultReceiptRules,
  type ReceiptRules,
} from "../../contracts/codes/receipt-rules.ts";

const whole = (name: string, lowest: number, highest: number): z.ZodCoercedNumber =>
  z.coerce
    .number({ error: `${name} is a whole number.` })
    .int(`${name} is a whole number.`)
    .min(lowest, `${name} is at least ${lowest}.`)
    .max(highest, `${name} is at most ${highest}.`);

const yesNo = z
  .enum(["1", "true", "yes", "0", "false", "no"], { error: "Say yes or no." })
  .transform((text) => ["1", "true", "yes"].includes(text));

const url = (name: string, protocol: RegExp): z.ZodURL =>
  z.url({ protocol, error: `${name} is not an address of the right kind.` });

const glns = z
  .string()
  .regex(/^\s*\d{13}(\s*,\s*\d{13})*\s*$/, "GLNs of 13 digits, with commas between them.")
  .transform((text) => text.split(",").map((gln) => gln.trim()));

/** In seconds. */
const month = 31 * 24 * 60 * 60;

const hasDistinctShards = (streams: number): boolean => 64 % streams === 0;

/** What the hub reads from its environment, and nothing else does. Every variable is optional. */
const Environment = z
  .object({
    SEKTORBRO_PORT: whole("The port", 0, 65_535).default(8080),
    SEKTORBRO_HOST: z.string().default("127.0.0.1"),
    SEKTORBRO_DATA: z.string().default(".sektorbro"),
    NATS_URL: url("NATS_URL", /^(nats|tls|wss?)$/).optional(),
    NATS_MONITOR_URL: url("NATS_MONITOR_URL", /^https?$/).optional(),
    REDIS_URL: z
      .union([url("REDIS_URL", /^rediss?$/), z.string().startsWith("/")], {
        error: "REDIS_URL is redis://host:port or the path of a Unix socket.",
      })
      .optional(),
    SEKTORBRO_LOG_LEVEL: z
      .enum(["debug", "info", "warn", "error", "silent"], {
        error: "One of debug, info, warn, error, silent.",
      })
      .default("info"),
    SEKTORBRO_JOURNAL_STREAMS: whole("The number of streams", 1, 64)
      .refine(hasDistinctShards, "The 64 shards must divide evenly: 1, 2, 4, 8, 16, 32 or 64.")
      .default(4),
    SEKTORBRO_REPLICAS: whole("The number of replicas", 1, 5)
      .refine((n) => n % 2 === 1, "A JetStream cluster keeps 1, 3 or 5 copies.")
      .default(1),
    SEKTORBRO_MAX_DOCUMENT_BYTES: whole("The largest document", 1024, 1024 ** 3).default(
      defaultDocumentLimits.maxBytes,
    ),
    SEKTORBRO_MAX_DEPTH: whole("The deepest nesting", 8, 1_000).default(defaultDocumentLimits.maxDepth),
    SEKTORBRO_MAX_ELEMENTS: whole("The most elements", 100, 2_000_000).default(
      defaultDocumentLimits.maxElements,
    ),
    SEKTORBRO_MAX_TEXT_LENGTH: whole("The longest text", 1_000, 8_000_000).default(
      defaultDocumentLimits.maxTextLength,
    ),
    SEKTORBRO_MAX_ATTACHMENTS: whole("The most attachments", 1, 1_000).default(
      defaultDocumentLimits.maxAttachments,
    ),
    SEKTORBRO_MAX_ATTACHMENT_BYTES: whole("The largest attachment", 1, 1024 ** 3).default(
      defaultDocumentLimits.maxAttachmentBytes,
    ),
    SEKTORBRO_NATS_SERVER: z.string().optional(),
    SEKTORBRO_REDIS_SERVER: z.string().optional(),
    SEKTORBRO_JWKS_FILE: z.string().optional(),
    SEKTORBRO_ISSUER: z.string().optional(),
    SEKTORBRO_AUDIENCE: z.string().default("sektorbro"),
    SEKTORBRO_INDEX_KEY: z.string().min(32, "At least 32 characters that nobody can guess.").optional(),
    SEKTORBRO_ATTACHMENT_SECONDS: whole("The wait for attachments", 1, month).default(
      defaultAttachmentRules.waitSeconds,
    ),
    SEKTORBRO_ATTACHMENTS_NEVER_WAIT: glns.default([...defaultAttachmentRules.neverWait]),
    SEKTORBRO_RECEIPT_SECONDS: whole("The wait for a receipt", 1, month).default(
      defaultReceiptRules.receiptSeconds,
    ),
    SEKTORBRO_RECEIPT_RESENDS: whole("The number of resends", 0, 20).default(defaultReceiptRules.resends),
    SEKTORBRO_FETCH_SECONDS: whole("The wait for a fetch", 1, month).default(
      defaultReceiptRules.fetchSeconds,
    ),
    SEKTORBRO_ANSWERS_KEPT_DAYS: whole("The days that answers are kept", 1, 3_650).default(answersKeptDays),
    SEKTORBRO_UNSAFE_FSYNC: yesNo.default(false),
    SEKTORBRO_FOLDERS: z.string().optional(),
    SEKTORBRO_AGREEMENTS: z.string().optional(),
    SEKTORBRO_FOLDERS_POLL_MS: whole("The time between two looks", 100, 600_000).default(2_000),
    SEKTORBRO_FOLDERS_SETTLE_MS: whole("The time that a file must rest", 100, 3_600_000).default(5_000),
  })
  .refine((e) => (e.NATS_URL === undefined) === (e.REDIS_URL === undefined), {
    path: ["NATS_URL"],
    error: "NATS_URL and REDIS_URL go together: give both, or neither to let the hub run its own servers.",
  })
  .refine((e) => e.NATS_MONITOR_URL === undefined || e.NATS_URL !== undefined, {
    path: ["NATS_MONITOR_URL"],
    error: "NATS_MONITOR_URL means nothing without NATS_URL.",
  })
  .refine((e) => (e.SEKTORBRO_JWKS_FILE === undefined) === (e.SEKTORBRO_ISSUER === undefined), {
    path: ["SEKTORBRO_ISSUER"],
    error: "SEKTORBRO_JWKS_FILE and SEKTORBRO_ISSUER go together: keys, and whose tokens they sign.",
  });
type Environment = z.infer<typeof Environment>;

/** Where NATS and Redis are: the hub's own children, or servers that somebody else runs. */
type Servers =
  | {
      readonly kind: "embedded";
      readonly natsServerBin: string | undefined;
      readonly redisServerBin: string | undefined;
    }
  | {
      readonly kind: "external";
      readonly natsUrl: string;
      readonly natsMonitorUrl: string | undefined;
      readonly redisUrl: string;
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
  readonly maxDocumentBytes: number;
  /** What a document may be at most; its bytes are `maxDocumentBytes`. */
  readonly documents: DocumentLimits;
  /** Public keys of the tokens' issuer; absent: the hub issues its own. */
  readonly tokens: { readonly jwksFile: string; readonly issuer: string } | undefined;
  readonly audience: string;
  /** Key of the hashes in the index; absent: one that the hub makes and keeps with its journal. */
  readonly indexKey: string | undefined;
  /** How long a receipt is waited for, and how often a document is sent again. */
  readonly receipts: ReceiptRules;
  /** How long a letter waits for the attachments that it names. */
  readonly attachments: AttachmentRules;
  /** How long is remembered what a message was answered. */
  readonly answersKeptDays: number;
  /** A person has said that acknowledged messages may be lost in a power cut. */
  readonly unsafeFsync: boolean;
  /** Drop folders: where they are (absolute), how often they are looked at, how long a file must rest. Absent: there are none. */
  readonly folders: { readonly root: string; readonly pollMs: number; readonly settleMs: number } | undefined;
  /** Folder of the region's agreements (absolute). Absent: those in force, or those that the hub was built with. */
  readonly agreementsDir: string | undefined;
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

/** Command-line flags, which win over the environment. */
export type Flags = {
  readonly port?: string | number | undefined;
  readonly host?: string | undefined;
  readonly data?: string | undefined;
  readonly logLevel?: string | undefined;
  readonly unsafeFsync?: boolean | undefined;
  readonly folders?: string | undefined;
  readonly agreements?: string | undefined;
};

const withFlags = (env: NodeJS.ProcessEnv, flags: Flags): Record<string, unknown> => {
  const given = {
    SEKTORBRO_PORT: flags.port,
    SEKTORBRO_HOST: flags.host,
    SEKTORBRO_DATA: flags.data,
    SEKTORBRO_LOG_LEVEL: flags.logLevel,
    SEKTORBRO_FOLDERS: flags.folders,
    SEKTORBRO_AGREEMENTS: flags.agreements,
    SEKTORBRO_UNSAFE_FSYNC: flags.unsafeFsync === undefined ? undefined : String(flags.unsafeFsync),
  };
  // An empty variable is what `VAR= command` leaves behind: not set.
  const set = [...Object.entries(env), ...Object.entries(given)].filter(([, value]) => (value ?? "") !== "");
  return Object.fromEntries(set);
};

const serversOf = (env: Environment): Servers =>
  env.NATS_URL === undefined || env.REDIS_URL === undefined
    ? {
        kind: "embedded",
        natsServerBin: env.SEKTORBRO_NATS_SERVER,
        redisServerBin: env.SEKTORBRO_REDIS_SERVER,
      }
    : {
        kind: "external",
        natsUrl: env.NATS_URL,
        natsMonitorUrl: env.NATS_MONITOR_URL,
        redisUrl: env.REDIS_URL,
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
    maxDocumentBytes: data.SEKTORBRO_MAX_DOCUMENT_BYTES,
    documents: documentsOf(data),
    tokens: tokensOf(data),
    audience: data.SEKTORBRO_AUDIENCE,
    indexKey: data.SEKTORBRO_INDEX_KEY,
    receipts: Object.freeze({
      receiptSeconds: data.SEKTORBRO_RECEIPT_SECONDS,
      resends: data.SEKTORBRO_RECEIPT_RESENDS,
      fetchSeconds: data.SEKTORBRO_FETCH_SECONDS,
    }),
    attachments: Object.freeze({
      waitSeconds: data.SEKTORBRO_ATTACHMENT_SECONDS,
      neverWait: Object.freeze(data.SEKTORBRO_ATTACHMENTS_NEVER_WAIT),
    }),
    answersKeptDays: data.SEKTORBRO_ANSWERS_KEPT_DAYS,
    unsafeFsync: data.SEKTORBRO_UNSAFE_FSYNC,
    folders: foldersOf(data),
    agreementsDir: data.SEKTORBRO_AGREEMENTS === undefined ? undefined : resolve(data.SEKTORBRO_AGREEMENTS),
  });
};
