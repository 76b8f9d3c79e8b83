import { z } from "zod";
import { commandOf } from "../command.ts";
import { Standard, Transport } from "../deliveries.ts";
import { type ErrorCode, errorCodes, isErrorCode } from "../errors.ts";
import { Address } from "../identifiers.ts";
import { Problem } from "../problem.ts";
import { Instant } from "../time.ts";

/**
 * What went wrong with a document. Of one that came in: `unreadable`: nobody could read it; `refused`: it was read, and a rule says no;
 * `failed`: the hub broke on it. Of one that went out: `failed`: its receiver would not take it; `unconfirmed`: nobody knows
 * whether it arrived.
 */
export const DeadLetterKind = z.enum(["unreadable", "refused", "failed", "unconfirmed"]);
export type DeadLetterKind = z.infer<typeof DeadLetterKind>;

/** Of these codes the bytes could not be read at all; any other is a rule that what was read breaks. */
const unreadable: ReadonlySet<string> = new Set([
  "xml-malformed",
  "xml-forbidden",
  "xml-too-deep",
  "encoding-unknown",
  "type-unknown",
  "document-too-large",
  "document-too-costly",
  "media-type-unknown",
] satisfies ErrorCode[]);

/** The kind of a document in INTAKE of which nothing was taken, by the code that was noted. What is no refusal is a fault of ours. */
export const kindOfRefusal = (code: string): DeadLetterKind => {
  if (unreadable.has(code)) return "unreadable";
  return isErrorCode(code) && errorCodes[code].fate !== "park" ? "failed" : "refused";
};

/** Whether anything is still to be done. `sent-again` waits for what becomes of that; `arrived`: its receiver has it after all. */
export const DeadLetterState = z.enum(["open", "sent-again", "closed", "arrived"]);
export type DeadLetterState = z.infer<typeof DeadLetterState>;

/** Who did something about a dead letter: the organisation, or `operator`; and which person or system there. */
const acted = {
  at: Instant,
  /** The command that it is the outcome of: the same command again does nothing more. */
  commandId: z.string(),
  by: z.string(),
  person: z.string().max(100).optional(),
  reason: z.string().max(200).optional(),
};
/** What came of the document that was tried again. */
const cameTo = {
  status: z.enum(["accepted", "refused", "ignored", "failed"]),
  code: z.string().optional(),
  caseId: z.string().optional(),
};

/**
 * What was done about a document in INTAKE of which nothing was taken: a record of its own beside it, for there is no case that
 * could hold it. `sentAgain`: a corrected one was put in INTAKE as `as`; `readAgain`: the same bytes were read once more.
 */
export const DeadLetterStep = z
  .discriminatedUnion("step", [
    z.object({ step: z.literal("sentAgain"), ...acted, as: z.string(), ...cameTo }),
    z.object({ step: z.literal("readAgain"), ...acted, ...cameTo }),
    z.object({ step: z.literal("closed"), ...acted }),
  ])
  .meta({ id: "DeadLetterStep" });
export type DeadLetterStep = z.infer<typeof DeadLetterStep>;

/** Whether nothing is left to do after these steps: the last one that changed anything decides. */
export const stateAfterSteps = (steps: readonly DeadLetterStep[]): DeadLetterState => {
  const last = steps.findLast(({ step, ...one }) => step !== "readAgain" || isTaken(one));
  if (last === undefined) return "open";
  return last.step === "closed" ? "closed" : "sent-again";
};
const isTaken = (one: object): boolean =>
  "status" in one && (one.status === "accepted" || one.status === "ignored");

/** One line of what became of a dead letter, whichever journal it stands in. */
export const DeadLetterEvent = z.object({
  at: Instant,
  /** A step of above, a change of a delivery (`contracts/deliveries.ts`), or: `came`, `refused`, `told`. */
  what: z.string(),
  by: z.string().optional(),
  person: z.string().optional(),
  reason: z.string().optional(),
  code: z.string().optional(),
  /** The document, or the delivery, that it was sent again as. */
  as: z.string().optional(),
});
export type DeadLetterEvent = z.infer<typeof DeadLetterEvent>;

