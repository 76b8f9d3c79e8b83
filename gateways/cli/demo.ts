import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { newId } from "../../infra/ids.ts";
import { createLog, type Log } from "../../infra/observability/logger.ts";
import { startHub } from "./compose.ts";
import { type ChainStage, chainParties } from "./demo-chain.ts";
import { playChain } from "./demo-chain-scenes.ts";
import { clockPace, playClock } from "./demo-clock.ts";
import { fhirParties, playFhir } from "./demo-fhir.ts";
import { type DemoLetters, renewalNow, writeDemoLetters } from "./demo-letters.ts";
import { writeDemoMessages } from "./demo-messages.ts";
import { fillRegion } from "./demo-region.ts";
import { department, playStory, practice } from "./demo-story.ts";
import { createTeller } from "./demo-teller.ts";
import { CommandFailed } from "./failure.ts";
import { hubAt } from "./hub-client.ts";
import { readNames } from "./organisation-names.ts";
import { print } from "./say.ts";
import { runHub, type UpOptions } from "./up.ts";

export type DemoOptions = UpOptions & { exit?: boolean };

const usualPort = 8080;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => {
      resolve(false);
    });
    probe.listen({ port, host: "127.0.0.1" }, () => {
      probe.close(() => {
        resolve(true);
      });
    });
  });

/** A demo must run beside whatever has the usual port; a port that was asked for is taken as it is. */
const portFor = async ({ port }: DemoOptions): Promise<string> => {
  const asked = port ?? process.env["SEKTORBRO_PORT"] ?? "";
  if (asked !== "") return asked;
  return (await isFree(usualPort)) ? String(usualPort) : "0";
};

/** How this program was called, to be called again: `sektorbro`, or node and the file. */
const program = (): string => {
  const file = process.argv[1] ?? "";
  const shown = relative(process.cwd(), file);
  return /(^|[/\\])main\.(js|ts)$/.test(file)
    ? `node ${shown.endsWith(".ts") ? "--import tsx " : ""}${shown}`
    : "sektorbro";
};

const opening = (url: string, { dataDir }: Config, letters: DemoLetters): string =>
  [
    "Sektorbro: first one question from a general practice to a hospital department, in MedCom letters, and back again; then",
    "systems that speak FHIR, and one that does not; then a citizen's whole story across general practice, municipality and hospital.",
    "Every person is made up. A hub of its own has started here, with its own nats-server and redis-server.",
    "Each step below is one real HTTP call. To make the same calls yourself, set in another terminal:",
    "",
    `    HUB=${url}`,
    `    LETTERS=${letters.folder}`,
    `    PRACTICE=$(${program()} token ${practice.gln} --data ${dataDir})`,
    `    DEPARTMENT=$(${program()} token ${department.gln} --data ${dataDir})`,
  ].join("\n");

const tokensFor = (parties: Readonly<Record<string, string>>, { dataDir }: Config): string[] =>
  Object.entries(parties).map(([name, gln]) => `    ${name}=$(${program()} token ${gln} --data ${dataDir})`);

const fhirPart = (config: Config, folder: string): string =>
  [
    "",
    "The same hub, now with MedCom's FHIR messages: a hospital department that speaks FHIR in XML, a municipality and its acute team",
    "that speak it in JSON, and a practice that takes MedCom's letters alone. Each keeps what it has. To make these calls too:",
    "",
    `    MESSAGES=${folder}`,
    ...tokensFor(fhirParties, config),
  ].join("\n");

const lastPart = (config: Config): string =>
  [
    "",
    "And the whole of it: one citizen across the three sectors, in JSON. It begins with a score in her home and ends with a visit",
    "there, over all five families of hand-over. To make these calls too:",
    "",
    ...tokensFor(chainParties, config),
  ].join("\n");

const clockPart = (url: string, config: Config): string =>
  [
    "",
    "Last, a promise that is not kept. So that nobody waits for days, a second hub has started, whose time goes eight hours in a",
    "second. It stops with the last step; while it runs:",
    "",
    `    HUB=${url}`,
    ...tokensFor({ PRACTICE: chainParties.PRACTICE, CARDIOLOGY: chainParties.CARDIOLOGY }, config),
  ].join("\n");

