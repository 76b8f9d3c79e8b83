import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkSettings, settingChecks, UnsafeSettings } from "../../../../gateways/cli/check-settings.ts";
import { developmentToken, openTrust } from "../../../../gateways/http/main.ts";
import { configFrom } from "../../../../infra/config/config.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const audience = "sektorbro";
const who = { gln: "5790000100019", role: "operator", ttlSeconds: 600 } as const;

test("a token of the development issuer counts on loopback alone, and in production nowhere", async () => {
  await using dir = await tempDir();
  const token = await developmentToken({ dataDir: dir.path, audience }, who);
  const trusted = async (host: string, development: boolean) => {
    const { verifyToken } = await openTrust({ dataDir: dir.path, audience, host, development });
    return (await verifyToken(token)) !== undefined;
  };
  for (const host of ["127.0.0.1", "localhost", "::1"])
    expect([host, await trusted(host, true)]).toEqual([host, true]);
  for (const host of ["0.0.0.0", "::", "10.0.0.4", "hub.example.org", "127.0.0.1.evil.example"])
    expect([host, await trusted(host, true)]).toEqual([host, false]);
  expect(await trusted("127.0.0.1", false)).toBe(false);
});

test("a hub in production mode does not start with what is dangerous, and says all of it; otherwise it is told and starts", async () => {
  await using dir = await tempDir();
  const storeKey = join(dir.path, "store.key");
  await writeFile(storeKey, "a secret", { mode: 0o644 });
  const weak = {
    ...{ SEKTORBRO_HOST: "0.0.0.0", SEKTORBRO_DATA: join(dir.path, "data"), SEKTORBRO_UNSAFE_FSYNC: "yes" },
    SEKTORBRO_STORE_KEY_FILE: storeKey,
  };
  const dangerous = ["http-without-tls", "nobody-trusted", "unsafe-fsync", "secret-readable"];
  const { log, lines } = collectingLog();
  const starting = checkSettings(configFrom({ ...weak, SEKTORBRO_MODE: "production" }), log);
  const refusal: unknown = await starting.catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(UnsafeSettings);
  for (const code of dangerous) expect(String(refusal)).toContain(code);
  await checkSettings(configFrom(weak), log);
  for (const code of dangerous) expect(JSON.stringify(lines)).toContain(code);
  const statuses = async (mode: string) =>
    (await settingChecks(configFrom({ ...weak, SEKTORBRO_MODE: mode }))).map(({ status }) => status);
  expect(await statuses("production")).toContain("bad");
  expect(await statuses("development")).not.toContain("bad");
});
