import type { z } from "zod";
import type { ScoreScheme } from "../../score-scheme.ts";

const rcp = "Royal College of Physicians, National Early Warning Score (NEWS) 2, 2017";
const elapsed = (limit: number, warnAt: number) =>
  ({ limit: { kind: "elapsed", minutes: limit }, warnAt: { kind: "elapsed", minutes: warnAt } }) as const;

/**
 * NEWS2 with SpO2 scale 1. Bands, thresholds and repeats as the RCP sets them; how long a doctor has for a plan is a default,
 * since the RCP writes for wards.
 */
export const news2: z.input<typeof ScoreScheme> = {
  id: "news2",
  version: 1,
  name: "NEWS2",
  title: { da: "National Early Warning Score 2", en: "National Early Warning Score 2" },
  range: { min: 0, max: 20 },
  source: rcp,
  basis: "sourced",
  parameters: [
    {
      kind: "measured",
      name: "respiration",
      title: { da: "Respiration", en: "Respiration" },
      unit: "/min",
      decimals: 0,
      plausible: { min: 1, max: 80 },
      bands: [
        { max: 8, points: 3 },
        { min: 9, max: 11, points: 1 },
        { min: 12, max: 20, points: 0 },
        { min: 21, max: 24, points: 2 },
        { min: 25, points: 3 },
      ],
    },
    {
      kind: "measured",
      name: "spo2",
      title: { da: "Iltmætning (skala 1)", en: "Oxygen saturation (scale 1)" },
      unit: "%",
      decimals: 0,
      plausible: { min: 30, max: 100 },
      bands: [
        { max: 91, points: 3 },
        { min: 92, max: 93, points: 2 },
        { min: 94, max: 95, points: 1 },
        { min: 96, points: 0 },
      ],
    },
    {
      kind: "coded",
      name: "oxygen",
      title: { da: "Ilttilskud", en: "Supplemental oxygen" },
      values: [
        { code: "air", title: { da: "Atmosfærisk luft", en: "Air" }, points: 0 },
        { code: "oxygen", title: { da: "Ilttilskud", en: "Oxygen" }, points: 2 },
      ],
    },
    {
      kind: "measured",
      name: "systolic",
      title: { da: "Systolisk blodtryk", en: "Systolic blood pressure" },
      unit: "mmHg",
      decimals: 0,
      plausible: { min: 30, max: 320 },
      bands: [
        { max: 90, points: 3 },
        { min: 91, max: 100, points: 2 },
        { min: 101, max: 110, points: 1 },
        { min: 111, max: 219, points: 0 },
        { min: 220, points: 3 },
      ],
    },
    {
      kind: "measured",
      name: "pulse",
      title: { da: "Puls", en: "Pulse" },
      unit: "/min",
      decimals: 0,
      plausible: { min: 10, max: 300 },
      bands: [
        { max: 40, points: 3 },
        { min: 41, max: 50, points: 1 },
        { min: 51, max: 90, points: 0 },
        { min: 91, max: 110, points: 1 },
        { min: 111, max: 130, points: 2 },
        { min: 131, points: 3 },
      ],
    },
    {
      kind: "coded",
      name: "consciousness",
      title: { da: "Bevidsthed (ACVPU)", en: "Consciousness (ACVPU)" },
      values: [
        { code: "alert", title: { da: "Vågen", en: "Alert" }, points: 0 },
        { code: "confusion", title: { da: "Nyopstået konfusion", en: "New confusion" }, points: 3 },
        { code: "voice", title: { da: "Reagerer på tiltale", en: "Responds to voice" }, points: 3 },
        { code: "pain", title: { da: "Reagerer på smerte", en: "Responds to pain" }, points: 3 },
        { code: "unresponsive", title: { da: "Reagerer ikke", en: "Unresponsive" }, points: 3 },
      ],
    },
    {
      kind: "measured",
      name: "temperature",
      title: { da: "Temperatur", en: "Temperature" },
      unit: "°C",
      decimals: 1,
      plausible: { min: 25, max: 45 },
      bands: [
        { max: 35, points: 3 },
        { min: 35.1, max: 36, points: 1 },
        { min: 36.1, max: 38, points: 0 },
        { min: 38.1, max: 39, points: 1 },
        { min: 39.1, points: 2 },
      ],
    },
  ],
  tiers: [
    {
      id: "news-0",
      title: { da: "NEWS 0", en: "NEWS 0" },
      from: 0,
      to: 0,
      repeat: {
        text: { da: "Mindst hver 12. time", en: "At least every 12 hours" },
        limits: elapsed(720, 660),
      },
      contact: "none",
      actions: [{ da: "Fortsæt rutinemæssig observation", en: "Continue routine monitoring" }],
      source: rcp,
      basis: "sourced",
    },
    {
      id: "news-1",
      title: { da: "NEWS 1-4: lav risiko", en: "NEWS 1-4: low risk" },
      from: 1,
      to: 4,
      repeat: {
        text: { da: "Mindst hver 4.-6. time", en: "At least every 4 to 6 hours" },
        limits: elapsed(360, 300),
      },
      contact: "nurseDecides",
      actions: [
        {
          da: "Sygeplejerske vurderer hyppighed og behov for kontakt",
          en: "A nurse judges the frequency and whether to escalate",
        },
      ],
      source: rcp,
      basis: "sourced",
    },
    {
      id: "news-single-3",
      title: { da: "3 point i én værdi", en: "3 points in one value" },
      repeat: { text: { da: "Mindst hver time", en: "At least hourly" }, limits: elapsed(60, 50) },
      contact: "required",
      plan: elapsed(60, 30),
      phoneFirst: true,
      isbar: true,
      actions: [
        { da: "Lægen vurderer, om der skal eskaleres", en: "A doctor reviews, and decides on escalation" },
      ],
      source: `${rcp}; minutes for a plan: none found`,
      basis: "default",
    },
    {
      id: "news-5",
      title: { da: "NEWS 5-6: middel risiko", en: "NEWS 5-6: medium risk" },
      from: 5,
      to: 6,
      repeat: { text: { da: "Mindst hver time", en: "At least hourly" }, limits: elapsed(60, 50) },
      contact: "immediate",
      plan: elapsed(30, 15),
      phoneFirst: true,
      isbar: true,
      actions: [
        { da: "Kontakt straks læge; hastevurdering", en: "Inform a doctor immediately; urgent assessment" },
        { da: "ABCDE", en: "ABCDE" },
      ],
      source: `${rcp}; minutes for a plan: none found`,
      basis: "default",
    },
    {
      id: "news-7",
      title: { da: "NEWS 7 eller mere: høj risiko", en: "NEWS 7 or more: high risk" },
      from: 7,
      to: 20,
      repeat: {
        text: { da: "Kontinuerlig overvågning", en: "Continuous monitoring" },
        limits: elapsed(15, 10),
      },
      contact: "immediate",
      plan: elapsed(15, 7),
      phoneFirst: true,
      isbar: true,
      actions: [
        {
          da: "Akut vurdering; 112, hvis det er livstruende",
          en: "Emergency assessment; 112 if life is in danger",
        },
        { da: "Overvej indlæggelse; ABCDE", en: "Consider admission; ABCDE" },
      ],
      source: `${rcp}; that continuous means every 15 minutes outside a ward is a default`,
      basis: "default",
    },
  ],
  rules: [
    {
      when: "singlePoints",
      id: "single-3",
      title: { da: "Én værdi giver 3 point", en: "One value gives 3 points" },
      points: 3,
      atLeast: "news-single-3",
      source: rcp,
      basis: "sourced",
    },
    {
      when: "concern",
      id: "concern",
      title: { da: "Bekymring", en: "Concern" },
      atLeast: "news-single-3",
      source: `${rcp}: clinical concern overrides the score; the tier is a default`,
      basis: "default",
    },
  ],
};