/** What of the settings a hub beside this one takes over: where the servers' programs are. */
const besides = ({
  SEKTORBRO_NATS_SERVER,
  SEKTORBRO_REDIS_SERVER,
}: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  SEKTORBRO_NATS_SERVER,
  SEKTORBRO_REDIS_SERVER,
  SEKTORBRO_TIME_FROM: clockPace.from,
  SEKTORBRO_TIME_SPEED: String(clockPace.speed),
});

const playSpedUp = async (
  log: Log,
  { dataDir }: Config,
  { teller, nameOf }: Pick<ChainStage, "teller" | "nameOf">,
): Promise<void> => {
  const config = configFrom(besides(process.env), { data: join(dataDir, "sped-up"), port: 0 });
  const { url, platform, stop } = await startHub(config, log);
  try {
    print(clockPart(url, config));
    const chain = `demo-${newId().slice(0, 8)}`;
    await playClock({ hub: hubAt(url, config), teller, nameOf, chain, now: platform.effects.nowMs });
  } finally {
    await stop();
  }
};

const consolePart = (url: string, cases: number): string =>
  [
    "",
    `And for the people who answer, a page to work in. A region is at work in it: ${String(cases)} more cases, some waiting, some late.`,
    "Choose who you want to be:",
    "",
    `    ${url}/console/`,
  ].join("\n");

const ending = (url: string, { dataDir }: Config): string => {
  const call = (rest: string): string => `    ${program()} ${rest} --data ${dataDir}`;
  return [
    "",
    "That was it: nothing was lost, nobody waited unnoticed, and each system kept its own format.",
    `The hub goes on at ${url} until you press Ctrl-C. Every address, with schemas: ${url}/docs`,
    "",
    "Go on by hand, from another terminal in this folder:",
    "",
    call(`send contracts/examples/demo/question.xml --as ${practice.gln}`),
    call(`inbox ${department.gln}`),
    call(`token ${practice.gln}`),
    "",
    "README.md has the rest.",
  ].join("\n");
};

/** Own data are kept where they were asked to be; the demo's own go with it. */
const dataFolder = async ({ data }: DemoOptions): Promise<{ path: string; temporary: boolean }> => {
  const asked = data ?? process.env["SEKTORBRO_DATA"] ?? "";
  if (asked !== "") return { path: asked, temporary: false };
  return { path: await mkdtemp(join(tmpdir(), "sektorbro-demo-")), temporary: true };
};

const play = async (config: Config, options: DemoOptions): Promise<void> => {
  const story = { finished: false };
  const quiet = options.logLevel === undefined && (process.env["SEKTORBRO_LOG_LEVEL"] ?? "") === "";
  const log = createLog({ level: quiet ? "silent" : config.logLevel });
  await runHub(config, log, async ({ url }, stopped) => {
    const hub = hubAt(url, config);
    const letters = await writeDemoLetters(config.dataDir);
    print(opening(hub.url, config, letters));
    const { nameOf } = await readNames(hub, practice);
    const teller = createTeller();
    await playStory({ hub, teller, letters, nameOf });
    const messages = await writeDemoMessages(letters.folder, renewalNow());
    print(fhirPart(config, letters.folder));
    await playFhir({ hub, teller, messages, nameOf });
    print(lastPart(config));
    await playChain({ hub, teller, nameOf, chain: `demo-${newId().slice(0, 8)}`, now: () => Date.now() });
    await playSpedUp(log, config, { teller, nameOf });
    const region = { chain: `region-${newId().slice(0, 8)}`, now: Date.now };
    print(consolePart(hub.url, await fillRegion(hub, region)));
    story.finished = true;
    if (options.exit === true) {
      print("\nThat was it. The hub stops.");
      return;
    }
    print(ending(hub.url, config));
    await stopped;
  });
  if (!story.finished) throw new CommandFailed("The demo was stopped before its end.");
};

/** Plays a real exchange on a hub of its own, and stays until Ctrl-C. @throws CommandFailed when a step failed */
export const demo = async (options: DemoOptions): Promise<void> => {
  const { path, temporary } = await dataFolder(options);
  try {
    await play(configFrom(process.env, { ...options, data: path, port: await portFor(options) }), options);
  } finally {
    if (temporary) await rm(path, { recursive: true, force: true });
  }
};
