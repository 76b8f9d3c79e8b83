import { readFile } from "node:fs/promises";
import { BackupUnusable } from "./backup-unusable.ts";

const leastBytes = 32;

/** What the file of a key holds, without the line end that an editor puts there. @throws BackupUnusable */
export const readSecret = async (file: string): Promise<Uint8Array> => {
  const text = await readFile(file, "latin1").catch(() => {
    throw new BackupUnusable(`The file of the key, ${file}, cannot be read.`);
  });
  const secret = Buffer.from(text.trimEnd(), "latin1");
  if (secret.length < leastBytes)
    throw new BackupUnusable(
      `${file} holds no key: at least ${leastBytes} characters that nobody can guess. Make one: openssl rand -base64 48 > ${file}`,
    );
  return secret;
};
