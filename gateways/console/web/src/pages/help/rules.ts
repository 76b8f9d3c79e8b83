/** Rules that people ask "says who?" of, each with where it was read. */
import type { InBothLanguages } from "../../../../../../contracts/agreement.ts";

type ClinicalRule = {
  title: InBothLanguages;
  text: InBothLanguages;
  source: string;
  /** `default`: proposed here, and to be agreed on locally. */
  basis: "sourced" | "default";
};

const plan = "Praksisplan Midtjylland";
const tobs = "https://plhoholstebro.dk/pleje-og-visitation/pleje-og-omsorg/tobs/";

export const rules = {
  tobs: {
    title: { da: "TOBS måles altid på fem værdier", en: "TOBS is always five values" },
    text: {
      da: "Puls, blodtryk, temperatur, bevidsthed og respiration. Mangler én, er der ingen score. Iltmætning er ikke en del af TOBS.",
      en: "Pulse, blood pressure, temperature, consciousness and breathing. If one is missing there is no score. Oxygen saturation is no part of TOBS.",
    },
    source: `${plan} 5.1, note 6; ${tobs}`,
    basis: "sourced",
  },
  "tobs-repeat": {
    title: { da: "Hvornår TOBS gentages", en: "When TOBS is repeated" },
    text: {
      da: "Score 1: inden for 8 timer og 3 gange i det næste døgn. Score 2: hver 2. time, 3 gange; intervallet ved 2 er delvist læst i kilden.",
      en: "Score 1: within 8 hours, and 3 times in the next 24. Score 2: every 2 hours, 3 times; the interval at 2 was partly read in the source.",
    },
    source: `${tobs}; Sygeplejersken 2014/9`,
    basis: "sourced",
  },
  "tobs-answer": {
    title: { da: "Hvor hurtigt lægen svarer på en TOBS", en: "How soon the doctor answers a TOBS" },
    text: {
      da: "Score 2: 4 timer i åbningstiden. Score 3-4: 1 time. Score 5 og derover: 15 minutter, og der ringes først. Minutterne er forslag og aftales lokalt.",
      en: "Score 2: 4 hours of opening time. Score 3-4: 1 hour. Score 5 and above: 15 minutes, after a phone call. The minutes are proposals, to be agreed on locally.",
    },
    source: `${plan} 5.1 / TOBS-MSG`,
    basis: "default",
  },
  isbar: {
    title: { da: "ISBAR, når der ringes", en: "ISBAR for the call" },
    text: {
      da: "Identifikation af dig og borgeren, Situation, Baggrund i korte træk, Analyse, Råd.",
      en: "Identify yourself and the citizen, Situation, Background in short, Analysis, advice (Råd).",
    },
    source: "https://www.patientkommunikation.dk/varktojer/isbar/ (Region Midtjylland)",
    basis: "sourced",
  },
  "seventy-two-hours": {
    title: { da: "72 timers behandlingsansvar", en: "72 hours of responsibility" },
    text: {
      da: "Hospitalet har ansvaret i 72 timer efter udskrivelsen, døgnet rundt, for de borgere, der er omfattet. Epikrisen skal sige det, med sluttid og telefonnummer.",
      en: "The hospital is responsible for 72 hours after discharge, day and night, for the citizens who are included. The summary must say so, with the end time and a phone number.",
    },
    source: "https://medcom.dk/projekter/72-timers-udvidet-behandlingsansvar/",
    basis: "sourced",
  },
  summary: {
    title: { da: "Epikrisen foreligger ved udskrivelsen", en: "The summary is there at discharge" },
    text: {
      da: "Epikrise, behandlingsplan og ajourført medicin foreligger, når borgeren udskrives.",
      en: "The summary, the plan and up-to-date medicines are there when the citizen is discharged.",
    },
    source: `${plan} 5.1`,
    basis: "sourced",
  },
  returned: {
    title: {
      da: "En henvisning sendes videre før retur",
      en: "A referral is passed on before it is returned",
    },
    text: {
      da: "Hører den til et andet sted, sender hospitalet den videre. Retur er med begrundelse og råd.",
      en: "If it belongs elsewhere the hospital passes it on. A return has a reason and advice.",
    },
    source: `${plan} 5.5`,
    basis: "sourced",
  },
  advice: {
    title: { da: "Svar på spørgsmål til en specialist", en: "Answers to questions to a specialist" },
    text: {
      da: "Svartid aftales lokalt. 3 hverdage er et forslag: der er ikke fundet et dansk tal.",
      en: "The time is agreed on locally. 3 working days are a proposal: no Danish figure was found.",
    },
    source: `${plan} 5.5`,
    basis: "default",
  },
  "sub-acute": {
    title: { da: "Subakut tid samme dag eller dagen efter", en: "A sub-acute time the same day or the next" },
    text: {
      da: "Tiden er et alternativ til akut indlæggelse og bookes gennem hospitalets visitation.",
      en: "The time is an alternative to acute admission, and is booked through the hospital's visitation.",
    },
    source: `${plan} 5.5`,
    basis: "sourced",
  },
} as const satisfies Readonly<Record<string, ClinicalRule>>;

export type RuleId = keyof typeof rules;
export const ruleIds: readonly RuleId[] = [
  "tobs",
  "tobs-repeat",
  "tobs-answer",
  "isbar",
  "seventy-two-hours",
  "summary",
  "returned",
  "advice",
  "sub-acute",
];
