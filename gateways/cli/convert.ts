import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { problemsOf } from "../../contracts/problem.ts";
import type { conversion } from "./compose.ts";
import { type Input, type Keeping, readInputs } from "./convert-input.ts";
import { originalsIn } from "./convert-originals.ts";
import {
  fileNames,
  type MadeDocument,
  nothing,
  type Outcome,
  refusedFor,
  together,
} from "./convert-outcome.ts";
import { type Language, outcomeLines } from "./convert-text.ts";
import { fhirInFormat, oioxmlToFhir } from "./convert-to-fhir.ts";
import { fhirToOioxml } from "./convert-to-oioxml.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { problemLines } from "./hub-client.ts";
import { parse } from "./parse.ts";
import { readInput } from "./read-input.ts";
import { note, printBytes } from "./say.ts";

export const forms = ["oioxml", "fhir-xml", "fhir-json", "json"] as const;

export type ConvertOptions = {
  to: (typeof forms)[number];
  language: Language;
  out?: string;
  losses?: string;
  at?: string;
  directory?: string;
  original?: readonly string[];
};

/** Organisations by their GLN, of a file that `sektorbro directory export` writes. @throws CommandFailed */
const directoryOf = async (file: string | undefined): Promise<conversion.Converting["organisation"]> => {
  if (file === undefined) return () => undefined;
  const bytes = await readInput(file);
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailed(`${file} is not JSON in UTF-8.`, exitCodes.usage);
  }
  const parsed = DirectoryFile.safeParse(value);
  if (!parsed.success)
    throw new CommandFailed(
      [`${file} is no directory file:`, ...problemLines(problemsOf(parsed.error))].join("\n"),
      exitCodes.usage,
    );
  const known = new Map(
    parsed.data.organisations.map(({ gln, identifiers: { sor }, name, phone }) => [
      gln,
      { sor, name, phone },
    ]),
  );
  return (gln) => known.get(gln);
};

const already = (name: string): Outcome =>
  refusedFor(name, [
    {
      code: "already-there",
      path: "",
      da: "Dokumentet er OIOXML i forvejen: der er intet at omsætte.",
      en: "The document is OIOXML already: there is nothing to convert.",
    },
  ]);

const converted = async (inputs: readonly Input[], options: ConvertOptions): Promise<Outcome> => {
  const { to, at, original = [], directory } = options;
  const keeping: Keeping = new Map();
  const converting = { at, organisation: await directoryOf(directory) };
  const originals = originalsIn(await readInputs(original), keeping);
  const oioxml = inputs.filter((input) => input.standard === "oioxml");
  const fhir = inputs.filter((input) => input.standard === "fhir");
  if (to === "oioxml")
    return together([
      ...oioxml.map(({ name }) => already(name)),
      ...fhir.map((input) => fhirToOioxml(input, { converting, keeping, originals })),
    ]);
  const format = to === "fhir-json" ? "json" : "xml";
  const made =
    oioxml.length === 0 ? nothing : oioxmlToFhir(oioxml, { format, converting, keeping, originals });
  return together([made, ...fhir.map((input) => fhirInFormat(input, format))]);
};

const cannotWrite = (file: string) => (): never => {
  throw new CommandFailed(`That file cannot be written: ${file}`);
};

const write = async (file: string, bytes: Uint8Array | string): Promise<void> => {
  await writeFile(file, bytes).catch(cannotWrite(file));
};

/** One document goes to standard output unless a folder was named. @returns the names of files, in the documents' order */
const hand = async (documents: readonly MadeDocument[], out: string | undefined): Promise<string[]> => {
  const [only] = documents;
  if (out === undefined) {
    if (documents.length > 1)
      throw new CommandFailed(
        `It becomes ${String(documents.length)} documents: name a folder for them with --out.`,
        exitCodes.usage,
      );
    if (only !== undefined) printBytes(only.bytes);
    return [];
  }
  await mkdir(out, { recursive: true }).catch(cannotWrite(out));
  const names = fileNames(documents).map((name) => join(out, name));
  for (const [at, { bytes }] of documents.entries()) await write(names[at] ?? out, bytes);
  return names;
};

const hint = ({ problems }: Outcome): string[] =>
  problems.some(({ code }) => code === "organisation-unknown")
    ? ["Name a file with the organisations' SOR codes with --directory."]
    : [];

/**
 * Converts documents between MedCom OIOXML and FHIR, or between FHIR's formats, as the hub would: all of them, or with a problem
 * anywhere none. What is lost goes to standard error. @throws CommandFailed
 */
export const convert = async (names: readonly string[], options: ConvertOptions): Promise<void> => {
  const { to, out, losses, language } = options;
  if (to === "json") {
    await parse(names, { pretty: true });
    return;
  }
  const outcome = await converted(await readInputs(names), options);
  const refused = outcome.problems.length > 0 || outcome.documents.length === 0;
  const files = refused ? [] : await hand(outcome.documents, out);
  for (const line of outcomeLines(outcome, { files, language })) note(line);
  if (losses !== undefined) await write(losses, `${JSON.stringify(outcome.losses, null, 2)}\n`);
  if (refused) throw new CommandFailed(["Not converted: nothing was written.", ...hint(outcome)].join(" "));
};
