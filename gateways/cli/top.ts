import { setTimeout as sleep } from "node:timers/promises";
import { type Command, Option } from "commander";
import { parseMetrics } from "../../contracts/prometheus-text.ts";
import { countArgument } from "./arguments.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed } from "./failure.ts";
import { findHub, type HubClient, textOf, type Where } from "./hub-client.ts";
import { print, printJson } from "./say.ts";
import type { Reading } from "./top-figures.ts";
import { type TopLanguage, topText } from "./top-text.ts";

type TopOptions = Where & { every: number; once?: boolean; language: TopLanguage; json?: boolean };

const read = async (hub: HubClient): Promise<Reading> => {
  const answer = await hub.call({ path: "/metrics", accept: "text/plain" });
  if (answer.status === 404)
    throw new CommandFailed(
      "The hub tells its figures to its own machine alone. Run this command there, e.g. over ssh.",
    );
  return { atMs: Date.now(), samples: parseMetrics(textOf(answer)) };
};

/** Resolves at q, Ctrl-C or SIGTERM. A terminal that is listened to letter by letter does not send the signal itself. */
const untilQuit = (input: NodeJS.ReadStream): { quit: Promise<void>; stop: () => void } => {
  let stop = (): void => undefined;
  const quit = new Promise<void>((resolve) => {
    const end = (): void => {
      resolve();
    };
    const onKey = (key: Buffer): void => {
      if (["q", "Q", "\u0003", "\u0004"].includes(key.toString())) end();
    };
    process.once("SIGINT", end);
    process.once("SIGTERM", end);
    if (input.isTTY) {
      input.setRawMode(true);
      input.resume().on("data", onKey);
    }
    stop = () => {
      process.off("SIGINT", end).off("SIGTERM", end);
      if (input.isTTY) input.setRawMode(false).off("data", onKey).pause();
    };
  });
  return { quit, stop };
};

const clearScreen = "\u001b[H\u001b[2J";

/** What a hub does, again and again, until it is quit. @throws CommandFailed when no hub answers */
const top = async ({ every, once, language, json, ...where }: TopOptions): Promise<void> => {
  const hub = await findHub(where);
  const live = once !== true && json !== true && process.stdout.isTTY;
  const { quit, stop } = untilQuit(process.stdin);
  const rest = (): Promise<"quit" | "go on"> =>
    Promise.race([quit.then(() => "quit" as const), sleep(every * 1_000, "go on" as const)]);
  try {
    let before = await read(hub);
    while ((await rest()) === "go on") {
      const now = await read(hub);
      if (json === true) printJson({ seconds: (now.atMs - before.atMs) / 1_000, before, now });
      else {
        const heading = `Sektorbro  ${hub.url}  ${danishTimeNow(new Date(now.atMs).toISOString())}`;
        const text = topText({ before, now }, { heading, language, live });
        print(live ? `${clearScreen}${text}` : `${text}\n`);
      }
      if (once === true) return;
      before = now;
    }
  } finally {
    stop();
  }
};

/** `sektorbro top`. */
export const addTop = (program: Command): void => {
  program
    .command("top")
    .summary("watch what the hub does, live")
    .description(
      "Shows every two seconds what a hub does: how much, how fast, what waits, which receivers are away, which clocks are late. Run it on the hub's machine. q or Ctrl-C ends it; where the output is no terminal the blocks follow one another.",
    )
    .option("--every <seconds>", "time between two looks", countArgument, 2)
    .option("--once", "look once, and end")
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print both looks as JSON, for a program")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(top);
};
