import type { Acknowledgement } from "../../../contracts/fhir/acknowledgement.ts";

/**
 * An answer that is sent once more: the same content under the same MessageHeader.id, in a bundle of a new id, with the times of
 * the sending renewed (guide to FHIR, section 3.1 and G10). What the original did, and when, stays.
 */
export const answerAgain = (
  answer: Acknowledgement,
  { bundleId, now }: { readonly bundleId: string; readonly now: string },
): Acknowledgement => ({
  ...answer,
  bundleId,
  created: now,
  history: answer.history.map((step) => {
    if (step.messageId !== answer.messageId) return step;
    const { recorded: _recorded, ...rest } = step;
    return { ...rest, occurred: now };
  }),
});
