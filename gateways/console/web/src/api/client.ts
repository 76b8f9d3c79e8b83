import type { ErrorAnswer } from "../../../../../contracts/answers.ts";
import { takeEarly } from "./early.ts";

/** The hub's own refusal or fault, as it was answered; `code` is `offline` when nothing was. */
export class Refused extends Error {
  readonly status: number;
  readonly answer: ErrorAnswer;
  /** Seconds that the hub asks to wait, when it does. */
  readonly retryAfter: number | undefined;
  constructor(status: number, answer: ErrorAnswer, retryAfter?: number) {
    super(answer.code);
    this.status = status;
    this.answer = answer;
    this.retryAfter = retryAfter;
  }
}

const unanswered = (code: string, message: string): ErrorAnswer => ({
  ...{ code, message, fate: "ask", problems: [], requestId: "" },
});

export const isWorthAnotherTry = (error: unknown): boolean =>
  !(error instanceof Refused) || error.status === 0 || error.status >= 500;

const language = (): string => document.documentElement.lang || "da";

const refusalOf = async (response: Response): Promise<Refused> => {
  const wait = Number(response.headers.get("retry-after") ?? "");
  const retryAfter = Number.isFinite(wait) && wait > 0 ? wait : undefined;
  const answer = (await response.json().catch(() => undefined)) as ErrorAnswer | undefined;
  return new Refused(response.status, answer ?? unanswered("no-answer", response.statusText), retryAfter);
};

const call = async (path: string, init: RequestInit, asked?: Promise<Response>): Promise<Response> => {
  const headers = new Headers(init.headers);
  headers.set("accept-language", language());
  const response = await (asked ?? fetch(path, { ...init, headers, credentials: "same-origin" })).catch(
    () => {
      throw new Refused(0, unanswered("offline", ""));
    },
  );
  if (!response.ok) throw await refusalOf(response);
  return response;
};

/** The type is that of the hub's contract for this address: the server keeps to it, and its tests hold it to that. */
const read = async <T>(response: Response): Promise<T> =>
  response.status === 204 ? (undefined as T) : ((await response.json()) as T);

export const getJson = async <T>(path: string, signal?: AbortSignal): Promise<T> =>
  read<T>(
    await call(
      path,
      { headers: { accept: "application/json" }, ...(signal === undefined ? {} : { signal }) },
      takeEarly(path),
    ),
  );

/** `key` names the command: the same one again is the same command, however often it is sent. */
export const sendJson = async <T>(
  path: string,
  body: unknown,
  { key, method = "POST" }: { key?: string; method?: "POST" | "PUT" } = {},
): Promise<T> =>
  read<T>(
    await call(path, {
      method,
      body: JSON.stringify(body),
      headers: {
        accept: "application/json",
        "content-type": "application/json",
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
    }),
  );

/** Uploads a file; the answer names it by its digest. */
export const sendFile = async <T>(path: string, file: Blob, { key }: { key?: string } = {}): Promise<T> =>
  read<T>(
    await call(path, {
      method: "POST",
      body: file,
      headers: {
        accept: "application/json",
        "content-type": file.type === "" ? "application/octet-stream" : file.type,
        ...(key === undefined ? {} : { "idempotency-key": key }),
      },
    }),
  );

/** Text of a document as it is, e.g. a page for people. */
export const getText = async (path: string, accept: string): Promise<string> =>
  (await call(path, { headers: { accept } })).text();

/** A document as it came. */
export const getBytes = async (path: string): Promise<Uint8Array> =>
  new Uint8Array(await (await call(path, { headers: { accept: "*/*" } })).arrayBuffer());

/** Name and value pairs as a query; what is undefined or empty is left out. */
export const queryOf = (values: Readonly<Record<string, string | number | boolean | undefined>>): string => {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values))
    if (value !== undefined && value !== "") query.set(name, String(value));
  const text = query.toString();
  return text === "" ? "" : `?${text}`;
};
