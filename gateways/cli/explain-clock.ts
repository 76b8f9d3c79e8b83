import { Agreement, AgreementSet, isClock } from "../../contracts/agreement.ts";
import { agreements as builtIn } from "../../contracts/codes/agreements.ts";
import { ExplainedClock } from "../../contracts/messages/explained-clock.ts";
import { type CaseRecord, isCaseRecord } from "../../contracts/record.ts";
import { explainRecords } from "./compose.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { findHub, readAnswer, type Where } from "./hub-client.ts";
import { print, printJson } from "./say.ts";

export type ExplainOptions = Where & {
  case?: string;
  records?: string;
  clock?: string;
  agreement?: string;
  as?: string;
  language: "da" | "en";
  json?: boolean;
};
type ReadJson = (file: string) => Promise<unknown>;

const needed = (value: string | undefined, option: string): string => {
  if (value === undefined) throw new CommandFailed(`Say which: ${option} is missing.`, exitCodes.usage);
  return value;
};

/** A case of the hub as `sektorbro case --json` prints it, or a list of records. */
const recordsIn = (value: unknown): CaseRecord[] => {
  const list = typeof value === "object" && value !== null && "records" in value ? value.records : value;
  if (Array.isArray(list) && list.length > 0 && list.every(isCaseRecord)) return list;
  throw new CommandFailed("That file holds no records of a case (sektorbro case ID --json prints them).");
};

/** An agreement, or a region's set; without a file those that the program was built with. */
const agreementsIn = (value: unknown): readonly Agreement[] => {
  const set = AgreementSet.safeParse(value);
  if (set.success) return set.data.agreements.filter(isClock);
  const one = Agreement.safeParse(value);
  if (one.success) return [one.data];
  throw new CommandFailed("The file --agreement is neither an agreement nor a set of them.");
};

const fromRecords = async (options: ExplainOptions, readJson: ReadJson): Promise<ExplainedClock> => {
  const { records = "", agreement, clock, language } = options;
  const agreements = agreement === undefined ? builtIn : agreementsIn(await readJson(agreement));
  const clockId = needed(clock, "--clock");
  const found = explainRecords(recordsIn(await readJson(records)), { agreements, clockId, language });
  if (found !== undefined) return found;
  throw new CommandFailed(`The records tell of no clock ${clockId}, or of none of these agreements.`);
};

const fromHub = async (options: ExplainOptions): Promise<ExplainedClock> => {
  const { case: caseId = "", clock, as, language } = options;
  const path = `/v1/cases/${caseId}/clocks/${encodeURIComponent(needed(clock, "--clock"))}`;
  const gln = needed(as, "--as");
  const hub = await findHub(options);
  const answer = await hub.call({ path, as: { gln, role: "organisation" }, acceptLanguage: language });
  return readAnswer(answer, ExplainedClock);
};

/**
 * One clock of a case of the hub, or of a file of its records, explained from the records alone.
 * @throws CommandFailed when there is none, or, with its own exit code, when the answer is late
 */
export const explainClock = async (options: ExplainOptions, readJson: ReadJson): Promise<void> => {
  const found = await (options.records === undefined ? fromHub(options) : fromRecords(options, readJson));
  if (options.json === true) printJson(found);
  else print(found.words.join("\n"));
  const isLate = found.status === "breached" || found.inTime === false;
  if (isLate) throw new CommandFailed(found.words[0] ?? "Late.", exitCodes.late);
};
