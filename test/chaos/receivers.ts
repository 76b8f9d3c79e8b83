import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Actor } from "./actor.ts";
import type { Received } from "./evidence.ts";

const program = fileURLToPath(new URL("./receiver.ts", import.meta.url));

/** The receivers' process, on the same port each time, and what it wrote down. */
export type ReceiversActor = Actor & { port: () => number; read: () => Promise<Received[]> };

const portOf = (child: ChildProcess): Promise<number> =>
  new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const port = /listening (\d+)/.exec(said)?.[1];
      if (port !== undefined) resolve(Number(port));
    });
    child.once("exit", (code) => {
      reject(new Error(`the receivers ended (${String(code)})`));
    });
  });

export const receiversActor = (file: string): ReceiversActor => {
  let child: ChildProcess | undefined;
  let port = 0;
  const kill = async (): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    child.kill("SIGKILL");
    await exited;
  };
  return {
    name: "receiver",
    pid: () => child?.pid,
    port: () => port,
    start: async () => {
      child = spawn(process.execPath, ["--import", "tsx", program, String(port), file], {
        stdio: ["pipe", "pipe", "ignore"],
      });
      port = await portOf(child);
    },
    kill,
    stop: kill,
    read: async () => {
      const text = await readFile(file, "utf8").catch(() => "");
      // A process that was killed may have left half a line behind: what it had not written, it had not said yes to.
      const whole = text.split("\n").slice(0, -1);
      return whole.flatMap((line) => (line.endsWith("}") ? [JSON.parse(line) as Received] : []));
    },
  };
};
