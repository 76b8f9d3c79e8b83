import { XmlDocument, XmlElement } from "libxml2-wasm";
import type { FormattedText } from "../../contracts/formatted-text.ts";
import type { ClinicalLetter, ClinicalLetterType } from "../../contracts/letters/any-letter.ts";

/**
 * A second reader of the families' letters: for each field of the typed letter the path of its element, written from
 * MedCom's trees and not from the shapes. Each line is a field and a path below the letter's root; `@` marks a date and
 * time, `*` formatted text, `=` MedCom's words for ours.
 */
const party = (field: string, element: string): string => `
  ${field}.gln ${element}/EANIdentifier
  ${field}.identifier.value ${element}/Identifier
  ${field}.identifier.code ${element}/IdentifierCode
  ${field}.organisation ${element}/OrganisationName
  ${field}.department ${element}/DepartmentName
  ${field}.unit ${element}/UnitName
  ${field}.street ${element}/StreetName
  ${field}.suburb ${element}/SuburbName
  ${field}.district ${element}/DistrictName
  ${field}.postCode ${element}/PostCodeIdentifier`;
const head = `
  letterId Letter/Identifier
  version Letter/VersionCode
  type Letter/TypeCode
  statisticalCode Letter/StatisticalCode
  status =Letter/StatusCode nytbrev:new rettetbrev:corrected annulleretbrev:cancelled`;
const episode = "\n  episodeOfCareId Letter/EpisodeOfCareIdentifier\n  authorised @Letter/Authorisation";
const parties = `${party("sender", "Sender")}${party("receiver", "Receiver")}
  sender.phone Sender/TelephoneSubscriberIdentifier
  sender.speciality Sender/MedicalSpecialityCode`;
const citizen = `
  patient.cpr Patient/CivilRegistrationNumber
  patient.alternativeId Patient/AlternativeIdentifier
  patient.surname Patient/PersonSurnameName
  patient.givenName Patient/PersonGivenName
  patient.street Patient/StreetName
  patient.suburb Patient/SuburbName
  patient.district Patient/DistrictName
  patient.postCode Patient/PostCodeIdentifier`;
const relative = `
  relatives.0.relation Relative[1]/RelationCode
  relatives.0.identifier Relative[1]/PersonIdentifier
  relatives.0.surname Relative[1]/PersonSurnameName
  relatives.0.givenName Relative[1]/PersonGivenName
  relatives.1.surname Relative[2]/PersonSurnameName`;
const references = `
  references.0.description Reference[1]/RefDescription
  references.0.target.url Reference[1]/URL
  references.0.target.objectId Reference[1]/BIN/ObjectIdentifier
  references.0.target.code Reference[1]/BIN/ObjectCode
  references.0.target.extension Reference[1]/BIN/ObjectExtensionCode
  references.0.target.sizeBytes Reference[1]/BIN/OriginalObjectSize
  references.1.description Reference[2]/RefDescription`;

const referral = (
  visitation: string,
): string => `${head}${episode}${parties}${citizen}${relative}${references}
  patient.title Patient/PersonTitle
  patient.telephones.0.number Patient/TelephoneSubscriber[1]/TelephoneSubscriberIdentifier
  patient.telephones.0.code Patient/TelephoneSubscriber[1]/TelephoneSubscriberCode
  patient.telephones.2.number Patient/TelephoneSubscriber[3]/TelephoneSubscriberIdentifier
  patient.email Patient/EmailIdentifier
  referrer.name Sender/Referrer/PersonName
  referrer.title Sender/Referrer/PersonTitle
  referrer.identifier.value Sender/Referrer/Identifier
  referrer.identifier.code Sender/Referrer/IdentifierCode
  answerCopyTo.identifier.value AnswerCCReceiver/Identifier
  answerCopyTo.organisation AnswerCCReceiver/OrganisationName
  answerCopyTo.phone AnswerCCReceiver/TelephoneSubscriberIdentifier
  refer.code Referral/Refer/DiagnoseCode
  refer.codeType Referral/Refer/DiagnoseTypeCode
  refer.text Referral/Refer/DiagnoseText
  referralAdditional.0.description Referral/ReferralAdditional[1]/DiagnoseDescriptionCode
  referralAdditional.0.code Referral/ReferralAdditional[1]/DiagnoseCode
  referralAdditional.0.text Referral/ReferralAdditional[1]/DiagnoseText
  referralAdditional.1.text Referral/ReferralAdditional[2]/DiagnoseText
  anamnesis *RelevantClinicalInformation/Anamnesis
  visitation.0.about ${visitation}[1]/InformationCode
  visitation.0.text *${visitation}[1]/Information
  visitation.1.text *${visitation}[2]/Information`;
