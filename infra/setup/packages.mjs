// @ts-check
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { installedAsLocked } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";
import { SetupError, say } from "./say.mjs";

/** @param {string} file */
const textOf = (file) => readFile(file, "utf8").catch(() => "");

/** npm as it was started, or the one on PATH. @param {string} root @param {readonly string[]} args @param {boolean} quiet */
const npm = (root, args, quiet) => {
  const script = process.env["npm_execpath"] ?? "";
  const [command, ...before] = /npm-cli\.[cm]?js$/.test(script) ? [process.execPath, script] : ["npm"];
  return runCommand(command ?? "npm", [...before, ...args, "--no-audit", "--no-fund"], { cwd: root, quiet });
};

/** @param {string} root */
const install = async (root) => {
  say("installing packages (npm ci) ...");
  const { code } = await npm(root, ["ci"], true);
  if (code === 0) return;
  // `npm ci` refuses a lockfile that was made where optional packages of other platforms could not be had;
  // `npm install` takes the same locked versions and, with --no-save, leaves the lockfile as it is.
  say("npm ci refused; trying npm install with the same locked versions ...");
  const second = await npm(root, ["install", "--no-save"], false);
  if (second.code !== 0)
    throw new SetupError(
      `"npm install" failed with code ${second.code}; its own words are above. Check that this machine reaches a package registry and that Node is ${process.versions.node} on purpose, then try again.`,
    );
};

/**
 * Installs the packages of package-lock.json when node_modules is missing or was made from another one.
 * @param {string} root
 */
export const installPackages = async (root) => {
  const lock = await textOf(join(root, "package-lock.json"));
  const digest = createHash("sha256").update(lock).digest("hex");
  const stamp = join(root, "node_modules", ".sektorbro-stamp");
  if ((await textOf(stamp)) === digest) return;
  const installed = await textOf(join(root, "node_modules", ".package-lock.json"));
  if (!installedAsLocked(lock, installed)) await install(root);
  await writeFile(stamp, digest);
};
