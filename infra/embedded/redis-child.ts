import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EmbeddedError } from "./embedded-error.ts";
import { tailOf } from "./folder-space.ts";
import type { ServerSpec } from "./supervisor.ts";

/**
 * Redis's configuration: a Unix socket that only this user may open, no port, an append-only file fsynced each second.
 * Redis is an index here; what it loses in a power cut is read again from the journal.
 */
export const redisConfigText = (dir: string, socket: string): string => `# Written by the hub at every start.
port 0
unixsocket ${JSON.stringify(socket)}
unixsocketperm 700
dir ${JSON.stringify(dir)}
logfile ${JSON.stringify(join(dir, "redis.log"))}
daemonize no
save ""
appendonly yes
appendfsync everysec
aof-load-truncated yes
`;

/** A Unix socket's path may be 108 bytes on Linux and 104 on macOS (sun_path). */
const maxSocketPath = 100;

/** Where Redis listens: in the data folder, or, should that path be too long, in a private folder of the temporary one. */
export const socketPath = async (dir: string): Promise<string> => {
  const inside = join(dir, "redis.sock");
  if (Buffer.byteLength(inside) < maxSocketPath) return inside;
  return join(await mkdtemp(join(tmpdir(), "sektorbro-")), "redis.sock");
};

type Ping = "pong" | "loading" | "silent";

const pingOf = (path: string, timeoutMs: number): Promise<Ping> =>
  new Promise((resolve) => {
    const socket = connect(path);
    const done = (answer: Ping): void => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => {
      done("silent");
    });
    socket.once("connect", () => socket.write("PING\r\n"));
    socket.once("data", (reply) => {
      const text = reply.toString();
      done(text.startsWith("+PONG") ? "pong" : text.startsWith("-LOADING") ? "loading" : "silent");
    });
    socket.once("error", () => {
      done("silent");
    });
    socket.once("close", () => {
      resolve("silent");
    });
  });

/** Whether a Redis that has loaded its data answers PING on the socket. Never rejects. */
export const answersPing = async (path: string, timeoutMs = 2_000): Promise<boolean> =>
  (await pingOf(path, timeoutMs)) === "pong";

/** So long a start waits for Redis to have read its file. A large one takes a minute, and the hub has nothing in it that it cannot do without. */
const loadingPatienceMs = 300;

const aofNames = ["appendonlydir", "appendonly.aof"];

/** A damaged append-only file is put aside: the index is rebuilt from the journal, so starting empty loses nothing. */
const putAsideDamage = async (dir: string): Promise<boolean> => {
  const said = await tailOf(join(dir, "redis.log"));
  // Whatever ended it later, it had read its file.
  if (!/append only file|AOF/i.test(said) || /Ready to accept connections/.test(said)) return false;
  let moved = false;
  for (const name of aofNames) {
    const aside = join(dir, `${name}.damaged`);
    await rm(aside, { recursive: true, force: true });
    moved = await rename(join(dir, name), aside).then(
      () => true,
      () => moved,
    );
  }
  return moved;
};

const notReady = async (dir: string): Promise<EmbeddedError> => {
  const said = `${await tailOf(join(dir, "stderr.log"))}\n${await tailOf(join(dir, "redis.log"))}`.trim();
  return new EmbeddedError("server-not-ready", `redis-server did not become ready. Its last words:\n${said}`);
};

export type RedisChildOptions = { readonly binary: string; readonly dir: string; readonly socket: string };

type Readiness = { begin: () => void; isReady: () => Promise<boolean> };

const redisSpec = (
  { binary, dir, socket }: RedisChildOptions,
  { begin, isReady }: Readiness,
): ServerSpec => ({
  name: "redis",
  dir,
  argv: [binary, join(dir, "redis.conf")],
  readyTimeoutMs: 60_000,
  prepare: async () => {
    begin();
    // A log of this start alone: what the last start said must not be taken for damage now.
    await rm(join(dir, "redis.log"), { force: true });
    await rm(socket, { force: true });
    await writeFile(join(dir, "redis.conf"), redisConfigText(dir, socket), { mode: 0o600 });
  },
  isReady,
  repair: () => putAsideDamage(dir),
  explain: () => notReady(dir),
});

/** The redis-server of one data folder, always on the same socket. */
export const redisChild = ({ binary, dir, socket }: RedisChildOptions): ServerSpec => {
  let loadingSinceMs: number | undefined;
  return redisSpec(
    { binary, dir, socket },
    {
      begin: () => {
        loadingSinceMs = undefined;
      },
      isReady: async () => {
        const said = await pingOf(socket, loadingPatienceMs);
        if (said === "loading") loadingSinceMs ??= performance.now();
        // While it reads it answers now and then: what was loading a moment ago, and is silent, is loading still.
        const isLoading =
          loadingSinceMs !== undefined && performance.now() - loadingSinceMs > loadingPatienceMs;
        return said === "pong" || isLoading;
      },
    },
  );
};
