import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { builtInSet } from "../../contracts/codes/agreements.ts";
import {
  AgreementReasons,
  AgreementsInForce,
  AgreementVersions,
} from "../../contracts/messages/agreement.ts";
import { agreementProblemLines, listText, reasonsText, versionsText } from "./agreement-text.ts";
import { checkFolder } from "./compose.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, readAnswer, type Where } from "./hub-client.ts";
import { note, print, printJson } from "./say.ts";

type Said = { json?: boolean; english?: boolean };
export type AgreementsOptions = Where & Said;
export type ListOptions = AgreementsOptions & { date?: string; family?: string };
export type WhyOptions = AgreementsOptions & {
  family: string;
  kind?: string;
  speciality?: string;
  priority?: string;
  tier?: string;
  promise?: string;
  from: string;
  to: string;
  date?: string;
};

const operator: Caller = { gln: "operator", role: "operator" };
const languageOf = ({ english }: Said): "da" | "en" => (english === true ? "en" : "da");
/**
 * Tells everything that is wrong with a folder of agreements, without a hub; organisations are not looked up.
 * @throws CommandFailed when anything is
 */
export const checkAgreements = async (folder: string, options: Said): Promise<void> => {
  const { files, problems } = await checkFolder(folder).catch(() => {
    throw new CommandFailed(`The folder cannot be read: ${folder}`);
  });
  if (options.json === true) printJson({ problems });
  else for (const line of agreementProblemLines(problems, languageOf(options))) note(line);
  if (problems.length > 0) throw new CommandFailed(`Not in order. Problems: ${String(problems.length)}`);
  if (options.json === true) return;
  const count = files.reduce((sum, { set }) => sum + set.agreements.length, 0);
  print(`In order: ${String(count)} agreements in ${String(files.length)} files.`);
};

/** Writes the agreements that the hub was built with, as a file to begin a region's own with. @throws CommandFailed */
export const exportAgreements = async (folder: string): Promise<void> => {
  const file = join(folder, `${builtInSet.id}.json`);
  try {
    await mkdir(folder, { recursive: true });
    await writeFile(file, `${JSON.stringify(builtInSet, null, 2)}\n`, { flag: "wx" });
  } catch {
    throw new CommandFailed(`The file is there already, or cannot be written: ${file}`);
  }
  note(
    `Written: ${String(builtInSet.agreements.length)} agreements to ${file}. Give the set an id of your own.`,
  );
};

const addressOf = (path: string, query: Readonly<Record<string, string | undefined>>): string => {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) given.set(name, value);
  return given.size === 0 ? path : `${path}?${given.toString()}`;
};

/** What is in force in a running hub, on a date. @throws CommandFailed */
export const listAgreements = async (options: ListOptions): Promise<void> => {
  const hub = await findHub(options);
  const { date, family } = options;
  const answer = await hub.call({ path: addressOf("/v1/agreements", { date, family }), as: operator });
  const found = readAnswer(answer, AgreementsInForce);
  if (options.json === true) printJson(found);
  else print(listText(found, languageOf(options)));
};

/** Every version of an agreement. @throws CommandFailed */
export const showAgreement = async (id: string, options: AgreementsOptions): Promise<void> => {
  const hub = await findHub(options);
  const answer = await hub.call({ path: `/v1/agreements/${encodeURIComponent(id)}`, as: operator });
  const found = readAnswer(answer, AgreementVersions);
  if (options.json === true) printJson(found);
  else print(versionsText(found, languageOf(options)));
};

/** Which agreement binds whom, and why no other. @throws CommandFailed */
export const whyAgreement = async (options: WhyOptions): Promise<void> => {
  const hub = await findHub(options);
  const { family, kind, speciality, priority, tier, promise, from, to, date } = options;
  const query = { family, kind, speciality, priority, tier, promise, from, to, date };
  const answer = await hub.call({ path: addressOf("/v1/agreements/why", query), as: operator });
  const found = readAnswer(answer, AgreementReasons);
  if (options.json === true) printJson(found);
  else print(reasonsText(found, languageOf(options)));
};
