import { writeFile } from "node:fs/promises";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { Redis } from "ioredis";
import { expect, test } from "vitest";
import { findServer } from "../../../../infra/embedded/binaries.ts";
import { connectRedis, redisReady } from "../../../../infra/redis/connection.ts";
import { eventually } from "../../../support/eventually.ts";
import { type ServerProcess, startProcess } from "../../../support/server-process.ts";
import { tempDir } from "../../../support/temp-dir.ts";

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => {
        resolve(port);
      });
    });
  });

const answers = async (port: number): Promise<boolean> => {
  const redis = new Redis({ host: "127.0.0.1", port, lazyConnect: true, retryStrategy: () => null });
  redis.on("error", () => undefined);
  try {
    await redis.connect();
    await redis.ping();
    return true;
  } catch {
    return false;
  } finally {
    redis.disconnect();
  }
};

test("the Redis that leads is killed: its copy is made the one that leads, and the hub's connection finds it by itself", async () => {
  await using dir = await tempDir();
  const { path: binary } = await findServer("redis-server");
  const [first, second, watcher] = [await freePort(), await freePort(), await freePort()];
  const start = (port: number, ...more: string[]): Promise<ServerProcess> => {
    const args = ["--port", String(port), "--bind", "127.0.0.1", "--save", "", "--dir", dir.path, ...more];
    return startProcess(binary, args, () => answers(port));
  };
  const leader = await start(first);
  const copy = await start(second, "--replicaof", "127.0.0.1", String(first));
  const file = join(dir.path, "sentinel.conf");
  const lines = [
    `port ${String(watcher)}`,
    "bind 127.0.0.1",
    `dir ${dir.path}`,
    `sentinel monitor sektorbro 127.0.0.1 ${String(first)} 1`,
    "sentinel down-after-milliseconds sektorbro 500",
    "sentinel failover-timeout sektorbro 2000",
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  const sentinel = await startProcess(binary, [file, "--sentinel"], () => answers(watcher));
  const redis = connectRedis(`redis+sentinel://127.0.0.1:${String(watcher)}/sektorbro`, () => undefined);
  try {
    await redisReady(redis, 5_000);
    await redis.set("p:known", "before");
    const asking = new Redis({ host: "127.0.0.1", port: watcher });
    // A copy that the sentinel has not heard of yet could not be promoted.
    await eventually(async () => {
      const copies = (await asking.call("SENTINEL", "replicas", "sektorbro")) as string[][];
      return copies.some((one) => one.join(" ").includes("master-link-status ok")) ? true : undefined;
    }, "the copy");
    asking.disconnect();
    await eventually(
      async () => ((await redis.wait(1, 200)) >= 1 ? true : undefined),
      "what was written, copied",
    );
    await leader.end("SIGKILL");
    expect(await eventually(() => redis.get("p:known"), "the copy that leads now", 20_000)).toBe("before");
    await eventually(() => redis.set("p:new", "after"), "a write", 5_000);
  } finally {
    redis.disconnect();
    await Promise.all([sentinel, copy, leader].map((one) => one.end("SIGKILL")));
  }
});
