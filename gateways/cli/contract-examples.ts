import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { assetPath } from "./package-root.ts";

const Example = z.object({ schema: z.string(), message: z.unknown() });

/** The valid examples of the contracts, from the package's own files, in the order of their names. */
export const readExamples = async (): Promise<{ file: string; schema: string; message: unknown }[]> => {
  const folder = assetPath("contracts/examples");
  const files = (await readdir(folder, { recursive: true }))
    .map((file) => file.replaceAll("\\", "/"))
    .filter((file) => file.includes("/valid/") && file.endsWith(".json"))
    .toSorted();
  return Promise.all(
    files.map(async (file) => ({
      file,
      ...Example.parse(JSON.parse(await readFile(join(folder, file), "utf8"))),
    })),
  );
};
