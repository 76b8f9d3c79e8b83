import { codeSystem, codesIn, type FhirCode, type FhirValueSet, valueSet } from "./fhir-code.ts";

/** What an answer may say (MedCom terminology 2.0.2, acknowledgement 2.0.3; guide to MedCom FHIR, section 6). */

/** MedCom's own reasons, spelled as MedCom spells them. */
export const acknowledgementErrorCodes: readonly FhirCode[] = codesIn(
  codeSystem("medcom-acknowledgement-error-codes"),
  [
    [
      "MSG_Receiver_Identifier_UNKNOWN",
      "Receiver identifier unknown",
      "Modtagerens identifikation er ukendt",
    ],
    ["MSG_Receiver_Identifier_MISSING", "Receiver identifier missing", "Modtagerens identifikation mangler"],
    [
      "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE",
      "Receiver unable to receive this message type",
      "Modtageren kan ikke modtage denne meddelelsestype",
    ],
    [
      "MSG_VALUESET_VALUE_UNKNOWN",
      "The value provided is not in the valueSet",
      "Værdien findes ikke i værdisættet",
    ],
    [
      "MSG_CodeSystem_VALUE_UNKNOWN",
      "The value provided is not in the CodeSystem",
      "Værdien findes ikke i kodesystemet",
    ],
    ["MSG_Element_To_Long", "The value of the element is to long", "Elementets værdi er for lang"],
    ["MSG_Datatype_Wrong", "The data type is wrong", "Datatypen er forkert"],
    [
      "MSG_Mailbox_Out_Of_Operation",
      "The mailbox is temporary out of operation",
      "Postkassen er midlertidigt ude af drift",
    ],
    [
      "MSG_Damaged_durin_transport",
      "The message has been damaged during trasport",
      "Meddelelsen er blevet beskadiget undervejs",
    ],
  ],
);

/** Those of HL7's that MedCom has chosen. */
export const operationOutcomeCodes: readonly FhirCode[] = codesIn(
  "http://terminology.hl7.org/CodeSystem/operation-outcome",
  [
    ["MSG_ID_INVALID", "Id not accepted", "Id accepteres ikke"],
    ["MSG_ID_TOO_LONG", "Id too long (length limit 36)", "Id er for langt"],
    [
      "MSG_BAD_FORMAT",
      "Bad syntax: content must be of the given format",
      "Indholdet har ikke det krævede format",
    ],
    ["MSG_BAD_SYNTAX", "Bad syntax", "Syntaksfejl"],
    [
      "MSG_DATE_FORMAT",
      "The date value is not in the correct format (XML date format required)",
      "Datoen har ikke det rette format",
    ],
    ["MSG_DUPLICATE_ID", "Duplicate id", "Id er brugt før"],
    ["MSG_INVALID_ID", "Id not accepted", "Id accepteres ikke"],
    ["MSG_JSON_OBJECT", "Element is not an object", "Elementet er ikke et JSON-objekt"],
    [
      "MSG_LOCAL_FAIL",
      "Unable to resolve local reference",
      "En henvisning i meddelelsen fører ingen steder hen",
    ],
    ["MSG_NO_MATCH", "No resource found matching the query", "Ingen ressource passer til forespørgslen"],
    ["MSG_NO_EXIST", "Resource id does not exist", "Der findes ingen ressource med det id"],
    ["MSG_NO_SUMMARY", "No summary for this resource", "Ressourcen har ikke noget sammendrag"],
    ["MSG_PARAM_INVALID", "Parameter content is invalid", "Indholdet er ugyldigt"],
    ["MSG_PARAM_NO_REPEAT", "Parameter is not allowed to repeat", "Elementet må ikke gentages"],
    ["MSG_PARAM_UNKNOWN", "Parameter is not understood", "Elementet forstås ikke"],
    ["MSG_RESOURCE_ID_MISMATCH", "Resource id mismatch", "Ressourcens id passer ikke"],
    ["MSG_RESOURCE_ID_FAIL", "Unable to allocate resource id", "Ressourcen kunne ikke få et id"],
    ["MSG_RESOURCE_ID_MISSING", "Resource id missing", "Ressourcens id mangler"],
    [
      "MSG_RESOURCE_NOT_ALLOWED",
      "Not allowed to submit a resource for this operation",
      "Ressourcen er ikke tilladt her",
    ],
    ["MSG_RESOURCE_REQUIRED", "A resource is required", "En ressource mangler"],
    ["MSG_RESOURCE_TYPE_MISMATCH", "Resource type mismatch", "Ressourcen har en forkert type"],
    ["MSG_TRANSACTION_DUPLICATE_ID", "Duplicate identifier in transaction", "Samme identifikation to gange"],
    ["MSG_TRANSACTION_MISSING_ID", "Missing identifier in transaction", "Identifikation mangler"],
    ["MSG_UNKNOWN_TYPE", "Resource type is not recognised", "Ressourcetypen kendes ikke"],
    [
      "MSG_VERSION_AWARE",
      "Version aware updates are required for this resource",
      "Ressourcen kræver versioner",
    ],
    ["MSG_VERSION_AWARE_CONFLICT", "Update conflict", "Opdateringen er i konflikt med en anden"],
    ["MSG_VERSION_AWARE_URL", "Version specific url not recognised", "Adressen på versionen kendes ikke"],
    [
      "MSG_WRONG_NS",
      "This does not appear to be a FHIR element or resource (wrong namespace)",
      "Det ligner ikke FHIR (forkert navnerum)",
    ],
  ],
);

export const issueDetails: FhirValueSet = valueSet("medcom-acknowledgement-issue-details", [
  ...operationOutcomeCodes,
  ...acknowledgementErrorCodes,
]);

/** ok: received (AA); transient-error: a fault at the receiver, another answer follows (AR); fatal-error: refused (AE). */
export const responseCodes: FhirValueSet = {
  url: "http://hl7.org/fhir/ValueSet/response-code",
  codes: codesIn("http://hl7.org/fhir/response-code", [
    ["ok", "OK", "Modtaget"],
    ["transient-error", "Transient Error", "Midlertidig fejl"],
    ["fatal-error", "Fatal Error", "Fejl"],
  ]),
};
