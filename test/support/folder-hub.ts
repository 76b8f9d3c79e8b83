import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ReceiptRules } from "../../contracts/codes/receipt-rules.ts";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { startFolders } from "../../gateways/folder/main.ts";
import { startOioxml } from "../../gateways/oioxml/main.ts";
import type { Log } from "../../infra/observability/logger.ts";
import { openPlatform, type Part, type Platform } from "../../infra/platform.ts";
import { keepEmitted } from "./emitted.ts";
import { eventually } from "./eventually.ts";
import { runLog } from "./run-log.ts";
import { tempDir } from "./temp-dir.ts";
import { startTestHub, type TestHub } from "./test-platform.ts";

export const folderTimes = { pollMs: 100, settleMs: 200, maxDocumentBytes: 1024 * 1024 };

/** One partner's side of its folders: it writes, looks and removes like any program of its own. */
export type Partner = {
  gln: string;
  dir: string;
  /** Puts a file into `in` as a careful partner does: under another name first. */
  put: (name: string, bytes: Uint8Array) => Promise<void>;
  names: (folder: "in" | "out" | "receipts" | "refused") => Promise<string[]>;
  read: (folder: "out" | "receipts" | "refused", name: string) => Promise<Buffer>;
  /** The names in a folder, once there are so many. */
  wait: (folder: "out" | "receipts" | "refused", count: number) => Promise<string[]>;
  /** Waits until nothing is in `in`, nor in hand. */
  settled: () => Promise<void>;
};

/** What is in hand in the working folder, of any gateway: claims and staged deliveries. */
export const claimedIn = async (dir: string): Promise<string[]> => {
  const found: string[] = [];
  for (const owner of await readdir(join(dir, ".work")).catch(() => []))
    for (const place of ["in", "out"])
      found.push(...(await readdir(join(dir, ".work", owner, place)).catch(() => [])));
  return found;
};

export const partnerAt = (root: string, gln: string): Partner => {
  const dir = join(root, gln);
  const names: Partner["names"] = async (folder) =>
    (await readdir(join(dir, folder))).filter((name) => !name.endsWith(".part")).toSorted();
  return {
    gln,
    dir,
    put: async (name, bytes) => {
      await writeFile(join(dir, "in", `${name}.part`), bytes);
      await rename(join(dir, "in", `${name}.part`), join(dir, "in", name));
    },
    names,
    read: async (folder, name) => {
      const bytes = await readFile(join(dir, folder, name));
      // What was refused lies there as it came.
      if (folder !== "refused") keepEmitted(bytes);
      return bytes;
    },
    wait: (folder, count) =>
      eventually(
        async () => {
          const found = await names(folder);
          return found.length >= count ? found : undefined;
        },
        `${String(count)} in ${folder}`,
      ),
    settled: () =>
      eventually(async () => {
        const left = [...(await names("in")), ...(await claimedIn(dir))];
        return left.length === 0 ? true : undefined;
      }, "nothing left in hand").then(() => undefined),
  };
};

/** The made-up region, some of whose organisations get their documents by folder. */
export const regionByFolder = async (glns: readonly string[]): Promise<DirectoryFile> => {
  const region = DirectoryFile.parse(
    JSON.parse(await readFile("services/directory/region.json", "utf8")) as unknown,
  );
  const organisations = region.organisations
    .filter(({ gln }) => glns.includes(gln))
    .map((o) => ({
      ...o,
      channels: o.channels.map((c) => (c.standard === "json" ? c : { ...c, transport: "folder" as const })),
    }));
  return { ...region, organisations };
};

/** What lies in the folders still, read by nobody. */
const keepEverything = async (root: string): Promise<void> => {
  for (const gln of await readdir(root))
    for (const folder of ["out", "receipts"])
      for (const name of await readdir(join(root, gln, folder)).catch(() => []))
        keepEmitted(await readFile(join(root, gln, folder, name)));
};

export type FolderHub = TestHub & {
  root: string;
  partner: (gln: string) => Promise<Partner>;
  /** One more gateway on the same folders, with a connection of its own. */
  another: () => Promise<Part>;
  /** Stops the first gateway, as an orderly end does. */
  stopFolders: () => Promise<void>;
};

/** Every service, the OIOXML gateway and the folder gateway, on private servers and a root of its own. */
export const startFolderHub = async (
  glns: readonly string[],
  log: Log = runLog(),
  receipts?: ReceiptRules,
): Promise<FolderHub> => {
  const dir = await tempDir();
  const root = dir.path;
  const options = { root, ...folderTimes };
  const hub = await startTestHub({
    starts: [startOioxml],
    log,
    ...(receipts === undefined ? {} : { receipts }),
  });
  const imported = await hub.command("directory.import", "operator", { file: await regionByFolder(glns) });
  if (imported.status !== "accepted") throw new Error(JSON.stringify(imported));
  const parts: Part[] = [await startFolders(hub.platform, options)];
  const platforms: Platform[] = [];
  const stop = async (): Promise<void> => {
    for (const part of parts.splice(0).toReversed()) await part.stop();
  };
  return {
    ...hub,
    root,
    partner: async (gln) => {
      await eventually(
        async () => ((await readdir(join(root, gln))).includes("refused") ? true : undefined),
        `the folders of ${gln}`,
      );
      return partnerAt(root, gln);
    },
    another: async () => {
      const platform = await openPlatform({
        natsUrl: hub.nats.url,
        redisUrl: hub.redis.path,
        layout: { streams: 4, replicas: 1 },
        log,
      });
      platforms.push(platform);
      const part = await startFolders(platform, options);
      parts.push(part);
      return part;
    },
    stopFolders: stop,
    [Symbol.asyncDispose]: async () => {
      await stop();
      await keepEverything(root);
      for (const platform of platforms) await platform.close();
      await hub[Symbol.asyncDispose]();
      await dir[Symbol.asyncDispose]();
    },
  };
};
