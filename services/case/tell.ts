import { fhirTypeOfFact, oioxmlTypeOfFact } from "../../contracts/codes/fact-documents.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryIdOf } from "../../contracts/derived-ids.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { Channel, Organisation } from "../../contracts/messages/directory.ts";
import type { Party } from "../../contracts/party.ts";
import { isFhirMessage, isLetter, type Written } from "../../contracts/written.ts";
import { type CaseState, isSettled } from "./case-state.ts";
import type { Telling } from "./decision.ts";
import {
  channelFor,
  type DirectoryView,
  type Documents,
  lacking,
  partyOf,
  receiverPartyOf,
  typesFor,
} from "./directory-view.ts";

type Fact = { type: string };

const hasOwnAttachments = (fact: Fact): boolean =>
  "attachments" in fact && Array.isArray(fact.attachments) && fact.attachments.length > 0;

/** A letter, and one XBIN01 for the attachments that the fact brings itself. */
const withAttachments = (type: string, fact: Fact): string[] =>
  hasOwnAttachments(fact) ? [type, "XBIN01"] : [type];

type About = { written?: Written | undefined; to?: string | undefined };

/** The document that is made for just such a fact; none: any other is told by correspondence. */
const oioxmlOf = (fact: Fact, { written, to }: About): string[] => {
  if (fact.type === "AttachmentsReceived") return ["XBIN01"];
  if ("letter" in fact) return withAttachments("XDIS91", fact);
  const type = isLetter(written) ? written.type : oioxmlTypeOfFact(fact, to);
  return type === undefined ? [] : withAttachments(type, fact);
};

/** Attachments travel inside a FHIR message. */
const fhirOf = (fact: Fact, { written }: About): string[] => {
  const type = isFhirMessage(written) ? written.kind : fhirTypeOfFact(fact);
  return type === undefined ? [] : [type];
};

/**
 * What tells of a fact in each standard. `written`: the letter or message that the receiver is sent as it was written; `to`: its
 * GLN, since a letter to one party is none to the other. Where no MedCom
 * letter or message was made for a fact, and the receiver takes nothing else, it is told in words (XDIS91, CareCommunication).
 */
export const documentsOf = (fact: Fact, written?: Written, to?: string): Documents => ({
  oioxml: oioxmlOf(fact, { written, to }),
  fhir: fhirOf(fact, { written }),
  json: fact.type,
  // Words bring no attachments.
  inWords: fact.type === "AttachmentsReceived" ? [] : withAttachments("XDIS91", fact),
  inFhirWords: fact.type === "AttachmentsReceived" ? [] : ["CareCommunication"],
});

type Tellings = {
  tell: readonly Telling[];
  facts: readonly Fact[];
  written?: Written | undefined;
  /** Notices of clocks: no receipt is asked for, or the receipt's own clock would run out and be told of in its turn. */
  withoutReceipt?: boolean;
};

/** The letter of a command whose sender is the letter's own: nobody hands in what another wrote. */
export const writtenBySender = ({ written, sender }: Envelope): Written | undefined =>
  written?.sender.gln === sender ? written : undefined;

/** The written letter goes to the receiver that it names; whoever else is told gets what the hub writes. */
const writtenTo = ({ written, tell }: Tellings, { to, fact }: Telling): Written | undefined =>
  written?.receiver.gln === to && tell.find((telling) => telling.to === to)?.fact === fact
    ? written
    : undefined;

type World = { directory: DirectoryView; telling: Tellings };

/** A SOR code as a letter's party has room for it. */
const sorOf = (o: Organisation | undefined): string | undefined =>
  o?.identifiers.sor !== undefined && o.identifiers.sor.length <= 17 ? o.identifiers.sor : undefined;

/** Its receiver is a practice, told by its ydernummer too (medcom-requesterorganization). */
const numbered = "HomeCareObservation";
const hasNumber = (o: Organisation | undefined): boolean => o?.identifiers.ydernummer !== undefined;

/**
 * What tells one party of its fact. A FHIR message names both organisations by their SOR codes (medcom-messaging-organization):
 * the hub writes none between organisations of which the directory knows no such code.
 */
const documentsFor = ({ to, from, fact }: Telling, { directory, telling }: World): Documents | undefined => {
  const about = telling.facts[fact];
  if (about === undefined) return undefined;
  const written = writtenTo(telling, { to, from, fact });
  const documents = documentsOf(about, written, to);
  const { fhir = [], inFhirWords = [] } = documents;
  const named = [to, from].every((gln) => sorOf(directory.organisation(gln)) !== undefined);
  const nameable = named && (!fhir.includes(numbered) || hasNumber(directory.organisation(to)));
  return {
    ...documents,
    fhir: nameable || isFhirMessage(written) ? fhir : [],
    inFhirWords: named ? inFhirWords : [],
  };
};

/** What a party would have to take to be told, when it takes none of it. */
const lackOf = (one: Telling, world: World): string => {
  const { directory, telling } = world;
  const receiver = directory.organisation(one.to);
  const about = telling.facts[one.fact];
  if (receiver === undefined || about === undefined) return "It is not in the directory.";
  const wanted = lacking(documentsOf(about, writtenTo(telling, one), one.to));
  const speaksFhir = receiver.channels.some(({ standard }) => standard === "fhir");
  const named = [one.to, one.from].every((gln) => sorOf(directory.organisation(gln)) !== undefined);
  return speaksFhir && !named
    ? `${wanted} A FHIR message also needs the SOR codes of both parties, which the directory does not have.`
    : wanted;
};

