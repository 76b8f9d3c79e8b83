/** A code of the value set medcom-acknowledgement-issue-details (MedCom terminology 2.0.2), as an acknowledgement says it. */
export interface AcknowledgementCode {
  readonly system: string;
  readonly code: string;
}

export type Severity = "error" | "warning";

/** What a code of the hub means: how serious it is, what an acknowledgement calls it, and its meaning in one line. */
export interface FhirProblemMeaning {
  readonly severity: Severity;
  readonly acknowledgement: AcknowledgementCode;
  readonly da: string;
  readonly en: string;
}

/** HL7's own codes of outcomes, of which MedCom allows 28. */
export const hl7 = (code: string): AcknowledgementCode => ({
  system: "http://terminology.hl7.org/CodeSystem/operation-outcome",
  code,
});

/** MedCom's codes, spelled as MedCom spells them. */
export const medcom = (code: string): AcknowledgementCode => ({
  system: "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-acknowledgement-error-codes",
  code,
});

type Words = readonly [en: string, da: string];
const error = (acknowledgement: AcknowledgementCode, [en, da]: Words): FhirProblemMeaning => ({
  severity: "error",
  acknowledgement,
  en,
  da,
});
const warning = (acknowledgement: AcknowledgementCode, words: Words): FhirProblemMeaning => ({
  ...error(acknowledgement, words),
  severity: "warning",
});

const syntax = hl7("MSG_BAD_SYNTAX");
const format = hl7("MSG_BAD_FORMAT");
const unknown = hl7("MSG_PARAM_UNKNOWN");
const once = hl7("MSG_PARAM_NO_REPEAT");
const required = hl7("MSG_RESOURCE_REQUIRED");
const datatype = medcom("MSG_Datatype_Wrong");
const tooLong = medcom("MSG_Element_To_Long");