const hospitalReferral = `${referral("HospitalVisitation")}
  priority AdditionalInformation/Priority
  referralStatus AdditionalInformation/ReferralStatus
  transport AdditionalInformation/Transport
  supplementary *AdditionalInformation/Supplementary
  clinicalReason *AdditionalInformation/ClinicalReason
  hospitalChoice AdditionalInformation/HospitalChoice
  refer.description Referral/Refer/DiagnoseDescriptionCode
  episodesOfCare.0.type Letter/EpisodeOfCare[1]/EpisodeOfCareType
  episodesOfCare.1.id Letter/EpisodeOfCare[2]/EpisodeOfCareIdentifier
  cave *RelevantClinicalInformation/Cave
  examination *RelevantClinicalInformation/Examination
  actualMedicine *RelevantClinicalInformation/ActualMedicine`;

const closing = `${head}${episode}${parties}${citizen}${relative}${references}
  relatives.0.street Relative[1]/StreetName
  patient.occupation Patient/OccupancyText
  contact.identifier.value Sender/Contact/Identifier
  contact.organisation Sender/Contact/OrganisationName
  contact.unit Sender/Contact/UnitName
  copyTo.identifier.value CCReceiver/Identifier
  copyTo.organisation CCReceiver/OrganisationName
  referral.identifier Referral/Identifier
  referral.received @Referral/Received
  referral.refer.code Referral/Refer/DiagnoseCode
  referral.refer.text Referral/Refer/DiagnoseText
  texts.0.text *ClinicalInformation[1]/Text01`;
const hospitalClosing = (first: string, last: string): string => `${closing}
  patient.episodeOfCareStatus Patient/EpisodeOfCareStatusCode
  referral.additional.0.text Referral/ReferalAdditional[1]/DiagnoseText
  from @${first}
  until @${last}
  actionPriority =ActionPriority/ActionPriorityCode Akut:akut Subakut:subakut Rutine:rutine
  recommendation *RecommendedAction/Recommendation
  diagnoses.main.code Diagnose/Main/DiagnoseCode
  diagnoses.main.text Diagnose/Main/DiagnoseText
  diagnoses.mainAdditional.0.text Diagnose/MainAdditional[1]/DiagnoseText
  diagnoses.other.0.description Diagnose/Other[1]/DiagnoseDescriptionCode
  diagnoses.other.0.codeType Diagnose/Other[1]/DiagnoseTypeCode
  diagnoses.other.0.at @Diagnose/Other[1]/DiagnoseDateTime
  diagnoses.other.1.text Diagnose/Other[2]/DiagnoseText
  texts.0.signed.at @ClinicalInformation[1]/Signed
  texts.1.text *ClinicalInformation[2]/Text01
  texts.2.text *ClinicalInformation[3]/Text01
  texts.8.text *ClinicalInformation[9]/Text01`;
const municipalClosing = `${closing}
  specialityName Sender/SpecialityName
  referral.additional.0.text Referral/ReferralAdditional[1]/DiagnoseText
  from @Admission
  until @Discharge
  texts.0.category ClinicalInformation/CategoryCode
  texts.0.signed.date ClinicalInformation/Signed/Date
  texts.0.signed.by ClinicalInformation/Signed/SignedBy
  texts.0.signed.title ClinicalInformation/Signed/JobTitle`;

const notice = `${head}
  authorised @Letter/Authorisation
  notificationId Letter/NotificationIdentifier
  sender.gln Sender/EANIdentifier
  sender.identifier.value Sender/Identifier
  sender.identifier.code Sender/IdentifierCode
  sender.organisation Sender/OrganisationName
  receiver.gln Receiver/EANIdentifier
  receiver.identifier.value Receiver/Identifier
  receiver.organisation Receiver/OrganisationName
  patient.cpr Patient/CivilRegistrationNumber`;
const stay = `${notice}
  patient.status Patient/EpisodeOfCareStatusCode
  sender.department Sender/DepartmentName
  sender.unit Sender/UnitName
  sender.phone Sender/TelephoneSubscriberIdentifier
  answerTo Sender/AnswerTo/EANIdentifier`;

