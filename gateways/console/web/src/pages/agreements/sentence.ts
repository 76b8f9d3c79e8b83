/** An agreement as a sentence: who answers whom, within what, and what stops the clock meanwhile. */
import type { Agreement, AgreementEntry, PartyFilter } from "../../../../../../contracts/agreement.ts";
import type { documentRead } from "../../../../../../contracts/codes/promises.ts";
import type { Limit } from "../../../../../../contracts/limits.ts";
import type { Language } from "../../words/both.ts";

type Said = Readonly<Record<Language, string>>;
type NameOf = (gln: string) => string;

const counted = (n: number, [one, many]: readonly [string, string]): string =>
  `${String(n)} ${n === 1 ? one : many}`;

const minutesText = (minutes: number, language: Language): string =>
  minutes % 60 === 0
    ? counted(minutes / 60, language === "da" ? ["time", "timer"] : ["hour", "hours"])
    : counted(minutes, language === "da" ? ["minut", "minutter"] : ["minute", "minutes"]);

const daysText = (
  limit: Extract<Limit, { kind: "workingDays" | "calendarDays" }>,
  language: Language,
): string => {
  if (limit.kind === "workingDays") {
    if (limit.days === 0) return language === "da" ? "inden næste lukketid" : "by the next closing time";
    return language === "da"
      ? `inden ${counted(limit.days, ["hverdag", "hverdage"])}`
      : `within ${counted(limit.days, ["working day", "working days"])}`;
  }
  return language === "da"
    ? `inden ${counted(limit.days, ["dag", "dage"])}`
    : `within ${counted(limit.days, ["day", "days"])}`;
};

const clockText = (
  limit: Extract<Limit, { kind: "readingWindow" | "timeOfDay" }>,
  language: Language,
): string => {
  if (limit.kind === "readingWindow")
    return language === "da"
      ? `senest kl. ${limit.by}, når det kom før kl. ${limit.cutoff}`
      : `by ${limit.by} when it came before ${limit.cutoff}`;
  const later = counted(
    limit.days,
    language === "da" ? ["dag efter", "dage efter"] : ["day later", "days later"],
  );
  if (limit.days === 0)
    return language === "da" ? `senest kl. ${limit.at} samme dag` : `by ${limit.at} the same day`;
  return language === "da" ? `senest kl. ${limit.at} ${later}` : `by ${limit.at}, ${later}`;
};

const minutesLimit = ({ kind, minutes }: Extract<Limit, { minutes: number }>, language: Language): string => {
  const within = `${language === "da" ? "inden" : "within"} ${minutesText(minutes, language)}`;
  const open = { da: " i åbningstiden", en: " of opening hours" }[language];
  return kind === "openingMinutes" ? `${within}${open}` : within;
};

const dayNames = {
  same: { da: "samme hverdag", en: "the same working day" },
  next: { da: "senest næste hverdag", en: "by the next working day" },
} as const;

/** "inden 3 hverdage", "within 15 minutes". */
export const withinText = (limit: Limit, language: Language): string => {
  switch (limit.kind) {
    case "workingDays":
    case "calendarDays":
      return daysText(limit, language);
    case "readingWindow":
    case "timeOfDay":
      return clockText(limit, language);
    case "elapsed":
    case "openingMinutes":
      return minutesLimit(limit, language);
    case "sameOrNextDay":
      return dayNames[limit.day][language];
  }
};

type OrganisationKind = NonNullable<PartyFilter["kinds"]>[number];
const kinds: Readonly<Record<OrganisationKind, Said>> = {
  practice: { da: "praksis", en: "general practice" },
  hospital: { da: "hospitalet", en: "the hospital" },
  department: { da: "afdelingen", en: "the department" },
  municipality: { da: "kommunen", en: "the municipality" },
  acuteTeam: { da: "akutteamet", en: "the acute team" },
  outOfHours: { da: "lægevagten", en: "the out-of-hours doctor" },
  region: { da: "regionen", en: "the region" },
  other: { da: "andre", en: "others" },
};

const joined = (names: readonly string[], language: Language): string => {
  const last = names.at(-1) ?? "";
  return names.length < 2
    ? last
    : `${names.slice(0, -1).join(", ")} ${language === "da" ? "eller" : "or"} ${last}`;
};

/** Who a filter lets through, in words; `undefined`: anybody. */
const partyText = (
  party: PartyFilter | undefined,
  language: Language,
  nameOf: NameOf,
): string | undefined => {
  if (party?.organisations !== undefined) return joined(party.organisations.map(nameOf), language);
  if (party?.kinds !== undefined)
    return joined(
      party.kinds.map((kind) => kinds[kind][language]),
      language,
    );
  if (party?.municipalities !== undefined)
    return `${language === "da" ? "kommune" : "municipality"} ${joined(party.municipalities, language)}`;
  return undefined;
};

/** Why a clock stands, by the fact that pauses it. */
const pauses: Readonly<Record<string, Said>> = {
  InformationRequested: { da: "der er spurgt tilbage", en: "a question back is open" },
  ResponsibilitySuspended: { da: "ansvaret er sat i bero", en: "the responsibility is suspended" },
};

const pauseText = ({ pausesOn }: Agreement, language: Language, creditor: string): string => {
  if (pausesOn.length === 0) return "";
  if (pausesOn.every((fact) => fact.endsWith("InformationRequested")))
    return language === "da"
      ? `; uret står, mens ${creditor} svarer på spørgsmål`
      : `; the clock stands while ${creditor} answers questions`;
  const why = pausesOn.map((fact) => pauses[fact]?.[language] ?? fact);
  return language === "da"
    ? `; uret står, mens ${joined(why, language)}`
    : `; the clock stands while ${joined(why, language)}`;
};

const upper = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** By its type alone: whoever reads these words in a browser fetches no schemas with them. */
const read: typeof documentRead = "DocumentRead";

/** What is owed: an answer, or to have read what came. */
const owedText = ({ stopsOn }: Agreement, creditor: string): Said =>
  stopsOn.includes(read)
    ? { da: `læser det, ${creditor} sender,`, en: `reads what ${creditor} sends` }
    : { da: `svarer ${creditor}`, en: `answers ${creditor}` };

const clockSentence = (agreement: Agreement, language: Language, nameOf: NameOf): string => {
  const { parties, limit, name } = agreement;
  const [owes, waits] = language === "da" ? ["modtageren", "afsenderen"] : ["the receiver", "the sender"];
  const debtor = partyText(parties.debtor, language, nameOf) ?? owes;
  const creditor = partyText(parties.creditor, language, nameOf) ?? waits;
  const paused = pauseText(agreement, language, creditor);
  return language === "da"
    ? `${upper(debtor)} ${owedText(agreement, creditor).da} ${withinText(limit, language)} (${name.da.toLowerCase()})${paused}.`
    : `${upper(debtor)} ${owedText(agreement, creditor).en} ${withinText(limit, language)} (${name.en.toLowerCase()})${paused}.`;
};

/** The whole of an agreement in a sentence, whichever kind it is. */
export const sentenceOf = (entry: AgreementEntry, language: Language, nameOf: NameOf): string => {
  switch (entry.kind) {
    case "clock":
      return clockSentence(entry, language, nameOf);
    case "rule":
      return entry.rule[language];
    case "availability":
      return `${upper(partyText(entry.parties.debtor, language, nameOf) ?? entry.name[language])}: ${entry.hours.map(({ days, opens, closes }) => `${days.join(", ")} ${opens}–${closes}`).join("; ")}. ${entry.otherwise[language]}`;
  }
};
