import { canBeTaken, parseAny, printedForm, summaryLines } from "./any-document.ts";
import { CommandFailed } from "./failure.ts";
import { readDocuments } from "./read-documents.ts";
import { note, print } from "./say.ts";

export type ParseOptions = { pretty?: boolean };

/**
 * Reads documents as the hub would and prints what they hold as JSON, one object or a list; what is wrong goes to standard
 * error. @throws CommandFailed when some of them cannot be taken
 */
export const parse = async (names: readonly string[], { pretty }: ParseOptions): Promise<void> => {
  const documents = await readDocuments(names);
  const parsed = documents.map(({ name, bytes }) => ({ name, document: parseAny(bytes) }));
  const [first] = parsed;
  const value =
    first !== undefined && parsed.length === 1
      ? printedForm(first.document)
      : parsed.map(({ name, document }) => ({ file: name, ...printedForm(document) }));
  print(JSON.stringify(value, null, pretty === true ? 2 : undefined));
  for (const { name, document } of parsed) for (const line of summaryLines(name, document)) note(line);
  const refused = parsed.filter(({ document }) => !canBeTaken(document)).length;
  if (refused > 0) throw new CommandFailed(`Refused: ${String(refused)} of ${String(parsed.length)}.`);
};
