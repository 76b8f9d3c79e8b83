// @ts-check
import { chmod, copyFile, mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { usable } from "./find-server.mjs";
import { archivesOf, withPrivateApt } from "./private-apt.mjs";
import { isAtLeast, newerSources, servers } from "./rules.mjs";
import { say } from "./say.mjs";

/** @typedef {import("./private-apt.mjs").PrivateApt} PrivateApt */

const [server] = servers;
/** @param {PrivateApt} apt */
const offersEnough = async (apt) => {
  const shown = (await apt.run("apt-cache", ["show", "nats-server"])) ?? "";
  return [...shown.matchAll(/^Version: (\d+\.\d+\.\d+)/gm)].some((match) =>
    isAtLeast(match[1] ?? "", server.floor),
  );
};

/** @param {PrivateApt} apt @param {string} work @param {string} target */
const take = async (apt, work, target) => {
  if (!(await offersEnough(apt))) return undefined;
  const unpacked = join(work, "unpacked");
  if (!(await apt.unpack(["nats-server"], unpacked))) return undefined;
  for (const folder of ["bin", "sbin"]) {
    const names = await readdir(join(unpacked, "usr", folder)).catch(() => /** @type {string[]} */ ([]));
    if (!names.includes("nats-server")) continue;
    await copyFile(join(unpacked, "usr", folder, "nats-server"), target);
    await chmod(target, 0o755);
    return usable(server, target);
  }
  return undefined;
};

/**
 * Fetches nats-server into .bin/ from this machine's own Debian or Ubuntu mirror: its own suite, else a newer one.
 * @param {string} root
 */
export const fetchNats = async (root) => {
  await mkdir(join(root, ".bin"), { recursive: true });
  const target = join(root, ".bin", "nats-server");
  say("fetching nats-server from this system's package mirror ...");
  const own = await withPrivateApt(undefined, async (apt, work) => ({
    found: await take(apt, work, target),
    sources: newerSources(await archivesOf(apt)),
  }));
  if (own.found !== undefined) return own.found;
  for (const source of own.sources) {
    const found = await withPrivateApt(source, (apt, work) => take(apt, work, target));
    if (found !== undefined) return found;
  }
  return undefined;
};
