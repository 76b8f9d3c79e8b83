// @ts-check
import { fetchNats } from "./fetch-nats.mjs";
import { fetchRedis } from "./fetch-redis.mjs";
import { fetchRelease } from "./fetch-release.mjs";
import { findServer, usable } from "./find-server.mjs";
import { hasApt } from "./private-apt.mjs";
import { servers } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";
import { SetupError, say } from "./say.mjs";

/** @typedef {import("./rules.mjs").Server} Server */

/** @param {Server} server */
const brew = async (server) => {
  const { code, output } = await runCommand("brew", ["--prefix"], { quiet: true });
  if (code !== 0) return undefined;
  say(`installing ${server.name} with Homebrew ...`);
  await runCommand("brew", ["install", server.name === "redis-server" ? "redis" : server.name]);
  return usable(server, `${output.trim()}/bin/${server.name}`);
};

/** @param {Server} server @param {string} root */
const fetchServer = async (server, root) => {
  if (process.platform === "darwin") return brew(server);
  if (process.platform !== "linux") return undefined;
  const packaged = hasApt()
    ? await (server.name === "nats-server" ? fetchNats(root) : fetchRedis(root))
    : undefined;
  return packaged ?? (server.name === "nats-server" ? fetchRelease(root) : undefined);
};

/**
 * The environment in which every later step finds both servers. Fetches what is missing into .bin/.
 * @param {string} root
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export const serverEnvironment = async (root) => {
  /** @type {NodeJS.ProcessEnv} */
  const env = { ...process.env };
  for (const server of servers) {
    const here = await findServer(server, root);
    const found = here ?? (await fetchServer(server, root));
    if (found === undefined)
      throw new SetupError(
        `${server.name} >= ${server.floor} is not here and could not be fetched. ${server.advice}`,
      );
    if (here === undefined) say(`${server.name} ${found.version} is ready (${found.path})`);
    env[server.variable] = found.path;
  }
  return env;
};
