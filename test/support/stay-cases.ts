import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import { createLetterCases, type LetterCases } from "./letter-cases.ts";

export type OneCase = { hub: LetterCases; caseId: string };

/** A hub that has taken these letters, and the case that the last of them went to. */
export const opened = async (...letters: ClinicalLetter[]): Promise<OneCase> => {
  const hub = createLetterCases();
  hub.cases.at("2026-11-24 12:00");
  let caseId = "";
  for (const letter of letters) ({ caseId } = await hub.sent(letter));
  return { hub, caseId };
};

export const statusOf = ({ hub, caseId }: OneCase): string => hub.view(caseId).status;
/** Codes of what is noted of a letter. */
export const codesOf = (hub: LetterCases, letter: ClinicalLetter): string[] =>
  hub.read(letter).notes.map(({ code }) => code);
/** Agreements on the review of a summary that run. */
export const reviewsOf = ({ hub, caseId }: OneCase): string[] =>
  hub
    .view(caseId)
    .clocks.filter(({ status, agreement }) => status === "running" && agreement.startsWith("EPI-REVIEW"))
    .map(({ agreement }) => agreement);
