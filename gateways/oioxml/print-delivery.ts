import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { envelopeIdOf, plainUuid, shortId, vansIdsOf } from "../../contracts/derived-ids.ts";
import { AttachmentLetter, Letter, StoredObject } from "../../contracts/letter.ts";
import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import { printClinicalLetter } from "./codec/clinical-letter.ts";
import type { Printed } from "./codec/losses.ts";
import { printAttachments } from "./codec/print-attachments.ts";
import type { EnvelopeToPrint } from "./codec/print-emessage.ts";
import { printLetter } from "./codec/print-letter.ts";
import { spokenTypes } from "./codec/spoken-types.ts";
import { composeLetter } from "./families/compose.ts";
import { localTimeOf } from "./local-time.ts";
import type { OioxmlPorts } from "./ports.ts";
import { eanPoint, wrapInVans } from "./wrap-vans.ts";

type Fact = CaseRecord["facts"][number] & Readonly<Record<string, unknown>>;
type Owed = Extract<DeliveryChange, { change: "owed" }>;
type Told =
  | { readonly kind: "correspondence"; readonly letter: Letter }
  | { readonly kind: "clinical"; readonly letter: ClinicalLetter };

interface Ordered {
  readonly record: CaseRecord;
  readonly owed: Owed;
  readonly fact: Fact;
}

/** The case as it was when the fact was told: later records must not change a letter that may have been read. */
const composed = async (
  ports: OioxmlPorts,
  { record, owed, fact }: Ordered,
  parties: NonNullable<Owed["parties"]>,
): Promise<Told> => {
  const records = (await ports.loadCase(record.caseId)).filter(({ meta }) => meta.no <= record.meta.no);
  const { documentType, deliveryId } = owed;
  return composeLetter({
    documentType,
    deliveryId,
    fact,
    record,
    records,
    parties,
    localTime: localTimeOf,
  });
};

/** What a delivery says: the letter that the fact holds, the one that its sender wrote, or one that the hub writes. */
const toldBy = async (ports: OioxmlPorts, ordered: Ordered): Promise<Told> => {
  const { record, owed, fact } = ordered;
  if ("letter" in fact) return { kind: "correspondence", letter: Letter.parse(fact["letter"]) };
  if (owed.parties !== undefined) return composed(ports, ordered, owed.parties);
  if (record.written === undefined) throw new Error(`Nothing tells of ${fact.type} in OIOXML.`);
  return { kind: "clinical", letter: record.written };
};

interface Citizen {
  readonly cpr?: string | undefined;
  readonly alternativeId?: string | undefined;
  readonly surname?: string | undefined;
  readonly givenName?: string | undefined;
}

/** A notification names nobody; the standard wants a name beside the attachments. */
const unnamed = "_";

/** Attachments that a fact brought itself travel in an XBIN01 of their own, from the same sender to the same receiver. */
const ownAttachments = ({ letter }: Told, objects: StoredObject[], deliveryId: string): AttachmentLetter => {
  const { authorised, sender, receiver } = letter;
  const patient: Citizen = letter.patient;
  return {
    letterId: shortId(`attachments:${deliveryId}`),
    authorised: authorised.slice(0, 16),
    statisticalCode: "XBIN01",
    sender,
    receiver,
    about: {
      kind: "patient",
      ...(patient.cpr === undefined ? {} : { cpr: patient.cpr }),
      ...(patient.alternativeId === undefined ? {} : { alternativeId: patient.alternativeId }),
      surname: patient.surname ?? unnamed,
      ...(patient.givenName === undefined ? {} : { givenName: patient.givenName }),
    },
    objects,
  };
};

const attachmentsOf = async (ports: OioxmlPorts, ordered: Ordered): Promise<AttachmentLetter> => {
  const { fact, owed } = ordered;
  if (fact.type === "AttachmentsReceived") return AttachmentLetter.parse(fact["letter"]);
  const objects = StoredObject.array().parse(fact["attachments"]);
  return ownAttachments(await toldBy(ports, ordered), objects, owed.deliveryId);
};

const loaded = async (ports: OioxmlPorts, letter: AttachmentLetter): Promise<UnstoredAttachmentLetter> => {
  const objects = [];
  for (const { digest, ...object } of letter.objects) {
    const bytes = await ports.getObject(digest);
    if (bytes === undefined)
      throw new Error(`An attachment that a record names is not kept: ${plainUuid(object.objectId)}`);
    objects.push({ ...object, bytes });
  }
  return { ...letter, objects };
};

/** The document and its version, in the hub's own Emessage. */
const printOwed = async (
  ports: OioxmlPorts,
  ordered: Ordered,
  envelope: EnvelopeToPrint,
): Promise<{ printed: Printed; version: string }> => {
  if (ordered.owed.documentType === "XBIN01") {
    const letter = await loaded(ports, await attachmentsOf(ports, ordered));
    return { printed: printAttachments(letter, envelope), version: spokenTypes.XBIN01.version };
  }
  const { kind, letter } = await toldBy(ports, ordered);
  return kind === "clinical"
    ? { printed: printClinicalLetter(letter, envelope), version: letter.version }
    : { printed: printLetter(letter, envelope), version: spokenTypes.XDIS91.version };
};

/**
 * Prints one delivery for a receiver that speaks OIOXML, in the hub's own envelope: of the same record and sending the same
 * bytes. Sent again it is unchanged but for the envelopes, their numbers and times (guide to OIOXML, section 10).
 */
export const printDelivery = async (
  ports: OioxmlPorts,
  { record, deliveryId, sending = { no: 1, at: record.meta.at } }: PrintDelivery,
): Promise<Printed> => {
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  const told = owed?.change === "owed" ? record.facts[owed.fact] : undefined;
  if (owed?.change !== "owed" || told === undefined) throw new Error("The record owes no such delivery.");
  const ordered = { record, owed, fact: { ...told } };
  const envelope: EnvelopeToPrint = {
    envelopeId: envelopeIdOf(deliveryId, sending.no),
    sent: localTimeOf(sending.at),
    wantsPositiveReceipt: owed.receiptExpected,
  };
  const { printed, version } = await printOwed(ports, ordered, envelope);
  if (owed.envelope === undefined) return printed;
  const bytes = wrapInVans(printed.bytes, {
    sender: eanPoint(owed.from),
    receiver: eanPoint(owed.to),
    ids: vansIdsOf(deliveryId, sending.no),
    at: sending.at,
    type: owed.documentType,
    version,
    reliable: owed.receiptExpected,
  });
  return { ...printed, bytes };
};
