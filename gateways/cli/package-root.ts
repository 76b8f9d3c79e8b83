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

/** A file of the house that is data, by its path in the project. A container carries the build alone, with the data in it. */
export const assetPath = (path: string): string => {
  const besideCode = join(import.meta.dirname, "..", "..", path);
  return existsSync(besideCode) ? besideCode : join(packageRoot, path);
};

/** Where the build puts the console, also for a hub that runs from its sources. */
export const consoleFolder =
  ["gateways", "dist/gateways"].map((folder) => assetPath(`${folder}/console/site`)).find(existsSync) ?? "";
