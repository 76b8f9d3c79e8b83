/** Which fields a referral has, as the hub's own rules ask for them by kind and receiver (GET /v1/referral-rules). Pure. */
import type { ReferralRule } from "../../../../../../contracts/messages/hub-rules.ts";
import type { ReferralKind } from "../../../../../../contracts/messages/referral-content.ts";
import { textOf, type Values } from "../../forms/body-of.ts";
import {
  files,
  lineAt,
  longAt,
  momentAt,
  nowAt,
  personAt,
  phoneAt,
  todayAt,
} from "../../forms/described/fields.ts";
import { both, type Field, option } from "../../forms/described/form.ts";

const choice = (
  name: string,
  [da, en]: readonly [string, string],
  options: readonly [string, string, string][],
): Field => ({
  kind: "choice",
  name,
  label: both(da, en),
  options: options.map((each) => option(...each)),
});

/** Every field that a referral can have here, in the order that it is asked. */
const known: readonly Field[] = [
  choice(
    "imaging.examination",
    ["Undersøgelse", "Examination"],
    [
      ["ultrasound-abdomen", "UL abdomen", "Ultrasound abdomen"],
      ["ct-abdomen", "CT abdomen", "CT abdomen"],
      ["ct-thorax", "CT thorax", "CT thorax"],
    ],
  ),
  lineAt("cancer.package", ["Kræftpakke", "Cancer package"]),
  longAt("cancer.suspicion", ["Hvad mistanken bygger på", "What the suspicion rests on"]),
  lineAt("municipality", ["Bopælskommune (kode, fx 0890)", "Municipality (code, e.g. 0890)"], 4),
  lineAt("prevention.topic", ["Hvad det drejer sig om, fx smoking", "What it is about, e.g. smoking"], 40),
  choice(
    "prevention.category",
    ["Kategori", "Category"],
    [
      ["social", "Social", "Social"],
      ["aeldre_omsorg", "Ældre og omsorg", "Elderly and care"],
      ["sundhedspleje", "Sundhedspleje", "Health nursing"],
    ],
  ),
  longAt("clinicalReason", ["Hvad der spørges om, og hvorfor", "What is asked, and why"], 10_000),
  lineAt("refer.text", ["Henvisningsdiagnose", "Referral diagnosis"]),
  lineAt("refer.code", ["Diagnosekode (SKS)", "Code (SKS)"], 17),
  choice(
    "priority",
    ["Hvor hurtigt", "How soon"],
    [
      ["elektiv", "Elektivt", "Elective"],
      ["akut", "Akut", "Acute"],
      ["saerlige_forhold", "Særlige forhold", "Special circumstances"],
    ],
  ),
  choice(
    "referralStatus",
    ["Form", "Form"],
    [
      ["ambulant", "Ambulant", "Out-patient"],
      ["indlaeggelse", "Indlæggelse", "Admission"],
      ["hjemmet", "I hjemmet", "At home"],
    ],
  ),
  longAt("anamnesis", ["Sygehistorie", "History"], 10_000),
  longAt("examination", ["Objektive fund", "Findings"], 10_000),
  longAt("results", ["Prøvesvar", "Results"], 10_000),
  longAt("actualMedicine", ["Aktuel medicin (FMK)", "Present medicine"], 10_000),
  longAt("cave", ["CAVE (skriv også, når der ingen er)", "CAVE (also when there is none)"]),
  lineAt("imaging.egfr.value", ["eGFR", "eGFR"], 10),
  todayAt("imaging.egfr.measuredOn", "eGFR målt den", "eGFR measured on"),
  longAt("imaging.earlierTests", ["Tidligere undersøgelser", "Earlier tests"]),
  choice(
    "psychiatry.somaticWorkUp.status",
    ["Somatisk udredning", "Somatic work-up"],
    [
      ["finished", "Afsluttet", "Finished"],
      ["not-finished", "Ikke afsluttet", "Not finished"],
    ],
  ),
  longAt("psychiatry.somaticWorkUp.result", ["Resultat af udredningen", "Result of the work-up"]),
  phoneAt(
    "psychiatry.somaticWorkUp.callBackNumber",
    "Nummer, hvor lægen svarer",
    "Number where the doctor answers",
  ),
  longAt("psychiatry.symptoms", ["Symptomer", "Symptoms"]),
  longAt("psychiatry.earlierIllness", ["Tidligere sygdom", "Earlier illness"]),
  longAt("psychiatry.motivation", ["Motivation", "Motivation"]),
  longAt("psychiatry.social", ["Sociale forhold", "Social matters"]),
  longAt("psychiatry.misuse", ["Misbrug", "Misuse"]),
  longAt("psychiatry.parents", ["Forældre og forældremyndighed", "Parents and custody"]),
  personAt("prevention.consent.by", "Hvem har givet samtykke", "Who gave consent"),
  todayAt("prevention.consent.on", "Samtykke givet den", "Consent given on"),
  nowAt("acuteTeam.call.at", "Ringet", "Phoned at"),
  personAt("acuteTeam.call.by", "Hvem ringede", "Who phoned"),
  phoneAt("acuteTeam.call.number", "Nummer, der blev ringet til", "Number that was called"),
  lineAt("acuteTeam.call.answeredBy", ["Hvem tog telefonen", "Who answered"]),
  phoneAt("acuteTeam.directNumber", "Bag-om-nummer", "Direct number"),
  personAt("acuteTeam.responsible.name", "Behandlingsansvarlig læge", "Responsible doctor"),
  lineAt("acuteTeam.substitute.name", ["Stedfortræder", "Substitute"]),
  momentAt("acuteTeam.substitute.until", "Stedfortræder til", "Substitute until"),
  personAt("referrer.name", "Henvisende læge", "Referring doctor"),
  phoneAt("referrer.phone", "Telefon, hvor lægen kan nås", "Number that reaches the doctor"),
  phoneAt("patient.telephones.0.number", "Patientens telefon", "The patient's telephone"),
];

