import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export type HubProcess = AsyncDisposable & {
  readonly pid: number;
  readonly natsMonitorUrl: string;
  readonly redisUrl: string;
  readonly pids: { readonly nats: number; readonly redis: number };
  readonly end: (signal: NodeJS.Signals) => Promise<number | null>;
};

const program = fileURLToPath(new URL("./embedded-hub.ts", import.meta.url));

/** Starts `embedded-hub.ts` as another process, so that a test can kill it as a crash would. */
export const startHubProcess = async (dataDir: string): Promise<HubProcess> => {
  const child = spawn(process.execPath, ["--import", "tsx", program, dataDir], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const exited = once(child, "exit");
  const end = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  let said = "";
  for await (const chunk of child.stdout) {
    said += String(chunk);
    if (said.includes("\n")) break;
  }
  if (!said.includes("\n")) throw new Error("the hub process ended before its servers were ready");
  const told = JSON.parse(said) as Pick<HubProcess, "natsMonitorUrl" | "redisUrl" | "pids">;
  return {
    ...told,
    pid: child.pid ?? 0,
    end,
    [Symbol.asyncDispose]: async () => {
      await end("SIGKILL");
    },
  };
};
