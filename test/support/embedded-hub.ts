import { startEmbedded } from "../../infra/embedded/start-embedded.ts";
import { runLog } from "./run-log.ts";

/** A process of its own that runs the embedded servers on the folder it is given, tells their addresses and waits. */
const embedded = await startEmbedded({ dataDir: process.argv[2] ?? "", log: runLog() });
process.once("SIGTERM", () => {
  void embedded.stop().then(() => process.exit(0));
});
process.stdin.resume();
process.stdout.write(`${JSON.stringify({ ...embedded, pids: embedded.pids() })}\n`);
