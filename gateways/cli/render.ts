import { mkdir, writeFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { canBeTaken, parseAny, renderAny, summaryLines } from "./any-document.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { type NamedDocument, readDocuments } from "./read-documents.ts";
import { note, print } from "./say.ts";

export type RenderOptions = { out?: string; lang: "da" | "en" };

const pageName = (name: string): string =>
  name === "-" ? "stdin" : basename(name, extname(name)) || "document";

/** A name for each page: documents of the same name in several folders must not take one another's place. */
export const pageNames = (names: readonly string[]): string[] => {
  const taken = new Set<string>();
  return names.map((name) => {
    const wanted = pageName(name);
    let own = wanted;
    for (let number = 2; taken.has(own); number++) own = `${wanted}-${String(number)}`;
    taken.add(own);
    return `${own}.html`;
  });
};

const cannotWrite = (file: string) => (): never => {
  throw new CommandFailed(`That file cannot be written: ${file}`);
};

type Page = { file: string; page: string };

const write = async ({ file, page }: Page): Promise<void> => {
  await writeFile(file, page).catch(cannotWrite(file));
};

const writeAll = async (documents: readonly NamedDocument[], { out, lang }: RenderOptions): Promise<void> => {
  if (out === undefined)
    throw new CommandFailed("Several pages need a folder: name it with --out.", exitCodes.usage);
  await mkdir(out, { recursive: true }).catch(cannotWrite(out));
  const names = pageNames(documents.map(({ name }) => name));
  for (const [at, { bytes }] of documents.entries())
    await write({ file: join(out, names[at] ?? ""), page: renderAny(bytes, lang) });
};

/**
 * Makes a page for people of each document: on standard output or in `out`; several into the folder `out`. The page of a
 * document that cannot be taken says why. @throws CommandFailed when some of them cannot be taken
 */
export const render = async (names: readonly string[], options: RenderOptions): Promise<void> => {
  const documents = await readDocuments(names);
  const [first] = documents;
  if (first === undefined || documents.length > 1) await writeAll(documents, options);
  else {
    const page = renderAny(first.bytes, options.lang);
    if (options.out === undefined) print(page.trimEnd());
    else await write({ file: options.out, page });
  }
  const parsed = documents.map(({ name, bytes }) => ({ name, document: parseAny(bytes) }));
  const refused = parsed.filter(({ document }) => !canBeTaken(document));
  for (const { name, document } of refused) for (const line of summaryLines(name, document)) note(line);
  if (refused.length > 0)
    throw new CommandFailed(`Refused: ${String(refused.length)} of ${String(documents.length)}.`);
};
