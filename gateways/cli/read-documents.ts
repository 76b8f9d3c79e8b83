import { buffer } from "node:stream/consumers";
import { CommandFailed, exitCodes } from "./failure.ts";
import { readInput } from "./read-input.ts";

/** A document that was named on the command line; `name` is how it was named. */
export type NamedDocument = { name: string; bytes: Uint8Array };

const readOne = async (name: string): Promise<NamedDocument> => {
  if (name !== "-") return { name, bytes: await readInput(name) };
  // Not /dev/stdin: a program that starts this one may give it a socket, which has no path to open.
  const bytes = await buffer(process.stdin);
  if (bytes.length === 0) throw new CommandFailed("Nothing came in on standard input.");
  return { name, bytes };
};

/** Every document, `-` from standard input; none when one of them cannot be read. @throws CommandFailed */
export const readDocuments = async (names: readonly string[]): Promise<NamedDocument[]> => {
  if (names.filter((name) => name === "-").length > 1)
    throw new CommandFailed("Standard input can be read once.", exitCodes.usage);
  const documents = [];
  for (const name of names) documents.push(await readOne(name));
  return documents;
};
