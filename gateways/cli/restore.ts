import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { connect } from "@nats-io/transport-node";
import { BackupUnusable } from "../../infra/backup/backup-unusable.ts";
import { type Backup, openBackup } from "../../infra/backup/read-backup.ts";
import { restoreBackup } from "../../infra/backup/restore-backup.ts";
import { syncTree } from "../../infra/backup/sync-tree.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { startEmbedded } from "../../infra/embedded/start-embedded.ts";
import { type NatsProof, proofOptions } from "../../infra/nats/proof.ts";
import { serversIn } from "../../infra/nats/servers-in.ts";
import { createLog } from "../../infra/observability/logger.ts";
import { connectRedis, type RedisProof, redisReady } from "../../infra/redis/connection.ts";
import { type KeyOptions, secretOf } from "./backup.ts";
import { backupText } from "./backup-text.ts";
import { streamsFile } from "./made-streams.ts";
import { note, print, printJson } from "./say.ts";

export type RestoreOptions = KeyOptions & { from: string; data?: string };

const mustFit = ({ journalStreams }: Config, { manifest }: Backup): void => {
  if (manifest.journalStreams !== journalStreams)
    throw new BackupUnusable(
      `The journal of this backup lies in ${manifest.journalStreams} streams, and the settings say ${journalStreams}. Set SEKTORBRO_JOURNAL_STREAMS=${manifest.journalStreams}, for the restore and for the hub.`,
    );
};

/** An index of another journal would be taken for this one's. It is made again at the next start. */
const emptyIndex = async (redisUrl: string, own: boolean, proof: RedisProof | undefined): Promise<void> => {
  const redis = connectRedis(redisUrl, () => undefined, proof);
  try {
    await redisReady(redis, 5_000);
    if (own) await redis.flushall();
    else if ((await redis.dbsize()) > 0)
      throw new BackupUnusable(
        "Redis is not empty, and what it holds is of another journal. Empty it: it can all be made again.",
      );
  } finally {
    redis.disconnect();
  }
};

type RestoreTo = {
  natsUrl: string;
  redisUrl: string;
  /** They are the hub's own children. */
  own: boolean;
  natsProof?: NatsProof | undefined;
  redisProof?: RedisProof | undefined;
};

const restoreOnto = async (
  { natsUrl, redisUrl, own, natsProof, redisProof }: RestoreTo,
  { replicas, archive }: Config,
  backup: Backup,
): Promise<void> => {
  await emptyIndex(redisUrl, own, redisProof);
  const nc = await connect({
    ...{ ...serversIn(natsUrl), ...proofOptions(natsProof) },
    ...{ name: "sektorbro-restore", reconnect: false },
  });
  try {
    await restoreBackup(nc, backup, {
      replicas,
      archiveDir: archive?.dir,
      onPart: (name) => {
        note(`${name}: restored`);
      },
    });
  } finally {
    await nc.close();
  }
};

/** From here on a start on this folder misses a journal that is not restored yet, and says so. */
const noteStreams = async (dataDir: string, { manifest: { streams } }: Backup): Promise<void> => {
  const names = streams.map(({ name }) => name).filter((name) => /^(JOURNAL|INTAKE|ANSWERED)_/.test(name));
  await writeFile(streamsFile(dataDir), JSON.stringify(names), { mode: 0o600, flush: true });
};

const restoreStore = async (config: Config, backup: Backup): Promise<void> => {
  const { servers, dataDir, unsafeFsync } = config;
  if (servers.kind === "external") {
    await restoreOnto({ ...servers, own: false }, config, backup);
    return;
  }
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  {
    await using embedded = await startEmbedded({
      dataDir,
      natsServerBin: servers.natsServerBin,
      redisServerBin: servers.redisServerBin,
      storeKeyFile: servers.storeKeyFile,
      syncAlways: !unsafeFsync,
      log: createLog({ level: "silent" }),
    });
    await noteStreams(dataDir, backup);
    await restoreOnto({ ...embedded, own: true }, config, backup);
  }
  await syncTree(join(dataDir, "nats", "store"));
};

/**
 * Makes the store of a hub of a backup, in an empty place. Read whole before anything is written.
 * @throws BackupUnusable, EmbeddedError
 */
export const restore = async (options: RestoreOptions): Promise<void> => {
  const config = configFrom(process.env, { data: options.data });
  await using found = await openBackup(options.from, await secretOf(options));
  mustFit(config, found);
  await restoreStore(config, found);
  const { header, manifest } = found;
  if (options.json === true) printJson({ dataDir: config.dataDir, ...manifest });
  else print(`${backupText(header, manifest)}\nRestored. Start the hub: lists are made again by themselves.`);
};
