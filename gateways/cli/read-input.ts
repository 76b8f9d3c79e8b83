import { readFile } from "node:fs/promises";
import { CommandFailed } from "./failure.ts";

const reasons: Readonly<Record<string, string>> = {
  ENOENT: "There is no such file",
  EISDIR: "That is a folder, not a file",
  EACCES: "You may not read that file",
};

/** The bytes of a file that was named on the command line. @throws CommandFailed */
export const readInput = async (file: string): Promise<Uint8Array> => {
  const bytes = await readFile(file).catch((error: unknown) => {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    throw new CommandFailed(`${reasons[code] ?? "That file cannot be read"}: ${file}`);
  });
  if (bytes.length === 0) throw new CommandFailed(`The file is empty: ${file}`);
  return bytes;
};
