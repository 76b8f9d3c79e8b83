import { type Command, Option } from "commander";
import { type OwedItem, OwedPage, OwedSide } from "../../contracts/messages/owed.ts";
import { glnArgument } from "./arguments.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { type Caller, findHub, type HubClient, readAnswer, type Where } from "./hub-client.ts";
import { columns, print, printJson } from "./say.ts";

type Language = "da" | "en";
type OwedOptions = Where & {
  for?: string;
  everybody?: boolean;
  side?: OwedSide;
  overdue?: boolean;
  family?: string;
  with?: string;
  agreement?: string;
  language: Language;
  json?: boolean;
};

const pageSize = "200";

const words = {
  da: {
    heads: ["hvem", "skylder", "hvem", "aftale", "siden", "senest", "", "sag"],
    overdue: "OVERSKREDET",
    paused: "venter siden",
    nothing: "Ingen skylder nogen noget her.",
    day: "d",
    hour: "t",
    minute: "min",
  },
  en: {
    heads: ["who", "owes", "whom", "agreement", "since", "by", "", "case"],
    overdue: "OVERDUE",
    paused: "waits since",
    nothing: "Nobody owes anybody anything here.",
    day: "d",
    hour: "h",
    minute: "min",
  },
} as const;

/** The two largest units, e.g. `2 d 3 h`: how late something is, not when exactly it was due. */
const lengthOf = (minutes: number, language: Language): string => {
  const { day, hour, minute } = words[language];
  const [days, hours, rest] = [Math.floor(minutes / 1_440), Math.floor((minutes % 1_440) / 60), minutes % 60];
  if (days > 0) return `${days} ${day} ${hours} ${hour}`;
  return hours > 0 ? `${hours} ${hour} ${rest} ${minute}` : `${rest} ${minute}`;
};

const noteOf = ({ overdue, overdueMinutes, pausedSince }: OwedItem, language: Language): string => {
  if (overdue) return `${words[language].overdue} ${lengthOf(overdueMinutes ?? 0, language)}`;
  return pausedSince === undefined ? "" : `${words[language].paused} ${danishTimeNow(pausedSince)}`;
};

const row =
  (language: Language) =>
  (item: OwedItem): string[] => [
    item.debtor.name,
    item.about === undefined ? item.what[language] : `${item.what[language]} (${item.about})`,
    item.creditor?.name ?? "",
    item.agreement?.id ?? "",
    danishTimeNow(item.since),
    item.due === undefined ? "" : danishTimeNow(item.due),
    noteOf(item, language),
    item.caseId,
  ];

const readAll = async (hub: HubClient, as: Caller, query: URLSearchParams): Promise<OwedItem[]> => {
  const items: OwedItem[] = [];
  for (;;) {
    const page = readAnswer(await hub.call({ path: `/v1/owed?${query.toString()}`, as }), OwedPage);
    items.push(...page.items);
    if (page.next === undefined) return items;
    query.set("cursor", page.next);
  }
};

const callerOf = (gln: string | undefined, everybody: boolean | undefined): Caller => {
  if (everybody === true) return { gln: "operator", role: "operator" };
  if (gln !== undefined) return { gln, role: "organisation" };
  throw new CommandFailed("Say whose: a GLN, or --everybody.", exitCodes.usage);
};

/** Who owes whom what: of an organisation, or for an operator of everybody. @throws CommandFailed */
const owed = async (gln: string | undefined, options: OwedOptions): Promise<void> => {
  const as = callerOf(gln, options.everybody);
  const hub = await findHub(options);
  const query = new URLSearchParams({ limit: pageSize });
  for (const name of ["for", "side", "family", "with", "agreement"] as const) {
    const value = options[name];
    if (value !== undefined) query.set(name, value);
  }
  if (options.overdue === true) query.set("overdue", "true");
  const items = await readAll(hub, as, query);
  const { language } = options;
  if (options.json === true) printJson(items);
  else
    print(
      items.length === 0
        ? words[language].nothing
        : columns([[...words[language].heads], ...items.map(row(language))]),
    );
};

/** `sektorbro owed`. */
export const addOwed = (program: Command): void => {
  program
    .command("owed")
    .summary("show who owes whom what, by when")
    .description(
      "Shows every open expectation of an organisation and its units, what is due first coming first: answers with a clock, receipts, and what a case expects of somebody without an agreement on when. No name and no number of a patient is in it.",
    )
    .argument("[gln]", "GLN of the organisation", glnArgument)
    .option("--everybody", "as somebody who runs the hub: what everybody owes")
    .addOption(
      new Option("--side <side>", "only what it owes, or only what it waits for").choices(OwedSide.options),
    )
    .option("--overdue", "only what is late")
    .option("--family <name>", "advice, referral, discharge, observation or booking alone")
    .option("--with <gln>", "only between it and this other party", glnArgument)
    .option("--agreement <id>", "only under this agreement, e.g. ADVICE-MSG")
    .option("--for <gln>", "act as this unit of the organisation", glnArgument)
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--json", "print JSON, for a program")
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(owed);
};
