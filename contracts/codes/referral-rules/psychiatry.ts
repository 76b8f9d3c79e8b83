import type { ContentRule } from "./rule.ts";

const plan = "Praksisplan Midtjylland 5.3 (guide 4.3)";
const rh = "psykiatri-regionh.dk (guide 4.3)";
const asked = (code: string, field: string, text: ContentRule["text"]): ContentRule => ({
  code,
  kinds: ["psychiatry"],
  field,
  check: { kind: "present" },
  demand: "warn",
  text,
  source: rh,
  basis: "sourced",
});

/** Psychiatry asks for much, and turns nobody away for the want of it: every demand is a warning (PSY-REFERRAL). */
export const psychiatryRules: readonly ContentRule[] = [
  {
    code: "somatic-work-up-missing",
    kinds: ["psychiatry"],
    field: "psychiatry.somaticWorkUp",
    check: { kind: "present" },
    demand: "warn",
    text: {
      da: "Angiv resultatet af den somatiske udredning, eller at den ikke er afsluttet, og hvor lægen kan nås.",
      en: "Give the result of the somatic work-up, or that it is not finished and where the doctor is reached.",
    },
    source: plan,
    basis: "sourced",
  },
  {
    code: "somatic-result-missing",
    kinds: ["psychiatry"],
    field: "psychiatry.somaticWorkUp.result",
    check: { kind: "present" },
    when: [{ field: "psychiatry.somaticWorkUp.status", in: ["finished"] }],
    demand: "warn",
    text: {
      da: "Skriv resultatet af den somatiske udredning.",
      en: "Write the result of the somatic work-up.",
    },
    source: plan,
    basis: "sourced",
  },
  {
    code: "call-back-missing",
    kinds: ["psychiatry"],
    field: "psychiatry.somaticWorkUp.callBackNumber",
    check: { kind: "present" },
    when: [{ field: "psychiatry.somaticWorkUp.status", in: ["not-finished"] }],
    demand: "warn",
    text: {
      da: "Når udredningen ikke er afsluttet, angives et nummer, hvor lægen svarer på spørgsmål.",
      en: "While the work-up is not finished, give a number where the doctor answers questions.",
    },
    source: plan,
    basis: "sourced",
  },
  asked("symptoms-missing", "psychiatry.symptoms", {
    da: "Beskriv de aktuelle symptomer.",
    en: "Describe the present symptoms.",
  }),
  asked("earlier-illness-missing", "psychiatry.earlierIllness", {
    da: "Angiv tidligere psykisk sygdom.",
    en: "Give earlier psychiatric illness.",
  }),
  asked("motivation-missing", "psychiatry.motivation", {
    da: "Angiv patientens motivation.",
    en: "Give the patient's motivation.",
  }),
  asked("social-missing", "psychiatry.social", {
    da: "Beskriv de sociale forhold.",
    en: "Describe the social situation.",
  }),
  asked("misuse-missing", "psychiatry.misuse", {
    da: "Angiv misbrug, også når der intet er.",
    en: "State misuse, also when there is none.",
  }),
  {
    ...asked("parents-missing", "psychiatry.parents", {
      da: "For et barn angives forældre, forældremyndighed og samtykke fra alle, der har den.",
      en: "For a child, name the parents, who has custody, and that all of those accept.",
    }),
    when: [{ ageBelow: 18 }],
  },
];
