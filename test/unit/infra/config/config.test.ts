import { isAbsolute, join } from "node:path";
import { describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { ConfigError, configFrom } from "../../../../infra/config/config.ts";

const problemsOf = (env: NodeJS.ProcessEnv): ConfigError["problems"] => {
  try {
    configFrom(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.problems;
    throw error;
  }
  return [];
};

test("with nothing set the hub runs its own servers on the loopback", () => {
  expect(configFrom({})).toEqual({
    port: 8080,
    host: "127.0.0.1",
    dataDir: join(process.cwd(), ".sektorbro"),
    servers: { kind: "embedded", natsServerBin: undefined, redisServerBin: undefined },
    logLevel: "info",
    journalStreams: 4,
    replicas: 1,
    pressure: { leastFreeBytes: 268_435_456, longestQueue: 5_000, indexPatienceMs: 60_000 },
    drainMs: 0,
    maxDocumentBytes: 104_857_600,
    documents: defaultDocumentLimits,
    tokens: undefined,
    audience: "sektorbro",
    mode: "development",
    behindProxy: false,
    requestsPerSecond: 2_000,
    identityProvider: undefined,
    receipts: { receiptSeconds: 1_800, resends: 3, fetchSeconds: 86_400 },
    attachments: { waitSeconds: 3_600, neverWait: [] },
    answersKeptDays: 92,
    auditKeptDays: 1826,
    emergencyMinutes: 120,
    archive: {
      dir: join(process.cwd(), ".sektorbro", "archive"),
      ...{ afterDays: 400, graceSeconds: 3_600, shelfCases: 5_000 },
    },
    push: { allowed: [], secretsDir: undefined },
    unsafeFsync: false,
    unknownSettings: [],
  });
});

test("hubs that share servers have an archive only where somebody says where it lies for all of them", () => {
  const shared = { NATS_URL: "nats://nats:4222", REDIS_URL: "redis://redis:6379" };
  expect(configFrom(shared).archive).toBeUndefined();
  expect(configFrom({ ...shared, SEKTORBRO_ARCHIVE: "/srv/archive" }).archive?.dir).toBe("/srv/archive");
});

test("traces are told to a collector that is named, and to nobody else", () => {
  expect(configFrom({}).traces).toBeUndefined();
  const endpoint = "http://localhost:4318";
  expect(configFrom({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint }).traces).toEqual({
    endpoint,
    serviceName: "sektorbro",
  });
  expect(
    problemsOf({ OTEL_EXPORTER_OTLP_ENDPOINT: "localhost:4318", OTEL_SERVICE_NAME: "to ord" }),
  ).toMatchObject([{ name: "OTEL_EXPORTER_OTLP_ENDPOINT" }, { name: "OTEL_SERVICE_NAME" }]);
});

test("who runs the hub is named by its GLN", () => {
  expect(configFrom({ SEKTORBRO_OPERATIONS: "5790000210015" }).operations).toBe("5790000210015");
  expect(problemsOf({ SEKTORBRO_OPERATIONS: "Driften" })).toMatchObject([{ name: "SEKTORBRO_OPERATIONS" }]);
});

test("senders whose attachments never wait are named by their GLNs", () => {
  const named = (value: string) => ({ SEKTORBRO_ATTACHMENTS_NEVER_WAIT: value });
  const glns = ["5790000100019", "5790000200016"];
  expect(configFrom(named(glns.join(" , "))).attachments.neverWait).toEqual(glns);
  expect(problemsOf(named("DNHF"))).toMatchObject([{ name: "SEKTORBRO_ATTACHMENTS_NEVER_WAIT" }]);
});

test("time goes faster on a hub of its own alone, and from a time that is named", () => {
  const fast = { SEKTORBRO_TIME_FROM: "2026-11-23T07:00:00Z", SEKTORBRO_TIME_SPEED: "3600" };
  expect(configFrom(fast).pace).toEqual({ from: "2026-11-23T07:00:00Z", speed: 3600 });
  expect(configFrom({}).pace).toBeUndefined();
  expect(problemsOf({ SEKTORBRO_TIME_SPEED: "3600" })).toMatchObject([{ name: "SEKTORBRO_TIME_FROM" }]);
  const elsewhere = [
    { SEKTORBRO_HOST: "0.0.0.0" },
    { NATS_URL: "nats://nats:4222", REDIS_URL: "redis://redis:6379" },
    { SEKTORBRO_JWKS_FILE: "keys.json", SEKTORBRO_ISSUER: "https://issuer.example" },
  ];
  for (const env of elsewhere)
    expect(problemsOf({ ...fast, ...env })).toMatchObject([{ name: "SEKTORBRO_TIME_SPEED" }]);
});

test("the settings cannot be changed afterwards", () => {
  const config = configFrom({});
  expect(Object.isFrozen(config) && Object.isFrozen(config.servers)).toBe(true);
});

test("a flag wins over the environment, and an empty variable is not set", () => {
  const config = configFrom(
    { SEKTORBRO_PORT: "9000", SEKTORBRO_DATA: "", SEKTORBRO_UNSAFE_FSYNC: "no" },
    { port: 0, unsafeFsync: true },
  );
  expect([config.port, config.unsafeFsync, isAbsolute(config.dataDir)]).toEqual([0, true, true]);
});

test("servers of somebody else's are used when both addresses are given", () => {
  const env = {
    NATS_URL: "nats://nats:4222",
    NATS_MONITOR_URL: "http://nats:8222",
    REDIS_URL: "redis://redis:6379",
  };
  expect(configFrom(env).servers).toEqual({
    kind: "external",
    natsUrl: "nats://nats:4222",
    natsMonitorUrl: "http://nats:8222",
    redisUrl: "redis://redis:6379",
  });
});

test("a cluster's servers are named with commas between them", () => {
  const env = { NATS_URL: "nats://n0:4222,nats://n1:4222", REDIS_URL: "redis://redis:6379" };
  expect(configFrom(env).servers).toMatchObject({ natsUrl: env.NATS_URL });
  expect(problemsOf({ ...env, NATS_URL: "nats://n0:4222,http://n1" })).toMatchObject([{ name: "NATS_URL" }]);
});

test("when senders are to come back later is a setting, and so is how long a hub that stops serves on", () => {
  const config = configFrom({
    SEKTORBRO_LEAST_FREE_BYTES: "1000",
    SEKTORBRO_LONGEST_QUEUE: "7",
    SEKTORBRO_INDEX_PATIENCE_SECONDS: "0",
    SEKTORBRO_DRAIN_SECONDS: "5",
  });
  expect(config.pressure).toEqual({ leastFreeBytes: 1_000, longestQueue: 7, indexPatienceMs: 0 });
  expect(config.drainMs).toBe(5_000);
});

test("Redis may be the path of a Unix socket", () => {
  const { servers } = configFrom({ NATS_URL: "nats://nats:4222", REDIS_URL: "/run/redis.sock" });
  expect(servers).toMatchObject({ redisUrl: "/run/redis.sock" });
});

describe("what cannot be used", () => {
  test("is told all at once", () => {
    const names = problemsOf({
      SEKTORBRO_PORT: "70000",
      SEKTORBRO_LOG_LEVEL: "loud",
      SEKTORBRO_JOURNAL_STREAMS: "5",
      SEKTORBRO_REPLICAS: "2",
      SEKTORBRO_UNSAFE_FSYNC: "perhaps",
    }).map((problem) => problem.name);
    expect(names).toEqual([
      "SEKTORBRO_PORT",
      "SEKTORBRO_LOG_LEVEL",
      "SEKTORBRO_JOURNAL_STREAMS",
      "SEKTORBRO_REPLICAS",
      "SEKTORBRO_UNSAFE_FSYNC",
    ]);
  });

  test("is told without its value, which may be a password", () => {
    const env = { NATS_URL: "http://user:secret@nats", REDIS_URL: "secret" };
    expect(JSON.stringify(problemsOf(env))).not.toContain("secret");
    expect(() => configFrom(env)).toThrow(/NATS_URL/);
    expect(() => configFrom(env)).not.toThrow(/secret/);
  });

  test.each([
    [{ NATS_URL: "nats://nats:4222" }, "NATS_URL"],
    [{ REDIS_URL: "redis://redis:6379" }, "NATS_URL"],
    [{ NATS_MONITOR_URL: "http://nats:8222" }, "NATS_MONITOR_URL"],
    [{ SEKTORBRO_ISSUER: "https://tokens.example" }, "SEKTORBRO_ISSUER"],
  ])("is half of a pair: %j", (env, name) => {
    expect(problemsOf(env).map((problem) => problem.name)).toEqual([name]);
  });
});
