import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { LetterOrder, Reading } from "../../families/order.ts";
import { readAppointment, readClosing } from "./closing-in.ts";
import { readAdmissionAnswer, readStayNotice } from "./discharge-in.ts";
import { readReferral } from "./referral-in.ts";

type Of<Type extends ClinicalLetter["type"]> = Extract<ClinicalLetter, { type: Type }>;
type Reader<Letter> = (letter: Letter, reading: Reading) => LetterOrder;
type ReferralType = "XREF01" | "XREF02" | "XREF15" | "XREF22";
type ClosingType = "XDIS01" | "XDIS02" | "XDIS03" | "XDIS15" | "XDIS22";

const isReferral = (letter: ClinicalLetter): letter is Of<ReferralType> => letter.type.startsWith("XREF");
const isClosing = (letter: ClinicalLetter): letter is Of<ClosingType> => "texts" in letter;

const readOther: Reader<Exclude<ClinicalLetter, Of<ReferralType | ClosingType>>> = (letter, reading) => {
  switch (letter.type) {
    case "XDIS13":
      return readAppointment(letter, reading);
    case "XDIS14":
      return readAdmissionAnswer(letter, reading);
    case "XDIS17":
    case "XDIS20":
      return readStayNotice(letter, reading);
  }
};

/** Whether what a letter means depends on the citizen's cases. A new referral opens its own, and waits for no index. */
export const readsCases = ({ type, status }: ClinicalLetter): boolean =>
  !(type.startsWith("XREF") && status === "new");

/** The command that a letter of a family is, told by its type. Pure: the cases it may belong to are given. */
export const readClinical: Reader<ClinicalLetter> = (letter, reading) => {
  if (isReferral(letter)) return readReferral(letter, reading);
  return isClosing(letter) ? readClosing(letter, reading) : readOther(letter, reading);
};
