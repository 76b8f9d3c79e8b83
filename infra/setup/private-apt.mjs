// @ts-check
// apt with lists and caches of its own in a temporary folder: root is not needed, and the system's apt, its lists and its
// installed packages stay as they are. Only the mirrors are the ones this machine already uses.
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { archivesIn } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";

/**
 * @typedef {object} PrivateApt
 * @property {(command: "apt-get" | "apt-cache", args: readonly string[]) => Promise<string | undefined>} run output, or `undefined` when it failed
 * @property {(packages: readonly string[], into: string) => Promise<boolean>} unpack downloads packages and unpacks their files
 */

export const hasApt = () => existsSync("/usr/bin/apt-get") && existsSync("/usr/bin/dpkg");

/** @param {string} work @param {string | undefined} source one line of sources.list; absent: the system's own sources */
const optionsFor = async (work, source) => {
  const options = [`Dir::State::lists=${work}/lists`, `Dir::Cache=${work}/cache`, "APT::Sandbox::User=root"];
  if (source === undefined) return options;
  await writeFile(join(work, "sources.list"), `${source}\n`);
  return [...options, `Dir::Etc::sourcelist=${work}/sources.list`, "Dir::Etc::sourceparts=/dev/null"];
};

/** @param {string} work @param {string | undefined} source @returns {Promise<PrivateApt>} */
const open = async (work, source) => {
  await mkdir(join(work, "lists", "partial"), { recursive: true });
  await mkdir(join(work, "cache", "archives", "partial"), { recursive: true });
  const options = (await optionsFor(work, source)).flatMap((option) => ["-o", option]);
  const env = { ...process.env, LC_ALL: "C" };
  /** @param {string} command @param {readonly string[]} args */
  const run = async (command, args) => {
    const { code, output } = await runCommand(command, [...options, ...args], {
      cwd: work,
      env,
      quiet: true,
    });
    return code === 0 ? output : undefined;
  };
  // One unreachable source of several is no reason to stop: what is missing shows at the download.
  await run("apt-get", ["-qq", "update"]);
  return {
    run,
    unpack: async (packages, into) => {
      if ((await run("apt-get", ["-qq", "download", ...packages])) === undefined) return false;
      const archives = (await readdir(work)).filter((name) => name.endsWith(".deb"));
      for (const archive of archives) {
        const { code } = await runCommand("dpkg", ["-x", join(work, archive), into], { quiet: true });
        if (code !== 0) return false;
      }
      return archives.length >= packages.length;
    },
  };
};

/**
 * @template T
 * @param {string | undefined} source
 * @param {(apt: PrivateApt, work: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
export const withPrivateApt = async (source, use) => {
  const work = await mkdtemp(join(tmpdir(), "sektorbro-apt-"));
  try {
    return await use(await open(work, source), work);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/** @param {PrivateApt} apt */
export const archivesOf = async (apt) => {
  const format = "$(REPO_URI) $(RELEASE) $(ORIGIN)";
  return archivesIn(
    (await apt.run("apt-get", ["indextargets", "--format", format, "Created-By: Packages"])) ?? "",
  );
};
