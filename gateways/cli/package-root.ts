import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const rootFrom = (folder: string): string => {
  if (existsSync(join(folder, "package.json"))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error("The hub's own package.json is missing: install it again.");
  return rootFrom(above);
};

/** The folder of the package, from the sources and from the build alike. */
export const packageRoot = rootFrom(import.meta.dirname);
