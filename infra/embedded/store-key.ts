import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { EmbeddedError } from "./embedded-error.ts";

const leastCharacters = 32;

/**
 * The key of the store from the secret in a file. As a hash behind a letter it is a plain word in the server's configuration, whatever
 * characters the secret has. @throws EmbeddedError `store-key-unusable`
 */
export const storeKeyIn = async (file: string): Promise<string> => {
  const secret = (await readFile(file, "latin1").catch(() => "")).trimEnd();
  if (secret.length < leastCharacters)
    throw new EmbeddedError(
      "store-key-unusable",
      `${file} (SEKTORBRO_STORE_KEY_FILE) holds no key: at least ${leastCharacters} characters that nobody can guess. For a new store make one: openssl rand -base64 48 > ${file}. A store that is encrypted needs the key that it was encrypted with.`,
    );
  return `k${createHash("sha256").update(`sektorbro-store ${secret}`).digest("hex")}`;
};
