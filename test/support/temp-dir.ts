import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export type TempDir = AsyncDisposable & { readonly path: string };

/** A folder of a test's own, without symbolic links in its path; gone when the scope ends. */
export const tempDir = async (): Promise<TempDir> => {
  const path = await realpath(await mkdtemp(join(tmpdir(), "sb-")));
  // A server that was just killed may still be writing its last file.
  const remove = () => rm(path, { recursive: true, force: true, maxRetries: 20, retryDelay: 50 });
  return { path, [Symbol.asyncDispose]: remove };
};
