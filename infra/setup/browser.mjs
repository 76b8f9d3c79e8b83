// @ts-check
// The browser that the console is tested in. The product needs none.
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { hasApt } from "./private-apt.mjs";
import { runCommand } from "./run-command.mjs";
import { say } from "./say.mjs";

const variable = "SEKTORBRO_CHROMIUM";
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome"];

/** @param {string} path */
const runs = async (path) =>
  existsSync(path) && (await runCommand(path, ["--version"], { quiet: true })).code === 0;

const find = async () => {
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => folder !== "");
  const named = process.env[variable] ?? "";
  const candidates =
    named === "" ? folders.flatMap((folder) => names.map((name) => join(folder, name))) : [named];
  for (const path of candidates) if (await runs(path)) return path;
  return undefined;
};

const install = async () => {
  if (process.platform !== "linux" || !hasApt() || process.getuid?.() !== 0) return;
  say("installing chromium into the system, as root (apt-get install chromium) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["-qq", "update"], { env, quiet: true });
  await runCommand("apt-get", ["-qq", "-y", "--no-install-recommends", "install", "chromium"], {
    env,
    quiet: true,
  });
};

/**
 * Where the tests find a Chromium: `{}` where there is none and it cannot be had; then those tests say that they are left out.
 * @returns {Promise<NodeJS.ProcessEnv>}
 */
export const browserEnvironment = async () => {
  const here = await find();
  if (here === undefined) await install();
  const found = here ?? (await find());
  if (found !== undefined) return { [variable]: found };
  say(
    `no Chromium is here and none could be installed: the console is not tested in a browser. Install it with your system's package manager (Debian: apt-get install chromium; macOS: brew install --cask chromium), or name one in ${variable}.`,
  );
  return {};
};
