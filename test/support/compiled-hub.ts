import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { compiledProgram } from "./compiled-program.ts";

/** How long one turn of the hub's event loop worked, and how long others had to wait for it; bytes of memory at most. */
type Watched = {
  /** Processor time of the longest turn, in milliseconds: what of the machine's own delays is none. */
  longestWorkMs: number;
  /** The longest time in which nobody was served, less what the hub's thread waited for a processor. */
  longestWaitMs: number;
  /** How much longer the hub's thread took than it worked: 1 on a machine with nothing else to do. */
  stretch: number;
  peakRssBytes: number;
};

export type CompiledHub = AsyncDisposable & {
  url: string;
  pid: number;
  /** Begins to watch, anew. */
  watch: () => Promise<void>;
  watched: () => Promise<Watched>;
};

/**
 * Runs in the hub's own process. Every few milliseconds it asks the kernel how long this thread has worked, and waited to
 * be let to: two such moments are never further apart than one turn of the loop took.
 */
const watcher = `
import { existsSync, readFileSync } from "node:fs";
import { startHub } from "./gateways/cli/compose.js";
import { configFrom } from "./infra/config/config.js";
import { createLog } from "./infra/observability/logger.js";

const everyMs = 5;
const kernel = existsSync("/proc/self/schedstat");
const schedule = () => {
  // Elsewhere than on Linux nobody tells, and all that passes counts as work.
  if (!kernel) return { at: performance.now(), worked: performance.now(), waited: 0 };
  const [worked, waited] = readFileSync("/proc/self/task/" + process.pid + "/schedstat", "utf8").split(" ");
  return { at: performance.now(), worked: Number(worked) / 1e6, waited: Number(waited) / 1e6 };
};
const hub = await startHub(configFrom(process.env), createLog({ level: "silent" }));
let [first, last, longestWorkMs, longestWaitMs, peakRssBytes] = [schedule(), schedule(), 0, 0, 0];
setInterval(() => {
  const now = schedule();
  longestWorkMs = Math.max(longestWorkMs, now.worked - last.worked);
  longestWaitMs = Math.max(longestWaitMs, now.at - last.at - (now.waited - last.waited) - everyMs);
  peakRssBytes = Math.max(peakRssBytes, process.memoryUsage.rss());
  last = now;
}, everyMs);
process.on("message", (asked) => {
  if (asked === "watch") {
    [first, last, longestWorkMs, longestWaitMs, peakRssBytes] = [schedule(), schedule(), 0, 0, 0];
    process.send({});
  }
  if (asked === "watched") {
    const [worked, waited] = [last.worked - first.worked, last.waited - first.waited];
    process.send({ longestWorkMs, longestWaitMs, peakRssBytes, stretch: (worked + waited) / worked });
  }
  if (asked === "stop") hub.stop().then(() => process.exit(0));
});
process.send({ url: hub.url });
`;

const answerOf = async (child: ChildProcess, asked?: string): Promise<unknown> => {
  const heard = new AbortController();
  const { signal } = heard;
  if (asked !== undefined) child.send(asked);
  const ended = once(child, "exit", { signal }).then(([code]) => {
    throw new Error(`the hub ended: ${String(code)}`);
  });
  ended.catch(() => undefined);
  const [answer] = (await Promise.race([once(child, "message", { signal }), ended])) as [unknown];
  heard.abort();
  return answer;
};

/** The compiled hub with its servers as a process of its own, on a folder of its own, that can be asked how it fares. */
export const startCompiledHub = async (
  folder: string,
  env: NodeJS.ProcessEnv = {},
): Promise<CompiledHub & { dataDir: string }> => {
  const [program, dataDir] = [compiledProgram(), join(folder, "data")];
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(join(program, "watched-hub.js"), watcher);
  const { SEKTORBRO_NATS_SERVER: nats, SEKTORBRO_REDIS_SERVER: redis, PATH: path, HOME: home } = process.env;
  const servers = { SEKTORBRO_NATS_SERVER: nats, SEKTORBRO_REDIS_SERVER: redis };
  const child = fork(join(program, "watched-hub.js"), [], {
    execArgv: [],
    env: { PATH: path, HOME: home, ...servers, SEKTORBRO_PORT: "0", SEKTORBRO_DATA: dataDir, ...env },
  });
  const { url } = (await answerOf(child)) as { url: string };
  return {
    url,
    pid: child.pid ?? 0,
    dataDir,
    watch: async () => {
      await answerOf(child, "watch");
    },
    watched: async () => (await answerOf(child, "watched")) as Watched,
    [Symbol.asyncDispose]: async () => {
      if (child.exitCode !== null) return;
      const ended = once(child, "exit");
      child.send("stop");
      await ended;
    },
  };
};
