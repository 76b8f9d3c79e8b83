import {
  careCategories,
  otherCategory,
  referralCategory,
} from "../../../contracts/codes/fhir-care-communication.ts";
import { endpointOf } from "../../../contracts/codes/fhir-code.ts";
import { localTimeOf, withDanishOffset } from "../../../contracts/danish-time.ts";
import type { CareCommunication, CarePayload, CareText } from "../../../contracts/fhir/care-communication.ts";
import type { Coded, FhirCorrespondent, FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import { type FormattedText, toPlainText } from "../../../contracts/formatted-text.ts";
import { isYdernummer } from "../../../contracts/identifiers.ts";
import type { AttachmentLetter, Letter } from "../../../contracts/letter.ts";
import type { Party } from "../../../contracts/party.ts";
import { careAttachments } from "./care-attachments.ts";
import { carePatient } from "./care-patient.ts";
import { letterEpisodeId } from "./care-to-letters.ts";
import { encounterOfStatus } from "./codes.ts";
import { collectLosses, type Lose, type LossCode } from "./losses.ts";
import { isPlainText, visible, wording } from "./wording.ts";

/** What is known of an organisation beyond what a letter says of it (SOR, by its GLN). */
interface KnownOrganisation {
  readonly sor?: string | undefined;
  readonly phone?: string | undefined;
}

/** What a message is made of letters with. */
export interface ToCare {
  /** Bundle.id and MessageHeader.id are bare; `thread`, `text` and others are `urn:uuid:...`. The same name, the same id. */
  readonly idFor: (name: string) => string;
  /** When the message is made, with an offset. */
  readonly now: string;
  readonly organisation: (gln: string) => KnownOrganisation | undefined;
}

export interface MadeMessage {
  readonly message: CareCommunication;
  readonly losses: readonly LossCode[];
}

/** Whose SOR code is known neither to the letter nor to the directory: without both no message can be addressed. */
export interface NotAddressable {
  readonly missing: readonly ("sender" | "receiver")[];
}

/** What a letter is about, where more is known of it than the letter says: in a thread it is what the thread is about. */
export type About = Pick<CareCommunication, "category" | "topic">;

const categoryOf = (code: string): Coded => {
  const found = careCategories.find((one) => one.code === code);
  return { system: found?.system ?? "", code };
};

const sorOf = ({ identifier, gln }: Party, { organisation }: ToCare): string | undefined =>
  identifier.code === "sorkode" && /^\d{11,}$/.test(identifier.value)
    ? identifier.value
    : organisation(gln)?.sor;

/** Name, department and unit stand in one field (mapping sheet, "Sender organization name"). */
const nameOf = ({ organisation, department, unit }: Party): string | undefined => {
  const parts = [organisation, department, unit].map(visible).filter((part) => part !== undefined);
  return parts.length === 0 ? undefined : parts.join(", ");
};

const organisationOf = (party: Party, sor: string): FhirCorrespondent => {
  const name = nameOf(party);
  const { identifier } = party;
  return {
    gln: party.gln,
    sor,
    ...(identifier.code === "ydernummer" && isYdernummer(identifier.value)
      ? { ydernummer: identifier.value }
      : {}),
    otherIdentifiers: [],
    ...(name === undefined ? {} : { name }),
  };
};

/** A letter does not say who wrote it (mapping sheet, "Author role" and "Author name"). */
const unknownAuthor = ({ name, gln }: FhirCorrespondent): FhirPractitioner => ({
  role: { kind: "text", text: wording.unknownRole },
  surname: name ?? gln,
  givenNames: [wording.unknownGivenName],
});

/** Whether a block is one that was cut because it was full: 45 lines of 70, less the word that did not fit. */
const wasCut = (block: string): boolean => block.length > 3080 && block.length <= 3150;

/** The blocks of a letter as one text: a message sorts its texts by time, and these have one time. */
const joined = (blocks: readonly string[]): string =>
  blocks.reduce((text, block, at) => {
    if (at === 0) return block;
    return wasCut(blocks[at - 1] ?? "") ? text + block : `${text}\n${block}`;
  }, "");

const plainText = (texts: readonly FormattedText[], lose: Lose): string => {
  if (texts.length > 1) lose("text-blocks");
  if (!texts.every(isPlainText)) lose("formatting");
  return joined(texts.map(toPlainText));
};

const isUrgentReferral = ({ priority }: Letter, { category }: About): boolean =>
  priority !== undefined && category.code === referralCategory;

const firstLines = (letter: Letter, about: About, lose: Lose): string[] => {
  const { priority, status } = letter;
  if (priority !== undefined && !isUrgentReferral(letter, about)) lose("priority-in-words");
  if (status === "corrected") lose("corrected-in-words");
  return [
    ...(priority === "high" && !isUrgentReferral(letter, about) ? [wording.highPriority] : []),
    ...(status === "corrected" ? [wording.corrected] : []),
  ];
};

const textOf = (
  letter: Letter,
  { about, told, lose }: { about: About; told: string[]; lose: Lose },
): string => {
  const said = plainText(letter.texts, lose);
  const text = [...firstLines(letter, about, lose), said, ...told].join("\n");
  const readable = visible(text) ?? wording.noText;
  if (readable !== text) lose("text-characters");
  return readable;
};

const topicOf = (letter: Letter, lose: Lose): About => {
  lose("subject-with-category");
  const topic = visible(letter.subject);
  if (topic !== letter.subject) lose("text-characters");
  return { category: categoryOf(otherCategory), topic: topic ?? wording.unknownTopic };
};

/** The course with the sender as the one that gave it its id: letters do not say who did. */
const encounterOf = (letter: Letter, sor: string, lose: Lose): Pick<CareCommunication, "encounter"> => {
  const { episodeOfCareId, patient } = letter;
  const value = visible(episodeOfCareId);
  if (letterEpisodeId(value ?? "") !== episodeOfCareId) lose("episode-id");
  if (value === undefined) return {};
  const { status, class: kind } = encounterOfStatus[patient.episodeOfCareStatus];
  return { encounter: { status, class: kind, episodes: [{ system: endpointOf(sor), value }] } };
};

/** A telephone number has digits; `se hjemmesiden` is none. */
const numberIn = (phone: string | undefined): string | undefined =>
  phone !== undefined && /\d/.test(phone) ? visible(phone) : undefined;

const phoneOf = ({ sender }: Letter, { organisation }: ToCare): CareText["contact"] => ({
  system: "phone",
  value: numberIn(sender.phone) ?? numberIn(organisation(sender.gln)?.phone) ?? wording.unknownPhone,
});

interface Parts {
  readonly letter: Letter;
  readonly objects: AttachmentLetter["objects"];
  readonly sender: FhirCorrespondent;
  readonly receiver: FhirCorrespondent;
  readonly about: About;
}

/** The text, and then what came with it. */
const payloadsOf = (
  { letter, objects, sender, about }: Parts,
  context: ToCare,
  lose: Lose,
): CarePayload[] => {
  const at = withDanishOffset(letter.authorised);
  if (localTimeOf(at) !== letter.authorised) lose("hour-left-out");
  const made = { at, assigner: sender, idFor: context.idFor, lose };
  const attached = careAttachments({ references: letter.references, objects }, made);
  const told = attached.flatMap((one) => ("told" in one ? [one.told] : []));
  const text = textOf(letter, { about, told, lose });
  const contact = phoneOf(letter, context);
  return [
    {
      kind: "text",
      ...{ id: context.idFor("text"), assigner: sender, at, contact },
      author: unknownAuthor(sender),
      text,
    },
    ...attached.flatMap((one) => ("payload" in one ? [one.payload] : [])),
  ];
};

const priorityIn = (letter: Letter, about: About): Pick<CareCommunication, "priority"> =>
  isUrgentReferral(letter, about) ? { priority: letter.priority === "high" ? "asap" : "routine" } : {};

const messageOf = (parts: Parts, context: ToCare, lose: Lose): CareCommunication => {
  const { letter, sender, receiver, about } = parts;
  const { idFor, now } = context;
  const payloads = payloadsOf(parts, context, lose);
  const messageId = idFor("message");
  const added = payloads.map(({ id }) => id);
  const step = { messageId, occurred: now, activity: "new-message", by: sender, removes: false, added };
  return {
    kind: "CareCommunication",
    version: "5.0",
    bundleId: idFor("bundle"),
    created: now,
    messageId,
    sender,
    receiver,
    history: [step],
    patient: carePatient(letter, lose),
    threadId: idFor("thread"),
    ...about,
    ...priorityIn(letter, about),
    ...encounterOf(letter, sender.sor, lose),
    payloads,
  };
};

/** A letter, what came with it, and, in a thread, what that is about. */
export interface Letters {
  readonly letter: Letter;
  readonly attachmentLetter?: Pick<AttachmentLetter, "objects"> | undefined;
  readonly about?: About | undefined;
}

/** A letter, and the attachments that came with it, as a new message (MedCom's mapping sheets; guide to MedCom FHIR, section 11). */
export const lettersToCareCommunication = (
  { letter, attachmentLetter, about }: Letters,
  context: ToCare,
): MadeMessage | NotAddressable => {
  const [from, to] = [sorOf(letter.sender, context), sorOf(letter.receiver, context)];
  if (from === undefined || to === undefined)
    return {
      missing: [
        ...(from === undefined ? (["sender"] as const) : []),
        ...(to === undefined ? (["receiver"] as const) : []),
      ],
    };
  const { lose, losses } = collectLosses();
  lose("letter-number");
  lose("parties-as-organisations");
  const parts: Parts = {
    letter,
    objects: attachmentLetter?.objects ?? [],
    sender: organisationOf(letter.sender, from),
    receiver: organisationOf(letter.receiver, to),
    about: about ?? topicOf(letter, lose),
  };
  return { message: messageOf(parts, context, lose), losses: losses() };
};
