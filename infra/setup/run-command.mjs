// @ts-check
import { spawn } from "node:child_process";
import { constants } from "node:os";

/** @param {NodeJS.Signals | null} signal @param {number | null} code */
const exitCode = (signal, code) => code ?? 128 + (signal === null ? 1 : constants.signals[signal]);

/**
 * Runs a command to its end and gives its exit code (127 when it is not there).
 * Its output goes where ours goes, or is kept (`quiet`).
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export const runCommand = (command, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.quiet === true ? ["ignore", "pipe", "pipe"] : ["ignore", "inherit", "inherit"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (chunk) => {
        output += String(chunk);
      });
    child.once("error", (error) => resolve({ code: 127, output: error.message }));
    child.once("close", (code, signal) => resolve({ code: exitCode(signal, code), output }));
  });

/**
 * Hands the terminal to a command: its input, output and signals are ours, and so is its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} options
 * @returns {Promise<number>}
 */
export const handOver = (command, args, options) =>
  new Promise((resolve) => {
    const child = spawn(command, args, { ...options, stdio: "inherit" });
    // Ctrl-C in a terminal reaches the whole process group already; a second one would mean "now".
    process.on("SIGINT", () => process.stdin.isTTY || child.kill("SIGINT"));
    for (const signal of /** @type {const} */ (["SIGTERM", "SIGHUP"]))
      process.on(signal, () => child.kill(signal));
    child.once("error", () => resolve(127));
    child.once("exit", (code, signal) => resolve(exitCode(signal, code)));
  });
