import { danishOf } from "../../../contracts/codes/fhir-code.ts";
import { administrativeRoles, authorisedRoles } from "../../../contracts/codes/fhir-practitioner-roles.ts";
import { localTimeOf } from "../../../contracts/danish-time.ts";
import type {
  CareCommunication,
  CareText,
  Correspondent,
} from "../../../contracts/fhir/care-communication.ts";
import type { FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import { type FormattedText, fromPlainText } from "../../../contracts/formatted-text.ts";
import type { Lose } from "./losses.ts";
import { textsOf } from "./timeline.ts";
import { wording } from "./wording.ts";

const roles = [...authorisedRoles, ...administrativeRoles];

const roleOf = ({ role }: Pick<FhirPractitioner, "role">): string | undefined => {
  if (role === undefined) return undefined;
  return role.kind === "text" ? role.text : (role.display ?? danishOf(roles, role.code));
};

const nameOf = ({ givenNames, surname }: Pick<FhirPractitioner, "givenNames" | "surname">): string =>
  [...givenNames, ...(surname === undefined ? [] : [surname])].join(" ");

/** Whom the hub, or a conversion, put in the place of an author that a letter does not tell. */
const isUnknown = ({ role, givenNames }: FhirPractitioner): boolean =>
  role?.kind === "text" &&
  role.text === wording.unknownRole &&
  (givenNames.length === 0 || givenNames.join(" ") === wording.unknownGivenName);

const line = (label: string, said: string | undefined): string[] =>
  said === undefined || said === "" ? [] : [`${label}: ${said}`];

const authorLines = (author: FhirPractitioner): string[] =>
  isUnknown(author) ? [] : [...line(wording.author, nameOf(author)), ...line(wording.role, roleOf(author))];

const correspondentName = (correspondent: Correspondent): string => {
  if (correspondent.kind === "team") return correspondent.name;
  const role = roleOf(correspondent);
  return [nameOf(correspondent), ...(role === undefined ? [] : [role])]
    .filter((part) => part !== "")
    .join(", ");
};

const specificLines = ({ specificSender, specificRecipient }: CareCommunication, lose: Lose): string[] => {
  const named = [
    [wording.specificSender, specificSender],
    [wording.specificRecipient, specificRecipient],
  ] as const;
  return named.flatMap(([label, correspondent]) => {
    if (correspondent === undefined) return [];
    lose("specific-in-words");
    return line(label, correspondentName(correspondent));
  });
};

/** A reply and a forward are told in words: a letter has no code for them (mapping sheet, "Message status/activity"). */
const activityLines = ({ history }: CareCommunication): string[] => {
  const activity = history.at(-1)?.activity;
  if (activity === "reply-message") return [wording.reply];
  return activity === "forward-message" ? [wording.forward] : [];
};

const textLines = ({ text, author }: CareText, lose: Lose): string[] => {
  const lines = authorLines(author);
  if (lines.length > 0) lose("authors-in-words");
  if (text.includes("\r")) lose("line-breaks");
  return [text, ...lines];
};

const monthFirst = /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d)$/;
const danishDate = (instant: string): string => localTimeOf(instant).replace(monthFirst, "$3.$2.$1 kl. $4");

/** An earlier text under when, where and by whom it was written. */
const quoted = ({ text, at, author, assigner }: CareText): string => {
  const by = isUnknown(author) ? [] : [nameOf(author), roleOf(author) ?? ""];
  const head = [danishDate(at), assigner?.name ?? "", ...by].filter((part) => part !== "");
  return `${head.join(", ")}:\n${text}`;
};

/** Lines that say what has no field of its own, and must be read. */
export interface Beside {
  /** Before everything else. */
  readonly first: readonly string[];
  readonly last: readonly string[];
}

/**
 * The texts of a letter: what is new, with its author, and then, in a block of its own, what was written in the thread before. The
 * receiver may have seen that, or not: nothing of the message is left out. Blocks of 3150 characters are made where the
 * letter is printed.
 */
export const letterTexts = (
  message: CareCommunication,
  { first, last }: Beside,
  lose: Lose,
): FormattedText[] => {
  const { fresh, earlier } = textsOf(message);
  if (fresh.length > 1 || earlier.length > 0) lose("payload-order");
  const lines = [
    ...first,
    ...fresh.flatMap((text) => textLines(text, lose)),
    ...specificLines(message, lose),
    ...activityLines(message),
    ...last,
  ];
  const before = earlier.length === 0 ? [] : [[wording.earlier, ...earlier.map(quoted)].join("\n\n")];
  return [lines.join("\n"), ...before].map(fromPlainText);
};
