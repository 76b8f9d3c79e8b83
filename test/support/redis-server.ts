import { mkdtemp, rm, stat } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findServer } from "../../infra/embedded/binaries.ts";
import { startProcess } from "./server-process.ts";

export type RedisServerOptions = {
  /** Keep an append-only file, so that a restart finds the data again. Off: a restart is an empty Redis. */
  readonly persistent?: boolean;
};

/** One private Redis on a Unix socket: no port to collide on; gone, with its data, when the scope ends. */
export type RedisServer = AsyncDisposable & {
  /** The socket's path, which ioredis takes as an address. */
  readonly path: string;
  readonly pid: () => number;
  readonly kill: () => Promise<void>;
  readonly restart: () => Promise<void>;
  /** The same with an append-only file that it reads slowly: there when it begins to. */
  readonly restartSlowly: (microsecondsAKey: number) => Promise<void>;
};

const answersPing = (path: string): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(path);
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (reply) => {
      socket.destroy();
      resolve(reply.toString().startsWith("+PONG"));
    });
    socket.once("error", () => {
      resolve(false);
    });
  });

export const startRedisServer = async (options: RedisServerOptions = {}): Promise<RedisServer> => {
  const { path: binary } = await findServer("redis-server");
  const dir = await mkdtemp(join(tmpdir(), "sb-redis-"));
  const path = join(dir, "redis.sock");
  const persistence = options.persistent === true ? ["--appendonly", "yes"] : ["--appendonly", "no"];
  const start = (more: readonly string[] = [], ready = (): Promise<boolean> => answersPing(path)) =>
    startProcess(
      binary,
      ["--port", "0", "--unixsocket", path, "--dir", dir, "--save", "", ...persistence, ...more],
      ready,
    );
  let server = await start();
  return {
    path,
    pid: () => server.pid,
    kill: () => server.end("SIGKILL"),
    restart: async () => {
      await server.end("SIGKILL");
      server = await start();
    },
    restartSlowly: async (microsecondsAKey) => {
      await server.end("SIGKILL");
      await rm(path, { force: true });
      server = await start(["--key-load-delay", String(microsecondsAKey)], () =>
        stat(path).then(
          () => true,
          () => false,
        ),
      );
    },
    [Symbol.asyncDispose]: async () => {
      await server.end("SIGKILL");
      await rm(dir, { recursive: true, force: true });
    },
  };
};