const paths: Readonly<Record<ClinicalLetterType, string>> = {
  XREF01: hospitalReferral,
  XREF02: `${hospitalReferral}\n  firstDateOfPeriod *RelevantClinicalInformation/FirstDateOfPeriod`,
  XREF15: `${referral("MunicipalityVisitation")}\n  category RelevantClinicalInformation/CategoryCode`,
  XREF22: `${referral("MunicipalityVisitation")}
  relatives.0.telephones.0.number Relative[1]/TelephoneSubscriber[1]/TelephoneSubscriberIdentifier`,
  XDIS01: hospitalClosing("Admission", "Discharge"),
  XDIS02: hospitalClosing("OutPatientFirstVisit", "OutPatientLastVisit"),
  XDIS03: hospitalClosing("CasualtyWardFirstVisit", "CasualtyWardLastVisit"),
  XDIS15: municipalClosing,
  XDIS22: municipalClosing,
  XDIS13: `${head}${episode}${parties}${citizen}
  patient.episodeOfCareStatus Patient/EpisodeOfCareStatusCode
  contact.unit Sender/Contact/UnitName
  referral.identifier Referral/Identifier
  referral.received @Referral/Received
  appointment @Confirmation
  note ClinicalInformation/Text03`,
  XDIS14: `${notice}
  receiver.department Receiver/DepartmentName
  contacts.0.names.0 Sender/ContactInformation[1]/ContactName[1]
  contacts.0.names.1 Sender/ContactInformation[1]/ContactName[2]
  contacts.0.phone Sender/ContactInformation[1]/TelephoneSubscriberIdentifier
  contacts.0.hours Sender/ContactInformation[1]/ContactTimeText
  contacts.1.names.0 Sender/ContactInformation[2]/ContactName[1]`,
  XDIS17: `${stay}\n  at @Discharge`,
  XDIS20: `${stay}\n  at @Admission`,
};

export type PathLine = { field: string; mark: string; path: string; words: Record<string, string> };
export const pathsOf = (type: ClinicalLetterType): PathLine[] =>
  paths[type]
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [field = "", marked = "", ...words] = line.trim().split(" ");
      const mark = /^[@*=]/.exec(marked)?.[0] ?? "";
      return {
        field,
        mark,
        path: marked.slice(mark.length),
        words: Object.fromEntries(words.map((word) => word.split(":") as [string, string])),
      };
    });

/** Formatted text as its characters, and how many of each element it has. */
type Told = { text: string; elements: Record<string, number> };

const elementNames = ["Break", "Space", "Bold", "Italic", "Underline", "Center", "Right", "FixedFont"];
const toldOf = (node: XmlElement, ns: { m: string }): Told => ({
  text: node.content,
  elements: Object.fromEntries(
    elementNames
      .map((name) => [name, node.find(`.//m:${name}`, ns).length] as const)
      .filter(([, count]) => count > 0),
  ),
});
const toldRuns = (runs: FormattedText): Told => {
  const told: Told = { text: "", elements: {} };
  const walk = (inner: FormattedText): void => {
    for (const run of inner) {
      if (typeof run === "string") told.text += run;
      else {
        told.elements[run.el] = (told.elements[run.el] ?? 0) + 1;
        if ("runs" in run) walk(run.runs);
      }
    }
  };
  walk(runs);
  return told;
};

const joined = (node: XmlElement, ns: { m: string }): string => {
  const [date, time] = node.find("./*", ns).map((part) => part.content);
  return `${date ?? ""}T${time ?? ""}`;
};

/** What libxml2 finds of a letter: by field, `undefined` where there is no element. */
export const readByPaths = (bytes: Uint8Array, type: ClinicalLetterType): Record<string, unknown> => {
  const document = XmlDocument.fromBuffer(bytes);
  try {
    const ns = { m: document.root.namespaceUri };
    const root = document.get("/m:Emessage/*[2]", ns);
    if (!(root instanceof XmlElement)) throw new Error("no letter");
    const found = pathsOf(type).map(({ field, mark, path, words }) => {
      const node = root.get(path.replaceAll(/(^|\/)(?=[A-Z])/g, "$1m:"), ns);
      if (!(node instanceof XmlElement)) return [field, undefined] as const;
      if (mark === "*") return [field, toldOf(node, ns)] as const;
      if (mark === "@") return [field, joined(node, ns)] as const;
      return [field, mark === "=" ? words[node.content] : node.content] as const;
    });
    return Object.fromEntries(found) as Record<string, unknown>;
  } finally {
    document.dispose();
  }
};

/** The same fields of a typed letter. */
export const readByFields = (letter: ClinicalLetter): Record<string, unknown> =>
  Object.fromEntries(
    pathsOf(letter.type).map(({ field }) => {
      const value = field
        .split(".")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], letter) as
        | string
        | number
        | FormattedText
        | undefined;
      if (value === undefined) return [field, undefined] as const;
      return [field, typeof value === "object" ? toldRuns(value) : String(value)] as const;
    }),
  );
