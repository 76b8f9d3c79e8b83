import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { ReferralContent } from "../../../contracts/messages/referral-content.ts";
import { dayInWords, field, lines, person, type Saying, section, timeInWords } from "./words.ts";

/** What a referral says that MedCom's letter has no element for, as text under headings: nothing is left behind. */

type Section = FormattedText | undefined;
type Time = Pick<Saying, "localTime">;

const examinations: Readonly<Record<string, string>> = {
  "ultrasound-abdomen": "UL abdomen",
  "ct-abdomen": "CT abdomen",
  "ct-thorax": "CT thorax",
};
/** The directory's words for what offers are about; one that a region adds is told as it stands. */
const topics: Readonly<Record<string, string>> = {
  smoking: "Rygestop",
  alcohol: "Alkohol",
  diet: "Kost",
  diabetes: "Diabetes",
  copd: "KOL",
  exercise: "Motion",
  "mental-health": "Mental sundhed",
};
const categories: Readonly<Record<string, string>> = {
  social: "social",
  aeldre_omsorg: "ældre og omsorg",
  sundhedspleje: "sundhedspleje",
};
const priorities: Readonly<Record<string, string>> = {
  elektiv: "elektiv",
  akut: "akut",
  saerlige_forhold: "særlige forhold",
};
const transports: Readonly<Record<string, string>> = {
  ingen: "ingen",
  liggende: "liggende",
  siddende: "siddende",
};
const forms: Readonly<Record<string, string>> = {
  ambulant: "ambulant",
  indlaeggelse: "indlæggelse",
  hjemmet: "i hjemmet",
};
const relations: Readonly<Record<string, string>> = {
  uspec_paaroerende: "Pårørende",
  mor: "Mor",
  far: "Far",
  barn: "Barn",
  soen: "Søn",
  datter: "Datter",
  samlevende: "Samlevende",
  aegtefaelle: "Ægtefælle",
};

const worded = (words: Readonly<Record<string, string>>, code: string | undefined): string | undefined =>
  code === undefined ? undefined : (words[code] ?? code);

const imagingSections = ({ imaging }: ReferralContent): Section[] =>
  imaging === undefined
    ? []
    : [
        section("Ønsket undersøgelse", worded(examinations, imaging.examination)),
        section(
          "eGFR",
          imaging.egfr === undefined
            ? undefined
            : `${imaging.egfr.value} mL/min/1,73 m² (målt ${dayInWords(imaging.egfr.measuredOn)})`,
        ),
        section("Tidligere undersøgelser", imaging.earlierTests),
      ];

const psychiatrySections = ({ psychiatry }: ReferralContent): Section[] => {
  if (psychiatry === undefined) return [];
  const { somaticWorkUp: workUp } = psychiatry;
  return [
    section(
      "Somatisk udredning",
      workUp === undefined
        ? undefined
        : lines(
            workUp.status === "finished" ? "Afsluttet." : "Ikke afsluttet.",
            workUp.result,
            field("Lægen svarer på spørgsmål på", workUp.callBackNumber),
          ),
    ),
    section("Aktuelle symptomer", psychiatry.symptoms),
    section("Tidligere psykisk sygdom", psychiatry.earlierIllness),
    section("Motivation", psychiatry.motivation),
    section("Sociale forhold", psychiatry.social),
    section("Misbrug", psychiatry.misuse),
    section("Forældre og forældremyndighed", psychiatry.parents),
  ];
};

const preventionSections = ({ prevention }: ReferralContent): Section[] => {
  if (prevention === undefined) return [];
  const { topic, category, consent } = prevention;
  const given = [
    consent?.by === undefined
      ? undefined
      : `${consent.given === false ? "nægtet" : "givet"} af ${consent.by}`,
    consent?.on === undefined ? undefined : dayInWords(consent.on),
  ].filter((part) => part !== undefined);
  return [
    section("Emne", worded(topics, topic)),
    section("Kategori", worded(categories, category)),
    section("Samtykke", given.join(", ")),
  ];
};

type Call = NonNullable<NonNullable<ReferralContent["acuteTeam"]>["call"]>;

/** The call that came first, as far as it is told. */
const callText = ({ at, by, number, answeredBy }: Call, time: Time): string =>
  [
    at === undefined ? undefined : `ringet ${timeInWords(at, time)}`,
    by === undefined ? undefined : `af ${by}`,
    number === undefined ? undefined : `til ${number}`,
    answeredBy === undefined ? undefined : `talt med ${answeredBy}`,
  ]
    .filter((part) => part !== undefined)
    .join(", ");

