import { z } from "zod";
import { fates } from "./codes/fate.ts";
import { CommandReply } from "./envelope.ts";
import { Family } from "./family.ts";
import { StoredObject } from "./letter.ts";
import { DocumentOutcome } from "./messages/document.ts";
import { RefusedDocument } from "./messages/worklist.ts";
import { Problem } from "./problem.ts";
import { AnyFact } from "./record.ts";
import { Instant } from "./time.ts";

/** What every refusal and fault looks like. `code` is stable; `message` follows accept-language; no value is repeated. */
export const ErrorAnswer = z
  .object({
    code: z.string(),
    message: z.string(),
    /** `retry`: surely not processed; `ask`: perhaps processed, the same id is safe; `park`: mend it first. */
    fate: z.enum(fates),
    problems: z.array(Problem),
    /** Names this request in the hub's log. */
    requestId: z.string(),
    caseId: z.string().optional(),
    intake: z.string().optional(),
    /** Set when this answer was given before. */
    duplicate: z.boolean().optional(),
  })
  .meta({ id: "ErrorAnswer" });
export type ErrorAnswer = z.infer<typeof ErrorAnswer>;

/** `CommandReply` of a command that was not refused, and its due time as people in Denmark read it. */
export const CommandAnswer = z
  .union([CommandReply.options[0].extend({ dueLocal: z.string().optional() }), CommandReply.options[2]])
  .meta({ id: "CommandAnswer" });
export type CommandAnswer = z.infer<typeof CommandAnswer>;

/** What became of a document, for a caller that wants JSON instead of the standard's receipt. */
export const OutcomeAnswer = DocumentOutcome.omit({ answer: true, envelopeAnswer: true, code: true })
  .extend({ dueLocal: z.string().optional() })
  .meta({ id: "OutcomeAnswer" });
export type OutcomeAnswer = z.infer<typeof OutcomeAnswer>;

/** The bytes of an attachment are kept; `digest` is what a message names them by. */
export const StoredAnswer = z
  .object({ digest: z.string(), sizeBytes: z.number().int() })
  .meta({ id: "StoredAnswer" });
export type StoredAnswer = z.infer<typeof StoredAnswer>;

/** A delivery to a receiver that speaks the hub's own typed messages: the fact that it tells of, as it was recorded. */
export const JsonDelivery = z
  .object({
    deliveryId: z.string(),
    caseId: z.string(),
    family: Family,
    from: z.string(),
    to: z.string(),
    documentType: z.string(),
    at: Instant,
    fact: AnyFact,
    /** Each with the address that its bytes are fetched from. */
    attachments: z.array(StoredObject.extend({ href: z.string() })),
  })
  .meta({ id: "JsonDelivery" });
export type JsonDelivery = z.infer<typeof JsonDelivery>;

/** Documents that were refused or could not be read, newest first. */
export const RefusedAnswer = z.object({ documents: z.array(RefusedDocument) }).meta({ id: "RefusedAnswer" });
export type RefusedAnswer = z.infer<typeof RefusedAnswer>;

/** What is up. `unsafe`: the hub was started without the promise that an answer of yes is on disk. */
export const HealthAnswer = z
  .object({
    ok: z.boolean(),
    durability: z.enum(["safe", "unsafe"]),
    parts: z.record(z.string(), z.enum(["up", "down"])),
    /** Why documents, or more than them, are asked to come back later. Absent: they are not. */
    refusing: z.array(z.string()).optional(),
    /** Messages that an index could not take in, by index: the log has their places. Absent: none. */
    setAside: z.record(z.string(), z.number().int().min(1)).optional(),
  })
  .meta({ id: "HealthAnswer" });
export type HealthAnswer = z.infer<typeof HealthAnswer>;

/** Whether this hub is to be sent anything. One that refuses for reasons that its neighbours share is ready: it tells when to come back. */
export const ReadyAnswer = z
  .object({ ready: z.boolean(), draining: z.boolean(), reasons: z.array(z.string()) })
  .meta({ id: "ReadyAnswer" });
export type ReadyAnswer = z.infer<typeof ReadyAnswer>;

/** What the hub is, for a program that asked for JSON. `docs`, `openapi` and `health` are addresses here. */
export const FrontAnswer = z
  .object({
    name: z.string(),
    version: z.string(),
    durability: z.enum(["safe", "unsafe"]),
    about: z.string(),
    docs: z.string(),
    openapi: z.string(),
    health: z.string(),
  })
  .meta({ id: "FrontAnswer" });
export type FrontAnswer = z.infer<typeof FrontAnswer>;
