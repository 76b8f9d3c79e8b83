import type { Problem } from "../../contracts/problem.ts";
import { tierOf } from "../../contracts/score.ts";
import type { Part, Score } from "../../contracts/score-result.ts";
import type { Band, Parameter, ScoreScheme, Tier, Words } from "../../contracts/score-scheme.ts";
import { columns } from "./say.ts";

export type Language = "da" | "en";

const words = {
  da: {
    total: "Samlet score",
    atLeast: "Ingen samlet score. Der mangler",
    tier: "Niveau",
    floor: "Mindst niveau",
    actions: "Handling",
    repeat: "Gentag",
    contact: "Læge",
    flags: "Bemærk",
    warnings: "Advarsler",
    point: "point",
    points: "point",
    phone: "ring først",
    contacts: {
      none: "ingen kontakt",
      optional: "kontakt efter skøn",
      nurseDecides: "sygeplejersken afgør, om lægen kontaktes",
      required: "skal kontaktes",
      immediate: "skal kontaktes straks",
    },
  },
  en: {
    total: "Total",
    atLeast: "No total. Missing",
    tier: "Tier",
    floor: "At least tier",
    actions: "Action",
    repeat: "Repeat",
    contact: "Doctor",
    flags: "Note",
    warnings: "Warnings",
    point: "point",
    points: "points",
    phone: "phone first",
    contacts: {
      none: "no contact",
      optional: "contact by judgement",
      nurseDecides: "the nurse decides on contact",
      required: "must be contacted",
      immediate: "must be contacted at once",
    },
  },
} as const satisfies Record<Language, object>;

/** Warnings in Danish, by code; the text of the contract is English. A site to confirm at has the scheme's own words. */
const danishWarnings: Readonly<Record<string, string>> = {
  "site-uncorrected":
    "Målestedet er ukendt eller har ingen korrektion: værdien er scoret, som den er aflæst.",
};

const number = (value: number | string, language: Language): string =>
  language === "da" ? String(value).replace(".", ",") : String(value);

/** A band as people read it. Bounds are inclusive, also where the printed source writes `>` (guide, section 1.1). */
export const bandText = ({ min, max }: Band, language: Language): string => {
  if (min === undefined) return max === undefined ? "" : `≤ ${number(max, language)}`;
  return max === undefined
    ? `≥ ${number(min, language)}`
    : `${number(min, language)}–${number(max, language)}`;
};

const bandOf = (parameter: Parameter, { scored, points }: Part): Band | undefined =>
  parameter.kind === "measured"
    ? parameter.bands.find(
        ({ min, max, points: gives }) =>
          gives === points &&
          (min === undefined || Number(scored) >= min) &&
          (max === undefined || Number(scored) <= max),
      )
    : undefined;

const siteText = (parameter: Parameter, site: string | undefined, language: Language): string => {
  if (parameter.kind !== "measured") return "";
  const found = parameter.sites?.find((each) => each.site === site);
  return found === undefined ? "" : ` ${found.title[language]}`;
};

const valueText = (parameter: Parameter, part: Part, language: Language): string => {
  if (parameter.kind === "coded")
    return parameter.values.find(({ code }) => code === part.scored)?.title[language] ?? part.scored;
  const [measured, scored] = [number(part.measured, language), number(part.scored, language)];
  const corrected = Number(part.measured.replace(",", ".")) === Number(part.scored) ? "" : ` → ${scored}`;
  return `${measured}${siteText(parameter, part.site, language)}${corrected} ${parameter.unit}`;
};

const partRows = (scheme: ScoreScheme, { parts }: Score, language: Language): string[][] =>
  parts.flatMap((part) => {
    const parameter = scheme.parameters.find(({ name }) => name === part.parameter);
    if (parameter === undefined) return [];
    const band = bandOf(parameter, part);
    const range = band === undefined ? "" : `(${bandText(band, language)})`;
    const said = part.points === 1 ? words[language].point : words[language].points;
    const points = `${String(part.points)} ${said}`;
    return [[`  ${parameter.title[language]}`, valueText(parameter, part, language), points, range]];
  });

const titleOf = (scheme: ScoreScheme, name: string, language: Language): string =>
  scheme.parameters.find((parameter) => parameter.name === name)?.title[language] ?? name;

const totalLine = (scheme: ScoreScheme, { total, missing }: Score, language: Language): string => {
  const said = words[language];
  return total === undefined
    ? `${said.atLeast}: ${missing.map((name) => titleOf(scheme, name, language)).join(", ")}`
    : `${said.total}: ${String(total)}`;
};

const list = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:`, ...lines.map((line) => `  - ${line}`)];

const tierLines = (tier: Tier, isWhole: boolean, language: Language): string[] => {
  const said = words[language];
  const phone = tier.phoneFirst ? `, ${said.phone}` : "";
  return [
    `${isWhole ? said.tier : said.floor}: ${tier.title[language]} (${tier.id})`,
    ...list(
      said.actions,
      tier.actions.map((action: Words) => action[language]),
    ),
    `${said.repeat}: ${tier.repeat.text[language]}`,
    `${said.contact}: ${said.contacts[tier.contact]}${phone}`,
  ];
};

const warningText = (scheme: ScoreScheme, { code, path, message }: Problem, language: Language): string => {
  const parameter = scheme.parameters.find(({ name }) => path === `values.${name}`);
  const confirm = parameter?.kind === "measured" ? parameter.confirm : undefined;
  if (language === "en") return message;
  if (confirm !== undefined && code === `confirm-${confirm.site}`) return confirm.advice.da;
  return danishWarnings[code] ?? message;
};

/** A score as a person reads it: points, total, tier, what to do, and what is worth a look. */
export const scoreText = (
  scheme: ScoreScheme,
  { score, warnings }: { score: Score; warnings: readonly Problem[] },
  language: Language,
): string => {
  const said = words[language];
  const tier = tierOf(scheme, score.tier);
  const flags = scheme.rules.filter(({ id }) => score.flags.includes(id)).map(({ title }) => title[language]);
  return [
    `${scheme.name} - ${scheme.title[language]} (${scheme.id}, version ${String(scheme.version)})`,
    "",
    columns(partRows(scheme, score, language)),
    "",
    totalLine(scheme, score, language),
    ...(tier === undefined ? [] : tierLines(tier, score.total !== undefined, language)),
    ...list(said.flags, flags),
    ...list(
      said.warnings,
      warnings.map((warning) => warningText(scheme, warning, language)),
    ),
  ].join("\n");
};
