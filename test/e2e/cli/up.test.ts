import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { aliveOf, cli, serverPids, startCli, startUp } from "../../support/cli.ts";
import { tempDir } from "../../support/temp-dir.ts";

// Each command is a process that loads the whole CLI: seconds on a busy machine.
vi.setConfig({ testTimeout: 180_000 });

describe("sektorbro up", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "prints one line when it listens, and %s stops it and its servers with exit 0",
    async (signal) => {
      await using folder = await tempDir();
      await using hub = await startUp(folder.path);
      const health = await fetch(`${hub.url}/health`);
      expect(await health.json()).toMatchObject({ ok: true, durability: "safe" });
      const pids = serverPids(folder.path);
      expect(aliveOf(pids)).toEqual(pids);

      const { code, out } = await hub.end(signal);
      expect(code).toBe(0);
      expect(out).toBe(`listening ${hub.url}\n`);
      expect(aliveOf(pids)).toEqual([]);
      expect(existsSync(join(folder.path, "hub.json"))).toBe(false);
    },
  );

  it("says so when another hub has the data folder", async () => {
    await using folder = await tempDir();
    await using hub = await startUp(folder.path);
    const second = await cli(["up", "--data", folder.path]);
    expect(second).toMatchObject({ code: 1, out: "" });
    expect(second.err).toContain(`Another hub (process ${hub.pid}`);
    expect((await fetch(`${hub.url}/health`)).status).toBe(200);
  });

  it("says so when its port is taken, and leaves nothing running", async () => {
    await using folder = await tempDir();
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    const port = typeof address === "object" ? String(address?.port) : "";
    const starting = startCli(["up", "--data", folder.path, "--port", port]);
    const { code, out, err } = await starting.ended;
    other.close();
    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain("The port is in use by another program.");
    expect(existsSync(join(folder.path, "nats", "server.pid"))).toBe(false);
    expect(existsSync(join(folder.path, "hub.lock"))).toBe(false);
  });

  it("starts on a server that promises no durability only when told to, and says so then", async () => {
    await using folder = await tempDir();
    const servers = { NATS_URL: "nats://127.0.0.1:9", REDIS_URL: "redis://127.0.0.1:9" };
    const refused = await cli(["up", "--data", folder.path], servers);
    expect(refused).toMatchObject({ code: 1, out: "" });
    expect(refused.err).toContain("(monitoring-unknown)");
    expect(refused.err).toContain("NATS_MONITOR_URL");
    expect(refused.err).toContain("--unsafe-fsync");

    await using unsafe = await startUp(folder.path, ["--unsafe-fsync"]);
    expect(await (await fetch(`${unsafe.url}/health`)).json()).toMatchObject({ durability: "unsafe" });
    expect(unsafe.err()).toContain("can be lost in a power cut");
    await unsafe.end("SIGTERM");
  });

  it("names every setting that cannot be used, and ends with exit 2", async () => {
    const { code, err } = await cli(["up", "--port", "99999"], { SEKTORBRO_REPLICAS: "2" });
    expect(code).toBe(2);
    expect(err).toContain("SEKTORBRO_PORT: The port is at most 65535.");
    expect(err).toContain("SEKTORBRO_REPLICAS:");
  });

  it("says how to get a server that is missing", async () => {
    await using folder = await tempDir();
    const { code, err } = await cli(["up", "--data", folder.path], {
      SEKTORBRO_NATS_SERVER: "/nowhere/nats-server",
    });
    expect(code).toBe(1);
    expect(err).toContain("npm run setup");
  });
});
