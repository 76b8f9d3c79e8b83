import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { Letter } from "../../../contracts/letter.ts";
import { type AdviceFact, isAdviceFact, threadIdOf } from "../../../contracts/messages/advice.ts";
import { type AttachmentFact, isAttachmentFact } from "../../../contracts/messages/attachment.ts";
import type { Party } from "../../../contracts/party.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { isFhirMessage } from "../../../contracts/written.ts";
import {
  lettersToCareCommunication,
  type MadeMessage,
  type NotAddressable,
} from "../bridge/letters-to-care.ts";
import { nextInThread } from "../bridge/next-in-thread.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;
type AdviceLetter = Extract<AdviceFact, { letter: Letter }>;
type WithLetter = AdviceLetter | Extract<AttachmentFact, { letter: Letter; attachments: unknown }>;

/** What a delivery is written of: its case up to its own record, which tells everything, so that it is the same for ever. */
export interface CareToTell {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Owed;
  /** A UUID of any name: the same name has the same for ever. */
  readonly uuidOf: (name: string) => string;
}

/** A letter that was said on the case, where in its records, and the message that it came as. */
interface Said {
  readonly fact: WithLetter;
  /** The fact of the record that said it: another than `fact` where a letter was held back before. */
  readonly told: WithLetter;
  readonly name: string;
  readonly at: string;
  readonly written: CareCommunication | undefined;
}

const writtenAs = ({ written }: CaseRecord, fact: WithLetter): CareCommunication | undefined => {
  const named = "thread" in fact ? fact.thread?.messageId : undefined;
  return isFhirMessage(written) && written.kind === "CareCommunication" && written.messageId === named
    ? written
    : undefined;
};

const letterIn = (fact: { readonly type: string }): WithLetter | undefined => {
  if (isAdviceFact(fact)) return "letter" in fact ? fact : undefined;
  return isAttachmentFact(fact) && "attachments" in fact ? fact : undefined;
};

/** What a letter that was held back means: it is said when it goes on, as it goes on. */
const meantBy = (told: WithLetter, known: readonly CaseRecord[]): WithLetter => {
  if (told.type !== "LetterPassedOn" || told.because === "late") return told;
  const held = known
    .flatMap(({ facts }) => facts.flatMap((fact) => letterIn(fact) ?? []))
    .find((fact) => "held" in fact && fact.held?.alarmId === told.heldAs);
  const { letter, attachments } = told;
  return held === undefined ? told : { ...held, letter, attachments };
};

const saidIn = (record: CaseRecord, known: readonly CaseRecord[]): Said[] =>
  record.facts.flatMap((fact, at): Said[] => {
    const told = letterIn(fact);
    if (told === undefined || ("held" in told && told.held !== undefined)) return [];
    const name = `care:${record.caseId}.${String(record.meta.no)}.${String(at)}`;
    return [{ fact: meantBy(told, known), told, name, at: record.meta.at, written: writtenAs(record, told) }];
  });

/** The SOR codes that the case itself tells of: of messages that came, and of parties as the directory knew them. */
const sorsIn = (records: readonly CaseRecord[]): ReadonlyMap<string, string> => {
  const ofParties = ({ deliveries }: CaseRecord): (readonly [string, string])[] =>
    deliveries
      .flatMap((change) => (change.change === "owed" && change.parties !== undefined ? [change.parties] : []))
      .flatMap(({ from, to }) => [from, to])
      .flatMap(({ gln, identifier }) =>
        identifier.code === "sorkode" ? [[gln, identifier.value] as const] : [],
      );
  const ofMessages = ({ written }: CaseRecord): (readonly [string, string])[] =>
    isFhirMessage(written)
      ? [written.sender, written.receiver].map(({ gln, sor }) => [gln, sor] as const)
      : [];
  return new Map(records.flatMap((record) => [...ofMessages(record), ...ofParties(record)]));
};

/** Whom a conversation is between: each two parties of a case have their own. */
const betweenOf = (a: string, b: string): string => [a, b].toSorted().join("|");
const conversationOf = ({ letter }: WithLetter): string => betweenOf(letter.sender.gln, letter.receiver.gln);

/** A unit that a question is passed on to begins where the one before it was asked. */
const previousOf = (
  said: Said,
  conversations: ReadonlyMap<string, CareCommunication>,
): CareCommunication | undefined => {
  const { fact } = said;
  return fact.type === "AdviceRedirected"
    ? conversations.get(betweenOf(fact.letter.sender.gln, fact.from))
    : conversations.get(conversationOf(fact));
};

const composed = (
  said: Said,
  conversations: ReadonlyMap<string, CareCommunication>,
  { tell, sors }: { tell: CareToTell; sors: ReadonlyMap<string, string> },
): MadeMessage | NotAddressable => {
  const { fact, name, at } = said;
  const passedOnTo = fact.type === "AdviceRedirected" ? fact.to : undefined;
  const thread = threadIdOf(tell.record.caseId, passedOnTo);
  const context = {
    idFor: (part: string): string => {
      if (part === "thread") return thread;
      const uuid = tell.uuidOf(`${name}.${part}`);
      return part === "bundle" || part === "message" ? uuid : `urn:uuid:${uuid}`;
    },
    now: at,
    organisation: (gln: string) => ({ sor: sors.get(gln) }),
  };
  const letters = { letter: fact.letter, attachmentLetter: { objects: fact.attachments } };
  const previous = previousOf(said, conversations);
  if (previous === undefined) return lettersToCareCommunication(letters, context);
  return nextInThread(previous, { ...letters, as: passedOnTo === undefined ? "reply" : "forward" }, context);
};

/** The letter with its parties as the directory named them when the delivery was owed. */
const named = (said: Said, parties: { from: Party; to: Party } | undefined): Said => {
  if (parties === undefined) return said;
  const { fact } = said;
  const letter = { ...fact.letter, sender: parties.from, receiver: parties.to };
  return { ...said, fact: { ...fact, letter } };
};

/**
 * What a delivery of a case of advice says as CareCommunication: the message that was written to its receiver, or the letter of its
 * fact as the next message of what the two parties wrote before. `undefined` when the fact is no letter, or when the case does
 * not know by which SOR codes to name its parties.
 */
export const careMessageOf = (tell: CareToTell): CareCommunication | undefined => {
  const { records, record, owed } = tell;
  const known = [...records.filter(({ meta }) => meta.no < record.meta.no), record];
  const sors = sorsIn(known);
  const last = record.facts[owed.fact];
  const conversations = new Map<string, CareCommunication>();
  for (const said of known.flatMap((record) => saidIn(record, known))) {
    const isLast = said.told === last;
    const told = isLast ? named(said, owed.parties) : said;
    const made = said.written ?? composed(told, conversations, { tell, sors });
    const message = "missing" in made ? undefined : "message" in made ? made.message : made;
    if (isLast) return message;
    if (message !== undefined) conversations.set(conversationOf(said.fact), message);
  }
  return undefined;
};
