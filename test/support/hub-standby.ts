/**
 * Loaded before the hub's own program: has every module of the hub read, and holds the program back until it is told to
 * begin by a line on standard input. What then runs is the hub as anyone starts it, only sooner.
 */
import { once } from "node:events";
import "../../gateways/cli/compose.ts";

process.stdin.once("end", () => {
  // Whoever would have told is gone.
  process.exit(0);
});
await once(process.stdin, "data");
process.stdin.removeAllListeners("end");
process.stdin.pause();
process.stdin.unref();
