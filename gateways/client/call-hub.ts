import { type HubProblem, problemIn, unanswered } from "./hub-problem.ts";
import { nextTry, type Patience, usualPatience } from "./next-try.ts";
import type { TokenSource } from "./token.ts";

export type HubOptions = {
  /** Of the hub, e.g. `https://hub.example.dk`. */
  url: string;
  token: string | TokenSource;
  /** Language of the texts of problems. */
  language?: "da" | "en";
  patience?: Partial<Patience>;
  timeoutMs?: number;
  fetch?: typeof fetch;
  wait?: (ms: number) => Promise<void>;
  newId?: () => string;
};

type Call = {
  method?: "GET" | "POST";
  path: string;
  accept?: string;
  body?: Uint8Array | string;
  headers?: Readonly<Record<string, string | undefined>>;
  /** Statuses from 400 up that are an answer like any other, e.g. a document that was refused with the standard's own receipt. */
  also?: (status: number, mediaType: string) => boolean;
};
export type Answer = {
  status: number;
  mediaType: string;
  header: (name: string) => string | undefined;
  bytes: Uint8Array;
};
export type CallHub = (call: Call) => Promise<Answer>;

export const textOf = ({ bytes }: Pick<Answer, "bytes">): string => new TextDecoder().decode(bytes);

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const usualTimeoutMs = 60_000;

type Tried = { answer: Answer } | { problem: HubProblem; retryAfterMs?: number };

const given = (headers: NonNullable<Call["headers"]>): [string, string][] =>
  Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));

/** The headers of every call; a token is asked for anew for each. */
export const headersOf = async ({ token, language = "en" }: HubOptions): Promise<Record<string, string>> => ({
  authorization: `Bearer ${typeof token === "string" ? token : await token()}`,
  "accept-language": language,
});

const requestOf = async (options: HubOptions, call: Call): Promise<RequestInit> => ({
  method: call.method ?? "GET",
  headers: {
    ...(await headersOf(options)),
    accept: call.accept ?? "application/json",
    ...Object.fromEntries(given(call.headers ?? {})),
  },
  ...(call.body === undefined ? {} : { body: Buffer.from(call.body) }),
  signal: AbortSignal.timeout(options.timeoutMs ?? usualTimeoutMs),
});

const triedBy = async (response: Response, { also }: Call): Promise<Tried> => {
  const { status } = response;
  const bytes = new Uint8Array(await response.arrayBuffer());
  const mediaType = response.headers.get("content-type") ?? "";
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined;
  if (status < 400 || also?.(status, mediaType) === true)
    return { answer: { status, mediaType, header, bytes } };
  const problem = problemIn(status, textOf({ bytes }));
  const seconds = Number(header("retry-after") ?? "none");
  return Number.isFinite(seconds) ? { problem, retryAfterMs: seconds * 1_000 } : { problem };
};

const tryOnce = async (options: HubOptions, call: Call): Promise<Tried> => {
  const { fetch: send = fetch } = options;
  const request = await requestOf(options, call);
  try {
    return await triedBy(await send(new URL(call.path, options.url), request), call);
  } catch (error) {
    return { problem: unanswered(error) };
  }
};

/** One call, and the same again as long as that is safe and may help. @throws HubProblem */
export const createCallHub = (options: HubOptions): CallHub => {
  const patience = { ...usualPatience, ...options.patience };
  const wait = options.wait ?? sleep;
  return async (call) => {
    for (let attempt = 1; ; attempt++) {
      const tried = await tryOnce(options, call);
      if ("answer" in tried) return tried.answer;
      const { problem, retryAfterMs } = tried;
      const ms = nextTry({ fate: problem.fate, attempt, retryAfterMs }, patience);
      if (ms === undefined) throw problem;
      await wait(ms);
    }
  };
};
