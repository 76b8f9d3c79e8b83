import { type Carried, Settlement } from "../../../contracts/push.ts";

/** What a receiver answered, over HTTP or on the bus in the same words. */
export type Answer = {
  status: number;
  retryAfter?: string | undefined;
  mediaType?: string | undefined;
  body: Uint8Array;
};

type Told = Pick<Carried, "result" | "code" | "text" | "retryAfterMs">;

/**
 * The receiver has looked at this document and will never take it: malformed for it, of a type that it does not take, too large,
 * not to be processed, or another document under the same id. All else is about the receiver, not the document.
 */
const refusals: ReadonlySet<number> = new Set([400, 406, 409, 413, 415, 422]);
/** "Not now": only these may say when. */
const notNow: ReadonlySet<number> = new Set([429, 503]);

/** Retry-After: seconds, or a date (RFC 9110, section 10.2.3). */
export const retryAfterMsOf = (text: string | undefined, nowMs: number): number | undefined => {
  if (text === undefined) return undefined;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, at - nowMs);
};

const maxText = 350;
/** As far as people may read it. */
const cleaned = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}]+/gu, " ")
    .trim()
    .slice(0, maxText);

const parsed = (body: Uint8Array): unknown => {
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(body));
    return value;
  } catch {
    return undefined;
  }
};

const textIn = (value: unknown, name: string): string | undefined =>
  typeof value === "object" && value !== null && name in value
    ? [Object.entries(value).find(([key]) => key === name)?.[1]].find((found) => typeof found === "string")
    : undefined;

const baseType = (mediaType = ""): string => (mediaType.split(";")[0] ?? "").trim().toLowerCase();
const isJson = (mediaType: string | undefined): boolean =>
  /^application\/(\w+\+)?json$/.test(baseType(mediaType));

/** Why it was refused, in the receiver's own words: plain text, or the fields of problem details (RFC 9457). */
const reasonIn = ({ mediaType, body }: Answer): string | undefined => {
  const text =
    baseType(mediaType) === "text/plain"
      ? new TextDecoder().decode(body)
      : isJson(mediaType)
        ? ["detail", "title", "message", "text"]
            .map((name) => textIn(parsed(body), name))
            .find((t) => t !== undefined)
        : undefined;
  const reason = text === undefined ? "" : cleaned(text);
  return reason === "" ? undefined : reason;
};

const isYes = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** What an answer's status means for the document and for the receiver. */
export const resultOf = (answer: Answer, nowMs: number): Told => {
  const { status } = answer;
  if (isYes(answer)) return { result: "taken" };
  const code = `http-${String(status)}`;
  if (refusals.has(status)) {
    const text = reasonIn(answer);
    return { result: "refused", code, ...(text === undefined ? {} : { text }) };
  }
  if (!notNow.has(status)) return { result: "failed", code };
  const retryAfterMs = retryAfterMsOf(answer.retryAfter, nowMs);
  return { result: "busy", code, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
};

/** Whether a receiver that answered so to a knock answers at all: it need not know HEAD. */
export const isAwake = (status: number): boolean => status < 500 && status !== 429;

const receiptTypes: Readonly<Record<string, readonly string[]>> = {
  oioxml: ["application/xml", "text/xml"],
  fhir: ["application/fhir+xml", "application/fhir+json"],
};

/**
 * What a yes brought along. `receipt`: a document of the standard, to be taken in as if the receiver had sent it by itself.
 * `settled`: what it says of the document, in the words that the inbox takes. Anything else is politeness.
 */
export const broughtAlong = (
  answer: Answer,
  standard: string,
):
  | { receipt: { mediaType: string; bytes: Uint8Array } }
  | { settled: NonNullable<Carried["settled"]> }
  | undefined => {
  const { mediaType, body } = answer;
  if (!isYes(answer) || body.length === 0 || mediaType === undefined) return undefined;
  if (receiptTypes[standard]?.includes(baseType(mediaType)) === true)
    return { receipt: { mediaType, bytes: body } };
  if (baseType(mediaType) !== "application/json") return undefined;
  const settled = Settlement.safeParse(parsed(body)).data;
  return settled === undefined ? undefined : { settled };
};
