import {
  headers,
  type NatsConnection,
  NoRespondersError,
  RequestError,
  TimeoutError,
} from "@nats-io/transport-node";
import type { Answer } from "./core/answer.ts";
import { SendFailure } from "./send-failure.ts";

/** What a partner on the bus answers with, in headers: `sektorbro-status` is in HTTP's words, 200 without one. */
const statusHeader = "sektorbro-status";

const headersFor = (of: Readonly<Record<string, string>>): ReturnType<typeof headers> => {
  const h = headers();
  for (const [name, value] of Object.entries(of)) h.set(name, value);
  return h;
};

const failureOf = (error: unknown): SendFailure => {
  const inner = error instanceof RequestError ? error.cause : error;
  if (error instanceof NoRespondersError || inner instanceof NoRespondersError)
    return new SendFailure("no-responders", { cause: error });
  if (error instanceof TimeoutError || inner instanceof TimeoutError)
    return new SendFailure("timeout", { cause: error });
  return new SendFailure("unreachable", { cause: error });
};

/** What the headers take of a message. */
const headerRoomBytes = 4 * 1024;

/**
 * Asks on a partner's subject and waits for its own answer: what a stream would have kept for it would be no yes of its own.
 * @throws SendFailure when nobody said yes or no in time
 */
export const askPartner = async (
  nc: NatsConnection,
  subject: string,
  { of, body, timeoutMs }: { of: Readonly<Record<string, string>>; body: Uint8Array; timeoutMs: number },
): Promise<Answer> => {
  if (body.length + headerRoomBytes > (nc.info?.max_payload ?? Number.POSITIVE_INFINITY))
    throw new SendFailure("document-too-large");
  const reply = await nc
    .request(subject, body, { timeout: timeoutMs, headers: headersFor(of) })
    .catch((error: unknown) => {
      throw failureOf(error);
    });
  const told = (name: string): string | undefined => {
    const value = reply.headers?.get(name) ?? "";
    return value === "" ? undefined : value;
  };
  const status = Number(told(statusHeader) ?? "200");
  if (!Number.isInteger(status) || status < 100 || status > 599) throw new SendFailure("answer-unclear");
  return { status, retryAfter: told("retry-after"), mediaType: told("content-type"), body: reply.data };
};
