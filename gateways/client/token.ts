import { z } from "zod";
import { problemIn } from "./hub-problem.ts";

/** Gives the bearer token of the next call. */
export type TokenSource = () => Promise<string>;

const TokenAnswer = z.object({
  access_token: z.string().min(1),
  expires_in: z.number().positive().optional(),
});

export type ClientCredentials = {
  /** Of the issuer that the hub trusts. */
  tokenUrl: string;
  clientId: string;
  clientSecret: string;
  scope?: string;
  fetch?: typeof fetch;
  nowMs?: () => number;
};

/** So long before its end a token is no longer used: the call is to arrive while it holds. */
const marginMs = 30_000;
const usualSeconds = 300;

const ask = async (given: ClientCredentials): Promise<z.infer<typeof TokenAnswer>> => {
  const { tokenUrl, clientId, clientSecret, scope, fetch: call = fetch } = given;
  const body = new URLSearchParams({
    grant_type: "client_credentials",
    ...(scope === undefined ? {} : { scope }),
  });
  // RFC 6749, 2.3.1: both are form-encoded before they are joined.
  const pair = [clientId, clientSecret].map(encodeURIComponent).join(":");
  const authorization = `Basic ${Buffer.from(pair).toString("base64")}`;
  const answer = await call(tokenUrl, { method: "POST", body, headers: { authorization } });
  const text = await answer.text();
  if (!answer.ok) throw problemIn(answer.status, text);
  return TokenAnswer.parse(JSON.parse(text));
};

/** Tokens by OAuth 2 client credentials (RFC 6749, 4.4): asked for when needed, and kept until they are about to end. */
export const clientCredentials = (given: ClientCredentials): TokenSource => {
  const { nowMs = Date.now } = given;
  let kept: { token: Promise<string>; untilMs: number } | undefined;
  return () => {
    if (kept !== undefined && nowMs() < kept.untilMs) return kept.token;
    const answer = ask(given);
    const now = { token: answer.then((a) => a.access_token), untilMs: Number.POSITIVE_INFINITY };
    kept = now;
    answer.then(
      ({ expires_in = usualSeconds }) => {
        now.untilMs = nowMs() + expires_in * 1_000 - marginMs;
      },
      () => {
        kept = undefined;
      },
    );
    return now.token;
  };
};
