import { partnerCommands, partnerQueries } from "../../../contracts/codes/partner-calls.ts";
import type { CommandReply, Envelope } from "../../../contracts/envelope.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import { PartnerRequest } from "../../../contracts/messages/partner.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { partnerInbox } from "../../../contracts/subjects.ts";

/** Who speaks, and of what: as the subject says, which the server lets nobody else publish on. */
export type Spoken = { gln: string; kind: "cmd" | "qry" | "doc"; type: string };

const subjects = /^from\.([0-9A-Za-z]{1,35})\.(?:(cmd|qry)\.([a-z]+\.[a-zA-Z]+)|(doc))$/;

export const spokenOn = (subject: string): Spoken | undefined => {
  const [, gln, kind, type = "", doc] = subjects.exec(subject) ?? [];
  if (gln === undefined) return undefined;
  if (doc !== undefined) return { gln, kind: "doc", type };
  return kind === "cmd" || kind === "qry" ? { gln, kind, type } : undefined;
};

/**
 * Whether an answer may go there. The hub may publish everywhere, so a partner that names the journal, or another's subject, as the
 * place of its answer would have the hub write there for it.
 */
export const mayHear = (gln: string, reply: string | undefined): reply is string =>
  reply?.startsWith(`${partnerInbox(gln)}.`) === true;

export type Refusal = Extract<CommandReply, { status: "refused" }>;
const refused = (code: ErrorCode, problems: Refusal["problems"] = []): Refusal => ({
  status: "refused",
  code,
  problems,
  duplicate: false,
});

type Now = { time: string; speaksFor: readonly string[] };

/** The hub's own envelope of what a partner said; or why there is none. */
export const envelopeOf = (
  { gln, kind, type }: Spoken,
  said: unknown,
  { time, speaksFor }: Now,
): { envelope: Envelope } | { refusal: Refusal } => {
  const known = kind === "cmd" ? partnerCommands : partnerQueries;
  if (!known.has(type)) return { refusal: refused("sender-not-authorised") };
  const parsed = PartnerRequest.safeParse(said);
  if (!parsed.success) return { refusal: refused("message-invalid", problemsOf(parsed.error)) };
  const { id, sender = gln, correlation, payload } = parsed.data;
  if (!speaksFor.includes(sender)) return { refusal: refused("sender-not-authorised") };
  return {
    envelope: {
      // Two partners that count from 1 are never taken for one another.
      ...{ id: `${sender}:${id}`, type, version: 1, time, sender },
      ...(correlation === undefined ? {} : { correlation }),
      // An inbox is asked for by whose it is, and that is who asks.
      payload: kind === "qry" ? ownOf(sender, payload) : payload,
    },
  };
};

const ownOf = (gln: string, payload: unknown): unknown =>
  typeof payload === "object" && payload !== null ? { ...payload, gln } : { gln };
