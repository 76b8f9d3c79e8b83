import type { z } from "zod";
import type { ScoreScheme } from "../../score-scheme.ts";

type Input = z.input<typeof ScoreScheme>;

const holstebro = "https://plhoholstebro.dk/pleje-og-visitation/pleje-og-omsorg/tobs/";
const elapsed = (limit: number, warnAt: number) =>
  ({ limit: { kind: "elapsed", minutes: limit }, warnAt: { kind: "elapsed", minutes: warnAt } }) as const;

/**
 * What a TOBS total asks for (guide, section 1.2). The totals at which tiers begin are read in sources; the minutes of 3-4 and
 * of 5 and more are defaults, since no source could be read.
 */
export const tobsTiers: Input["tiers"] = [
  {
    id: "tier-0",
    title: { da: "Score 0", en: "Score 0" },
    from: 0,
    to: 0,
    repeat: { text: { da: "Gentag efter skøn", en: "Repeat by judgement" } },
    contact: "none",
    actions: [{ da: "Gentag score efter skøn", en: "Repeat the score by judgement" }],
    source: holstebro,
    basis: "sourced",
  },
  {
    id: "tier-1",
    title: { da: "Score 1", en: "Score 1" },
    from: 1,
    to: 1,
    repeat: {
      text: {
        da: "Inden for 8 timer, 3 gange i det næste døgn",
        en: "Within 8 hours, 3 times in the next 24",
      },
      limits: elapsed(480, 420),
      count: 3,
    },
    contact: "optional",
    actions: [
      { da: "Urinprøve", en: "Urine test" },
      { da: "Blodsukker, hvis det er relevant", en: "Blood glucose where relevant" },
      { da: "Væskeindtag", en: "Fluid intake" },
      { da: "Er medicinen taget? Er der ny medicin?", en: "Has medicine been taken? Is any of it new?" },
      { da: "Behov for øget tilsyn", en: "Need of extra supervision" },
      { da: "Laboratorieprøver, hvis det er relevant", en: "Laboratory tests where relevant" },
      { da: "Eventuelt telefonkonsultation med egen læge", en: "Perhaps a phone consultation with the GP" },
    ],
    source: `${holstebro} (3 times in 24 h); Favrskov, Sygeplejersken 2014/9 (within 8 h)`,
    basis: "sourced",
  },
  {
    id: "tier-2",
    title: { da: "Score 2", en: "Score 2" },
    from: 2,
    to: 2,
    repeat: {
      text: { da: "Hver 2. time, 3 gange", en: "Every 2 hours, 3 times" },
      limits: elapsed(120, 105),
      count: 3,
    },
    contact: "nurseDecides",
    plan: {
      limit: { kind: "openingMinutes", minutes: 240 },
      warnAt: { kind: "openingMinutes", minutes: 120 },
    },
    actions: [
      { da: "Som ved score 1", en: "As for score 1" },
      { da: "Social- og sundhedsassistent kontakter sygeplejerske", en: "The assistant contacts a nurse" },
    ],
    source: `${holstebro} (3 repeats; the interval is cut off after "2"); https://sd.skive.dk (nurse at 2 or more); minutes: none found`,
    basis: "default",
  },
  {
    id: "tier-3",
    title: { da: "Score 3-4", en: "Score 3-4" },
    from: 3,
    to: 4,
    repeat: {
      text: { da: "Hver time, til der er en plan", en: "Hourly until there is a plan" },
      limits: elapsed(60, 50),
    },
    contact: "required",
    plan: elapsed(60, 30),
    phoneFirst: true,
    isbar: true,
    actions: [
      {
        da: "Ring til egen læge; aften, nat og weekend til lægevagten",
        en: "Phone the GP; in the evening, at night and at weekends the out-of-hours doctor",
      },
      { da: "ISBAR", en: "ISBAR" },
      { da: "Dokumentér planen", en: "Document the plan" },
      { da: "Akutteam, hvis lægen beder om det", en: "The acute team if the doctor asks for it" },
    ],
    source:
      "TOKS, the hospitals' sister score: 3 or more, a doctor must evaluate (sjtrem 1757-7241-21-S2-A28); minutes: none found",
    basis: "default",
  },
  {
    id: "tier-5",
    title: { da: "Score 5 eller mere", en: "Score 5 or more" },
    from: 5,
    to: 15,
    repeat: {
      text: { da: "Hver halve time, til borgeren er overdraget", en: "Every half hour until handed over" },
      limits: elapsed(30, 25),
    },
    contact: "immediate",
    plan: elapsed(15, 7),
    phoneFirst: true,
    isbar: true,
    actions: [
      {
        da: "Ring straks til egen læge eller lægevagten; 112, hvis det er livstruende",
        en: "Phone the GP or the out-of-hours doctor at once; 112 if life is in danger",
      },
      { da: "ISBAR", en: "ISBAR" },
      { da: "Overvej indlæggelse; ABCDE", en: "Consider admission; ABCDE" },
    ],
    source:
      "Total 5 marks raised risk of critical illness (Ugeskrift for Læger, 6 October 2014); minutes: none found",
    basis: "default",
  },
];

/** What raises a tier of TOBS, whatever the total says. */
export const tobsRules: Input["rules"] = [
  {
    when: "singlePoints",
    id: "single-3",
    title: { da: "Én værdi giver 3 point", en: "One value gives 3 points" },
    points: 3,
    atLeast: "tier-3",
    source: "Practice of NEWS2; not in the sources of TOBS",
    basis: "default",
  },
  {
    when: "value",
    id: "resp-over-30",
    title: {
      da: "Respiration over 30: meget syg (sepsis?)",
      en: "Respiration over 30: very ill (sepsis?)",
    },
    parameter: "respiration",
    above: 30,
    atLeast: "tier-5",
    source: `${holstebro} (the flag; that it raises the tier is a default)`,
    basis: "sourced",
  },
  {
    when: "concern",
    id: "concern",
    title: { da: "Bekymring", en: "Concern" },
    atLeast: "tier-3",
    source:
      "TOKS 2.1, Region Nordjylland, https://pri.rn.dk/Sider/10881.aspx (the principle; the tier is a default)",
    basis: "default",
  },
];
