// @ts-check
import { createHash } from "node:crypto";
import { copyFile, mkdir, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { buildConsole } from "./build-console.mjs";
import { runCommand } from "./run-command.mjs";
import { SetupError, say } from "./say.mjs";

const folders = ["contracts", "services", "gateways", "infra"];
const settings = ["tsconfig.json", "tsconfig.build.json", "package-lock.json"];
const compiled = /\.(ts|mts|mjs|md)$/;
/** Sources of pages: Vite makes them. */
const pages = join("gateways", "console", "web");

/** @param {string} root @param {string} folder */
const filesIn = async (root, folder) => {
  const names = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
  return names
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));
};

/** @param {string} root */
const sources = async (root) => {
  const found = await Promise.all(folders.map((folder) => filesIn(root, folder)));
  return found.flat().sort();
};

/** @param {string} root @param {readonly string[]} files */
const fingerprint = async (root, files) => {
  const hash = createHash("sha256");
  for (const file of [...files, ...settings.map((name) => join(root, name))]) {
    const { mtimeMs, size } = await stat(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest("hex");
};

/** What the compiler does not carry over: pages, styles, data. @param {string} root @param {readonly string[]} files */
const copyAssets = async (root, files) => {
  const isAsset = (/** @type {string} */ name) => !compiled.test(name) && !name.startsWith(join(root, pages));
  for (const file of files.filter(isAsset)) {
    const target = join(root, "dist", file.slice(root.length + 1));
    await mkdir(dirname(target), { recursive: true });
    await copyFile(file, target);
  }
};

/**
 * Compiles the sources to dist/ when they changed since the last time.
 * @param {string} root
 */
export const build = async (root) => {
  const files = await sources(root);
  const print = await fingerprint(root, files);
  const stamp = join(root, "dist", ".sektorbro-stamp");
  if ((await readFile(stamp, "utf8").catch(() => "")) === print) return;
  say("compiling ...");
  await rm(join(root, "dist"), { recursive: true, force: true });
  const tsc = join(root, "node_modules", "typescript", "bin", "tsc");
  const { code } = await runCommand(process.execPath, [tsc, "-p", "tsconfig.build.json"], { cwd: root });
  const site = join(root, "dist", "gateways", "console", "site");
  if (code !== 0 || !(await buildConsole(root, site)))
    throw new SetupError(
      "The sources do not compile; the compiler's words are above. Mend them, then try again.",
    );
  await copyAssets(root, files);
  const { bundle } = await import("./bundle.mjs");
  await bundle(root, join(root, "dist"));
  await writeFile(stamp, print);
};
