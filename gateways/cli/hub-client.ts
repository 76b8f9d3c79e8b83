import { readFile } from "node:fs/promises";
import { z } from "zod";
import { Problem } from "../../contracts/problem.ts";
import { type Config, configFrom } from "../../infra/config/config.ts";
import { developmentToken } from "./compose.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { hubFile } from "./up.ts";

/** Where a command looks for the hub: an address, else the data folder of one that runs on this machine. */
export type Where = { url?: string | undefined; data?: string | undefined };
export type Caller = { gln: string; role: "organisation" | "operator" };

type Call = {
  method?: "GET" | "POST";
  path: string;
  as?: Caller | undefined;
  type?: string;
  accept?: string;
  /** Absent: English. */
  acceptLanguage?: "da" | "en";
  body?: Uint8Array | string;
  /** Names the chain that a command is part of. */
  correlation?: string;
};
export type Answer = { status: number; header: (name: string) => string | undefined; bytes: Uint8Array };
export type HubClient = { url: string; call: (call: Call) => Promise<Answer> };

const HubFile = z.object({ url: z.string() });
/** How the hub says no (`gateways/http`, ErrorAnswer). */
const Refusal = z.object({
  code: z.string(),
  message: z.string(),
  fate: z.enum(["retry", "ask", "park"]),
  problems: z.array(Problem),
  intake: z.string().optional(),
});

const tokenSeconds = 300;
const answerTimeoutMs = 60_000;

const fromFile = async (dataDir: string): Promise<string | undefined> => {
  const text = await readFile(hubFile(dataDir), "utf8").catch(() => undefined);
  return text === undefined ? undefined : HubFile.parse(JSON.parse(text)).url;
};

/** The address of the hub, or `undefined` when none was named and none runs on the data folder. */
export const hubUrl = async ({ url }: Where, { dataDir }: Config): Promise<string | undefined> => {
  const named = url ?? process.env["SEKTORBRO_URL"] ?? "";
  return named === "" ? fromFile(dataDir) : named;
};

const notRunning = (text: string): CommandFailed =>
  new CommandFailed(
    `${text} Start one with "sektorbro up", or say where it is: --url, SEKTORBRO_URL, or its data folder with --data.`,
    exitCodes.notRunning,
  );

const baseOf = (url: string): URL => {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url))
    throw new CommandFailed(
      "The hub's address is not one: give it as http://host:port with --url or SEKTORBRO_URL.",
      exitCodes.usage,
    );
  return new URL(url);
};

/** Opens nothing yet. @throws CommandFailed with exit code 3 when no hub is known */
export const findHub = async (where: Where): Promise<HubClient> => {
  const config = configFrom(process.env, { data: where.data });
  const url = await hubUrl(where, config);
  if (url === undefined) throw notRunning(`No hub is running on ${config.dataDir}.`);
  return hubAt(url, config);
};

const send = async (base: URL, call: Call, headers: Record<string, string>): Promise<Response> =>
  fetch(new URL(call.path, base), {
    method: call.method ?? "GET",
    headers,
    ...(call.body === undefined ? {} : { body: call.body }),
    signal: AbortSignal.timeout(answerTimeoutMs),
  }).catch((error: unknown) => {
    if (error instanceof Error && error.name === "TimeoutError")
      throw new CommandFailed(`The hub at ${base.origin} did not answer in a minute. Sending again is safe.`);
    throw notRunning(`No hub answers at ${base.origin}.`);
  });

/** Speaks with a hub as any partner would: over HTTP, with a token of the development issuer of the data folder. */
export const hubAt = (
  url: string,
  { dataDir, audience }: Pick<Config, "dataDir" | "audience">,
): HubClient => {
  const base = baseOf(url);
  const tokens = new Map<string, Promise<string>>();
  const tokenOf = (caller: Caller): Promise<string> => {
    const key = `${caller.role} ${caller.gln}`;
    const known = tokens.get(key);
    const token = known ?? developmentToken({ dataDir, audience }, { ...caller, ttlSeconds: tokenSeconds });
    tokens.set(key, token);
    return token;
  };
  const call = async (wanted: Call): Promise<Answer> => {
    const response = await send(base, wanted, {
      accept: wanted.accept ?? "application/json",
      "accept-language": wanted.acceptLanguage ?? "en",
      ...(wanted.type === undefined ? {} : { "content-type": wanted.type }),
      ...(wanted.correlation === undefined ? {} : { "correlation-id": wanted.correlation }),
      ...(wanted.as === undefined ? {} : { authorization: `Bearer ${await tokenOf(wanted.as)}` }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    return {
      status: response.status,
      header: (name) => response.headers.get(name) ?? undefined,
      bytes,
    };
  };
  return { url: base.origin, call };
};

export const textOf = ({ bytes }: Pick<Answer, "bytes">): string => new TextDecoder().decode(bytes);

const jsonOf = (answer: Answer): unknown => {
  try {
    const value: unknown = JSON.parse(textOf(answer));
    return value;
  } catch {
    return undefined;
  }
};

/** A problem a line: where, and what is wrong there. */
export const problemLines = (problems: readonly Problem[]): string[] =>
  problems.map(
    ({ path, message, code, severity }) =>
      `  ${severity === "warning" ? "(warning) " : ""}${path === "" ? "" : `${path}: `}${message === "" ? code : message} [${code}]`,
  );

const advice = {
  retry: "Nothing was processed: send it again in a moment.",
  ask: "It may have been processed. Sending the same again is safe, and tells.",
  park: "",
} as const;

const untrusted =
  "The hub does not trust a token made here. Use the data folder that the hub runs on (--data, SEKTORBRO_DATA); a hub that listens to other machines takes tokens of your own issuer alone.";

/** Why the hub said no, every problem with its path. */
export const refusalText = (answer: Answer): string => {
  const refusal = Refusal.safeParse(jsonOf(answer));
  if (!refusal.success)
    return `The answer (HTTP ${answer.status}) is not that of a Sektorbro hub. Is the address right?`;
  const { code, message, fate, problems, intake } = refusal.data;
  const kept =
    intake === undefined ? "" : `The document is kept as ${intake}, where an operator can read it.`;
  if (code === "not-authenticated") return untrusted;
  const lines = [`Refused: ${message} [${code}]`, ...problemLines(problems), advice[fate], kept];
  return lines.filter((line) => line !== "").join("\n");
};

/** The answer as what it must be. @throws CommandFailed when the hub said no, or is none */
export const readAnswer = <T>(answer: Answer, schema: z.ZodType<T>): T => {
  const parsed = answer.status < 400 ? schema.safeParse(jsonOf(answer)) : undefined;
  if (parsed?.success === true) return parsed.data;
  throw new CommandFailed(refusalText(answer));
};
