import type { CaseRecord } from "../../../../../../contracts/record.ts";
import type { Both, Language } from "../../words/both.ts";

/** What a fact says to a reader: its texts, a score, a time and place; the rest stands in the original. */
type Fact = Readonly<Record<string, unknown>>;

const texts = new Set([
  "text",
  "subject",
  "resume",
  "recommendedAction",
  "reason",
  "note",
  "readBack",
  "question",
  "information",
  "clinicalInformation",
  "history",
  "findings",
  "conclusion",
  "comment",
  "treatmentFollowUp",
  "patientInformation",
]);
/** What means something else without its name: a "none" is of allergies, or of medicine. */
const labelled = new Map<string, Both<string>>([
  ["clinicalReason", { da: "Klinisk begrundelse", en: "Clinical reason" }],
  ["anamnesis", { da: "Sygehistorie", en: "History" }],
  ["examination", { da: "Objektive fund", en: "Findings" }],
  ["actualMedicine", { da: "Aktuel medicin", en: "Current medicine" }],
  ["cave", { da: "CAVE", en: "CAVE" }],
]);
const deepest = 4;

const isFact = (value: unknown): value is Fact =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === "string" && value.trim() !== "";

/** Formatted text (contracts/formatted-text.ts) without its styles. */
const plainOf = (run: unknown): string => {
  if (typeof run === "string") return run;
  if (Array.isArray(run)) return run.map(plainOf).join("");
  if (!isFact(run)) return "";
  if (run["el"] === "Break") return "\n";
  return run["el"] === "Space" ? " " : plainOf(run["runs"]);
};
const isFormatted = (value: readonly unknown[]): boolean =>
  value.some((run) => isFact(run) && typeof run["el"] === "string");
const lines = (text: unknown): string[] => plainOf(text).split("\n").filter(isText);

/** What a part says under its own name; `undefined`: it has none. */
const underItsName = (value: unknown, name: string, language: Language): string[] | undefined => {
  const label = labelled.get(name);
  if (label === undefined || !(isText(value) || Array.isArray(value))) return undefined;
  const said = lines(value).join("\n");
  return said === "" ? [] : [`${label[language]}: ${said}`];
};

const listTexts = (value: readonly unknown[], name: string): string[] | undefined =>
  name === "texts" ? value.flatMap(lines) : texts.has(name) && isFormatted(value) ? lines(value) : undefined;

type At = { depth: number; language: Language };

/** Paragraphs in the order in which they stand; the same text is told once. A part that is about people or addresses is none. */
const textsIn = (value: unknown, name: string, { depth, language }: At): string[] => {
  const named = underItsName(value, name, language);
  if (named !== undefined) return named;
  if (isText(value)) return texts.has(name) ? [value] : [];
  if (depth > deepest) return [];
  const below = { depth: depth + 1, language };
  if (Array.isArray(value))
    return listTexts(value, name) ?? value.flatMap((one) => textsIn(one, name, below));
  if (!isFact(value)) return [];
  return Object.entries(value).flatMap(([inner, one]) => textsIn(one, inner, below));
};

const scoreIn = ({ score }: Fact): string[] =>
  isFact(score) && typeof score["total"] === "number" ? [`TOBS ${String(score["total"])}`] : [];

export const readable = (fact: Fact, language: Language = "da"): string[] => [
  ...new Set([...scoreIn(fact), ...textsIn(fact, "", { depth: 0, language })]),
];

const moments = ["appointment", "slot"] as const;

/** When and where, of a fact that gives a time. */
export const timeIn = (fact: Fact): { start: string; place: string } | undefined => {
  const found = [...moments.map((name) => fact[name]), fact].find(
    (one) => isFact(one) && isText(one["start"]),
  );
  if (!isFact(found) || !isText(found["start"])) return undefined;
  return { start: found["start"], place: isText(found["place"]) ? found["place"] : "" };
};

const hubsOwn = ({ meta, facts }: CaseRecord): string | undefined =>
  meta.actor === "hub" && meta.outcome === "accepted"
    ? `${meta.at.slice(0, 16)} ${facts.map(({ type }) => type).join(" ")}`
    : undefined;

/**
 * Records that tell something, the latest first: a receipt shows as how far its document came. The hub tells several parties of one
 * thing in a record each; that happened once.
 */
export const told = (records: readonly CaseRecord[]): CaseRecord[] =>
  records
    .filter(({ facts, meta }) => facts.length > 0 || meta.outcome === "refused")
    .filter((record, at, all) => {
      const before = all[at - 1];
      const same = hubsOwn(record);
      return (
        same === undefined || before === undefined || hubsOwn(before) !== same || record.deliveries.length > 0
      );
    })
    .toReversed();

export type Attached = { digest: string; name: string; sizeBytes: number };

const attachedAs = (value: Fact): Attached | undefined => {
  const { digest, sizeBytes, extension, description, objectId } = value;
  if (typeof digest !== "string" || typeof sizeBytes !== "number" || typeof extension !== "string")
    return undefined;
  const name = isText(description) ? description : String(objectId).slice(0, 8);
  return { digest, sizeBytes, name: `${name.replaceAll(/[/\\:]/g, "-")}.${extension}` };
};

const attachedIn = (value: unknown, depth: number): Attached[] => {
  if (depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((one) => attachedIn(one, depth + 1));
  if (!isFact(value)) return [];
  const found = attachedAs(value);
  return found === undefined ? Object.values(value).flatMap((one) => attachedIn(one, depth + 1)) : [found];
};

/** What came with it, wherever in the fact it is named; the same bytes once. */
export const attachmentsIn = (facts: readonly Fact[]): Attached[] => [
  ...new Map(attachedIn(facts, 0).map((one) => [one.digest, one])).values(),
];
