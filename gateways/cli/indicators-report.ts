import { type Command, Option } from "commander";
import { glnArgument } from "./arguments.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, refusalText, textOf, type Where } from "./hub-client.ts";
import { print } from "./say.ts";

type ReportOptions = Where & {
  month?: string;
  as?: string;
  organisation?: string;
  language: "da" | "en";
};

/** The page as the hub makes it. @throws CommandFailed */
const report = async ({ month, as, organisation, language, ...where }: ReportOptions): Promise<void> => {
  const caller: Caller =
    as === undefined ? { gln: "operator", role: "operator" } : { gln: as, role: "organisation" };
  const query = new URLSearchParams({ language });
  if (month !== undefined) query.set("month", month);
  if (organisation !== undefined) query.set("organisation", organisation);
  const hub = await findHub(where);
  const path = `/v1/indicators/report?${query.toString()}`;
  const answer = await hub.call({ path, as: caller, accept: "text/html" });
  if (answer.status >= 400) throw new CommandFailed(refusalText(answer));
  print(textOf(answer).trimEnd());
};

/** `sektorbro indicators report`. */
export const addIndicatorsReport = (indicators: Command): void => {
  indicators
    .command("report")
    .summary("print the monthly report as a page of HTML")
    .description(
      "Writes one page of HTML to standard output: open it in a browser, and print it on A4. Answers in time against the targets, with the month before and twelve months, how long answers took, each party, why times were missed, the families' own figures, and how it was counted. As somebody who runs the hub: everybody's.",
    )
    .option("--month <month>", "yyyy-mm; else the last month that has ended")
    .option("--as <gln>", "as this organisation: what it and its units are part of", glnArgument)
    .option("--organisation <gln>", "only what it, or a unit of it, owed the answer to", glnArgument)
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .action(report);
};
