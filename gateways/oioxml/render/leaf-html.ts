import { dateInWords } from "../../pages/danish-date.ts";
import { type Html, html, nothing } from "../../pages/html.ts";
import { inWords, linkHtml, phoneHtml, sizeInWords } from "../../pages/value-html.ts";
import type { Language } from "../../pages/words.ts";
import { runsHtml, withoutEmptyEnds } from "./formatted-html.ts";
import { labelOf, word, wordsOfCode } from "./labels/label-of.ts";
import { type Part, textIn } from "./part.ts";

const cprNames = new Set(["CivilRegistrationNumber", "PersonIdentifier"]);
const sizeNames = new Set(["OriginalObjectSize", "SizeInBytes"]);

const dateTimeText = (text: string, language: Language): Html | undefined => {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:\d\d)?)?$/.exec(text);
  const words = match === null ? undefined : dateInWords(match[1] ?? "", match[2], language);
  const zone = match?.[3] === undefined ? "" : ` (${match[3]})`;
  return words === undefined ? undefined : html`<time datetime="${text}">${words}${zone}</time>`;
};

type Special = (text: string, language: Language) => Html | undefined;
const specials: ReadonlyMap<string, Special> = new Map<string, Special>([
  ["TelephoneSubscriberIdentifier", phoneHtml],
  ["URL", linkHtml],
  [
    "OrganisationName",
    (text, language) => (text === "_" ? inWords(text, word("nameUnknown", language)) : undefined),
  ],
  ["Date", dateTimeText],
  ["SentDateTime", dateTimeText],
]);

const textHtml = (name: string, text: string, language: Language): Html => {
  if (cprNames.has(name) && /^\d{10}$/.test(text))
    return inWords(text, `${text.slice(0, 6)}-${text.slice(6)}`);
  if (sizeNames.has(name) && /^\d{1,15}$/.test(text))
    return inWords(text, sizeInWords(Number(text), language));
  const words = wordsOfCode(name, text, language);
  if (words !== undefined) return inWords(text, words);
  return specials.get(name)?.(text, language) ?? html`${text}`;
};

/** The attributes that a VANS envelope's elements carry, and any that should not be there. */
const attributesHtml = (part: Part, language: Language): Html =>
  part.attributes.length === 0
    ? nothing
    : {
        html: part.attributes
          .map(
            ({ name, value }) =>
              html` <small>(${labelOf(name, part.name, language)}: ${textHtml(name, value, language)})</small>`
                .html,
          )
          .join(""),
      };

const emptyHtml = (language: Language): Html => html`<span class="dim">${word("emptyPart", language)}</span>`;

/** The value of a leaf. A group has none. */
export const leafHtml = (part: Part, language: Language): Html => {
  const attributes = attributesHtml(part, language);
  switch (part.value.is) {
    case "text": {
      const text = part.value.text.trim();
      const value = text === "" ? emptyHtml(language) : textHtml(part.name, text, language);
      return html`${value}${attributes}`;
    }
    case "runs": {
      const runs = withoutEmptyEnds(part.value.runs);
      return html`${runs.length === 0 ? emptyHtml(language) : runsHtml(runs)}${attributes}`;
    }
    case "bytes": {
      const { sizeBytes } = part.value;
      const size = sizeBytes === undefined ? word("notBase64", language) : sizeInWords(sizeBytes, language);
      return html`${size}${attributes}`;
    }
    case "group":
      return nothing;
  }
};

const timeNames = new Set(["Date", "Time", "TimeWithSec"]);

/** Whether a group is one moment: a date, with or without its time of day. */
export const isMoment = (parts: readonly Part[]): boolean =>
  textIn(parts, "Date") !== undefined &&
  parts.length <= 2 &&
  parts.every((part) => timeNames.has(part.name) && part.value.is === "text" && part.attributes.length === 0);

/** A moment in words; as it was written when it is none. */
export const momentHtml = (parts: readonly Part[], language: Language): Html => {
  const date = textIn(parts, "Date") ?? "";
  const time = textIn(parts, "Time") ?? textIn(parts, "TimeWithSec");
  const written = time === undefined ? date : `${date}T${time}`;
  const words = dateInWords(date.slice(0, 10), time, language);
  const zone = date.slice(10);
  return words === undefined
    ? html`${date} ${time}`
    : html`<time datetime="${written}">${words}${zone === "" ? "" : ` (${zone})`}</time>`;
};
