import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { Config } from "../../infra/config/config.ts";
import type { Platform } from "../../infra/platform.ts";

const StreamNames = z.array(z.string());
/** Names of the streams that a data folder holds. */
export const streamsFile = (dataDir: string): string => join(dataDir, "streams.json");

/** Which streams this data folder has held: one that is gone is a loss to be told, not a stream to be made anew. */
export const streamsMadeBefore = async ({ servers, dataDir }: Config): Promise<string[]> => {
  if (servers.kind === "external") return [];
  const text = await readFile(streamsFile(dataDir), "utf8").catch(() => "[]");
  return StreamNames.parse(JSON.parse(text));
};

export const noteStreams = async ({ servers, dataDir }: Config, { streamNames }: Platform): Promise<void> => {
  if (servers.kind !== "embedded") return;
  const file = streamsFile(dataDir);
  // Whole or as it was: a power cut would leave an empty file, and no hub starts on that.
  await writeFile(`${file}.new`, JSON.stringify(streamNames), { mode: 0o600, flush: true });
  await rename(`${file}.new`, file);
};
