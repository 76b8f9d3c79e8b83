import type { Letter } from "../../../contracts/letter.ts";
import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import { tellInWords } from "../../families/in-words.ts";
import type { ToTell } from "../../families/to-tell.ts";
import { composeDischarge } from "./discharge-out.ts";
import { composeReferral } from "./referral-out.ts";

/** The letter that tells of a fact: the one made for it, or correspondence in plain Danish. */
export const composeLetter = (
  telling: ToTell,
): { kind: "clinical"; letter: ClinicalLetter } | { kind: "correspondence"; letter: Letter } => {
  if (telling.documentType === "XDIS91") return { kind: "correspondence", letter: tellInWords(telling) };
  const letter = composeReferral(telling) ?? composeDischarge(telling);
  if (letter === undefined) throw new Error(`No ${telling.documentType} is written of ${telling.fact.type}.`);
  return { kind: "clinical", letter };
};
