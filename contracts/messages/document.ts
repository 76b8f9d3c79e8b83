import { z } from "zod";
import { Problem } from "../problem.ts";
import { CaseRecord } from "../record.ts";
import { Instant } from "../time.ts";

const AnswerDocument = z.object({ mediaType: z.string(), base64: z.string() });

/**
 * What became of one document in INTAKE: from the gateway of the standard to the transport whose caller waits.
 * `answer` is the standard's own receipt, when one is due.
 */
export const DocumentOutcome = z
  .object({
    intake: z.string(),
    status: z.enum(["accepted", "refused", "ignored", "failed"]),
    duplicate: z.boolean().default(false),
    /** The code of contracts/errors.ts for `refused` and `failed`. */
    code: z.string().optional(),
    caseId: z.string().optional(),
    due: Instant.optional(),
    documentType: z.string().optional(),
    problems: z.array(Problem).default([]),
    answer: AnswerDocument.optional(),
    /** The receipt of an envelope that asked for one: of the envelope, beside that of the document in it. */
    envelopeAnswer: AnswerDocument.optional(),
  })
  .meta({ id: "DocumentOutcome" });
export type DocumentOutcome = z.infer<typeof DocumentOutcome>;

/** One sending of a delivery: its number from 1, and when it was owed. */
export const Sending = z.object({ no: z.number().int().min(1), at: Instant });
export type Sending = z.infer<typeof Sending>;

/** Ask the gateway of a standard to print one delivery; everything it needs is in the record. */
export const PrintDelivery = z.object({
  record: CaseRecord,
  deliveryId: z.string(),
  /** Which sending it is, and when it was owed; absent: the first, with its record. */
  sending: Sending.optional(),
});
export type PrintDelivery = z.infer<typeof PrintDelivery>;

/**
 * Ask the gateway of a standard what became of a document that is in INTAKE; the answer is a DocumentOutcome. It is read
 * again, and what it asks for was done before or is done now: the same answer for ever. `speaksFor` is what the directory
 * says of the sender now.
 */
export const ReadAgain = z.object({ intake: z.string(), speaksFor: z.array(z.string()) });
export type ReadAgain = z.infer<typeof ReadAgain>;

/** Bytes in a message: themselves, or the digest that they are kept under when they are many. */
export const CarriedBytes = z.union([z.object({ base64: z.string() }), z.object({ digest: z.string() })]);
export type CarriedBytes = z.infer<typeof CarriedBytes>;

/** What a gateway made: a delivery in its standard, or a page. */
export const PrintedDocument = z.intersection(z.object({ mediaType: z.string() }), CarriedBytes);

/**
 * Ask the gateway of a standard to make a page for people (HTML) of a document: the bytes themselves, or the digest that
 * they are kept under. It says what is wrong with a document that cannot be read, so there is always a page.
 */
export const RenderDocument = z.object({
  document: CarriedBytes,
  language: z.enum(["da", "en"]),
});
export type RenderDocument = z.infer<typeof RenderDocument>;

/**
 * Ask the gateway of a standard how the sender of a document is told, in the standard's own words, that the hub has a fault and
 * another answer follows. `id` names this saying of it: no two are the same answer.
 */
export const AnswerFault = z.object({
  id: z.string(),
  code: z.string(),
  at: Instant,
  mediaType: z.string(),
  base64: z.string(),
  speaksFor: z.array(z.string()),
});
export type AnswerFault = z.infer<typeof AnswerFault>;

/** Nothing, when the document tells not whom to answer about what, or the standard has no words for it. */
export const FaultAnswer = z.object({ answer: AnswerDocument.optional() });
export type FaultAnswer = z.infer<typeof FaultAnswer>;

/** The headers of a document in INTAKE. No personal data: ids and sizes only. */
export const intakeHeaders = {
  /** GLN that the transport authenticated. */
  sender: "Sb-Sender",
  /** GLNs the sender may speak for, itself included, separated by blanks. */
  speaksFor: "Sb-Speaks-For",
  transport: "Sb-Transport",
  mediaType: "Sb-Media-Type",
  /** The bus subject that waits for a DocumentOutcome. */
  answerTo: "Sb-Answer-To",
  /** The transport wants the answer to a document that came in an envelope of this kind in one too. */
  answerAs: "Sb-Answer-As",
  receivedAt: "Sb-Received-At",
  /** The document in INTAKE that this one corrects. */
  corrects: "Sb-Corrects",
  /** Set when the bytes are in the object store under this digest, and the message body is empty. */
  object: "Sb-Object",
} as const;
