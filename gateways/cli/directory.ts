import { writeFile } from "node:fs/promises";
import { z } from "zod";
import { CommandReply } from "../../contracts/envelope.ts";
import { DirectoryFile } from "../../contracts/messages/directory.ts";
import { CommandFailed } from "./failure.ts";
import { type Caller, findHub, problemLines, readAnswer, type Where } from "./hub-client.ts";
import { readInput } from "./read-input.ts";
import { note, print, printJson } from "./say.ts";

export type DirectoryOptions = Where & { json?: boolean };

const operator: Caller = { gln: "operator", role: "operator" };
const Imported = CommandReply.options[0].extend({ recordNo: z.number() });

const checkJson = (bytes: Uint8Array, file: string): void => {
  try {
    JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new CommandFailed(
      `${file} is not JSON in UTF-8. A directory file looks like the one that "sektorbro directory export" writes.`,
    );
  }
};

/** Adds or replaces every organisation of a file: all, or with a problem anywhere none. @throws CommandFailed */
export const importDirectory = async (file: string, options: DirectoryOptions): Promise<void> => {
  const body = await readInput(file);
  checkJson(body, file);
  const hub = await findHub(options);
  const path = "/v1/directory/import";
  const answer = await hub.call({ method: "POST", path, as: operator, type: "application/json", body });
  const imported = readAnswer(answer, Imported);
  if (options.json === true) {
    printJson(imported);
    return;
  }
  print(`Imported: ${imported.recordNo} organisations are in the directory as the file says.`);
  for (const line of problemLines(imported.warnings ?? [])) note(line);
};

/** Writes the whole directory to a file, or to standard output. @throws CommandFailed */
export const exportDirectory = async (file: string | undefined, options: DirectoryOptions): Promise<void> => {
  const hub = await findHub(options);
  const answer = await hub.call({ path: "/v1/directory/export", as: operator });
  const directory = readAnswer(answer, DirectoryFile);
  if (directory.leftOut?.includes("registrations") === true)
    note("Left out: which citizens are registered where. The hub keeps no number that could be written.");
  if (file === undefined) {
    printJson(directory);
    return;
  }
  await writeFile(file, `${JSON.stringify(directory, null, 2)}\n`).catch(() => {
    throw new CommandFailed(`The file cannot be written: ${file}`);
  });
  note(`Written: ${directory.organisations.length} organisations to ${file}`);
};
