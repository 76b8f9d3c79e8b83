import { headers, type NatsConnection, type Subscription } from "@nats-io/transport-node";
import { type ErrorCode, Fault, isErrorCode } from "../../contracts/errors.ts";
import { busFault } from "./faults.ts";
import { linkOf } from "./link.ts";

export type Bus = {
  /**
   * Asks and waits. @throws Fault `service-unavailable` when nobody listens or there is no connection, `answer-late` at the
   * time-out or when the connection is lost meanwhile.
   */
  request: (subject: string, payload: Uint8Array | string, timeoutMs?: number) => Promise<Uint8Array>;
  /** Answers requests; with a queue group, one of the group does. */
  serve: (
    subject: string,
    queue: string,
    handler: (data: Uint8Array, subject: string) => Promise<Uint8Array | string>,
  ) => { stop: () => Promise<void> };
  publish: (subject: string, payload: Uint8Array | string) => void;
};

const defaultTimeoutMs = 10_000;
const faultHeader = "Sb-Fault";

const codeHeader = (code: ErrorCode): { headers: ReturnType<typeof headers> } => {
  const h = headers();
  h.set(faultHeader, code);
  return { headers: h };
};

/** Request and reply over core NATS. A handler that throws answers with its fault's code, never with its text. */
export const createBus = (nc: NatsConnection, onBug: (error: unknown) => void): Bus => ({
  request: async (subject, payload, timeoutMs = defaultTimeoutMs) => {
    const asking = linkOf(nc).hold(() => nc.request(subject, payload, { timeout: timeoutMs }));
    const reply = await asking.catch((error: unknown) => {
      throw busFault(error, "service-unavailable");
    });
    const code = reply.headers?.get(faultHeader) ?? "";
    if (isErrorCode(code)) throw new Fault(code);
    return reply.data;
  },
  serve: (subject, queue, handler) => {
    const subscription: Subscription = nc.subscribe(subject, {
      queue,
      callback: (error, message) => {
        if (error !== null) {
          onBug(error);
          return;
        }
        handler(message.data, message.subject).then(
          (answer) => message.respond(answer),
          (fault: unknown) => {
            if (!(fault instanceof Fault)) onBug(fault);
            message.respond("", codeHeader(fault instanceof Fault ? fault.code : "internal-error"));
          },
        );
      },
    });
    return {
      stop: () => subscription.drain(),
    };
  },
  publish: (subject, payload) => {
    nc.publish(subject, payload);
  },
});