/** Who of those that are to be told has no way in for it, and what each of them lacks. */
export const untoldOf = (
  telling: Tellings,
  directory: DirectoryView,
): readonly { readonly telling: Telling; readonly lack: string }[] =>
  telling.tell.flatMap((one) => {
    const world = { directory, telling };
    const [receiver, documents] = [directory.organisation(one.to), documentsFor(one, world)];
    const channel =
      receiver === undefined || documents === undefined ? undefined : channelFor(receiver, documents);
    return channel === undefined ? [{ telling: one, lack: lackOf(one, world) }] : [];
  });

/** Whether everybody who is to be told has a way in for it. */
export const canBeTold = (telling: Tellings, directory: DirectoryView): boolean =>
  untoldOf(telling, directory).length === 0;

/**
 * Whether a receiver takes attachments inside a message alone (CareCommunication): then nothing can bring it an XBIN01, and a letter
 * that names what has not come cannot be completed later.
 */
export const takesAttachmentsInside = (receiver: Organisation): boolean =>
  channelFor(receiver, documentsOf({ type: "AdviceAsked", ...{ letter: {} } }))?.standard === "fhir" &&
  channelFor(receiver, documentsOf({ type: "AttachmentsReceived" })) === undefined;

type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Standard = Channel["standard"];

const inStandard = (party: Party, standard: Standard, o: Organisation): Party => {
  const sor = standard === "fhir" ? sorOf(o) : undefined;
  return sor === undefined ? party : { ...party, identifier: { code: "sorkode", value: sor } };
};

/** As the directory knows them at this moment. What the hub says itself it says in the receiver's own name. */
const namesOf = (to: Organisation, from: Organisation, standard: Standard): NonNullable<Owed["parties"]> => ({
  from: inStandard(partyOf(from), standard, from),
  to: inStandard(receiverPartyOf(to), standard, to),
});

/** Whether what is sent is what somebody wrote: a letter of the fact's own, or the written one; all else the hub composes. */
const isAsWritten = (standard: Standard, about: Fact, written: Written | undefined): boolean => {
  if (standard === "json") return true;
  return standard === "fhir" ? isFhirMessage(written) : "letter" in about || isLetter(written);
};

const typeOf = (written: Written): string => (isLetter(written) ? written.type : written.kind);

type Dispatch = { types: readonly string[]; channel: Channel; parties: Pick<Owed, "parties"> };

/** What all documents of one telling have alike; none when the receiver has no channel for it. */
const dispatchOf = (one: Telling, world: World): Dispatch | undefined => {
  const { directory, telling } = world;
  const [about, documents] = [telling.facts[one.fact], documentsFor(one, world)];
  const receiver = directory.organisation(one.to);
  if (about === undefined || documents === undefined || receiver === undefined) return undefined;
  const channel = channelFor(receiver, documents);
  if (channel === undefined) return undefined;
  const types = typesFor(channel, documents);
  const { standard } = channel;
  const written = writtenTo(telling, one);
  const said = written !== undefined && types.includes(typeOf(written)) ? written : undefined;
  if (isAsWritten(standard, about, said)) return { types, channel, parties: {} };
  const from = directory.organisation(one.from) ?? receiver;
  return { types, channel, parties: { parties: namesOf(receiver, from, standard) } };
};

/** In what a channel's documents go out, and for how long they are brought; what is usual is left out. */
const mannerOf = ({
  standard,
  envelope,
  format,
  webhook,
  nats,
}: Channel): Pick<Owed, "envelope" | "format" | "giveUpSeconds"> => {
  const { giveUpSeconds } = webhook ?? nats ?? {};
  return {
    ...(standard !== "json" && envelope !== undefined ? { envelope } : {}),
    ...(standard === "fhir" && format !== undefined ? { format } : {}),
    ...(giveUpSeconds === undefined ? {} : { giveUpSeconds }),
  };
};

/**
 * Who must be told, in which standard: one delivery a document. A receiver with no fitting channel gets none here: before, the command
 * was refused, or the loss noted (untold.ts). `after`: so many deliveries of the record come before these.
 */
export const deliveriesOwed = (
  at: { caseId: string; recordNo: number; after?: number },
  telling: Tellings,
  directory: DirectoryView,
): Owed[] => {
  const { caseId, recordNo, after = 0 } = at;
  const owed: Owed[] = [];
  for (const one of telling.tell) {
    const dispatch = dispatchOf(one, { directory, telling });
    if (dispatch === undefined) continue;
    const { standard, transport, sendsReceipts } = dispatch.channel;
    for (const documentType of dispatch.types)
      owed.push({
        change: "owed",
        deliveryId: deliveryIdOf(caseId, recordNo, after + owed.length),
        ...one,
        standard,
        transport,
        documentType,
        receiptExpected: sendsReceipts && telling.withoutReceipt !== true,
        ...mannerOf(dispatch.channel),
        ...dispatch.parties,
      });
  }
  return owed;
};

/** A party that acts on a case has read what it was sent before: its open deliveries are settled by the act. */
export const readByActing = (state: CaseState, actor: string, at: string): DeliveryChange[] =>
  Object.values(state.deliveries)
    .filter((d) => d.to === actor && !isSettled(d))
    .map((d) => ({ change: "acknowledged", deliveryId: d.deliveryId, at, by: actor, how: "action" }));
