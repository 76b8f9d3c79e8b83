import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { localTimeOf } from "../../contracts/danish-time.ts";
import type { Acknowledgement } from "../../contracts/fhir/acknowledgement.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { conversion, developmentToken, partnerClient, type rehearsal } from "./compose.ts";
import { CommandFailed } from "./failure.ts";
import { findHub, type HubClient, problemLines, readAnswer, type Where } from "./hub-client.ts";

const Organisations = z.object({
  organisations: z.array(
    z.object({
      gln: z.string(),
      name: z.string(),
      department: z.string().optional(),
      kind: z.string(),
      offers: z.array(z.object({ service: z.string() })).optional(),
      channels: z.array(
        z.object({ standard: z.enum(["oioxml", "fhir", "json"]), format: z.string().optional() }),
      ),
    }),
  ),
});
export type Organisation = z.infer<typeof Organisations>["organisations"][number];

/** Whom the parts of a rehearsal are played by: what an operator may read of the directory. */
export const readOrganisations = async (hub: HubClient, gln: string): Promise<Organisation[]> => {
  const as = { gln, role: "operator" } as const;
  return readAnswer(await hub.call({ path: "/v1/directory/export", as }), Organisations).organisations;
};

export const nameOf = ({ name, department }: Organisation): string =>
  department === undefined ? name : `${name}, ${department}`;

const tokenSeconds = 900;
const marginMs = 60_000;

/** Tokens of the development issuer, one after the other for as long as the part is played. */
const tokensFor = (config: Config, gln: string): (() => Promise<string>) => {
  let kept: { token: Promise<string>; untilMs: number } | undefined;
  return () => {
    if (kept === undefined || Date.now() > kept.untilMs) {
      const token = developmentToken(config, { gln, role: "organisation", ttlSeconds: tokenSeconds });
      kept = { token, untilMs: Date.now() + tokenSeconds * 1_000 - marginMs };
    }
    return kept.token;
  };
};

export type Stage = {
  hub: HubClient;
  /** A client of an organisation's, at the hub or at another address. */
  clientFor: (gln: string, url?: string) => ReturnType<typeof partnerClient.createClient>;
};

/** @throws CommandFailed when no hub is known */
export const openStage = async (where: Where): Promise<Stage> => {
  const config = configFrom(process.env, { data: where.data });
  const hub = await findHub(where);
  return {
    hub,
    clientFor: (gln, url = hub.url) => partnerClient.createClient({ url, token: tokensFor(config, gln) }),
  };
};

/** FHIR in its other format, by the hub's own codec. */
export const inFormat = (bytes: Uint8Array, format: "json" | "xml"): Uint8Array | undefined =>
  conversion.inFormat(conversion.parseMessage(bytes), format);

export const printAcknowledgement = (message: Acknowledgement, format: "json" | "xml"): Uint8Array => {
  const made = conversion.messageDocument(message, new Map(), format);
  if ("bytes" in made) return made.bytes;
  throw new CommandFailed(`No Acknowledgement: ${made.problems.map(({ code }) => code).join(", ")}`);
};

/** Numbers and the time of a letter that is written now. */
export const freshNow = (): rehearsal.Fresh => {
  const [date = "", time = ""] = localTimeOf(new Date().toISOString()).split("T");
  return {
    id: () => randomUUID().replaceAll("-", "").slice(0, 14).toUpperCase(),
    date,
    time: time.slice(0, 5),
  };
};

export const rest = (ms: number): Promise<void> => sleep(ms);

/** Aborts at Ctrl-C and at SIGTERM. */
export const untilStopped = (): AbortSignal => {
  const stopping = new AbortController();
  const stop = (): void => {
    stopping.abort();
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  return stopping.signal;
};

/** What the hub says no to, in words. @throws CommandFailed */
export const heedingHub = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof partnerClient.HubProblem)) throw error;
    const lines = problemLines(error.problems);
    throw new CommandFailed([`Refused: ${error.message} [${error.code}]`, ...lines].join("\n"));
  }
};
