import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { Envelope, type QueryReply } from "../../contracts/envelope.ts";
import { type ErrorCode, Fault } from "../../contracts/errors.ts";
import { MessageLogQueries } from "../../contracts/messages/message-log.ts";
import { listDeadLetters } from "./dead-letters.ts";
import { exportHops } from "./export-hops.ts";
import type { LogPorts } from "./ports.ts";
import { searchMessages } from "./search.ts";
import { showMessage } from "./show.ts";

type Reply = QueryReply<unknown>;
const refused = (code: ErrorCode): Reply => ({ status: "refused", code });
const ok = (value: unknown): Reply => ({ status: "ok", value });

export type HandlerPorts = LogPorts & {
  /** Waits a little for the log to hold a record of the journal. `unknown`: there is no such record. */
  reached: (written: string) => Promise<"reached" | "behind" | "unknown">;
};

type Asked = { viewer: string; payload: unknown };
type Answer = (ports: HandlerPorts, asked: Asked) => Promise<Reply>;

/** Waits for the write that an answer must hold. */
const notYet = async (ports: HandlerPorts, after: string | undefined): Promise<Reply | undefined> => {
  const outcome = after === undefined ? "reached" : await ports.reached(after);
  if (outcome === "reached") return undefined;
  return refused(outcome === "behind" ? "index-unavailable" : "message-invalid");
};

const answers: Readonly<Record<keyof typeof MessageLogQueries, Answer>> = {
  "messages.search": async (ports, { viewer, payload }) => {
    const query = MessageLogQueries["messages.search"].safeParse(payload);
    if (!query.success) return refused("message-invalid");
    const late = await notYet(ports, query.data.after);
    return late ?? ok(await searchMessages(ports, viewer, query.data));
  },
  "messages.show": async (ports, { viewer, payload }) => {
    const query = MessageLogQueries["messages.show"].safeParse(payload);
    const found = query.success ? await showMessage(ports, viewer, query.data.id) : undefined;
    return found === undefined ? refused("message-unknown") : ok(found);
  },
  "messages.deadLetters": async (ports, { viewer, payload }) => {
    const query = MessageLogQueries["messages.deadLetters"].safeParse(payload);
    return query.success ? ok(await listDeadLetters(ports, viewer, query.data)) : refused("message-invalid");
  },
  "messages.hops": async (ports, { viewer, payload }) => {
    if (!mayI(askerOf(viewer), { resource: "hops", relation: "everybody" }).yes)
      return refused("operator-only");
    const query = MessageLogQueries["messages.hops"].safeParse(payload);
    return query.success ? ok(await exportHops(ports, query.data)) : refused("message-invalid");
  },
};

const isAsked = (type: string): type is keyof typeof MessageLogQueries => Object.hasOwn(answers, type);

/** A fault is an answer: whoever asks is told to ask again. @throws what is no fault */
const faulted = (error: unknown): Reply => {
  if (error instanceof Fault) return { status: "failed", code: error.code };
  throw error;
};

/** Questions about messages. Who asks decides what exists. */
export const createMessageLogHandler = (ports: HandlerPorts): ((message: unknown) => Promise<Reply>) => {
  return async (message) => {
    const envelope = Envelope.safeParse(message);
    if (!envelope.success) return refused("message-invalid");
    const { type, sender, payload } = envelope.data;
    return isAsked(type)
      ? answers[type](ports, { viewer: sender, payload }).catch(faulted)
      : refused("message-invalid");
  };
};
