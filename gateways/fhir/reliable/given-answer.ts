import { z } from "zod";
import { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";
import { DocumentOutcome } from "../../../contracts/messages/document.ts";

/**
 * What is remembered of a message: what it said, what came of it, and what was answered. Of a fault nothing is: another answer
 * follows it (KR5). It is written before the answer is told, and the first stands.
 */
export const GivenAnswer = z.object({
  /** The copy of it that this was the answer to. */
  intake: z.string(),
  /** Of `contentDigestOf`. */
  digest: z.string(),
  outcome: DocumentOutcome.omit({ intake: true, answer: true, envelopeAnswer: true }),
  /** Absent: nobody could be answered. */
  answer: Acknowledgement.optional(),
});
export type GivenAnswer = z.infer<typeof GivenAnswer>;
