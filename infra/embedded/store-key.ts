import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { EmbeddedError } from "./embedded-error.ts";

const leastCharacters = 32;

/**
 * The key of the store from the secret in a file. As a hash behind a letter it is a plain word in the server's configuration, whatever
 * characters the secret has. @throws EmbeddedError `store-key-unusable`
 */
const storeKeyIn = async (file: string): Promise<string> => {
  const secret = (await readFile(file, "latin1").catch(() => "")).trimEnd();
  if (secret.length < leastCharacters)
    throw new EmbeddedError(
      "store-key-unusable",
      `${file} (SEKTORBRO_STORE_KEY_FILE) holds no key: at least ${leastCharacters} characters that nobody can guess. For a new store make one: openssl rand -base64 48 > ${file}. A store that is encrypted needs the key that it was encrypted with.`,
    );
  return `k${createHash("sha256").update(`sektorbro-store ${secret}`).digest("hex")}`;
};

/** Which key a store was encrypted with, told beside it by a hash that does not give the key away. */
const markFile = (dir: string): string => join(dir, "store-key.sha256");
const markOf = (key: string): string =>
  createHash("sha256").update(`sektorbro-store-mark ${key}`).digest("hex");

const differs = (dir: string, given: string): EmbeddedError =>
  new EmbeddedError(
    "store-key-differs",
    `The store in ${dir} is encrypted, and ${given}. nats-server would set aside what it cannot read and begin an empty journal. Nothing was started and nothing was changed: give the key that it was encrypted with (SEKTORBRO_STORE_KEY_FILE).`,
  );

/**
 * The key that the store of a folder is to be opened with; none: it lies open. Held against the key that the store was encrypted with
 * before any server starts: one that does not know its key would begin anew, and the hub would call an empty journal its own.
 * @throws EmbeddedError `store-key-unusable`, `store-key-differs`
 */
export const storeKeyFor = async (dir: string, file: string | undefined): Promise<string | undefined> => {
  const key = file === undefined ? undefined : await storeKeyIn(file);
  const mark = await readFile(markFile(dir), "utf8").catch((error: unknown) => {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  });
  if (mark === undefined) {
    // Before the server's first start with it: dying in between leaves a store that still knows its key.
    if (key !== undefined) await writeFile(markFile(dir), markOf(key), { mode: 0o600 });
    return key;
  }
  if (key === undefined) throw differs(dir, "no key was given");
  if (mark !== markOf(key)) throw differs(dir, "the key is another one");
  return key;
};
