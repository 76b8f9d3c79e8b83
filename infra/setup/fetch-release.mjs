// @ts-check
import { createHash } from "node:crypto";
import { chmod, copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { usable } from "./find-server.mjs";
import { servers } from "./rules.mjs";
import { runCommand } from "./run-command.mjs";
import { say } from "./say.mjs";

const [server] = servers;

/**
 * The official release archive of nats-server, by what Node calls the machine. The checksums are those that the NATS
 * maintainers pin in their own image (nats-io/nats-docker, 2.10.x/alpine3.22/Dockerfile). Redis publishes no binaries.
 */
export const release = /** @type {const} */ ({
  version: "2.10.29",
  base: "https://github.com/nats-io/nats-server/releases/download",
  archives: {
    "linux-x64": {
      name: "linux-amd64",
      sha256: "e314da74a83a1d3876db8814c27eb990fe729640fd6452025b441bcede8390da",
    },
    "linux-arm64": {
      name: "linux-arm64",
      sha256: "da4b27942ecfb4c5f0c54553d2e7f470ddda9d7581cfe8131b351a0e223ed401",
    },
  },
});

/** @param {Uint8Array} bytes @param {string} sha256 */
export const isPinned = (bytes, sha256) => createHash("sha256").update(bytes).digest("hex") === sha256;

/** @param {string} machine @returns {{ name: string, sha256: string } | undefined} */
const archiveFor = (machine) =>
  machine === "linux-x64" || machine === "linux-arm64" ? release.archives[machine] : undefined;

/** @param {string} url */
const download = async (url) => {
  const response = await fetch(url, { signal: AbortSignal.timeout(60_000) }).catch(() => undefined);
  return response?.ok === true ? new Uint8Array(await response.arrayBuffer()) : undefined;
};

/** @param {Uint8Array} bytes @param {string} folder the folder inside the archive @param {string} target */
const unpack = async (bytes, folder, target) => {
  const work = await mkdtemp(join(tmpdir(), "sektorbro-release-"));
  try {
    await writeFile(join(work, "archive.tar.gz"), bytes);
    const { code } = await runCommand("tar", ["-xzf", join(work, "archive.tar.gz"), "-C", work], {
      quiet: true,
    });
    if (code !== 0) return undefined;
    await copyFile(join(work, folder, "nats-server"), target);
    await chmod(target, 0o755);
    return await usable(server, target);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
};

/**
 * Fetches nats-server into .bin/ from the official release archive. Bytes that are not the pinned ones are not used.
 * @param {string} root
 * @param {{ base?: string, machine?: string }} [from] another place to fetch from, and for another machine: for tests
 */
export const fetchRelease = async (
  root,
  { base = release.base, machine = `${process.platform}-${process.arch}` } = {},
) => {
  const archive = archiveFor(machine);
  if (archive === undefined) return undefined;
  const folder = `nats-server-v${release.version}-${archive.name}`;
  const bytes = await download(`${base}/v${release.version}/${folder}.tar.gz`);
  if (bytes === undefined) return undefined;
  if (!isPinned(bytes, archive.sha256)) {
    say("the release archive of nats-server is not the one that is pinned; it is not used");
    return undefined;
  }
  await mkdir(join(root, ".bin"), { recursive: true });
  return unpack(bytes, folder, join(root, ".bin", "nats-server"));
};
