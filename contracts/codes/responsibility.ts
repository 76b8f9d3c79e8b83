import type { Opening } from "../messages/directory.ts";
import { gpHours } from "./gp-hours.ts";

/**
 * Who qualifies for the hospital's extended responsibility after discharge (72-timers udvidet behandlingsansvar), and for how
 * long. One row a region and period; a row that decisions were made under is never changed: it ends, and a new one begins.
 */
export type ResponsibilityRules = {
  id: string;
  /** GLN of the region; absent: every region without a row of its own. */
  region?: string;
  validFrom: string;
  validTo?: string;
  /** Exact hours from the discharge, also over a change to or from summer time. */
  hours: number;
  /** How long before the end the practice and the municipality are reminded. */
  remindHoursBefore: number;
  /** Longer than this in hospital. */
  stayOverHours: number;
  psychiatric: boolean;
  /** Whether patients who are declared terminal are included. */
  terminal: boolean;
  source: string;
  basis: "sourced" | "default";
};

export const responsibilityRules: readonly ResponsibilityRules[] = [
  {
    id: "RESP-72H",
    validFrom: "2023-02-01",
    hours: 72,
    remindHoursBefore: 6,
    stayOverHours: 24,
    psychiatric: false,
    terminal: false,
    source:
      "medcom.dk/projekter/72-timers-udvidet-behandlingsansvar; regionsyddanmark.dk; sd.skive.dk; that terminal patients are left out is a default",
    basis: "sourced",
  },
];

/** The rules of a region on the Danish date (`yyyy-mm-dd`) of a discharge: its own row before the one for all. */
export const rulesFor = (
  rules: readonly ResponsibilityRules[],
  region: string | undefined,
  date: string,
): ResponsibilityRules | undefined => {
  const inForce = rules.filter(
    (row) => row.validFrom <= date && (row.validTo === undefined || date <= row.validTo),
  );
  return (
    inForce.find((row) => row.region !== undefined && row.region === region) ??
    inForce.find((row) => row.region === undefined)
  );
};

/**
 * When general practice answers for its patients; outside it the out-of-hours doctor does, from 16 to 8 and on days off
 * (DSAM, visitation standard 2022; Praksisplan Midtjylland 6.1). Which hours a single practice opens is another matter.
 */
export const practiceHours: readonly Opening[] = [
  { days: [1, 2, 3, 4, 5], opens: gpHours.opens, closes: gpHours.closes },
];

/** Why somebody is the one to answer for a patient: stable codes, with their meaning for people. */
export const responsibilityReasons = {
  "no-stay": { en: "The patient is in no hospital.", da: "Patienten er ikke på hospital." },
  "acute-ambulant": { en: "The patient is in an emergency department.", da: "Patienten er akut ambulant." },
  admitted: { en: "The patient is admitted.", da: "Patienten er indlagt." },
  "on-leave": {
    en: "The patient is on leave; the hospital stays responsible.",
    da: "Patienten er på orlov; hospitalet har fortsat ansvaret.",
  },
  transferred: {
    en: "The patient was moved to another hospital.",
    da: "Patienten er overflyttet til et andet hospital.",
  },
  discharged: { en: "The patient is discharged.", da: "Patienten er udskrevet." },
  "extended-responsibility": {
    en: "The hospital has extended responsibility after discharge.",
    da: "Hospitalet har udvidet behandlingsansvar efter udskrivelsen.",
  },
  prolonged: { en: "The hospital has prolonged it.", da: "Hospitalet har forlænget det." },
  "emergency-call": {
    en: "A call to 112 suspends the hospital's responsibility.",
    da: "Et opkald til 112 suspenderer hospitalets ansvar.",
  },
  "not-assessed": {
    en: "Nobody has told whether extended responsibility applies.",
    da: "Det er ikke oplyst, om udvidet behandlingsansvar gælder.",
  },
  "not-included": {
    en: "The patient is not included in extended responsibility.",
    da: "Patienten er ikke omfattet af udvidet behandlingsansvar.",
  },
  "responsibility-returned": {
    en: "The hospital's extended responsibility has ended.",
    da: "Hospitalets udvidede behandlingsansvar er ophørt.",
  },
  "practice-hours": { en: "General practice is open.", da: "Det er inden for almen praksis' dagtid." },
  "out-of-hours": { en: "It is outside the hours of general practice.", da: "Det er uden for dagtid." },
  dead: { en: "The patient is dead.", da: "Patienten er død." },
} as const satisfies Record<string, { en: string; da: string }>;
export type ResponsibilityReason = keyof typeof responsibilityReasons;

/** The same codes as a tuple, for schemas. */
export const responsibilityReasonCodes = [
  "no-stay",
  "acute-ambulant",
  "admitted",
  "on-leave",
  "transferred",
  "discharged",
  "extended-responsibility",
  "prolonged",
  "emergency-call",
  "not-assessed",
  "not-included",
  "responsibility-returned",
  "practice-hours",
  "out-of-hours",
  "dead",
] as const satisfies readonly ResponsibilityReason[];
