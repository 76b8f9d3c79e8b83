import type { ContentRule } from "./rule.ts";

const nord = "pri.rn.dk/Sider/8577.aspx (guide 4.5)";
const midt = "Praksisplan Midtjylland 5.5 (guide 4.5)";

/** Radiology departments that want the kidney function before a CT; each region lists its own. Made up, as the region is. */
const wantsEgfr = ["5790000212026"];

/** Direct imaging from general practice (XREF02). */
export const imagingRules: readonly ContentRule[] = [
  {
    code: "examination-missing",
    kinds: ["imaging"],
    field: "imaging.examination",
    check: { kind: "present" },
    demand: "required",
    text: {
      da: "Angiv undersøgelsen: UL abdomen, CT abdomen eller CT thorax.",
      en: "Name the examination: ultrasound abdomen, CT abdomen or CT thorax.",
    },
    source: midt,
    basis: "sourced",
  },
  {
    code: "adults-only",
    kinds: ["imaging"],
    field: "patient.cpr",
    check: { kind: "ageAtLeast", years: 18 },
    demand: "required",
    text: {
      da: "Direkte billeddiagnostik er for voksne (18 år eller ældre på dagen).",
      en: "Direct imaging is for adults (18 years or more on the day).",
    },
    source: nord,
    basis: "sourced",
  },
  {
    code: "age-not-known",
    kinds: ["imaging"],
    field: "patient.cpr",
    check: { kind: "present" },
    demand: "warn",
    text: {
      da: "Alderen kan ikke læses uden CPR-nummer: direkte billeddiagnostik er for voksne.",
      en: "Without a CPR number the age cannot be read: direct imaging is for adults.",
    },
    source: nord,
    basis: "default",
  },
  {
    code: "gp-phone-missing",
    kinds: ["imaging"],
    field: "referrer.phone",
    check: { kind: "present" },
    demand: "required",
    text: {
      da: "Angiv lægens telefonnummer: et kritisk fund ringes samme dag.",
      en: "Give the doctor's number: a critical finding is phoned the same day.",
    },
    source: nord,
    basis: "sourced",
  },
  {
    code: "elective-only",
    kinds: ["imaging"],
    field: "priority",
    check: { kind: "oneOf", values: ["elektiv"] },
    when: [{ field: "priority", is: "present" }],
    demand: "required",
    text: {
      da: "Kun elektivt: det akutte og hastende henvises til specialet.",
      en: "Elective only: what is acute or hurried goes to the speciality.",
    },
    source: nord,
    basis: "sourced",
  },
  {
    code: "egfr-missing",
    kinds: ["imaging"],
    receivers: wantsEgfr,
    field: "imaging.egfr",
    check: { kind: "present" },
    when: [{ field: "imaging.examination", in: ["ct-abdomen", "ct-thorax"] }],
    demand: "required",
    text: {
      da: "Modtageren kræver eGFR ved CT.",
      en: "The receiver demands eGFR for a CT.",
    },
    source: "Sygehus Lillebælt (guide 4.5)",
    basis: "sourced",
  },
  {
    code: "earlier-tests-missing",
    kinds: ["imaging"],
    field: "imaging.earlierTests",
    check: { kind: "present" },
    when: [{ field: "imaging.examination", in: ["ct-abdomen"] }],
    demand: "warn",
    text: {
      da: "Angiv tidligere undersøgelser, også de negative.",
      en: "State earlier tests, also those that were negative.",
    },
    source: nord,
    basis: "sourced",
  },
];
