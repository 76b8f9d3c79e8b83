import { spawn } from "node:child_process";
import { mkdir, readdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { findServer } from "../../../../infra/embedded/binaries.ts";
import { acquireHubLock, hubOwner } from "../../../../infra/embedded/hub-lock.ts";
import { stampOf } from "../../../../infra/embedded/process-identity.ts";
import { answersPing } from "../../../../infra/embedded/redis-child.ts";
import { startEmbedded } from "../../../../infra/embedded/start-embedded.ts";
import { collectingLog } from "../../../../infra/observability/logger.ts";
import { startHubProcess } from "../../../support/embedded-hub-process.ts";
import { runLog } from "../../../support/run-log.ts";
import { eventually } from "../../../support/server-process.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const gone = async (pid: number): Promise<boolean> => (await stampOf(pid)) === undefined;

test("the servers of a hub that is killed end by themselves", async () => {
  await using dir = await tempDir();
  const hub = await startHubProcess(dir.path);
  await hub.end("SIGKILL");
  expect(await eventually(async () => (await gone(hub.pids.nats)) && (await gone(hub.pids.redis)))).toBe(
    true,
  );
});

test("a hub takes over the folder of one that was killed a moment ago", async () => {
  await using dir = await tempDir();
  const crashed = await startHubProcess(dir.path);
  await crashed.end("SIGKILL");
  await using hub = await startEmbedded({ dataDir: dir.path, log: runLog() });
  expect(await answersPing(hub.redisUrl)).toBe(true);
  expect(await gone(crashed.pids.nats)).toBe(true);
  expect(hub.pids().nats).not.toBe(crashed.pids.nats);
});

test("a hub in another process is refused while the first one lives", async () => {
  await using dir = await tempDir();
  await using first = await startHubProcess(dir.path);
  await expect(startEmbedded({ dataDir: dir.path, log: runLog() })).rejects.toMatchObject({
    code: "hub-already-running",
  });
  expect((await hubOwner(dir.path))?.pid).toBe(first.pid);
});

test("a hub that is asked to stop leaves with code 0 and no server behind", async () => {
  await using dir = await tempDir();
  const hub = await startHubProcess(dir.path);
  expect(await hub.end("SIGTERM")).toBe(0);
  expect([await gone(hub.pids.nats), await gone(hub.pids.redis)]).toEqual([true, true]);
});

test("a server that outlived its hub is ended before another starts on its folder", async () => {
  await using dir = await tempDir();
  const nats = join(dir.path, "nats");
  await mkdir(nats);
  const { path } = await findServer("nats-server");
  const survivor = spawn(path, ["-p", "-1", "-a", "127.0.0.1", "-js", "-sd", "store"], {
    cwd: await realpath(nats),
    stdio: "ignore",
  });
  await writeFile(join(nats, "server.pid"), `${survivor.pid}\n`);
  const { log, lines } = collectingLog();
  await using hub = await startEmbedded({ dataDir: dir.path, log });
  expect(lines[0]).toMatchObject({ event: "survivor-ended", fields: { pid: survivor.pid } });
  expect(await gone(survivor.pid ?? 0)).toBe(true);
  expect(hub.pids().nats).not.toBe(survivor.pid);
});

test("a pid that now belongs to another program is left alone", async () => {
  await using dir = await tempDir();
  await mkdir(join(dir.path, "redis"));
  const bystander = spawn("sleep", ["30"], { stdio: "ignore" });
  await writeFile(join(dir.path, "redis", "server.pid"), `${bystander.pid}\n`);
  await (await startEmbedded({ dataDir: dir.path, log: runLog() })).stop();
  expect(await gone(bystander.pid ?? 0)).toBe(false);
  bystander.kill("SIGKILL");
});

test("a lock that is damaged, or of a process that is gone, is taken over", async () => {
  await using dir = await tempDir();
  await writeFile(join(dir.path, "hub.lock"), "half a li");
  await (await acquireHubLock(dir.path)).release();
  const dead = { pid: process.pid, stamp: "another boot", token: "t", since: "2026-01-01T00:00:00.000Z" };
  await writeFile(join(dir.path, "hub.lock"), JSON.stringify(dead));
  expect(await hubOwner(dir.path)).toBeUndefined();
  const lock = await acquireHubLock(dir.path);
  expect((await hubOwner(dir.path))?.pid).toBe(process.pid);
  await lock.release();
  expect(await hubOwner(dir.path)).toBeUndefined();
});

const deadOwner = (token: string) =>
  JSON.stringify({ pid: process.pid, stamp: "another boot", token, since: "2026-01-01T00:00:00.000Z" });

test.each([
  { what: "a dead hub's folder", files: { "hub.lock": deadOwner("t") } },
  { what: "a folder with a damaged lock", files: { "hub.lock": "{" } },
  {
    what: "the folder of a dead hub whose heir died too",
    files: { "hub.lock": deadOwner("t"), "hub.lock.after-t": deadOwner("h") },
  },
])("of ten that want $what at once, one gets it, each of forty times", async ({ files }) => {
  for (let time = 0; time < 40; time++) {
    await using dir = await tempDir();
    for (const [name, text] of Object.entries(files)) await writeFile(join(dir.path, name), text);
    const tries = await Promise.allSettled(
      Array.from({ length: 10 }, async (_, i) => {
        await sleep((i * time) % 4);
        return acquireHubLock(dir.path);
      }),
    );
    expect(tries.filter((result) => result.status === "fulfilled")).toHaveLength(1);
    expect(await readdir(dir.path)).toEqual(["hub.lock"]);
  }
});
