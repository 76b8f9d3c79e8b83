// @ts-check
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { usable } from "./find-server.mjs";
import { withPrivateApt } from "./private-apt.mjs";
import { packagesToUnpack, servers } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";
import { say } from "./say.mjs";

const [, server] = servers;

/** Runs the unpacked server with the libraries unpacked beside it, wherever the project's folder is moved to. */
const wrapper = `#!/bin/sh
here=$(cd "$(dirname "$0")" && pwd)/redis
libs=
for folder in "$here"/usr/lib/*-linux-gnu* "$here"/lib/*-linux-gnu*; do
  [ -d "$folder" ] && libs="$libs$folder:"
done
LD_LIBRARY_PATH="$libs\${LD_LIBRARY_PATH:-}" exec "$here/usr/bin/redis-server" "$@"
`;

/** @param {string} root */
const unpackRedis = (root) =>
  withPrivateApt(undefined, async (apt, work) => {
    const plan = await apt.run("apt-get", ["-s", "--no-install-recommends", "install", "redis-server"]);
    const unpacked = join(work, "unpacked");
    if (plan === undefined || !(await apt.unpack(packagesToUnpack(plan), unpacked))) return undefined;
    const home = join(root, ".bin", "redis");
    await rm(home, { recursive: true, force: true });
    const { code } = await runCommand("cp", ["-a", unpacked, home], { quiet: true });
    if (code !== 0) return undefined;
    const target = join(root, ".bin", "redis-server");
    await writeFile(`${target}.new`, wrapper);
    await chmod(`${target}.new`, 0o755);
    await rename(`${target}.new`, target);
    return usable(server, target);
  });

const installRedis = async () => {
  if (process.getuid?.() !== 0) return undefined;
  say("installing redis-server into the system, as root (apt-get install redis-server) ...");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await runCommand("apt-get", ["-qq", "update"], { env, quiet: true });
  await runCommand("apt-get", ["-qq", "-y", "--no-install-recommends", "install", "redis-server"], {
    env,
    quiet: true,
  });
  return usable(server, "/usr/bin/redis-server");
};

/**
 * Fetches redis-server into .bin/ from this machine's own Debian or Ubuntu mirror without touching the system;
 * only when that fails, and only as root, it is installed.
 * @param {string} root
 */
export const fetchRedis = async (root) => {
  await mkdir(join(root, ".bin"), { recursive: true });
  say("fetching redis-server from this system's package mirror ...");
  return (await unpackRedis(root)) ?? (await installRedis());
};
