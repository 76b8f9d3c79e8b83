import { isAdviceFact } from "../../../contracts/messages/advice.ts";
import { lines, type Saying, type Words } from "./words.ts";

/** Facts of a question that hold no letter of their own, and whatever else a later release may tell: said plainly. */
export const adviceWords = (fact: { readonly type: string }, _saying: Saying): Words => {
  if (isAdviceFact(fact) && fact.type === "CorrespondenceHandled")
    return { subject: "Henvendelsen er afsluttet", text: lines("Modtageren har afsluttet henvendelsen.") };
  if (isAdviceFact(fact) && fact.type === "ReferralMade")
    return {
      subject: "Spørgsmålet er blevet til en henvisning",
      text: lines("Specialisten har oprettet en henvisning på baggrund af spørgsmålet."),
    };
  if (isAdviceFact(fact) && fact.type === "ConversionFailed")
    return {
      subject: "Der kunne ikke oprettes en henvisning",
      text: lines("Spørgsmålet kunne ikke blive til en henvisning og bliver besvaret i stedet."),
    };
  return { subject: "Nyt i forløbet", text: lines("Der er nyt i et forløb for borgeren.") };
};
