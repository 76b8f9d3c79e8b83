import type { z } from "zod";
import type {
  DeadLetter,
  DeadLetterItem,
  DeadLetterKind,
  DeadLetterState,
  SentAgainMany,
} from "../../contracts/messages/dead-letters.ts";
import { problemLines } from "./hub-client.ts";
import type { NameOf } from "./organisation-names.ts";
import { columns } from "./say.ts";

type Language = "da" | "en";
type Said = { language: Language; nameOf: NameOf; time: (instant: string) => string };
type Status = z.infer<typeof SentAgainMany>["results"][number]["status"];

type Words = {
  kinds: Readonly<Record<DeadLetterKind, string>>;
  states: Readonly<Record<DeadLetterState, string>>;
  statuses: Readonly<Record<Status, string>>;
  heads: readonly string[];
  manyHeads: readonly string[];
  nobody: string;
  none: string;
  rows: Readonly<
    Record<"from" | "to" | "document" | "case" | "original" | "told" | "corrects" | "text", string>
  >;
  untold: string;
  happened: string;
};

/** What may stand in a history, in words; what a later release adds is shown as it is called. */
const events: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  came: { da: "kom", en: "came" },
  refused: { da: "afvist", en: "refused" },
  failed: { da: "mislykkedes", en: "failed" },
  told: { da: "afsenderen fik svar", en: "its sender was answered" },
  sentAgain: { da: "rettet og sendt igen", en: "corrected and sent again" },
  readAgain: { da: "læst igen", en: "read again" },
  closed: { da: "lukket", en: "closed" },
  owed: { da: "sendt", en: "sent" },
  fetched: { da: "udleveret", en: "handed over" },
  failedForNow: { da: "teknisk fejl hos modtageren", en: "technical fault at its receiver" },
  resent: { da: "sendt igen", en: "sent again" },
  unconfirmed: { da: "ubekræftet", en: "unconfirmed" },
  acknowledged: { da: "kvitteret", en: "acknowledged" },
  handled: { da: "håndteret", en: "seen to" },
};

const words: Readonly<Record<Language, Words>> = {
  da: {
    kinds: {
      unreadable: "kan ikke læses",
      refused: "afvist",
      failed: "mislykket",
      unconfirmed: "ubekræftet",
    },
    states: { open: "åben", "sent-again": "sendt igen", closed: "lukket", arrived: "nåede frem" },
    statuses: { accepted: "taget imod", refused: "afvist", ignored: "intet at gøre", failed: "fejl" },
    heads: ["dokument", "hvad", "hvornår", "fra", "til", "type", "kode", "tilstand"],
    manyHeads: ["dokument", "hvad", "kode"],
    nobody: "ukendt",
    none: "Der er intet, som noget gik galt med.",
    rows: {
      from: "fra",
      to: "til",
      document: "dokument",
      case: "sag",
      original: "originalen",
      told: "afsenderen fik svar",
      corrects: "retter",
      text: "modtagerens ord",
    },
    untold: "vides ikke",
    happened: "Hvad der skete:",
  },
  en: {
    kinds: { unreadable: "unreadable", refused: "refused", failed: "failed", unconfirmed: "unconfirmed" },
    states: { open: "open", "sent-again": "sent again", closed: "closed", arrived: "arrived" },
    statuses: { accepted: "accepted", refused: "refused", ignored: "nothing to do", failed: "failed" },
    heads: ["document", "what", "when", "from", "to", "type", "code", "state"],
    manyHeads: ["document", "what", "code"],
    nobody: "unknown",
    none: "There is nothing that went wrong.",
    rows: {
      from: "from",
      to: "to",
      document: "document",
      case: "case",
      original: "the original",
      told: "its sender was answered",
      corrects: "corrects",
      text: "the receiver's words",
    },
    untold: "nobody knows",
    happened: "What happened:",
  },
};

/** A list of dead letters as a table. */
export const deadLettersText = (
  items: readonly DeadLetterItem[],
  { language, nameOf, time }: Said,
): string => {
  const say = words[language];
  if (items.length === 0) return say.none;
  const rows = items.map(({ id, kind, at, from, to, type, code, state }) => [
    id,
    say.kinds[kind],
    time(at),
    nameOf(from),
    to === undefined ? say.nobody : nameOf(to),
    type ?? say.nobody,
    code,
    say.states[state],
  ]);
  return columns([[...say.heads], ...rows]);
};

const happened = (letter: DeadLetter, { language, nameOf, time }: Said): string[][] =>
  letter.history.map(({ at, what, by, person, reason, code, as }) => [
    `  ${time(at)}`,
    events[what]?.[language] ?? what,
    [by === undefined ? "" : nameOf(by), person ?? ""].filter((who) => who !== "").join(", "),
    [code === undefined ? "" : `[${code}]`, reason ?? "", as === undefined ? "" : `-> ${as}`]
      .filter((part) => part !== "")
      .join(" "),
  ]);

/** One dead letter with all that is known of it. */
export const deadLetterText = (letter: DeadLetter, said: Said): string => {
  const { nameOf, time } = said;
  const say = words[said.language];
  const { told, from, to, type, standard, caseId, original, corrects, text } = letter;
  const rows = [
    [say.rows.from, nameOf(from)],
    [say.rows.to, to === undefined ? say.nobody : nameOf(to)],
    [say.rows.document, `${type ?? say.nobody} (${standard})`],
    [say.rows.case, caseId],
    [say.rows.told, told === undefined ? say.untold : time(told.at)],
    [say.rows.text, text],
    [say.rows.corrects, corrects],
    [say.rows.original, original],
  ].flatMap(([name = "", value]) => (value === undefined ? [] : [[`  ${name}`, value]]));
  return [
    `${letter.id}: ${say.kinds[letter.kind]} [${letter.code}], ${say.states[letter.state]}`,
    columns(rows),
    ...problemLines(letter.problems),
    say.happened,
    columns(happened(letter, said)),
  ].join("\n");
};

/** What came of many, each on its own line. */
export const sentAgainText = ({ results }: SentAgainMany, language: Language): string => {
  const say = words[language];
  const rows = results.map(({ id, status, code }) => [id, say.statuses[status], code ?? ""]);
  return columns([[...say.manyHeads], ...rows]);
};
