import { oioxmlTypeOfFact } from "../../contracts/codes/fact-documents.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { deliveryIdOf } from "../../contracts/derived-ids.ts";
import type { Envelope } from "../../contracts/envelope.ts";
import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import type { Channel, Organisation } from "../../contracts/messages/directory.ts";
import { type CaseState, isSettled } from "./case-state.ts";
import type { Telling } from "./decision.ts";
import {
  channelFor,
  type DirectoryView,
  type Documents,
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

/** The document that is made for just such a fact; none: any other is told by correspondence. */
const oioxmlOf = (
  fact: Fact,
  { written, to }: { written?: ClinicalLetter | undefined; to?: string | undefined },
): string[] => {
  if (fact.type === "AttachmentsReceived") return ["XBIN01"];
  if ("letter" in fact) return withAttachments("XDIS91", fact);
  const type = written?.type ?? oioxmlTypeOfFact(fact, to);
  return type === undefined ? [] : withAttachments(type, fact);
};

/**
 * What tells of a fact in each standard. `written`: the letter that the receiver is sent as it was written; `to`: its GLN, since
 * a letter to one party is none to the other. Where no MedCom
 * letter was made for a fact, and the receiver takes nothing else, it is told in words (XDIS91).
 */
export const documentsOf = (fact: Fact, written?: ClinicalLetter, to?: string): Documents => ({
  oioxml: oioxmlOf(fact, { written, to }),
  json: fact.type,
  inWords: withAttachments("XDIS91", fact),
});

type Tellings = {
  tell: readonly Telling[];
  facts: readonly Fact[];
  written?: ClinicalLetter | undefined;
};

/** The letter of a command whose sender is the letter's own: nobody hands in what another wrote. */
export const writtenBySender = ({ written, sender }: Envelope): ClinicalLetter | undefined =>
  written?.sender.gln === sender ? written : undefined;

/** The written letter goes to the receiver that it names; whoever else is told gets what the hub writes. */
const writtenTo = ({ written, tell }: Tellings, { to, fact }: Telling): ClinicalLetter | undefined =>
  written?.receiver.gln === to && tell.find((telling) => telling.to === to)?.fact === fact
    ? written
    : undefined;

/** Whether everybody who must be told has a way in for it. A fact that cannot be told may not become a record. */
export const canBeTold = (tellings: Tellings, directory: DirectoryView): boolean =>
  tellings.tell.every((telling) => {
    const [receiver, about] = [directory.organisation(telling.to), tellings.facts[telling.fact]];
    if (receiver === undefined || about === undefined) return false;
    return channelFor(receiver, documentsOf(about, writtenTo(tellings, telling), telling.to)) !== undefined;
  });

type Owed = Extract<DeliveryChange, { change: "owed" }>;

/** As the directory knows them at this moment. What the hub says itself it says in the receiver's own name. */
const namesOf = (to: Organisation, from: Organisation | undefined): NonNullable<Owed["parties"]> => ({
  from: partyOf(from ?? to),
  to: receiverPartyOf(to),
});

type Dispatch = { types: readonly string[]; channel: Channel; parties: Pick<Owed, "parties"> };
type World = { directory: DirectoryView; telling: Tellings };

/** What all documents of one telling have alike; none when the receiver has no channel for it. */
const dispatchOf = (one: Telling, { directory, telling }: World): Dispatch | undefined => {
  const about = telling.facts[one.fact];
  const receiver = directory.organisation(one.to);
  if (about === undefined || receiver === undefined) return undefined;
  const written = writtenTo(telling, one);
  const documents = documentsOf(about, written, one.to);
  const channel = channelFor(receiver, documents);
  if (channel === undefined) return undefined;
  const types = typesFor(channel, documents);
  const asWritten = "letter" in about || (written !== undefined && types.includes(written.type));
  const composed = channel.standard === "oioxml" && !asWritten;
  const parties = composed ? { parties: namesOf(receiver, directory.organisation(one.from)) } : {};
  return { types, channel, parties };
};

/**
 * Who must be told, in which standard: one delivery a document. A receiver with no fitting channel gets none here;
 * `canBeTold` was asked before, and the command refused.
 */
export const deliveriesOwed = (
  at: { caseId: string; recordNo: number },
  telling: Tellings,
  directory: DirectoryView,
): Owed[] => {
  const owed: Owed[] = [];
  for (const one of telling.tell) {
    const dispatch = dispatchOf(one, { directory, telling });
    if (dispatch === undefined) continue;
    const { standard, transport, envelope, sendsReceipts } = dispatch.channel;
    for (const documentType of dispatch.types)
      owed.push({
        change: "owed",
        deliveryId: deliveryIdOf(at.caseId, at.recordNo, owed.length),
        ...one,
        standard,
        transport,
        documentType,
        receiptExpected: sendsReceipts,
        ...(standard === "oioxml" && envelope !== undefined ? { envelope } : {}),
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
