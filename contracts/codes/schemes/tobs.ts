import type { z } from "zod";
import type { ScoreScheme } from "../../score-scheme.ts";
import { tobsRules, tobsTiers } from "./tobs-tiers.ts";

const npu = "urn:oid:1.2.208.176.2.1";
const medcom = "medcom-observation-codes";
const holstebro = "https://plhoholstebro.dk/pleje-og-visitation/pleje-og-omsorg/tobs/";
const kalundborg = "https://instruksfiler.kalundborg.dk/Vejledninger_og_procedurer/tobs.html";
/**
 * TOBS (Tidlig Opsporing af Begyndende Sygdom), as Holstebro and Kalundborg print it. The printed outer bands leave holes
 * ("> 130" after "110-129"); all are read as inclusive, as the parent score MEWS prints them (guide, section 1.1).
 * Of the tiers, the totals at which they begin are read in sources; what 3-4 and 5 ask for in minutes is a default.
 */
export const tobs: z.input<typeof ScoreScheme> = {
  id: "tobs-dk-2013",
  version: 1,
  name: "TOBS",
  title: { da: "Tidlig Opsporing af Begyndende Sygdom", en: "Early detection of emerging illness" },
  range: { min: 0, max: 15 },
  code: { system: medcom, code: "MCS88125" },
  source: `${holstebro}; ${kalundborg}`,
  basis: "sourced",
  parameters: [
    {
      kind: "measured",
      name: "respiration",
      title: { da: "Respiration", en: "Respiration" },
      code: { system: medcom, code: "MCS88122" },
      unit: "/min",
      decimals: 0,
      plausible: { min: 1, max: 80 },
      bands: [
        { min: 25, points: 3, printed: "> 25" },
        { min: 21, max: 24, points: 2, printed: "21-24" },
        { min: 12, max: 20, points: 0, printed: "12-20" },
        { min: 9, max: 11, points: 1, printed: "9-11" },
        { max: 8, points: 3, printed: "< 8" },
      ],
    },
    {
      kind: "measured",
      name: "pulse",
      title: { da: "Puls", en: "Pulse" },
      code: { system: npu, code: "NPU21692" },
      unit: "/min",
      decimals: 0,
      plausible: { min: 10, max: 300 },
      bands: [
        { min: 130, points: 3, printed: "> 130" },
        { min: 110, max: 129, points: 2, printed: "110-129" },
        { min: 90, max: 109, points: 1, printed: "90-109" },
        { min: 50, max: 89, points: 0, printed: "50-89" },
        { min: 40, max: 49, points: 1, printed: "40-49" },
        { max: 39, points: 2, printed: "< 39" },
      ],
    },
    {
      kind: "measured",
      name: "systolic",
      title: { da: "Systolisk blodtryk", en: "Systolic blood pressure" },
      code: { system: npu, code: "DNK05472" },
      unit: "mmHg",
      decimals: 0,
      plausible: { min: 30, max: 320 },
      bands: [
        { min: 200, points: 2, printed: "> 200" },
        { min: 100, max: 199, points: 0, printed: "100-199" },
        { min: 80, max: 99, points: 1, printed: "80-99" },
        { min: 70, max: 79, points: 2, printed: "70-79" },
        { max: 69, points: 3, printed: "< 69" },
      ],
    },
    {
      kind: "measured",
      name: "temperature",
      title: { da: "Temperatur", en: "Temperature" },
      code: { system: npu, code: "NPU08676" },
      unit: "°C",
      decimals: 1,
      plausible: { min: 25, max: 45 },
      sites: [
        { site: "rectal", title: { da: "rektalt", en: "rectal" } },
        { site: "oral", title: { da: "i munden", en: "oral" }, correction: 0.5 },
        { site: "axillary", title: { da: "i armhulen", en: "axillary" }, correction: 1 },
        // No source corrects an ear temperature (guide, section 1.1).
        { site: "tympanic", title: { da: "i øret", en: "tympanic" }, warns: true },
        { site: "other", title: { da: "andet sted", en: "other" }, warns: true },
      ],
      confirm: {
        site: "rectal",
        below: 36,
        from: 40,
        advice: { da: "Kontrollér temperaturen rektalt.", en: "Confirm the temperature rectally." },
        source: `${holstebro} (skal); ${kalundborg} (bør altid)`,
        basis: "sourced",
      },
      bands: [
        { min: 40, points: 3, printed: "> 40" },
        { min: 39, max: 39.9, points: 2, printed: "39-39,9" },
        { min: 38, max: 38.9, points: 1, printed: "38-38,9" },
        { min: 36, max: 37.9, points: 0, printed: "36-37,9" },
        { min: 34, max: 35.9, points: 2, printed: "34-35,9" },
        { max: 33.9, points: 3, printed: "< 33,9" },
      ],
    },
    {
      kind: "coded",
      name: "consciousness",
      title: { da: "Bevidsthed", en: "Consciousness" },
      // MedCom sends the points, 0 to 3, under this code; the SNOMED codes are this scheme's own mapping.
      code: { system: medcom, code: "MCS88126" },
      values: [
        { code: "habituel", title: { da: "Habituel", en: "As usual" }, points: 0 },
        { code: "agiteret", title: { da: "Agiteret", en: "Agitated" }, points: 1 },
        {
          code: "tiltale",
          title: { da: "Reagerer kun på tiltale", en: "Reacts only when spoken to" },
          points: 1,
          snomed: "300202002",
        },
        {
          code: "smerte",
          title: { da: "Reagerer kun på smerte", en: "Reacts only to pain" },
          points: 2,
          snomed: "450847001",
        },
        { code: "ingen", title: { da: "Ingen reaktion", en: "No reaction" }, points: 3, snomed: "422768004" },
      ],
    },
  ],
  carried: [
    {
      name: "diastolic",
      title: { da: "Diastolisk blodtryk", en: "Diastolic blood pressure" },
      code: { system: npu, code: "DNK05473" },
      unit: "mmHg",
      decimals: 0,
      plausible: { min: 10, max: 220 },
    },
    {
      name: "spo2",
      title: { da: "Iltmætning", en: "Oxygen saturation" },
      code: { system: npu, code: "NPU10197" },
      unit: "%",
      decimals: 0,
      plausible: { min: 30, max: 100 },
    },
  ],
  tiers: tobsTiers,
  rules: tobsRules,
};