/** Every code that the reading of FHIR finds. Codes are stable; texts may be bettered. */
export const readingCodes = {
  // the document
  "document-too-large": error(tooLong, [
    "The document is larger than the limit.",
    "Dokumentet er større end grænsen.",
  ]),
  "document-too-costly": error(tooLong, [
    "The document took too much time or memory to read.",
    "Dokumentet tog for lang tid eller fyldte for meget at læse.",
  ]),
  "document-too-deep": error(syntax, [
    "The document is nested too deeply or has too many elements.",
    "Dokumentet er for dybt eller har for mange elementer.",
  ]),
  "encoding-unknown": error(syntax, [
    "The encoding is unknown or the bytes do not fit it: FHIR is UTF-8.",
    "Tegnsættet er ukendt eller passer ikke til dokumentet: FHIR er UTF-8.",
  ]),
  "format-unknown": error(syntax, [
    "The document is neither XML nor JSON.",
    "Dokumentet er hverken XML eller JSON.",
  ]),
  "format-differs": warning(syntax, [
    "The document is not of the format that its media type says; it is read as what it is.",
    "Dokumentet har ikke det format, som medietypen angiver; det læses som det, det er.",
  ]),
  "xml-malformed": error(syntax, ["The bytes are not well-formed XML.", "Dokumentet er ikke velformet XML."]),
  "xml-forbidden": error(syntax, [
    "A DTD, an entity or an external reference is not allowed.",
    "DTD, entiteter og eksterne referencer er ikke tilladt.",
  ]),
  "json-malformed": error(syntax, ["The bytes are not JSON.", "Dokumentet er ikke JSON."]),
  "namespace-wrong": error(hl7("MSG_WRONG_NS"), [
    "The element is not in the namespace of FHIR.",
    "Elementet er ikke i FHIRs namespace.",
  ]),
  "resource-type-unknown": error(hl7("MSG_UNKNOWN_TYPE"), [
    "This is no resource type of FHIR R4.",
    "Det er ikke en ressourcetype i FHIR R4.",
  ]),
  "resource-type-missing": error(required, [
    "A resource without resourceType.",
    "En ressource uden resourceType.",
  ]),
  // elements
  "element-unknown": warning(unknown, [
    "FHIR R4 has no such element here; it is left out.",
    "FHIR R4 har ikke dette element her; det er udeladt.",
  ]),
  "attribute-unknown": warning(unknown, [
    "FHIR has no such attribute here; it is left out.",
    "FHIR har ikke denne attribut her; den er udeladt.",
  ]),
  "text-unexpected": warning(syntax, [
    "Text between elements is not FHIR; it is left out.",
    "Tekst mellem elementer er ikke FHIR; den er udeladt.",
  ]),
  "element-order": warning(syntax, [
    "The element comes later than its definition places it; it is read.",
    "Elementet kommer senere end dets definition angiver; det er læst.",
  ]),
  "element-missing": error(required, [
    "An element that FHIR R4 requires is missing.",
    "Et element, som FHIR R4 kræver, mangler.",
  ]),
  "element-empty": error(syntax, [
    "An element must have a value or a content.",
    "Et element skal have en værdi eller et indhold.",
  ]),
  "element-repeated": error(once, [
    "The element is there more than once.",
    "Elementet er der mere end én gang.",
  ]),
  "choice-repeated": error(once, [
    "The value is given as more than one type.",
    "Værdien er angivet som mere end én type.",
  ]),
  "name-repeated": error(syntax, [
    "A name is there twice in one JSON object.",
    "Et navn er der to gange i et JSON-objekt.",
  ]),
  "object-expected": error(hl7("MSG_JSON_OBJECT"), [
    "A JSON object should be here.",
    "Her skal være et JSON-objekt.",
  ]),
  "array-expected": error(datatype, [
    "The element may repeat and is a JSON array even when it is one.",
    "Elementet kan gentages og er et JSON-array, også når der kun er ét.",
  ]),
  "array-unexpected": error(datatype, [
    "The element may not repeat and is no JSON array.",
    "Elementet kan ikke gentages og er ikke et JSON-array.",
  ]),
  "arrays-differ": warning(syntax, [
    "An array of values and that of their extensions are of different lengths; null fills them.",
    "Et array af værdier og det af deres udvidelser er ikke lige lange; null udfylder dem.",
  ]),
  // values
  "type-wrong": error(datatype, [
    "The value is not of the type of its element.",
    "Værdien har ikke den type, elementet har.",
  ]),
  "value-format": error(format, [
    "The value does not have the format of its type.",
    "Værdien har ikke det format, som typen har.",
  ]),
  "value-too-long": error(tooLong, [
    "The value is longer than FHIR allows.",
    "Værdien er længere end FHIR tillader.",
  ]),
  "date-format": error(hl7("MSG_DATE_FORMAT"), [
    "The date or time does not have the format of its type, or does not exist.",
    "Datoen eller tidspunktet har ikke det format, som typen har, eller findes ikke.",
  ]),
  "id-invalid": error(hl7("MSG_INVALID_ID"), [
    "An id has letters, digits, hyphens and points only.",
    "Et id har kun bogstaver, cifre, bindestreger og punktummer.",
  ]),
  "id-too-long": error(hl7("MSG_ID_TOO_LONG"), [
    "An id has at most 64 characters.",
    "Et id har højst 64 tegn.",
  ]),
  "character-forbidden": error(syntax, [
    "A character that FHIR does not allow in text.",
    "Et tegn, som FHIR ikke tillader i tekst.",
  ]),
  "base64-invalid": error(format, ["The value is not base64.", "Værdien er ikke base64."]),
  "narrative-malformed": error(format, [
    "The narrative is not one well-formed XHTML div.",
    "Fortællingen er ikke ét velformet XHTML-div.",
  ]),
  "narrative-forbidden": error(format, [
    "The narrative has an element, an attribute or a reference that FHIR does not allow in it.",
    "Fortællingen har et element, en attribut eller en reference, som FHIR ikke tillader i den.",
  ]),
  "narrative-empty": error(format, ["The narrative says nothing.", "Fortællingen er tom."]),
} as const satisfies Readonly<Record<string, FhirProblemMeaning>>;

export type ReadingCode = keyof typeof readingCodes;
