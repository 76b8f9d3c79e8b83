import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Secrets } from "./ports.ts";

const keptMs = 5_000;

const textAt = async (path: string): Promise<string | undefined> => {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw error;
  }
};

/**
 * Secrets as files of one folder: `<name>.secret` (a secret a line, the newest first), `<name>.crt` with `<name>.key`, and
 * `<name>.ca`. Without a folder there are none. Read again after a few seconds, so that a new one counts by itself.
 */
export const secretsIn = (folder: string | undefined, nowMs: () => number): Secrets => {
  const read = new Map<string, { atMs: number; text: Promise<string | undefined> }>();
  const file = (name: string): Promise<string | undefined> => {
    if (folder === undefined) return Promise.resolve(undefined);
    const known = read.get(name);
    if (known !== undefined && nowMs() - known.atMs < keptMs) return known.text;
    const text = textAt(join(folder, name));
    read.set(name, { atMs: nowMs(), text });
    text.catch(() => read.delete(name));
    return text;
  };
  return {
    signing: async (name) => {
      const lines = (await file(`${name}.secret`))?.split(/\s+/).filter((line) => line !== "") ?? [];
      return lines.length === 0 ? undefined : lines;
    },
    certificate: async (name) => {
      const [cert, key] = [await file(`${name}.crt`), await file(`${name}.key`)];
      return cert === undefined || key === undefined ? undefined : { cert, key };
    },
    trusted: (name) => file(`${name}.ca`),
  };
};
