import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { type AgreementProblem, agreementProblem } from "../../contracts/agreement-problem.ts";
import { checkSet, readSet, type SetFile } from "./core/check-set.ts";

/** A folder of agreements as sets, and everything that is wrong with it. */
export type AgreementFolder = { files: SetFile[]; problems: AgreementProblem[] };

/** A region's set cannot be in force: everything that is wrong with it. */
export class AgreementsRefused extends Error {
  override readonly name = "AgreementsRefused";
  readonly problems: readonly AgreementProblem[];
  constructor(problems: readonly AgreementProblem[]) {
    super("The agreements cannot be in force:");
    this.problems = problems;
  }
}

const parsedJson = (bytes: Uint8Array): unknown => {
  try {
    const value: unknown = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    return value;
  } catch {
    return undefined;
  }
};

const readOne = async (folder: string, file: string): Promise<AgreementFolder> => {
  const value = parsedJson(await readFile(join(folder, file)));
  if (value === undefined) return { files: [], problems: [agreementProblem({ file, path: "" }, "not-json")] };
  const read = readSet(file, value);
  return read.ok
    ? { files: [{ file, set: read.set }], problems: [] }
    : { files: [], problems: read.problems };
};

/**
 * Reads and checks every `.json` file of a folder, in the order of their names. Organisations are not looked up: that takes a hub.
 * What cannot be read cannot be checked as a whole, so then only that is told. @throws what reading the folder throws
 */
export const readAgreementFolder = async (folder: string, today: string): Promise<AgreementFolder> => {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".json")).toSorted();
  if (names.length === 0)
    return { files: [], problems: [agreementProblem({ file: folder, path: "" }, "no-files")] };
  const read = await Promise.all(names.map((name) => readOne(folder, name)));
  const files = read.flatMap((one) => one.files);
  const unread = read.flatMap((one) => one.problems);
  return { files, problems: unread.length > 0 ? unread : checkSet(files, { today }) };
};
