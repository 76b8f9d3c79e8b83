import { z } from "zod";
import { defaultArchiveRules } from "../../contracts/codes/archive-rules.ts";
import { defaultAttachmentRules } from "../../contracts/codes/attachment-rules.ts";
import { auditKeptDays, emergencyMinutes } from "../../contracts/codes/audit-rules.ts";
import { defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import { answersKeptDays, defaultReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { defaultPressureLimits } from "../pressure/judge.ts";
import { sentinelAddress } from "../redis/sentinel-address.ts";

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

/** One address, or several with commas between them: those of a cluster's servers. */
const urls = (name: string, protocol: RegExp): z.ZodString => {
  const one = url(name, protocol);
  return z.string().refine((text) => text.split(",").every((part) => one.safeParse(part).success), {
    error: `${name} is an address of the right kind, or several with commas between them.`,
  });
};

const glns = z
  .string()
  .regex(/^\s*\d{13}(\s*,\s*\d{13})*\s*$/, "GLNs of 13 digits, with commas between them.")
  .transform((text) => text.split(",").map((gln) => gln.trim()));

const host = String.raw`(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(:\d{1,5})?`;
const hosts = z
  .string()
  .regex(new RegExp(`^\\s*${host}(\\s*,\\s*${host})*\\s*$`), "Hosts, or host:port, with commas between them.")
  .transform((text) => text.split(",").map((name) => name.trim().toLowerCase()));

/** In seconds. */
const month = 31 * 24 * 60 * 60;

const hasDistinctShards = (streams: number): boolean => 64 % streams === 0;

const pairs = [
  ["SEKTORBRO_TLS_CERT", "SEKTORBRO_TLS_KEY"],
  ["SEKTORBRO_NATS_CERT", "SEKTORBRO_NATS_KEY"],
  ["SEKTORBRO_REDIS_CERT", "SEKTORBRO_REDIS_KEY"],
] as const;

/** What the hub reads from its environment, and nothing else does. Every variable is optional. */
export const Environment = z
  .object({
    SEKTORBRO_PORT: whole("The port", 0, 65_535).default(8080),
    SEKTORBRO_HOST: z.string().default("127.0.0.1"),
    SEKTORBRO_DATA: z.string().default(".sektorbro"),
    NATS_URL: urls("NATS_URL", /^(nats|tls|wss?)$/).optional(),
    NATS_MONITOR_URL: urls("NATS_MONITOR_URL", /^https?$/).optional(),
    REDIS_URL: z
      .union([url("REDIS_URL", /^rediss?$/), z.string().regex(sentinelAddress), z.string().startsWith("/")], {
        error:
          "REDIS_URL is redis://host:port, redis+sentinel://host:port,host:port/name or the path of a Unix socket.",
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
    SEKTORBRO_DRAIN_SECONDS: whole("The time to drain", 0, 600).default(0),
    SEKTORBRO_LEAST_FREE_BYTES: whole("The least free space", 0, 1024 ** 4).default(
      defaultPressureLimits.leastFreeBytes,
    ),
    SEKTORBRO_LONGEST_QUEUE: whole("The longest queue", 1, 1_000_000).default(
      defaultPressureLimits.longestQueue,
    ),
    SEKTORBRO_INDEX_PATIENCE_SECONDS: whole("The patience with the index", 0, month).default(
      defaultPressureLimits.indexPatienceMs / 1_000,
    ),
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
    SEKTORBRO_TRUST: z.string().optional(),
    SEKTORBRO_TLS_CERT: z.string().optional(),
    SEKTORBRO_TLS_KEY: z.string().optional(),
    SEKTORBRO_TLS_CLIENT_CA: z.string().optional(),
    SEKTORBRO_BEHIND_PROXY: yesNo.default(false),
    SEKTORBRO_MODE: z
      .enum(["development", "production"], { error: "One of development, production." })
      .default("development"),
    SEKTORBRO_REQUESTS_PER_SECOND: whole("The requests of one caller a second", 0, 1_000_000).default(2_000),
    SEKTORBRO_STORE_KEY_FILE: z.string().optional(),
    SEKTORBRO_NATS_CREDENTIALS: z.string().optional(),
    SEKTORBRO_NATS_CA: z.string().optional(),
    SEKTORBRO_NATS_CERT: z.string().optional(),
    SEKTORBRO_NATS_KEY: z.string().optional(),
    SEKTORBRO_REDIS_CA: z.string().optional(),
    SEKTORBRO_REDIS_CERT: z.string().optional(),
    SEKTORBRO_REDIS_KEY: z.string().optional(),
    SEKTORBRO_IDENTITY_PROVIDER: z.string().optional(),
    SEKTORBRO_AUDIENCE: z.string().default("sektorbro"),
    SEKTORBRO_INDEX_KEY: z.string().min(32, "At least 32 characters that nobody can guess.").optional(),
    SEKTORBRO_AUDIT_KEY: z.string().min(32, "At least 32 characters that nobody can guess.").optional(),
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
    SEKTORBRO_AUDIT_KEPT_DAYS: whole("The days that looks are kept", 180, 3_650).default(auditKeptDays),
    SEKTORBRO_EMERGENCY_MINUTES: whole("The length of an emergency access", 1, 1_440).default(
      emergencyMinutes,
    ),
    SEKTORBRO_ARCHIVE: z.string().optional(),
    SEKTORBRO_ARCHIVE_AFTER_DAYS: whole("The days before a case is archived", 0, 36_500).default(
      defaultArchiveRules.afterDays,
    ),
    SEKTORBRO_ARCHIVE_GRACE_SECONDS: whole("The time in both places", 1, month).default(
      defaultArchiveRules.graceSeconds,
    ),
    SEKTORBRO_UNSAFE_FSYNC: yesNo.default(false),
    SEKTORBRO_FOLDERS: z.string().optional(),
    SEKTORBRO_AGREEMENTS: z.string().optional(),
    SEKTORBRO_PUSH_ALLOW: hosts.default([]),
    SEKTORBRO_PUSH_SECRETS: z.string().optional(),
    SEKTORBRO_OPERATIONS: z
      .string()
      .regex(/^\d{13}$/, "A GLN of 13 digits.")
      .optional(),
    // The names that every OpenTelemetry program has; its packages read the rest of them by themselves.
    OTEL_EXPORTER_OTLP_ENDPOINT: url("The collector", /^https?$/).optional(),
    OTEL_SERVICE_NAME: z
      .string()
      .regex(/^[\w.:-]{1,100}$/, "A name is one word: letters, digits, dots, hyphens.")
      .default("sektorbro"),
    SEKTORBRO_TIME_FROM: z.iso.datetime({ error: "An instant such as 2026-11-23T07:00:00Z." }).optional(),
    SEKTORBRO_TIME_SPEED: whole("The speed of time", 1, 100_000).optional(),
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
  })
  .superRefine((e, context) => {
    for (const [one, other] of pairs)
      if ((e[one] === undefined) !== (e[other] === undefined))
        context.addIssue({
          code: "custom",
          path: [other],
          message: `${one} and ${other} go together: a certificate and its key.`,
        });
  })
  .refine((e) => e.SEKTORBRO_TLS_CLIENT_CA === undefined || e.SEKTORBRO_TLS_CERT !== undefined, {
    path: ["SEKTORBRO_TLS_CLIENT_CA"],
    error: "Client certificates need TLS of the hub's own: SEKTORBRO_TLS_CERT and SEKTORBRO_TLS_KEY.",
  })
  .refine((e) => e.SEKTORBRO_STORE_KEY_FILE === undefined || e.NATS_URL === undefined, {
    path: ["SEKTORBRO_STORE_KEY_FILE"],
    error: "The store of a NATS of your own is encrypted there: jetstream { cipher, key } (infra/security).",
  })
  .refine((e) => (e.SEKTORBRO_TIME_FROM === undefined) === (e.SEKTORBRO_TIME_SPEED === undefined), {
    path: ["SEKTORBRO_TIME_FROM"],
    error:
      "SEKTORBRO_TIME_FROM and SEKTORBRO_TIME_SPEED go together: when time begins, and how fast it goes.",
  })
  .refine(
    // Others take its times for true: such a hub is its own, and nobody else reaches it.
    (e) =>
      e.SEKTORBRO_TIME_SPEED === undefined ||
      (e.SEKTORBRO_HOST === "127.0.0.1" && e.NATS_URL === undefined && e.SEKTORBRO_ISSUER === undefined),
    {
      path: ["SEKTORBRO_TIME_SPEED"],
      error: "Time goes faster only for a demonstration: on 127.0.0.1, with servers and tokens of its own.",
    },
  );
export type Environment = z.infer<typeof Environment>;

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

/** The environment with the flags over it. */
export const withFlags = (env: NodeJS.ProcessEnv, flags: Flags): Record<string, unknown> => {
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
