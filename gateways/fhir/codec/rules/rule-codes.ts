import { type AcknowledgementCode, type FhirProblemMeaning, hl7, medcom } from "../model/problem-codes.ts";

const meaning = (acknowledgement: AcknowledgementCode, en: string, da: string): FhirProblemMeaning => ({
  severity: "error",
  acknowledgement,
  en,
  da,
});
const warns = (of: FhirProblemMeaning): FhirProblemMeaning => ({ ...of, severity: "warning" });

const required = hl7("MSG_RESOURCE_REQUIRED");
const notAllowed = hl7("MSG_RESOURCE_NOT_ALLOWED");
const invalid = hl7("MSG_PARAM_INVALID");
const noRepeat = hl7("MSG_PARAM_NO_REPEAT");
const unable = medcom("MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE");
const noValue = medcom("MSG_VALUESET_VALUE_UNKNOWN");

/**
 * Every code that the rules of MedCom's messages find, and what an acknowledgement calls it. The severity is the usual one:
 * each rule says its own. A rule that has more to say has a text of its own too.
 */
export const ruleCodes = {
  // which message it is
  "bundle-expected": meaning(
    hl7("MSG_UNKNOWN_TYPE"),
    "A MedCom message is a Bundle.",
    "En MedCom-meddelelse er en Bundle.",
  ),
  "message-type-unknown": meaning(
    unable,
    "The event code names no message that is received here.",
    "Hændelseskoden er ikke en meddelelse, der modtages her.",
  ),
  "message-version-wrong": meaning(
    unable,
    "This version of the message is not received.",
    "Denne version af meddelelsen modtages ikke.",
  ),
  "definition-form": meaning(
    unable,
    "The definition is not that of the message with its version.",
    "Definitionen er ikke meddelelsens egen med version.",
  ),
  // elements
  "element-required": meaning(
    required,
    "The element is required in this message and is missing.",
    "Elementet er påkrævet i denne meddelelse og mangler.",
  ),
  "element-too-many": meaning(
    noRepeat,
    "The element is there more often than this message allows.",
    "Elementet er der flere gange, end meddelelsen tillader.",
  ),
  "element-too-long": meaning(
    medcom("MSG_Element_To_Long"),
    "The value is longer than is received here.",
    "Værdien er længere, end der modtages her.",
  ),
  "element-unfit": meaning(
    invalid,
    "The value is not one that is received here, or its element is not where the message points.",
    "Værdien modtages ikke her, eller dens element er ikke dér, hvor meddelelsen peger.",
  ),
  "element-forbidden": meaning(
    notAllowed,
    "This message may not have the element.",
    "Elementet må ikke være i denne meddelelse.",
  ),
  "element-ignored": warns(
    meaning(
      hl7("MSG_PARAM_UNKNOWN"),
      "It is not part of this message and is not read.",
      "Det hører ikke til meddelelsen og bliver ikke læst.",
    ),
  ),
  "receiver-identifier-missing": meaning(
    medcom("MSG_Receiver_Identifier_MISSING"),
    "The organisation lacks an identifier that the message must have.",
    "Organisationen mangler en identifikation, som meddelelsen skal have.",
  ),
  // values
  "value-fixed": meaning(
    invalid,
    "The value must be the one that MedCom has laid down.",
    "Værdien skal være den, MedCom har fastlagt.",
  ),
  "code-unlisted": meaning(
    noValue,
    "The code is not one of MedCom's list for this element.",
    "Koden er ikke på MedComs liste for dette element.",
  ),
  "code-system-wrong": meaning(
    medcom("MSG_CodeSystem_VALUE_UNKNOWN"),
    "The code is written under another code system than its own.",
    "Koden står under et andet kodesystem end sit eget.",
  ),
  "value-form": meaning(
    hl7("MSG_BAD_FORMAT"),
    "The value does not have the form that MedCom requires.",
    "Værdien har ikke den form, MedCom kræver.",
  ),
  "value-length": meaning(
    medcom("MSG_Element_To_Long"),
    "The value is longer than this message allows.",
    "Værdien er længere, end meddelelsen tillader.",
  ),
  "value-out-of-scale": meaning(
    invalid,
    "The score is not a whole number within its scale.",
    "Scoren er ikke et helt tal inden for sin skala.",
  ),
  "time-without-zone": meaning(
    hl7("MSG_DATE_FORMAT"),
    "Give date, time and offset from UTC.",
    "Angiv dato, klokkeslæt og afvigelse fra UTC.",
  ),
  "identifier-unusual": warns(
    meaning(
      hl7("MSG_ID_INVALID"),
      "The identifier is accepted, but is not written as MedCom says.",
      "Identifikationen er accepteret, men er ikke skrevet, som MedCom foreskriver.",
    ),
  ),
  // how it hangs together
  "reference-unresolved": meaning(
    hl7("MSG_LOCAL_FAIL"),
    "The reference points at nothing in the message.",
    "Henvisningen peger ikke på noget i meddelelsen.",
  ),
  "reference-missing": meaning(
    required,
    "The element must point at a resource of the message.",
    "Elementet skal henvise til en ressource i meddelelsen.",
  ),
  "reference-type-wrong": meaning(
    hl7("MSG_RESOURCE_TYPE_MISMATCH"),
    "The reference points at another kind of resource than it may.",
    "Henvisningen peger på en anden slags ressource, end den må.",
  ),
  "resource-required": meaning(
    required,
    "A resource that the message must have is missing.",
    "En ressource, som meddelelsen skal have, mangler.",
  ),
  "resource-repeated": meaning(
    notAllowed,
    "The message has more of these resources than it may.",
    "Meddelelsen har flere af disse ressourcer, end den må.",
  ),
  "id-repeated": meaning(
    hl7("MSG_TRANSACTION_DUPLICATE_ID"),
    "The same identifier stands for two things.",
    "Samme identifikation står for to ting.",
  ),
  "values-disagree": meaning(
    invalid,
    "Elements of the message contradict one another.",
    "Elementer i meddelelsen modsiger hinanden.",
  ),
} as const satisfies Readonly<Record<string, FhirProblemMeaning>>;

export type RuleCode = keyof typeof ruleCodes;
