import { readFile } from "node:fs/promises";
import { connect, type NatsConnection } from "@nats-io/transport-node";
import { z } from "zod";
import { Fault } from "../../contracts/errors.ts";
import { Indicators } from "../../contracts/messages/indicators.ts";
import { commandSubject } from "../../contracts/subjects.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { endpointsFile } from "../../infra/embedded/start-embedded.ts";
import { createBus } from "../../infra/nats/bus.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { type Caller, findHub, readAnswer, refusalText, type Where } from "./hub-client.ts";
import { indicatorText } from "./indicator-text.ts";
import { note, print, printBytes, printJson } from "./say.ts";

export type IndicatorOptions = Where & {
  month?: string;
  from?: string;
  to?: string;
  by?: string;
  as?: string;
  agreement?: string;
  organisation?: string;
  creditor?: string;
  hospital?: string;
  region?: string;
  municipality?: string;
  speciality?: string;
  family?: string;
  kind?: string;
  priority?: string;
  tier?: string;
  figures?: boolean;
  csv?: boolean;
  json?: boolean;
  recount?: boolean;
  language: "da" | "en";
};

const callerOf = ({ as }: IndicatorOptions): Caller =>
  as === undefined ? { gln: "operator", role: "operator" } : { gln: as, role: "organisation" };

const filters = [
  "month",
  "from",
  "to",
  "agreement",
  "organisation",
  "creditor",
  "hospital",
  "region",
  "municipality",
  "speciality",
  "family",
  "kind",
  "priority",
  "tier",
] as const;

/** What the hub is asked: other answers to the same question take the same options. */
const indicatorQuery = (options: IndicatorOptions): URLSearchParams => {
  const query = new URLSearchParams();
  for (const name of filters) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  if (options.by !== undefined) query.set("groupBy", options.by);
  return query;
};

const needsPeriod = ({ month, from }: IndicatorOptions): void => {
  if (month === undefined && from === undefined)
    throw new CommandFailed("Say which month: --month 2026-10, or --from and --to.", exitCodes.usage);
};

const showCsv = async (options: IndicatorOptions): Promise<void> => {
  const query = indicatorQuery(options);
  query.set("language", options.language);
  query.set("part", options.figures === true ? "figures" : "clocks");
  const hub = await findHub(options);
  const path = `/v1/indicators.csv?${query.toString()}`;
  const answer = await hub.call({ path, as: callerOf(options), accept: "text/csv" });
  if (answer.status >= 400) throw new CommandFailed(refusalText(answer));
  printBytes(answer.bytes);
};

const Endpoints = z.object({ natsUrl: z.string() });
const Recounted = z.object({
  equal: z.boolean(),
  clocks: z.number(),
  figures: z.number(),
  differences: z.array(
    z.object({
      what: z.enum(["clock", "figure"]),
      row: z.record(z.string(), z.unknown()),
      kept: z.number(),
      recounted: z.number(),
    }),
  ),
  more: z.number(),
});
type Recounted = z.infer<typeof Recounted>;

/** A journal of a whole region is read again in minutes; longer is a fault. */
const limitMs = 30 * 60_000;

const nobody = (): CommandFailed =>
  new CommandFailed(
    `No running hub was found. Start one with "sektorbro up", or name its data folder with --data or its NATS server with NATS_URL.`,
    exitCodes.notRunning,
  );

const natsUrlOf = async ({ servers, dataDir }: Config): Promise<string> => {
  if (servers.kind === "external") return servers.natsUrl;
  const text = await readFile(endpointsFile(dataDir), "utf8").catch(() => {
    throw nobody();
  });
  return Endpoints.parse(JSON.parse(text)).natsUrl;
};

const askRecount = async (nc: NatsConnection): Promise<Recounted> => {
  note("The whole journal is counted once more, by other code. The hub goes on meanwhile.");
  const bus = createBus(nc, () => undefined);
  return bus
    .ask(commandSubject("indicators.recount"), {}, limitMs)
    .then((value) => Recounted.parse(value))
    .catch((error: unknown) => {
      if (error instanceof Fault && error.code === "service-unavailable") throw nobody();
      throw error;
    });
};

const differenceLines = ({ differences, more }: Recounted): string[] => [
  ...differences.map(
    ({ what, row, kept, recounted }) =>
      `${what}: kept ${String(kept)}, recounted ${String(recounted)}: ${JSON.stringify(row)}`,
  ),
  ...(more === 0 ? [] : [`and ${String(more)} more`]),
];

/** Whether what is counted is what the journal says. @throws CommandFailed when it is not */
const recount = async ({ data, json }: IndicatorOptions): Promise<void> => {
  const servers = await natsUrlOf(configFrom(process.env, { data }));
  const nc = await connect({ servers, name: "sektorbro-recount", reconnect: false, timeout: 5_000 }).catch(
    () => {
      throw nobody();
    },
  );
  try {
    const found = await askRecount(nc);
    if (json === true) printJson(found);
    else for (const line of differenceLines(found)) print(line);
    if (!found.equal)
      throw new CommandFailed("Not equal: the indicators are not what the journal says. Make them again.");
    if (json !== true)
      print(`Equal: ${String(found.clocks)} clocks and ${String(found.figures)} figures, each recounted.`);
  } finally {
    await nc.close();
  }
};

/** How well agreements were kept. @throws CommandFailed, Fault */
export const indicators = async (options: IndicatorOptions): Promise<void> => {
  if (options.recount === true) return recount(options);
  needsPeriod(options);
  if (options.csv === true) return showCsv(options);
  const hub = await findHub(options);
  const path = `/v1/indicators?${indicatorQuery(options).toString()}`;
  const found = readAnswer(await hub.call({ path, as: callerOf(options) }), Indicators);
  if (options.json === true) printJson(found);
  else print(indicatorText(found, options.language));
};
