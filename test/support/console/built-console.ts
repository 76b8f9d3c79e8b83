import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { compiledProgram } from "../compiled-program.ts";

/** The compiled program with the console's pages in it, as the product is shipped. The tests of pages run one after another, so the first makes them. */
export const programWithConsole = (): string => {
  const program = compiledProgram();
  const site = join(program, "gateways/console/site");
  if (!existsSync(join(site, "index.html")))
    execFileSync(process.execPath, [
      join("node_modules", "vite", "bin", "vite.js"),
      "build",
      ...["--config", "gateways/console/vite.config.ts", "--outDir", site, "--logLevel", "error"],
    ]);
  return program;
};
