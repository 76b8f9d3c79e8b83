import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { Agent as HttpsAgent, request as httpsRequest } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import type { Answer } from "./core/answer.ts";
import type { Pem } from "./ports.ts";
import { SendFailure } from "./send-failure.ts";

/** Where to, and with which proofs. `address`: the one that the host's name was found to lead to, and that may be reached. */
export type Target = {
  url: URL;
  address: string;
  client?: Pem | undefined;
  /** PEM of the issuers that its certificate is held to; absent: the public ones. */
  trusted?: string | undefined;
};

type Sent = {
  method: "POST" | "HEAD";
  headers: Readonly<Record<string, string>>;
  body?: Uint8Array | undefined;
  timeoutMs: number;
};

/** What one receiver answers with is a receipt, or a few words. */
const maxAnswerBytes = 256 * 1024;
const maxSockets = 64;

export type WebhookLine = {
  /** @throws SendFailure when nobody said yes or no in time */
  send: (target: Target, sent: Sent, signal: AbortSignal) => Promise<Answer>;
  close: () => void;
};

const tlsCode = /^(ERR_TLS|ERR_SSL|CERT_|EPROTO|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|ERR_OSSL)/;

const failureOf = (error: unknown, signal: AbortSignal): SendFailure => {
  if (error instanceof SendFailure) return error;
  if (signal.aborted) return new SendFailure("timeout", { cause: error });
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return new SendFailure(tlsCode.test(code) ? "tls" : "unreachable", { cause: error });
};

/** The socket goes where it was checked that it may, whatever the name leads to now. */
const pinned = (address: string): LookupFunction => {
  const family = isIP(address);
  return (_host, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
};

/** The body as far as it is wanted. The status was the answer: a body that stalls or is too long takes nothing back. */
const bodyOf = async (response: IncomingMessage): Promise<Uint8Array> => {
  const pieces: Buffer[] = [];
  let size = 0;
  try {
    for await (const piece of response) {
      if (!Buffer.isBuffer(piece)) continue;
      size += piece.length;
      if (size > maxAnswerBytes) return new Uint8Array();
      pieces.push(piece);
    }
    return Buffer.concat(pieces);
  } catch {
    return new Uint8Array();
  } finally {
    response.destroy();
  }
};

const answerOf = async (response: IncomingMessage): Promise<Answer> => ({
  status: response.statusCode ?? 0,
  retryAfter: response.headers["retry-after"],
  mediaType: response.headers["content-type"],
  body: await bodyOf(response),
});

type Agents = { plain: HttpAgent; secure: HttpsAgent };

const requestOn = (agents: Agents, { url, address, client, trusted }: Target, sent: Sent): ClientRequest => {
  const { method, body } = sent;
  const headers = {
    ...sent.headers,
    "user-agent": "sektorbro",
    ...(body === undefined ? {} : { "content-length": String(body.length) }),
  };
  const options = { method, headers, lookup: pinned(address) };
  if (url.protocol !== "https:") return httpRequest(url, { ...options, agent: agents.plain });
  return httpsRequest(url, {
    ...options,
    agent: agents.secure,
    minVersion: "TLSv1.2",
    ...(client === undefined ? {} : client),
    ...(trusted === undefined ? {} : { ca: trusted }),
  });
};

/** `stale`: a connection that was kept open had been closed at the other end, so nothing was heard there. */
type Outcome = { response: IncomingMessage } | { error: unknown; stale: boolean };

const exchange = (
  request: ClientRequest,
  body: Uint8Array | undefined,
  signal: AbortSignal,
): Promise<Outcome> =>
  new Promise((resolve) => {
    const abort = (): void => {
      request.destroy(new Error("aborted"));
    };
    signal.addEventListener("abort", abort, { once: true });
    request.once("close", () => {
      signal.removeEventListener("abort", abort);
    });
    request.once("response", (response) => {
      resolve({ response });
    });
    request.on("error", (error) => {
      const reset = "code" in error && (error.code === "ECONNRESET" || error.code === "EPIPE");
      resolve({ error, stale: request.reusedSocket && reset && !signal.aborted });
    });
    if (signal.aborted) abort();
    else request.end(body);
  });

/**
 * A deadline that is sure to come: in Node 20 a signal made by AbortSignal.any of AbortSignal.timeout may be collected as garbage
 * before it fires, and the receiver that hangs would hang for ever.
 */
const deadline = (timeoutMs: number, ended: AbortSignal): { signal: AbortSignal; end: () => void } => {
  const controller = new AbortController();
  const abort = (): void => {
    controller.abort();
  };
  const timer = setTimeout(abort, timeoutMs);
  ended.addEventListener("abort", abort, { once: true });
  if (ended.aborted) abort();
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timer);
      ended.removeEventListener("abort", abort);
    },
  };
};

/** Connections to one receiver, which are kept open between documents. No redirect is followed: an address is what was checked. */
export const openWebhookLine = (): WebhookLine => {
  const kept = { keepAlive: true, maxSockets, scheduling: "lifo" } as const;
  const agents = { plain: new HttpAgent(kept), secure: new HttpsAgent(kept) };
  return {
    send: async (target, sent, ended) => {
      const { signal, end } = deadline(sent.timeoutMs, ended);
      try {
        for (;;) {
          const outcome = await exchange(requestOn(agents, target, sent), sent.body, signal);
          if ("response" in outcome) return await answerOf(outcome.response);
          if (!outcome.stale) throw failureOf(outcome.error, signal);
        }
      } finally {
        end();
      }
    },
    close: () => {
      agents.plain.destroy();
      agents.secure.destroy();
    },
  };
};
