import { existsSync } from "node:fs";
import { configFrom } from "../../infra/config/config.ts";
import { developmentToken } from "./compose.ts";
import { danishTimeNow } from "./danish-time.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { note, print } from "./say.ts";

export type TokenOptions = { data?: string; operator?: boolean; ttl: number };

/** Prints a bearer token of the development issuer of a data folder. @throws CommandFailed when no hub has run there */
export const token = async (gln: string, { data, operator, ttl }: TokenOptions): Promise<void> => {
  const { dataDir, audience } = configFrom(process.env, { data });
  if (!existsSync(dataDir))
    throw new CommandFailed(
      `No hub has run on ${dataDir}, so nobody would trust its tokens. Name the data folder of your hub with --data or SEKTORBRO_DATA.`,
      exitCodes.notRunning,
    );
  const role = operator === true ? "operator" : "organisation";
  print(await developmentToken({ dataDir, audience }, { gln, role, ttlSeconds: ttl }));
  const until = new Date(Date.now() + ttl * 1000).toISOString();
  note(
    `Speaks as ${role} ${gln} until ${danishTimeNow(until)}, to a hub on ${dataDir} that listens on this machine alone.`,
  );
};
