import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { configFrom } from "../../../../infra/config/config.ts";
import { lookAtFiles } from "../../../../infra/security/look.ts";
import { weakSettings } from "../../../../infra/security/weak-settings.ts";
import { weaknesses } from "../../../../infra/security/weaknesses.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const unseen = { openFiles: [], openDataDir: false };
const weakIn = (env: NodeJS.ProcessEnv, seen = unseen) => weakSettings(configFrom(env), seen);
const codesIn = (env: NodeJS.ProcessEnv) => weakIn(env).map(({ code }) => code);

const strong = {
  SEKTORBRO_MODE: "production",
  SEKTORBRO_HOST: "0.0.0.0",
  SEKTORBRO_TLS_CERT: "hub.crt",
  SEKTORBRO_TLS_KEY: "hub.key",
  SEKTORBRO_TRUST: "trust.json",
  SEKTORBRO_STORE_KEY_FILE: "store.key",
};
const { SEKTORBRO_STORE_KEY_FILE: _key, ...withoutStore } = strong;
const apart = {
  ...withoutStore,
  NATS_URL: "tls://n0:4222,tls://n1:4222",
  SEKTORBRO_NATS_CREDENTIALS: "hub.nk",
  REDIS_URL: "rediss://hub:secret@redis:6379",
};

test("a hub with nothing weak has nothing to tell", () => {
  expect(weakIn(strong)).toEqual([]);
  // What cannot be seen from here is told, and not refused.
  expect(weakIn(apart)).toEqual([{ code: "store-encryption-unseen", refused: false }]);
});

describe("each weak setting is named", () => {
  const without = (...names: (keyof typeof strong)[]) =>
    Object.fromEntries(Object.entries(strong).filter(([name]) => !names.some((one) => one === name)));
  const { SEKTORBRO_NATS_CREDENTIALS: _credentials, ...noUser } = apart;
  test.each([
    ["http-without-tls", without("SEKTORBRO_TLS_CERT", "SEKTORBRO_TLS_KEY")],
    ["nobody-trusted", without("SEKTORBRO_TRUST")],
    ["store-not-encrypted", without("SEKTORBRO_STORE_KEY_FILE")],
    ["development-issuer", { ...without("SEKTORBRO_MODE", "SEKTORBRO_HOST") }],
    ["unsafe-fsync", { ...strong, SEKTORBRO_UNSAFE_FSYNC: "yes" }],
    ["no-rate-limit", { ...strong, SEKTORBRO_REQUESTS_PER_SECOND: "0" }],
    ["log-debug", { ...strong, SEKTORBRO_LOG_LEVEL: "debug" }],
    ["nats-without-tls", { ...apart, NATS_URL: "tls://n0:4222,nats://n1:4222" }],
    ["nats-without-user", noUser],
    ["redis-without-tls", { ...apart, REDIS_URL: "redis://hub:secret@redis:6379" }],
    ["redis-without-tls", { ...apart, REDIS_URL: "redis+sentinel://:secret@s0:26379/sektorbro" }],
    ["redis-without-password", { ...apart, REDIS_URL: "rediss://redis:6379" }],
  ])("%s", (code, env) => {
    expect(codesIn(env)).toContain(code);
  });
});

test("something in front of the hub may speak TLS for it; a made-up time is named though production cannot have it", () => {
  const { SEKTORBRO_TLS_CERT: _cert, SEKTORBRO_TLS_KEY: _tls, ...plain } = strong;
  expect(weakIn({ ...plain, SEKTORBRO_BEHIND_PROXY: "yes" })).toEqual([]);
  const fast = { SEKTORBRO_TIME_FROM: "2026-11-23T07:00:00Z", SEKTORBRO_TIME_SPEED: "3600" };
  expect(codesIn(fast)).toContain("time-made-up");
});

test("servers on this machine need no TLS", () => {
  const near = {
    ...apart,
    NATS_URL: "nats://127.0.0.1:4222",
    REDIS_URL: "/run/redis.sock",
  };
  expect(weakIn(near)).toEqual([{ code: "store-encryption-unseen", refused: false }]);
});

test("a name that is no setting's is told, and one of the command line is not", () => {
  const misspelt = { SEKTORBRO_TRUTS: "/etc/trust.json", SEKTORBRO_URL: "http://127.0.0.1:8080" };
  expect(weakIn(misspelt).filter(({ code }) => code === "setting-unknown")).toEqual([
    { code: "setting-unknown", at: "SEKTORBRO_TRUTS", refused: false },
  ]);
});

test("what is refused in production comes first", () => {
  const refused = weakIn({}).map((one) => one.refused);
  expect(refused).toEqual(refused.toSorted((a, b) => Number(b) - Number(a)));
  expect(new Set(refused).size).toBe(2);
});

test("every code says what is so, why it matters and what to do", () => {
  for (const { what, why, cure } of Object.values(weaknesses))
    for (const text of [what, why, cure]) expect(text).toMatch(/^\S.{10,}[.:)\w]$/);
});

test("a secret that others may read is found, and a folder that they may enter", async () => {
  await using dir = await tempDir();
  const key = join(dir.path, "store.key");
  await writeFile(key, "secret", { mode: 0o600 });
  const config = configFrom({ SEKTORBRO_DATA: dir.path, SEKTORBRO_STORE_KEY_FILE: key });
  expect(await lookAtFiles(config)).toEqual(unseen);
  await chmod(key, 0o644);
  await chmod(dir.path, 0o755);
  const seen = await lookAtFiles(config);
  expect(seen).toEqual({ openFiles: [key], openDataDir: true });
  expect(weakSettings(config, seen)).toContainEqual({ code: "secret-readable", at: key, refused: true });
});