/** A line of a list of dead letters. No name, no CPR number, no text of the document. */
export const DeadLetterItem = z
  .object({
    /** Of a document that came in its id in INTAKE; of one that went out `<caseId>.<recordNo>.<n>`. */
    id: z.string(),
    kind: DeadLetterKind,
    state: DeadLetterState,
    /** When it went wrong. */
    at: Instant,
    from: z.string(),
    /** Absent: not known, since it could not be read, or was not understood. */
    to: z.string().optional(),
    standard: z.string(),
    type: z.string().optional(),
    code: z.string(),
    caseId: z.string().optional(),
  })
  .meta({ id: "DeadLetterItem" });
export type DeadLetterItem = z.infer<typeof DeadLetterItem>;

/**
 * A document of which nothing was taken, or that did not surely arrive, with all that is known of it. From the journal and
 * INTAKE alone.
 */
export const DeadLetter = DeadLetterItem.extend({
  /** Every problem, with the place in the document. */
  problems: z.array(Problem),
  /** Why, in the words of the receiver of a document that went out: for its sender's eyes. */
  text: z.string().optional(),
  /** The document in INTAKE that it is, or that it was read from; absent of what was said as a typed message, or by the hub. */
  intake: z.string().optional(),
  /** The address of those bytes. */
  original: z.string().optional(),
  /** When the answer left the hub for its sender, and how; absent: nobody knows that the sender knows. */
  told: z.object({ at: Instant, how: z.string() }).optional(),
  /** The dead letter that it corrects, or that it is to another address. */
  corrects: z.string().optional(),
  /** Oldest first. */
  history: z.array(DeadLetterEvent),
}).meta({ id: "DeadLetter" });
export type DeadLetter = z.infer<typeof DeadLetter>;

/** Another address, or another of its own ways in, for a document that went out. */
export const SendTo = z
  .object({
    gln: Address,
    /** Only by a channel of this standard, or of this transport. */
    standard: Standard.optional(),
    transport: Transport.optional(),
  })
  .meta({ id: "SendTo" });
export type SendTo = z.infer<typeof SendTo>;

const reason = z.string().min(1).max(200);

/** What a caller says of a dead letter that is sent again, over HTTP. */
export const SendAgainBody = z
  .object({
    to: SendTo.optional(),
    /** For those who run the hub; no patient's data. */
    reason: reason.optional(),
  })
  .meta({ id: "SendAgainBody" });
export const CloseBody = z.object({ reason }).meta({ id: "CloseBody" });
/** Many at once: each is answered on its own. */
export const SendAgainMany = z
  .object({ ids: z.array(z.string().min(1).max(100)).min(1).max(500), reason: reason.optional() })
  .meta({ id: "SendAgainMany" });

/** What came of each of them, in their order. */
export const SentAgainMany = z
  .object({
    results: z.array(
      z.object({
        id: z.string(),
        status: z.enum(["accepted", "refused", "ignored", "failed"]),
        code: z.string().optional(),
        problems: z.array(Problem),
      }),
    ),
  })
  .meta({ id: "SentAgainMany" });
export type SentAgainMany = z.infer<typeof SentAgainMany>;

const named = {
  id: z.string().min(1).max(100),
  person: z.string().min(1).max(100),
};

/**
 * Send a dead letter again. One that came in: corrected (`document`, by the digest that it is kept under), else as it is. One that went
 * out: to its receiver once more, in a new envelope, or to another (`to`).
 */
export const SendDeadLetterAgain = z
  .object({
    ...named,
    reason: reason.optional(),
    to: SendTo.optional(),
    document: z.object({ digest: z.string(), standard: Standard, mediaType: z.string().max(200) }).optional(),
  })
  .meta({ id: "SendDeadLetterAgain" });
export type SendDeadLetterAgain = z.infer<typeof SendDeadLetterAgain>;
/** Somebody has seen to it: nothing more is done about it. It stays where it can be found. */
export const CloseDeadLetter = z.object({ ...named, reason }).meta({ id: "CloseDeadLetter" });

export const DeadLetterCommands = {
  "delivery.sendDeadLetterAgain": SendDeadLetterAgain,
  "delivery.closeDeadLetter": CloseDeadLetter,
} as const;
export const DeadLetterCommand = z.discriminatedUnion("type", [
  commandOf("delivery.sendDeadLetterAgain", SendDeadLetterAgain),
  commandOf("delivery.closeDeadLetter", CloseDeadLetter),
]);
export type DeadLetterCommand = z.infer<typeof DeadLetterCommand>;

export const DeadLetterQueries = { "delivery.deadLetter": z.object({ id: named.id }) } as const;
