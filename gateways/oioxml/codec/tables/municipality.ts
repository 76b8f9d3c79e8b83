import {
  dateTime,
  type ElementSpec,
  element,
  formatted,
  type Group,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import { visitationNotes } from "./hospital-referral.ts";
import {
  contact,
  copyReceiver,
  described,
  descriptions2005,
  descriptions2019,
  diagnosis,
  diagnosisCode,
  letterHead,
  letterPatient,
  municipalParties,
  municipalSpeciality,
  names,
  objects2005,
  objects2019,
  organisationName,
  receiver,
  references,
  referredPatient,
  referrer,
  relations2016,
  relations2019,
  relatives,
  sender,
} from "./shared.ts";

/** Referrals to municipalities and the letters that close them: XREF15 and XDIS15 (prevention), XREF22 and XDIS22 (acute team). */

const episode = text("EpisodeOfCareIdentifier", 35);
const department = [
  element("DepartmentName", { kind: "text", min: 1, max: 35, fallback: "_" }),
  optional(text("UnitName", 35)),
];
const category = list("CategoryCode", ["social", "aeldre_omsorg", "sundhedspleje"]);

/** What 2016/12/01 and 2020/05/06 differ in. */
interface Edition {
  readonly department: readonly ElementSpec[];
  readonly category: readonly ElementSpec[];
  /** The code of the diagnosis that is referred for. */
  readonly code: ElementSpec;
}
const edition2016: Edition = { department: names, category: [], code: optional(diagnosisCode) };
const edition2020: Edition = { department, category: [category], code: diagnosisCode };

const additional2005 = repeated(
  group("ReferralAdditional", described(descriptions2005), ...diagnosis(optional(diagnosisCode))),
  0,
  5,
);

const municipalityReferral = (versionCode: string, edition: Edition): Group => {
  const refer = group("Refer", ...diagnosis(edition.code));
  return groupOf(
    letterHead({ version: versionCode, type: "XREF15" }, episode),
    sender(municipalParties, referrer(municipalParties)),
    receiver(municipalParties, optional(organisationName), edition.department),
    copyReceiver("AnswerCCReceiver", municipalParties, { phoned: true }),
    referredPatient,
    relatives(1, relations2016),
    optional(group("Referral", edition.category.length > 0 ? refer : optional(refer), additional2005)),
    optional(
      group(
        "RelevantClinicalInformation",
        ...edition.category,
        optional(formatted("Anamnesis", "formatted")),
      ),
    ),
    references(objects2005),
    visitationNotes("MunicipalityVisitation"),
  );
};

/** XREF15, XH1530R (MedCom MunicipalityReferral.xsd 2016/12/01) and XH1531R (2020/05/06). */
export const municipalityReferral2016 = municipalityReferral("XH1530R", edition2016);
export const municipalityReferral2020 = municipalityReferral("XH1531R", edition2020);

/** The referral that a closing letter answers. */
const answered = (code: ElementSpec, additional: ElementSpec): ElementSpec =>
  optional(
    group(
      "Referral",
      optional(text("Identifier", 35)),
      dateTime("Received"),
      optional(group("Refer", ...diagnosis(code))),
      additional,
    ),
  );

/** Day, name and title of who signed. */
const signed = (...by: readonly ElementSpec[]): ElementSpec =>
  optional(group("Signed", optional(element("Date", { kind: "date" })), ...by));

const municipalityLetter = (versionCode: string, edition: Edition): Group =>
  groupOf(
    letterHead({ version: versionCode, type: "XDIS15" }, episode),
    sender(
      municipalParties,
      element("SpecialityName", { kind: "text", min: 1, max: 35, fallback: "_" }),
      contact(municipalParties),
    ),
    receiver(municipalParties, optional(organisationName), edition.department),
    copyReceiver("CCReceiver", municipalParties),
    letterPatient(0),
    relatives(2, relations2016, { address: true }),
    answered(edition.code, additional2005),
    optional(dateTime("Admission")),
    optional(dateTime("Discharge")),
    optional(
      group(
        "ClinicalInformation",
        ...edition.category,
        signed(optional(text("SignedBy", 70)), optional(text("JobTitle", 70))),
        formatted("Text01", "formatted"),
      ),
    ),
    references(objects2005),
  );

/** XDIS15, XD1530L (MedCom MunicipalityLetter.xsd 2016/12/01) and XD1531L (2020/05/06). */
export const municipalityLetter2016 = municipalityLetter("XD1530L", edition2016);
export const municipalityLetter2020 = municipalityLetter("XD1531L", edition2020);

/** XREF22, XH2230R (MedCom EmergencyMunicipalityReferral.xsd 2019/03/31). It is never corrected: a new one is sent. */
export const emergencyMunicipalityReferral2019 = groupOf(
  letterHead({ version: "XH2230R", type: "XREF22", statuses: ["nytbrev"] }, episode),
  sender(municipalParties, municipalSpeciality, referrer(municipalParties)),
  receiver(municipalParties, organisationName),
  copyReceiver("AnswerCCReceiver", municipalParties, { phoned: true, organisation: organisationName }),
  referredPatient,
  relatives(5, relations2019, { telephones: true }),
  group(
    "Referral",
    group("Refer", ...diagnosis()),
    repeated(group("ReferralAdditional", described(descriptions2019), ...diagnosis()), 0, 5),
  ),
  group("RelevantClinicalInformation", formatted("Anamnesis", "formatted")),
  references(objects2019),
  visitationNotes("MunicipalityVisitation"),
);

/** XDIS22, XD2230L (MedCom EmergencyMunicipalityLetter.xsd 2019/03/31). */
export const emergencyMunicipalityLetter2019 = groupOf(
  letterHead({ version: "XD2230L", type: "XDIS22" }),
  sender(municipalParties, contact(municipalParties)),
  receiver(municipalParties, organisationName),
  copyReceiver("CCReceiver", municipalParties, { organisation: organisationName }),
  letterPatient(0),
  relatives(5, relations2019, { telephones: true, address: true }),
  answered(diagnosisCode, repeated(group("ReferralAdditional", ...diagnosis()), 0, 5)),
  optional(dateTime("Admission")),
  optional(dateTime("Discharge")),
  group(
    "ClinicalInformation",
    signed(text("SignedBy", 70), text("JobTitle", 70)),
    formatted("Text01", "formatted"),
  ),
  references(objects2019),
);
