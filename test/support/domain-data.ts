import { existsSync, readFileSync } from "node:fs";

/**
 * Reference data that lives beside the project, not in it. `undefined` where it is absent; says so aloud, since tests
 * that need it are then skipped.
 */
export const domainData = (name: string): unknown => {
  const file = `../shared/domain/data/${name}.json`;
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8"));
  process.stderr.write(`Reference data ${name} is not here: its tests are skipped.\n`);
  return undefined;
};
