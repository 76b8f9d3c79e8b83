import { Command } from "commander";
import { configFrom } from "../../infra/config/config.ts";
import { createLog } from "../../infra/observability/logger.ts";
import { openHub, untilStopped } from "./up.ts";

const program = new Command("sektorbro");
program.command("up").action(async () => {
  const config = configFrom(process.env);
  const hub = await openHub(config, createLog({ level: config.logLevel }));
  process.stdout.write(`listening ${hub.url}\n`);
  await untilStopped();
  await hub.stop();
});
await program.parseAsync();
