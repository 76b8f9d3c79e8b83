import { CitizenLooks, type OddUse, OddUseAnswer } from "../../contracts/messages/audit.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, readAnswer, refusalText, textOf, type Where } from "./hub-client.ts";
import { readCitizen } from "./read-citizen.ts";
import { columns, print, printJson } from "./say.ts";

type Period = { from?: string; to?: string };
type OddOptions = Where & Period & { json?: boolean };
type ExportOptions = OddOptions & { language: string };

const as: Caller = { gln: "operator", role: "operator" };

const periodOf = ({ from, to }: Period): Record<string, string> => ({
  ...(from === undefined ? {} : { from }),
  ...(to === undefined ? {} : { to }),
});

const row = ({ rule, from, gln, person = "a system", count, cases }: OddUse): string[] => [
  danishTimeNow(from),
  rule,
  gln,
  person,
  String(count),
  cases.length > 1 ? `${String(cases.length)} cases` : cases.join(""),
];

/** Looks that are worth a closer look. @throws CommandFailed */
export const oddUse = async (options: OddOptions): Promise<void> => {
  const hub = await findHub(options);
  const query = new URLSearchParams(periodOf(options)).toString();
  const path = `/v1/audit/odd${query === "" ? "" : `?${query}`}`;
  const { items } = readAnswer(await hub.call({ path, as }), OddUseAnswer);
  if (options.json === true) printJson(items);
  else if (items.length === 0) print("Nothing odd.");
  else print(columns([["from", "rule", "organisation", "who", "times", "cases"], ...items.map(row)]));
};

/** A citizen's looks, to be given to the citizen. @throws CommandFailed */
export const exportLooks = async (options: ExportOptions): Promise<void> => {
  const hub = await findHub(options);
  const body = JSON.stringify({ patient: await readCitizen(), ...periodOf(options) });
  const answer = await hub.call({
    ...{ method: "POST", path: "/v1/audit/export", as, type: "application/json", body },
    accept: options.json === true ? "application/json" : "text/plain",
    acceptLanguage: options.language === "en" ? "en" : "da",
  });
  if (options.json === true) printJson(readAnswer(answer, CitizenLooks).looks);
  else if (answer.status >= 400) throw new CommandFailed(refusalText(answer));
  else print(textOf(answer).trimEnd());
};
