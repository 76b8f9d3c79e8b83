import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { openArchive } from "../../infra/archive/archive.ts";
import { openBackup } from "../../infra/backup/read-backup.ts";
import { readSecret } from "../../infra/backup/secret.ts";
import { writeBackup } from "../../infra/backup/write-backup.ts";
import { withHubNats } from "./ask-hub.ts";
import { backupText, sizeText } from "./backup-text.ts";
import { hubVersion } from "./compose.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { note, print, printJson } from "./say.ts";

export type KeyOptions = { keyFile?: string; json?: boolean };
export type BackupOptions = KeyOptions & { to?: string; data?: string };

/** The key that an option names; without the option there is none. @throws BackupUnusable */
export const secretOf = async ({ keyFile }: KeyOptions): Promise<Uint8Array | undefined> =>
  keyFile === undefined ? undefined : readSecret(keyFile);

/** Files that are only added to, and told of by one that is written last: they can be read while a hub adds. */
const archiveFiles = async (dir: string | undefined): Promise<{ path: string; from: string }[]> => {
  if (dir === undefined || !existsSync(dir)) return [];
  const archive = await openArchive(dir, Date.now);
  return archive.files();
};

/** Writes everything that must survive into one file, while the hub runs. @throws CommandFailed, BackupUnusable */
export const backup = async (options: BackupOptions): Promise<void> => {
  const { to, data, json } = options;
  if (to === undefined)
    throw new CommandFailed("Say where the backup is to lie: --to <file>.", exitCodes.usage);
  const secret = await secretOf(options);
  const file = resolve(to);
  const manifest = await withHubNats({ data, name: "sektorbro-backup" }, async (nc, { archive }) =>
    writeBackup(nc, {
      file,
      secret,
      createdAt: new Date().toISOString(),
      hub: await hubVersion(),
      files: await archiveFiles(archive?.dir),
      onPart: ({ name, messages, sizeBytes }) => {
        const count = messages === undefined ? "" : `${messages} messages, `;
        note(`${name}: ${count}${sizeText(sizeBytes)}`);
      },
    }),
  );
  if (secret === undefined)
    note("It is not encrypted: whoever reads the file reads patients' letters. --key-file encrypts it.");
  if (json === true) printJson({ file, ...manifest });
  else print(`Backed up to ${file}`);
};

/** Reads a backup from end to end and says what it holds. @throws BackupUnusable when it is not what was written */
export const verifyBackup = async (path: string, options: KeyOptions): Promise<void> => {
  await using found = await openBackup(path, await secretOf(options));
  const { header, manifest } = found;
  if (options.json === true) printJson({ ...header, ...manifest });
  else print(`${backupText(header, manifest)}\nEvery byte is what was written.`);
};
