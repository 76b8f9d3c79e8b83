import { z } from "zod";
import { Indicators } from "../../contracts/messages/indicators.ts";
import { withHubBus } from "./ask-hub.ts";
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

const differenceLines = ({ differences, more }: Recounted): string[] => [
  ...differences.map(
    ({ what, row, kept, recounted }) =>
      `${what}: kept ${String(kept)}, recounted ${String(recounted)}: ${JSON.stringify(row)}`,
  ),
  ...(more === 0 ? [] : [`and ${String(more)} more`]),
];

/** Whether what is counted is what the journal says. @throws CommandFailed when it is not */
const recount = ({ data, json }: IndicatorOptions): Promise<void> =>
  withHubBus({ data, name: "sektorbro-recount" }, async (ask) => {
    note("The whole journal is counted once more, by other code. The hub goes on meanwhile.");
    const found = Recounted.parse(await ask("indicators.recount"));
    if (json === true) printJson(found);
    else for (const line of differenceLines(found)) print(line);
    if (!found.equal)
      throw new CommandFailed("Not equal: the indicators are not what the journal says. Make them again.");
    if (json !== true)
      print(`Equal: ${String(found.clocks)} clocks and ${String(found.figures)} figures, each recounted.`);
  });

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