/** Which rule speaks of a field: its own, or that of the part of the content that it is the main field of. */
const ruledBy: Readonly<Record<string, string>> = {
  "refer.text": "refer",
  "patient.telephones.0.number": "patient.telephones",
  "imaging.egfr.value": "imaging.egfr",
  "psychiatry.somaticWorkUp.status": "psychiatry.somaticWorkUp",
};
/** Asked with another field, though no rule names it. */
const along: Readonly<Record<string, string>> = {
  "imaging.egfr.measuredOn": "imaging.egfr",
  "refer.code": "refer",
  "refer.text": "refer.code",
  results: "examination",
  "acuteTeam.substitute.name": "acuteTeam.responsible.name",
};

/** Demanded once another is filled in: a code alone says nothing to people. */
const follows: Readonly<Record<string, string>> = { "refer.text": "refer.code" };

type Filled = Readonly<Record<string, unknown>>;
const isThere = (values: Filled, field: string): boolean => textOf(values[field]) !== "";

/** Whether a rule is asked, as the others stand. What depends on the citizen's age is asked as a wish; the hub knows the day. */
const isInForce = (rule: ReferralRule, values: Values): boolean =>
  (rule.when ?? []).every((condition) => {
    if ("ageBelow" in condition) return true;
    return "in" in condition
      ? condition.in.includes(textOf(values[condition.field]))
      : isThere(values, condition.field);
  });

const isDemanded = ({ check, demand, when = [] }: ReferralRule, values: Values): boolean =>
  demand === "required" &&
  !when.some((condition) => "ageBelow" in condition) &&
  (check.kind === "present" ||
    (check.kind === "anyOf" && !check.fields.some((field) => isThere(values, field))));

const isOf = (rule: ReferralRule, kind: ReferralKind, receiver: string): boolean =>
  rule.kinds.includes(kind) && (rule.receivers === undefined || rule.receivers.includes(receiver));

/** A field as the rules ask for it: demanded, or wished for with the rule's own words; `undefined`: nobody asks. */
const asked = (field: Field, rules: readonly ReferralRule[], values: Values): Field | undefined => {
  const names = [field.name, ruledBy[field.name], along[field.name]];
  const found = rules.filter((rule) => names.includes(rule.field));
  if (found.length === 0) return undefined;
  const own = found.filter((rule) => rule.field !== along[field.name]);
  const leader = follows[field.name];
  if (leader !== undefined && isThere(values, leader)) return field;
  if (own.some((rule) => isDemanded(rule, values))) return field;
  const wished = own.find(({ check }) => check.kind === "present" || check.kind === "anyOf");
  return { ...field, isOptional: true, ...(wished === undefined ? {} : { help: wished.text }) };
};

/** The fields of a referral of a kind to a receiver. */
export const referralFields = (
  rules: readonly ReferralRule[],
  { kind, receiver, values }: { kind: ReferralKind; receiver: string; values: Values },
): Field[] => {
  const inForce = rules.filter((rule) => isOf(rule, kind, receiver) && isInForce(rule, values));
  const fields = known.flatMap((field) => {
    const one = asked(field, inForce, values);
    return one === undefined ? [] : [one];
  });
  return [...fields, files];
};

/** What goes with a field that was filled in: the standard has it beside its value. */
export const besides = (_seen: unknown, values: Filled): Record<string, string> => ({
  ...(isThere(values, "refer.text") ? { "refer.codeType": "SKSdiagnosekode" } : {}),
  ...(isThere(values, "patient.telephones.0.number") ? { "patient.telephones.0.code": "mobil" } : {}),
});

export const allReferralFields = known;
