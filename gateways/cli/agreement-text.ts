import type { AgreementEntry } from "../../contracts/agreement.ts";
import type { AgreementProblem } from "../../contracts/agreement-problem.ts";
import type { Limit } from "../../contracts/limits.ts";
import type {
  AgreementReasons,
  AgreementsInForce,
  AgreementVersions,
  VersionStatus,
} from "../../contracts/messages/agreement.ts";
import { columns } from "./say.ts";

type Language = "da" | "en";

const minutesText = (minutes: number, language: Language): string => {
  const hours = language === "da" ? "timer" : "hours";
  const least = language === "da" ? "minutter" : "minutes";
  return minutes % 60 === 0 ? `${String(minutes / 60)} ${hours}` : `${String(minutes)} ${least}`;
};

type LimitOf<Kind extends Limit["kind"]> = Extract<Limit, { kind: Kind }>;
type Texts = { [Kind in Limit["kind"]]: (limit: LimitOf<Kind>, language: Language) => string };

const texts: Texts = {
  workingDays: ({ days }, language) =>
    language === "da" ? `${String(days)} hverdage` : `${String(days)} working days`,
  elapsed: ({ minutes }, language) => minutesText(minutes, language),
  openingMinutes: ({ minutes }, language) =>
    `${minutesText(minutes, language)} ${language === "da" ? "i åbningstiden" : "of opening hours"}`,
  calendarDays: ({ days }, language) =>
    language === "da" ? `${String(days)} dage` : `${String(days)} calendar days`,
  readingWindow: ({ cutoff, by }, language) =>
    language === "da"
      ? `læst kl. ${by}, når det kom før kl. ${cutoff}`
      : `read by ${by} when it came before ${cutoff}`,
  sameOrNextDay: ({ day }, language) =>
    language === "da" ? `${day === "same" ? "samme" : "næste"} hverdag` : `the ${day} working day`,
  timeOfDay: ({ at, days }, language) =>
    language === "da" ? `kl. ${at}, ${String(days)} dage efter` : `at ${at}, ${String(days)} days after`,
};

const limitText = (limit: Limit, language: Language): string => {
  switch (limit.kind) {
    case "workingDays":
      return texts.workingDays(limit, language);
    case "elapsed":
      return texts.elapsed(limit, language);
    case "openingMinutes":
      return texts.openingMinutes(limit, language);
    case "calendarDays":
      return texts.calendarDays(limit, language);
    case "readingWindow":
      return texts.readingWindow(limit, language);
    case "sameOrNextDay":
      return texts.sameOrNextDay(limit, language);
    case "timeOfDay":
      return texts.timeOfDay(limit, language);
  }
};

const kindText: Readonly<Record<Exclude<AgreementEntry["kind"], "clock">, Record<Language, string>>> = {
  rule: { da: "regel om indhold", en: "rule of content" },
  availability: { da: "telefon", en: "telephone" },
};

/** What an agreement gives: a time, or of which other kind it is. */
const gives = (entry: AgreementEntry, language: Language): string => {
  if (entry.kind !== "clock") return kindText[entry.kind][language];
  const unmeasured = language === "da" ? " (måles ikke)" : " (not measured)";
  return `${limitText(entry.limit, language)}${entry.notYet === undefined ? "" : unmeasured}`;
};

const basisText: Readonly<Record<AgreementEntry["basis"], Record<Language, string>>> = {
  sourced: { da: "kilde", en: "sourced" },
  default: { da: "forslag", en: "default" },
};

const titled = (id: string, version: number): string => `${id} v${String(version)}`;

/** A problem a line, in one language or, for a start that was refused, in both. */
export const agreementProblemLines = (problems: readonly AgreementProblem[], language?: Language): string[] =>
  problems.map(({ file, path, code, da, en }) => {
    const words = language === undefined ? `${en} / ${da}` : { da, en }[language];
    const place = [file, path].filter((part) => part !== "").join(": ");
    return `  ${place === "" ? "" : `${place}: `}${words} [${code}]`;
  });

/** What is in force, one agreement a line. */
export const listText = ({ date, sets, agreements }: AgreementsInForce, language: Language): string =>
  [
    `${date}: ${sets.map(({ id, version, file }) => `${titled(id, version)} ${file}`).join(", ")}`,
    columns(
      agreements.map((entry) => [
        titled(entry.id, entry.version),
        gives(entry, language),
        basisText[entry.basis][language],
        entry.name[language],
      ]),
    ),
  ].join("\n");

const statusText: Readonly<Record<VersionStatus, Record<Language, string>>> = {
  "in-force": { da: "gælder", en: "in force" },
  coming: { da: "kommer", en: "coming" },
  replaced: { da: "afløst", en: "replaced" },
  ended: { da: "ophørt", en: "ended" },
};

const whyNothing = ({ notYet }: AgreementEntry, language: Language): string[] =>
  notYet === undefined ? [] : [`  ${notYet[language]}`];

const sourceText = ({ source, basis }: AgreementEntry, language: Language): string[] => [
  `  ${basisText[basis][language]}: ${source.document}`,
  ...(source.note === undefined ? [] : [`  ${source.note}`]),
];

const onText = {
  warning: { da: "advarsel", en: "warning" },
  breach: { da: "for sent", en: "late" },
} as const;
const urgentText = {
  true: { da: "straks", en: "at once" },
  false: { da: "i dagens oversigt", en: "in the day's list" },
} as const;

/** Who is told, when, and what is to be done: one step a line. */
const toldText = (entry: AgreementEntry, language: Language): string[] =>
  entry.kind === "clock"
    ? entry.escalation.map((step) => {
        const { to, on = "breach", urgent = false, after } = step;
        const later = after === undefined ? "" : ` + ${limitText(after, language)}`;
        const how = urgentText[urgent ? "true" : "false"][language];
        return `  ${onText[on][language]}${later}, ${how}: ${to}. ${step[language]}`;
      })
    : [];

/** Every version of an agreement, the newest first. */
export const versionsText = ({ versions }: AgreementVersions, language: Language): string =>
  versions
    .flatMap(({ agreement, status, set, changedBy, changedAt }) => [
      `${titled(agreement.id, agreement.version)} ${statusText[status][language]}: ${agreement.name[language]}`,
      `  ${gives(agreement, language)}; ${agreement.validFrom} - ${agreement.validTo ?? ""}`,
      ...whyNothing(agreement, language),
      ...toldText(agreement, language),
      ...sourceText(agreement, language),
      `  ${set}, ${changedBy} ${changedAt}`,
    ])
    .join("\n");

const none: Record<Language, string> = { da: "ingen aftale", en: "no agreement" };

/** For each promise the agreement that binds, and under it why each of the others does not. */
export const reasonsText = ({ date, promises }: AgreementReasons, language: Language): string =>
  [
    date,
    ...promises.flatMap(({ promise, kind, agreement, why }) => [
      `${promise} (${kind}): ${agreement === undefined ? none[language] : `${titled(agreement.id, agreement.version)}, ${gives(agreement, language)}`}`,
      ...why.map((one) => `  ${one.binds ? "+" : "-"} ${titled(one.id, one.version)}: ${one[language]}`),
    ]),
  ].join("\n");
