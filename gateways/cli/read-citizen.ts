import { text as readAll } from "node:stream/consumers";
import { CommandFailed, exitCodes } from "./failure.ts";

/** The citizen's number comes from standard input: what is typed on a command line is seen by others, and kept. @throws CommandFailed */
export const readCitizen = async (): Promise<{ cpr: string } | { alternativeId: string }> => {
  const number = (await readAll(process.stdin)).trim().replace("-", "");
  if (number === "") throw new CommandFailed("Give the citizen's number on standard input.", exitCodes.usage);
  return /^\d{10}$/.test(number) ? { cpr: number } : { alternativeId: number };
};
