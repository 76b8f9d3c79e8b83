import type { BackupHeader, BackupManifest } from "../../infra/backup/manifest.ts";
import { columns } from "./say.ts";

const sizeUnits = ["bytes", "KB", "MB", "GB", "TB"] as const;

/** A size as people read it, e.g. `1.5 MB`. */
export const sizeText = (bytes: number): string => {
  const power = Math.min(Math.floor(Math.log2(Math.max(bytes, 1)) / 10), sizeUnits.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? String(bytes) : value.toFixed(1)} ${sizeUnits[power] ?? ""}`;
};

/** What a backup holds, one line a part. */
export const backupText = (header: BackupHeader, { streams, files }: BackupManifest): string =>
  [
    columns([
      ...streams.map(({ name, messages, lastSeq, sizeBytes }) => [
        name,
        `${messages} messages`,
        `to ${lastSeq}`,
        sizeText(sizeBytes),
      ]),
      ...files.map(({ path, sizeBytes }) => [path, "", "", sizeText(sizeBytes)]),
    ]),
    `Taken ${header.createdAt} by version ${header.hub}; ${header.seal === "aes-256-gcm" ? "encrypted" : "not encrypted"}.`,
  ].join("\n");
