import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { durabilityOf, inspectServer, isSynchronous } from "../../../../infra/embedded/doctor.ts";
import { doctor } from "../../../../infra/embedded/doctor-checks.ts";
import { startEmbedded } from "../../../../infra/embedded/start-embedded.ts";
import { startNatsServer } from "../../../support/nats-server.ts";
import { runLog } from "../../../support/run-log.ts";
import { tempDir } from "../../../support/temp-dir.ts";

test("a server tells that it fsyncs before it acknowledges", async () => {
  await using nats = await startNatsServer();
  const facts = await inspectServer(nats.monitorUrl);
  expect(facts).toMatchObject({ jetstream: true, syncAlways: true, healthy: true, storeDir: nats.storeDir });
  expect(facts.maxPayloadBytes).toBe(8 * 1024 * 1024);
  expect(durabilityOf(facts)).toEqual({ kind: "safe" });
});

test("a server with the default setting is not safe", async () => {
  await using nats = await startNatsServer({ syncAlways: false });
  expect(durabilityOf(await inspectServer(nats.monitorUrl))).toEqual({ kind: "unsafe", reason: "fsync-off" });
});

test("the embedded server is safe", async () => {
  await using dir = await tempDir();
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const facts = await inspectServer(`${hub.natsMonitorUrl}/`);
  expect(durabilityOf(facts)).toEqual({ kind: "safe" });
  expect(facts.storeDir).toBe(join(dir.path, "nats", "store", "jetstream"));
});

const chattr = "chattr";
const attributesWork = (): boolean => {
  const dir = mkdtempSync(join(tmpdir(), "sb-"));
  try {
    execFileSync(chattr, ["+S", dir], { stdio: "ignore" });
    return true;
  } catch {
    process.stderr.write("skipped: the temporary folder's file system has no +S attribute\n");
    return false;
  } finally {
    rmSync(dir, { recursive: true });
  }
};

describe.runIf(attributesWork())("a store folder", () => {
  test("is synchronous once it carries the +S attribute, and not before", async () => {
    await using dir = await tempDir();
    expect(await isSynchronous(dir.path)).toBe(false);
    execFileSync(chattr, ["+S", dir.path]);
    expect(await isSynchronous(dir.path)).toBe(true);
  });
});

test("no answer from the monitoring address is a fault to try again", async () => {
  await using nats = await startNatsServer();
  await nats.kill();
  await expect(inspectServer(nats.monitorUrl)).rejects.toMatchObject({ code: "journal-unavailable" });
});

test("the doctor finds a running hub and that its acknowledgements are safe", async () => {
  await using dir = await tempDir();
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  const checks = await doctor({ dataDir: hub.dataDir });
  expect(checks.map((check) => [check.name, check.status])).toEqual([
    ["node", "ok"],
    ["nats-server", "ok"],
    ["redis-server", "ok"],
    ["data-folder", "ok"],
    ["disk", expect.stringMatching(/ok|warn/)],
    ["hub", "ok"],
    ["durability", "ok"],
  ]);
  expect(checks.find((check) => check.name === "hub")?.detail).toContain(`process ${process.pid}`);
});

test("the doctor says what to do about a server that is missing and a NATS that does not answer", async () => {
  await using dir = await tempDir();
  const checks = await doctor({
    dataDir: dir.path,
    natsServerBin: join(dir.path, "none"),
    natsMonitorUrl: "http://127.0.0.1:1",
    nodeVersion: "18.0.0",
  });
  const bad = checks.filter((check) => check.status === "bad");
  expect(bad.map((check) => check.name)).toEqual(["node", "nats-server", "durability"]);
  expect(bad.every((check) => check.whatToDo !== "")).toBe(true);
});
