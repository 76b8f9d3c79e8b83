// @ts-check
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { isAtLeast } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";

import { SetupError } from "./say.mjs";

/** @typedef {import("./rules.mjs").Server} Server */

/**
 * The version that a server tells, or `undefined` when it does not run.
 * @param {string} path
 */
export const versionOf = async (path) => {
  const { code, output } = await runCommand(path, ["--version"], { quiet: true });
  return code === 0 ? /v=?(\d+\.\d+\.\d+)/.exec(output)?.[1] : undefined;
};

/**
 * The file when it runs and is new enough.
 * @param {Server} server
 * @param {string} path
 */
export const usable = async (server, path) => {
  const version = existsSync(path) ? await versionOf(path) : undefined;
  return version !== undefined && isAtLeast(version, server.floor) ? { path, version } : undefined;
};

/**
 * A server that is already here: the one that its variable names (which must then do), else on PATH, else in .bin/.
 * @param {Server} server
 * @param {string} root
 */
export const findServer = async (server, root) => {
  const named = process.env[server.variable] ?? "";
  if (named !== "") {
    const found = await usable(server, named);
    if (found !== undefined) return found;
    throw new SetupError(
      `${server.variable} names ${named}, which is not a ${server.name} >= ${server.floor}. Mend or unset it.`,
    );
  }
  const onPath = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  for (const folder of [...onPath, join(root, ".bin")]) {
    const found = await usable(server, join(folder, server.name));
    if (found !== undefined) return found;
  }
  return undefined;
};
