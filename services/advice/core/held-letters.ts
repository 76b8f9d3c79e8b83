import { plainUuid, shortId } from "../../../contracts/derived-ids.ts";
import { type FormattedText, fromPlainText } from "../../../contracts/formatted-text.ts";
import type { Letter, Reference, StoredObject } from "../../../contracts/letter.ts";
import type { AdviceFact } from "../../../contracts/messages/advice.ts";

/**
 * A letter whose attachments travel by themselves, to a receiver that takes them inside a message alone. It waits for them, and
 * is passed on (`passedOn`) when they have come or the time is up; what comes later goes after it.
 */
export type Held = {
  /** Names it for ever; the alarm that ends the wait. */
  alarmId: string;
  letter: Letter;
  /** The objects that it brought or that have come. */
  attachments: readonly StoredObject[];
  /** The objects that have not. */
  awaits: readonly string[];
  passedOn: boolean;
};

type Joined = Extract<AdviceFact, { type: "AttachmentsJoined" }>;
type PassedOn = Extract<AdviceFact, { type: "LetterPassedOn" }>;

/** Whether a letter names an object: XDIS91 writes its id without hyphens, XBIN01 with. */
export const isNamedBy = (letter: Letter, { objectId }: Pick<StoredObject, "objectId">): boolean =>
  letter.references.some(
    ({ target }) => target.kind === "bin" && plainUuid(target.objectId) === plainUuid(objectId),
  );

const objectId = /^[0-9a-f]{32}$/;

/** The objects that a letter names and that are not there; what is no object's identifier can never come. */
export const missingIn = (letter: Letter, attachments: readonly StoredObject[]): string[] => {
  const there = new Set(attachments.map((object) => object.objectId));
  const named = letter.references.flatMap(({ target }) =>
    target.kind === "bin" ? [plainUuid(target.objectId)] : [],
  );
  return [...new Set(named)].filter((id) => objectId.test(id) && !there.has(id));
};

/** What waits, when these have come. */
export const joinedTo = (held: Held, { sender, objects }: Pick<Joined, "sender" | "objects">): Held => {
  if (held.letter.sender.gln !== sender) return held;
  const fresh = objects.filter((object) => held.awaits.includes(object.objectId));
  const came = new Set(fresh.map((object) => object.objectId));
  return {
    ...held,
    attachments: [...held.attachments, ...fresh],
    awaits: held.awaits.filter((id) => !came.has(id)),
  };
};

/** A unit that passed the question on needs it no more; a letter that went on and awaits nothing is done with. */
const isOver = ({ passedOn, awaits, letter }: Held, fact: AdviceFact): boolean =>
  (passedOn && awaits.length === 0) ||
  (fact.type === "AdviceRedirected" && letter.receiver.gln === fact.from);

/** What waits, after a fact. */
export const heldAfter = (before: readonly Held[], fact: AdviceFact): Held[] => {
  const moved = before.map((held) => {
    if (fact.type === "AttachmentsJoined") return joinedTo(held, fact);
    return fact.type === "LetterPassedOn" && fact.heldAs === held.alarmId
      ? { ...held, passedOn: true }
      : held;
  });
  const going = moved.filter((held) => !isOver(held, fact));
  if (!("letter" in fact) || fact.held === undefined) return going;
  const { letter, attachments, held } = fact;
  const { alarmId, awaits } = held;
  return [...going, { alarmId, letter, attachments, awaits, passedOn: false }];
};

/** A Danish time as people write it: `23.11.2026 kl. 10:14`. */
export const inDanish = (local: string): string =>
  `${local.slice(8, 10)}.${local.slice(5, 7)}.${local.slice(0, 4)} kl. ${local.slice(11)}`;

const names = (ids: readonly string[], { target }: Reference): boolean =>
  target.kind === "bin" && ids.includes(plainUuid(target.objectId));

const titlesOf = (references: readonly Reference[]): string =>
  references.map(({ description }) => description).join(", ");

/** Added to the last block: a letter has ten at most. */
const withNotice = (texts: readonly FormattedText[], notice: string): FormattedText[] => {
  const last = texts.at(-1);
  if (last === undefined) return [fromPlainText(notice)];
  return [...texts.slice(0, -1), [...last, { el: "Break" }, { el: "Break" }, ...fromPlainText(notice)]];
};

/** In Danish: its readers are Danish clinicians. That it is the hub's own is said, for it stands in another's letter. */
const missing = (titles: string): string =>
  `Tilføjet af Sektorbro: Et eller flere bilag er ikke modtaget fra afsenderen: ${titles}. De eftersendes, hvis de kommer.`;

/** The letter without what has not come, which it says instead: a message that names an attachment without bringing it is refused. */
const withoutMissing = ({ letter, awaits }: Held): Letter => {
  const absent = letter.references.filter((reference) => names(awaits, reference));
  if (absent.length === 0) return letter;
  return {
    ...letter,
    references: letter.references.filter((reference) => !names(awaits, reference)),
    texts: withNotice(letter.texts, missing(titlesOf(absent))),
  };
};

/** What was held back, as it goes to its receiver. */
export const passOn = (held: Held, because: "complete" | "time"): PassedOn => ({
  type: "LetterPassedOn",
  heldAs: held.alarmId,
  because,
  letter: withoutMissing(held),
  attachments: [...held.attachments],
});

/** What came after its letter had gone on, with a letter of the hub's own in the thread. */
export const passOnLate = (
  { letter, alarmId }: Held,
  objects: readonly StoredObject[],
  { id, local }: { id: string; local: string },
): PassedOn => {
  const { priority: _priority, ...rest } = letter;
  const references = letter.references.filter((reference) =>
    names(
      objects.map((object) => object.objectId),
      reference,
    ),
  );
  const text = `Eftersendt af Sektorbro: Bilag til meddelelsen af ${inDanish(letter.authorised)}: ${titlesOf(references)}.`;
  return {
    type: "LetterPassedOn",
    heldAs: alarmId,
    because: "late",
    letter: {
      ...rest,
      letterId: shortId(`late:${id}:${alarmId}`),
      status: "new",
      authorised: local,
      texts: [fromPlainText(text)],
      references,
    },
    attachments: [...objects],
  };
};
