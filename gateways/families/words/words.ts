import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { Party } from "../../../contracts/party.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { dateInWords } from "../../pages/danish-date.ts";

/** What a letter in words says. `subject` is at most 70 characters. */
export interface Words {
  readonly subject: string;
  readonly text: FormattedText;
  /** The receiver is to read it now. */
  readonly urgent?: boolean;
}

/** What words are made with: the case up to the fact's record, who is told by whom, and Danish time. */
export interface Saying {
  readonly records: readonly CaseRecord[];
  readonly parties: { readonly from: Party; readonly to: Party };
  /** Danish wall-clock time of an instant, `yyyy-mm-ddThh:mm`. */
  readonly localTime: (instant: string) => string;
}

/** A Danish date as people write it: `2. marts 2026`. */
export const dayInWords = (date: string): string => dateInWords(date.slice(0, 10), undefined, "da") ?? "";
/** An instant as people in Denmark write it: `2. marts 2026 kl. 14.05`. */
export const timeInWords = (instant: string, { localTime }: Pick<Saying, "localTime">): string => {
  const local = localTime(instant);
  return dateInWords(local.slice(0, 10), local.slice(11, 16), "da") ?? "";
};

export const bold = (text: string): FormattedText => [{ el: "Bold", runs: [text] }];

type Line = string | FormattedText | undefined;
/** Lines of text, each on its own; what is not there is left out. */
export const lines = (...parts: readonly Line[]): FormattedText => {
  const there = parts.filter((part) => part !== undefined && part !== "" && part.length > 0);
  return there.flatMap((part, i): FormattedText => {
    const runs = typeof part === "string" ? [part] : (part ?? []);
    return i === 0 ? runs : [{ el: "Break" }, ...runs];
  });
};
/** A heading and what stands under it; nothing when there is nothing. */
export const section = (heading: string, text: Line): FormattedText | undefined =>
  text === undefined || text.length === 0 ? undefined : lines(bold(heading), text);
/** `Label: value`, or nothing. */
export const field = (label: string, value: string | number | undefined): string | undefined =>
  value === undefined || value === "" ? undefined : `${label}: ${value}`;

export const person = (who: {
  name?: string | undefined;
  title?: string | undefined;
  phone?: string | undefined;
}): string =>
  [who.name, who.title, who.phone === undefined ? undefined : `tlf. ${who.phone}`]
    .filter((part) => part !== undefined && part !== "")
    .join(", ");

/** What a party is called in a letter. */
export const called = ({ organisation, department }: Party): string =>
  [organisation, department].filter((part) => part !== undefined).join(", ");

/** Words of a subject and its lines. */
export const simple = (subject: string, ...text: readonly Line[]): Words => ({
  subject,
  text: lines(...text),
});

/** Words for every fact of a family: a fact that a later release adds has none until it is given them, and does not compile. */
export type WordsOf<Fact extends { type: string }> = {
  readonly [Type in Fact["type"]]: (fact: Extract<Fact, { type: Type }>, saying: Saying) => Words;
};
