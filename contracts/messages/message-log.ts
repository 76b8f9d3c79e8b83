import { z } from "zod";
import { type EdsStation, type EdsSubtype, edsStations, edsSubtypes } from "../codes/eds-stations.ts";
import { type DeliveryStatus, Standard } from "../deliveries.ts";
import { Family } from "../family.ts";
import { Address } from "../identifiers.ts";
import { Instant } from "../time.ts";
import { PatientQuery, WrittenBefore } from "./case-list.ts";
import { DeadLetterItem, DeadLetterKind, DeadLetterState } from "./dead-letters.ts";

/**
 * Where a message stands. One that came in: `taken`: in INTAKE, and nothing came of it yet; `accepted`; `refused`: a rule says no;
 * `unreadable`; `failed`: the hub broke on it. One that goes out: `waiting`; `fetched`: handed over, no receipt yet;
 * `acknowledged`; `failed`: its receiver would not take it; `unconfirmed`: nobody knows whether it arrived.
 */
export const MessageStatus = z.enum([
  "taken",
  "accepted",
  "refused",
  "unreadable",
  "waiting",
  "fetched",
  "acknowledged",
  "failed",
  "unconfirmed",
]);
export type MessageStatus = z.infer<typeof MessageStatus>;

/** How far a delivery is, in the log's words: after a fault at its receiver another answer is waited for. */
export const statusOfDelivery = {
  waiting: "waiting",
  fetched: "fetched",
  failedForNow: "waiting",
  unconfirmed: "unconfirmed",
  acknowledged: "acknowledged",
  failed: "failed",
} as const satisfies Readonly<Record<DeliveryStatus, MessageStatus>>;

/** `in`: a document or a command that somebody sent the hub; `out`: one document to one receiver. */
export const MessageDirection = z.enum(["in", "out"]);
export type MessageDirection = z.infer<typeof MessageDirection>;

/** An organisation's GLN, and what the directory calls it. */
const Named = z.object({ gln: z.string(), name: z.string() });

/** A line of the message log: ids, codes and times alone. No name of a citizen, no CPR number, no text. */
export const LoggedMessage = z
  .object({
    /**
     * Of one that goes out its delivery, `<caseId>.<recordNo>.<n>`; of one that came in the record that it became,
     * `<caseId>.<recordNo>`, or where it became none its id in INTAKE.
     */
    id: z.string(),
    direction: MessageDirection,
    status: MessageStatus,
    /** When it came, or was owed. */
    at: Instant,
    from: Named,
    /** Nobody, where it could not be read or is for the hub itself. */
    to: z.array(Named),
    /** As its standard names it, e.g. `XDIS91`; of a typed message the command or the fact. */
    type: z.string(),
    standard: Standard.optional(),
    family: Family.optional(),
    caseId: z.string().optional(),
    /** The document in INTAKE that it was read from. */
    intakeId: z.string().optional(),
    /** Why not: a code of the hub, or its receiver's. */
    code: z.string().optional(),
  })
  .meta({ id: "LoggedMessage" });
export type LoggedMessage = z.infer<typeof LoggedMessage>;

/** Newest first. `next`: the cursor for more; with a filter a page may be short and still have one. */
export const MessagePage = z
  .object({ items: z.array(LoggedMessage), next: z.string().optional() })
  .meta({ id: "MessagePage" });
export type MessagePage = z.infer<typeof MessagePage>;

const namesOf = <Name extends string>(words: Readonly<Record<Name, string>>): Name[] => {
  const isName = (text: string): text is Name => Object.hasOwn(words, text);
  return Object.keys(words).filter(isName);
};

/**
 * One step on a message's way, with the station of EHMI's delivery status that it was at (`contracts/codes/eds-stations.ts`). Without
 * a station: a step of people.
 */
export const MessageHop = z
  .object({
    at: Instant,
    /** What happened: a status, or a change of a delivery (`contracts/deliveries.ts`). */
    what: z.string(),
    /** GLN of who did it; `hub` for the hub itself. */
    by: z.string(),
    station: z.enum(namesOf<EdsStation>(edsStations)).optional(),
    subtype: z.enum(namesOf<EdsSubtype>(edsSubtypes)).optional(),
    outcome: z.enum(["0", "8"]).optional(),
    /** The envelope that it went in, from then on. */
    envelopeId: z.string().optional(),
    code: z.string().optional(),
  })
  .meta({ id: "MessageHop" });
export type MessageHop = z.infer<typeof MessageHop>;

/** A message with its way through the hub, and what it is called by others. From the journal alone where it is in a case. */
export const MessageView = LoggedMessage.extend({
  messageIds: z.array(z.string()),
  envelopeIds: z.array(z.string()),
  /** Oldest first. */
  hops: z.array(MessageHop),
}).meta({ id: "MessageView" });
export type MessageView = z.infer<typeof MessageView>;

const cursorShape = /^msg_(\d{1,15})_([\w.:-]{1,100})$/;

