import { expect } from "vitest";
import { oioxmlTypeOfFact } from "../../contracts/codes/fact-documents.ts";
import { localTimeOf } from "../../contracts/danish-time.ts";
import { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import { ClosingLetter } from "../../contracts/letters/closing-letter.ts";
import { ReferralLetter } from "../../contracts/letters/referral-letter.ts";
import type { ToTell } from "../../gateways/families/to-tell.ts";
import { composeReferral } from "../../gateways/oioxml/families/referral-out.ts";
import { partyOf, receiverPartyOf } from "../../services/case/directory-view.ts";
import { leavesOf } from "./leaves.ts";
import { complaintsOf, type LetterCases } from "./letter-cases.ts";
import { printClinicalLetter } from "./printing.ts";
import { organisation } from "./region-view.ts";

const envelope = { envelopeId: "KUV1", sent: "2026-11-23T10:15", wantsPositiveReceipt: false };

/** A fact of a case's last record, told by one of its parties to the other in the letter that was made for it. */
export const telling = (
  hub: LetterCases,
  caseId: string,
  { from, to, n = 0 }: { from: string; to: string; n?: number },
): ToTell => {
  const records = hub.cases.records(caseId);
  const record = records.at(-1);
  const fact = record?.facts[n];
  if (record === undefined || fact === undefined) throw new Error("nothing happened");
  return {
    documentType: oioxmlTypeOfFact(fact, to) ?? "XDIS91",
    deliveryId: `${caseId}.${String(record.meta.no)}.0`,
    fact,
    record,
    records,
    parties: { from: partyOf(organisation(from)), to: receiverPartyOf(organisation(to)) },
    localTime: localTimeOf,
  };
};

/** What is written is a letter of the contract, loses nothing, and is valid by the standard's own schema. */
export const written = (told: ToTell): { letter: ClinicalLetter; text: string } => {
  const letter = composeReferral(told);
  if (letter === undefined) throw new Error(`no letter of ${told.fact.type}`);
  expect(ClinicalLetter.safeParse(letter).error).toBeUndefined();
  const { bytes, losses } = printClinicalLetter(letter, envelope);
  expect(losses).toEqual([]);
  expect(complaintsOf(bytes)).toEqual([]);
  const text = leavesOf(letter)
    .map(({ value }) => String(value))
    .join("\n");
  return { letter, text };
};
export const referralIn = (told: ToTell): ReferralLetter => ReferralLetter.parse(written(told).letter);
export const closingIn = (told: ToTell): ClosingLetter => ClosingLetter.parse(written(told).letter);
