import { open, readdir } from "node:fs/promises";
import { join } from "node:path";

/** Puts every file of a folder, and the folder itself, on disk: nats-server does not do so with what it restores. */
export const syncTree = async (folder: string): Promise<void> => {
  const names = await readdir(folder, { recursive: true });
  for (const path of [...names.map((name) => join(folder, name)), folder]) {
    const handle = await open(path, "r");
    await handle.sync().finally(() => handle.close());
  }
};
