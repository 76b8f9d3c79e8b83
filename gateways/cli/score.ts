import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { schemeOf, scoreSchemes } from "../../contracts/codes/schemes.ts";
import { problemsOf } from "../../contracts/problem.ts";
import { score as scored } from "../../contracts/score.ts";
import { Values } from "../../contracts/score-result.ts";
import { ScoreScheme } from "../../contracts/score-scheme.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { problemLines } from "./hub-client.ts";
import { readInput } from "./read-input.ts";
import { columns, note, print, printJson } from "./say.ts";
import { scoreText } from "./score-text.ts";

export type ScoreOptions = {
  scheme: string;
  english?: boolean;
  json?: boolean;
  list?: boolean;
  concern?: boolean;
};

const standardInput = "/dev/stdin";

const jsonOf = (bytes: Uint8Array, what: string): unknown => {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailed(`${what} is not JSON in UTF-8.`);
  }
};

const parsed = <T>(schema: z.ZodType<T>, value: unknown, what: string): T => {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new CommandFailed([`${what} does not fit:`, ...problemLines(problemsOf(result.error))].join("\n"));
};

const known = (): string => scoreSchemes.map(({ id }) => id).join(", ");

/** A scheme of the hub by its id, `id@version` for an older one, or one of your own: a file that ends in .json. */
const schemeNamed = async (name: string): Promise<ScoreScheme> => {
  if (name.endsWith(".json"))
    return parsed(ScoreScheme, jsonOf(await readInput(name), "The scheme"), "The scheme");
  const [id = "", version] = name.split("@");
  const found = schemeOf(scoreSchemes, { id, version: version === undefined ? undefined : Number(version) });
  if (found !== undefined) return found;
  throw new CommandFailed(
    `There is no such score scheme. The hub knows: ${known()}. A file of your own ends in .json.`,
    exitCodes.usage,
  );
};

const valuesShape = (scheme: ScoreScheme): string => {
  const names = scheme.parameters.map(({ name }) => `"${name}": ...`).join(", ");
  return `A file of values looks like { ${names} }.`;
};

/** A terminal would wait for ever for somebody who forgot the file. */
const readValues = async (file: string | undefined, scheme: ScoreScheme): Promise<Values> => {
  if (file === undefined)
    throw new CommandFailed(
      `Name a file of values, or - for standard input. ${valuesShape(scheme)}`,
      exitCodes.usage,
    );
  const bytes = file === "-" ? await readFile(standardInput) : await readInput(file);
  if (bytes.length === 0) throw new CommandFailed(`There are no values. ${valuesShape(scheme)}`);
  return parsed(Values, jsonOf(bytes, "The file of values"), "The file of values");
};

const showList = ({ json, english }: ScoreOptions): void => {
  if (json === true) {
    printJson(scoreSchemes);
    return;
  }
  const language = english === true ? "en" : "da";
  print(
    columns(
      scoreSchemes.map(({ id, version, name, title, range }) => [
        id,
        `version ${String(version)}`,
        name,
        title[language],
        `${String(range.min)}-${String(range.max)}`,
      ]),
    ),
  );
};

/** Scores measured values by a scheme, without a hub. @throws CommandFailed when a value cannot be scored */
export const score = async (file: string | undefined, options: ScoreOptions): Promise<void> => {
  if (options.list === true) {
    showList(options);
    return;
  }
  const scheme = await schemeNamed(options.scheme);
  const values = await readValues(file, scheme);
  const result = scored(scheme, values, options.concern === true ? { concern: {} } : {});
  if (!result.ok) {
    for (const line of problemLines(result.problems)) note(line);
    throw new CommandFailed("Not scored: mend what is told above.");
  }
  const { score: found, warnings } = result;
  if (options.json === true) printJson({ ...found, warnings });
  else print(scoreText(scheme, { score: found, warnings }, options.english === true ? "en" : "da"));
};
