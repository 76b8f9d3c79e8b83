import { type Command, InvalidArgumentError, Option } from "commander";
import { IndicatorDimension } from "../../contracts/messages/indicators.ts";
import { glnArgument } from "./arguments.ts";
import { indicators } from "./indicators.ts";
import { addIndicatorsReport } from "./indicators-report.ts";

const monthArgument = (text: string): string => {
  if (/^\d{4}-(0[1-9]|1[0-2])$/.test(text)) return text;
  throw new InvalidArgumentError("A month is yyyy-mm, e.g. 2026-10.");
};

const byArgument = (text: string): string => {
  if (text.split(",").every((word) => IndicatorDimension.safeParse(word).success)) return text;
  throw new InvalidArgumentError(
    `Any of ${IndicatorDimension.options.join(", ")}, with commas between them.`,
  );
};

const help = `
Clocks are counted in the Danish month in which they started. Groups of fewer than 5 cases are hidden.
What is counted and how: services/agreement/README.md and infra/decisions/0038-small-groups-and-exact-counts.md.
Exit codes: 0; 1 the hub said no, or a recount found a difference; 2 wrong usage; 3 no hub is running.`;

/** What is counted; every option narrows it. */
const withFilters = (command: Command): Command =>
  command
    .option("--agreement <id>", "only this agreement, e.g. ADVICE-MSG")
    .option("--organisation <gln>", "only what it, or a unit of it, owed", glnArgument)
    .option("--creditor <gln>", "only what was owed to it, or a unit of it", glnArgument)
    .option("--hospital <gln>", "only this hospital's", glnArgument)
    .option("--region <gln>", "only this region's", glnArgument)
    .option("--municipality <code>", "only that of this municipality, four digits")
    .option("--speciality <name>", "only this speciality")
    .option("--family <name>", "advice, referral, discharge, observation or booking alone")
    .option("--kind <kind>", "only this kind of matter, e.g. imaging")
    .option("--priority <priority>", "only this priority")
    .option("--tier <tier>", "only this tier");

/** `sektorbro indicators`, and the report of the same that is printed. */
export const addIndicators = (program: Command): void => {
  const command = withFilters(program.command("indicators"))
    .summary("show how well agreements were kept, for a month or several")
    .description(
      "Shows how many answers came in time, median and 90th percentile, the longest open, why others were late, how much was pause, month by month, and the families' own figures. An operator sees everybody's, an organisation what it owed or was promised.",
    )
    .option("--month <month>", "one month, yyyy-mm", monthArgument)
    .option("--from <month>", "first month", monthArgument)
    .option("--to <month>", "last month; else the first alone", monthArgument)
    .option(
      "--by <dimensions>",
      "group by these, with commas between them: agreement,organisation",
      byArgument,
    )
    .option(
      "--as <gln>",
      "as this organisation: its own alone; else everybody's, as an operator",
      glnArgument,
    )
    .option("--csv", "print a table for a spreadsheet; in Danish with semicolons and decimal commas")
    .option("--figures", "with --csv: the families' own figures instead of clocks")
    .option("--recount", "count the whole journal once more, by other code, and tell whether it is equal")
    .option("--json", "print JSON, for a program")
    .addOption(
      new Option("--language <language>", "language of the words").choices(["da", "en"]).default("da"),
    )
    .option("--url <address>", "address of the hub (SEKTORBRO_URL; else that of the hub on the data folder)")
    .option("--data <folder>", "data folder of the hub (SEKTORBRO_DATA; else .sektorbro)")
    .addHelpText("after", help)
    .action(indicators);
  // Else the options of the report would be taken for those of its parent.
  command.enablePositionalOptions();
  addIndicatorsReport(command);
};