const acuteSections = ({ acuteTeam }: ReferralContent, time: Time): Section[] => {
  if (acuteTeam === undefined) return [];
  const { urgency, call, directNumber, responsible, substitute, frameworkDelegation } = acuteTeam;
  const until = substitute?.until === undefined ? undefined : `til ${timeInWords(substitute.until, time)}`;
  const inPlace = [substitute === undefined ? "" : person(substitute), until].filter(Boolean).join(", ");
  return [
    section("Hastegrad", urgency === "acute" ? "Akut" : "Subakut: samme eller næste dag"),
    section("Telefonisk aftale", callText(call ?? {}, time)),
    section("Direkte nummer til lægen", directNumber),
    section("Behandlingsansvarlig", person(responsible ?? {})),
    section("Stedfortræder", inPlace),
    section("Rammedelegation", frameworkDelegation ? "Henvist efter rammedelegation." : undefined),
  ];
};

const cancerSections = ({ cancer }: ReferralContent): Section[] => [
  section("Kræftpakke", cancer?.package),
  section("Mistanken bygger på", cancer?.suspicion),
];

/** What no version of MedCom's referrals has an element for. */
export const withoutElement = (content: ReferralContent, time: Time): Section[] => [
  ...acuteSections(content, time),
  ...imagingSections(content),
  ...cancerSections(content),
  ...psychiatrySections(content),
  ...preventionSections(content),
  section("Prøvesvar", content.results),
  section("Andre sygdomme", content.comorbidity),
  section("Tolk", content.interpreterLanguage),
  section("Særlige hensyn", content.specialNeeds),
  section("Bopælskommune (kode)", content.municipality),
];

/** What a person is to a relative, with all ways to reach them. */
const relativeLine = (relative: ReferralContent["relatives"][number]): string => {
  const { relation, givenName, surname, identifier, telephones, street, suburb, postCode, district } =
    relative;
  const place = [street, suburb, [postCode, district].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return [
    `${relations[relation] ?? relation} ${[givenName, surname].filter(Boolean).join(" ")}`,
    identifier,
    ...telephones.map(({ number, code }) => `tlf. ${number} (${code})`),
    place,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");
};

export const relativesSection = (relatives: ReferralContent["relatives"]): Section =>
  section("Pårørende", lines(...relatives.map(relativeLine)));

/** What the hospitals' letter has in versions that are not written here. */
export const ofLaterVersions = ({
  referralStatus,
  hospitalChoice,
  episodesOfCare,
  refer,
}: ReferralContent): Section[] => [
  section("Form", referralStatus === "hjemmet" ? forms["hjemmet"] : undefined),
  section("Frit sygehusvalg (SKS)", hospitalChoice),
  section("Sygdom", refer === undefined ? undefined : newOrSame[refer.description ?? ""]),
  section("Forløb", (episodesOfCare ?? []).map(({ type, id }) => `${type}: ${id}`).join("; ")),
];
const newOrSame: Readonly<Record<string, string>> = {
  henv_diagnose_ny_sygdom: "Henvisningsdiagnosen er en ny sygdom.",
  henv_diagnose_samme_sygdom: "Henvisningsdiagnosen er samme sygdom som før.",
};

/** What the municipalities' letters have one text for, and the hospitals' several elements. */
export const ofOneText = (content: ReferralContent): Section[] => [
  section("Årsag til henvisning", content.clinicalReason),
  section("Anamnese", content.anamnesis),
  section("CAVE", content.cave),
  section("Objektiv undersøgelse", content.examination),
  section("Aktuel medicin", content.actualMedicine),
  section("Supplerende", content.supplementary),
  section("Prioritet", worded(priorities, content.priority)),
  section("Form", content.referralStatus === "hjemmet" ? undefined : worded(forms, content.referralStatus)),
  section("Transport", worded(transports, content.transport)),
];

/** Sections one after the other, a blank line between. */
export const sections = (...parts: readonly Section[]): FormattedText | undefined => {
  const there = parts.filter((part) => part !== undefined && part.length > 0);
  if (there.length === 0) return undefined;
  return there.flatMap(
    (part, i): FormattedText => [
      ...(i === 0 ? [] : [{ el: "Break" as const }, { el: "Break" as const }]),
      ...(part ?? []),
    ],
  );
};
