// @ts-check
import { join } from "node:path";
import { runCommand } from "./run-command.mjs";

/**
 * Makes the pages of the console (Vite) into `target`. Returns whether that went well; Vite's own words say what did not.
 * @param {string} root
 * @param {string} target
 */
export const buildConsole = async (root, target) => {
  const { code } = await runCommand(
    process.execPath,
    [
      join(root, "node_modules", "vite", "bin", "vite.js"),
      "build",
      ...["--config", join("gateways", "console", "vite.config.ts")],
      ...["--outDir", target, "--logLevel", "warn"],
    ],
    { cwd: root },
  );
  return code === 0;
};