/** Where a page ended: a time in milliseconds, and the message that stands there. `undefined`: this is no cursor of ours. */
export const readMessageCursor = (cursor: string): { score: number; member: string } | undefined => {
  const [, score, member] = cursorShape.exec(cursor) ?? [];
  return score === undefined || member === undefined ? undefined : { score: Number(score), member };
};
export const messageCursor = ({ score, member }: { score: number; member: string }): string =>
  `msg_${String(score)}_${member}`;

const cursor = z
  .string()
  .max(200)
  .refine((text) => readMessageCursor(text) !== undefined, {
    message: "This is no cursor of messages: give the next of the page before, or leave it out.",
    params: { code: "cursor-unknown" },
  })
  .optional()
  .describe("`next` of the page before.");

/** An instant, or a Danish date. */
const When = z.union([Instant, z.iso.date()]);
const id = z.string().min(1).max(150).optional();

/** Between whom, of which type, and when: of messages and of dead letters. */
const between = {
  sender: Address.optional(),
  receiver: Address.optional(),
  type: z
    .string()
    .max(60)
    .optional()
    .describe("As its standard names it, e.g. `XDIS91` or `CareCommunication`."),
  from: When.optional().describe("An instant, or a Danish date."),
  to: When.optional().describe("An instant that it ends before, or the last Danish date of it."),
};
const page = { limit: z.number().int().min(1).max(500).default(50), cursor };

/** What a message is found by. Every one that is given must fit. */
export const messageKeys = {
  messageId: id.describe(
    "What a sender calls it: a letter's number, a MessageHeader.id, a Bundle.id, the id of a command.",
  ),
  envelopeId: id.describe(
    "Of any envelope that it went in: the number of an Emessage, of a VANSEnvelope, of an SBDH.",
  ),
  caseId: id,
  intakeId: id,
  direction: MessageDirection.optional(),
  status: MessageStatus.optional(),
  ...between,
};
export const MessageSearch = z
  .object({
    ...messageKeys,
    /** The citizen. Always in a body: a number in an address ends up in logs. */
    patient: PatientQuery.optional(),
    ...page,
    after: WrittenBefore.optional(),
  })
  .meta({ id: "MessageSearch" });
export type MessageSearch = z.infer<typeof MessageSearch>;

export const deadLetterKeys = {
  kind: DeadLetterKind.optional(),
  /** Absent: open. */
  state: DeadLetterState.default("open"),
  ...between,
  code: z.string().max(70).optional(),
};
/** Which dead letters are wanted; each that is given must fit. */
export const DeadLetterSearch = z.object({ ...deadLetterKeys, ...page }).meta({ id: "DeadLetterSearch" });
export type DeadLetterSearch = z.infer<typeof DeadLetterSearch>;

/** Newest first. `next`: the cursor for more. */
export const DeadLetterPage = z
  .object({ items: z.array(DeadLetterItem), next: z.string().optional() })
  .meta({ id: "DeadLetterPage" });
export type DeadLetterPage = z.infer<typeof DeadLetterPage>;

/** A place in the streams that hops are read from: which of them, and the last sequence that was read of it. */
const exportCursor = /^(\d{1,3})\.(\d{1,15})$/;
export const readExportCursor = (text: string): { stream: number; seq: number } | undefined => {
  const [, stream, seq] = exportCursor.exec(text) ?? [];
  return stream === undefined || seq === undefined ? undefined : { stream: Number(stream), seq: Number(seq) };
};

/** Every hop that was noted in a span of time. For those who run the hub alone. */
export const HopsQuery = z
  .object({
    from: Instant,
    /** Hops from then on are left out. */
    to: Instant,
    /** With the citizen's number. */
    patient: z.boolean().default(false),
    cursor: z.string().regex(exportCursor).optional(),
  })
  .meta({ id: "HopsQuery" });
export type HopsQuery = z.infer<typeof HopsQuery>;

/** A hop, and what EHMI's delivery status tells with it. */
export const ExportedHop = MessageHop.extend({
  /** Names the hop for ever: the same in every export. */
  id: z.string(),
  message: LoggedMessage,
  /** What its sender calls it; else its id here. */
  messageId: z.string(),
  /** Of its type, as its standard writes it. */
  version: z.string(),
  /** CPR number, or a replacement for it. */
  patient: z.string().optional(),
}).meta({ id: "ExportedHop" });
export type ExportedHop = z.infer<typeof ExportedHop>;
/** Stream by stream, in the order of each. `next`: there is more. */
export const HopsPage = z
  .object({ items: z.array(ExportedHop), next: z.string().optional() })
  .meta({ id: "HopsPage" });
export type HopsPage = z.infer<typeof HopsPage>;

export const MessageLogQueries = {
  "messages.search": MessageSearch,
  "messages.show": z.object({ id: z.string().min(1).max(100) }),
  "messages.deadLetters": DeadLetterSearch,
  "messages.hops": HopsQuery,
} as const;
