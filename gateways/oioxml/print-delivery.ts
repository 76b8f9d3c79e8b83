import { z } from "zod";
import { localTimeOf } from "../../contracts/danish-time.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { envelopeIdOf, plainUuid, shortId, vansIdsOf } from "../../contracts/derived-ids.ts";
import { AttachmentLetter, Letter, StoredObject } from "../../contracts/letter.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { isLetter } from "../../contracts/written.ts";
import { eanPoint } from "../envelopes/vans/wrap-vans.ts";
import type { Printed } from "../tables/losses.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import { composeLetter } from "./families/compose.ts";
import type { OioxmlPorts } from "./ports.ts";
import type { PrintOrder, Told } from "./print-order.ts";

type Fact = CaseRecord["facts"][number] & Readonly<Record<string, unknown>>;
type Owed = Extract<DeliveryChange, { change: "owed" }>;
/** What printing needs of the world. */
export type PrintPorts = Pick<OioxmlPorts, "loadCase" | "getObject" | "print">;

type Lettered = Exclude<Told, { kind: "attachments" }>;

interface Ordered {
  readonly record: CaseRecord;
  readonly owed: Owed;
  readonly fact: Fact;
}

/** The case as it was when the fact was told: later records must not change a letter that may have been read. */
const composed = async (
  ports: PrintPorts,
  { record, owed, fact }: Ordered,
  parties: NonNullable<Owed["parties"]>,
): Promise<Lettered> => {
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
const letterOf = async (ports: PrintPorts, ordered: Ordered): Promise<Lettered> => {
  const { record, owed, fact } = ordered;
  if ("letter" in fact) return { kind: "correspondence", letter: Letter.parse(fact["letter"]) };
  if (owed.parties !== undefined) return composed(ports, ordered, owed.parties);
  if (!isLetter(record.written)) throw new Error(`Nothing tells of ${fact.type} in OIOXML.`);
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
const ownAttachments = (
  { letter }: Lettered,
  objects: StoredObject[],
  deliveryId: string,
): AttachmentLetter => {
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

const attachmentsOf = async (ports: PrintPorts, ordered: Ordered): Promise<AttachmentLetter> => {
  const { fact, owed } = ordered;
  if (fact.type === "AttachmentsReceived") return AttachmentLetter.parse(fact["letter"]);
  const objects = StoredObject.array().parse(fact["attachments"]);
  return ownAttachments(await letterOf(ports, ordered), objects, owed.deliveryId);
};

const loaded = async (ports: PrintPorts, letter: AttachmentLetter): Promise<UnstoredAttachmentLetter> => {
  const objects = [];
  for (const { digest, ...object } of letter.objects) {
    const bytes = await ports.getObject(digest);
    if (bytes === undefined)
      throw new Error(`An attachment that a record names is not kept: ${plainUuid(object.objectId)}`);
    objects.push({ ...object, bytes });
  }
  return { ...letter, objects };
};

const toldBy = async (ports: PrintPorts, ordered: Ordered): Promise<Told> =>
  ordered.owed.documentType === "XBIN01"
    ? { kind: "attachments", letter: await loaded(ports, await attachmentsOf(ports, ordered)) }
    : await letterOf(ports, ordered);

const orderedBy = ({ record, deliveryId }: PrintDelivery): Ordered => {
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  const told = owed?.change === "owed" ? record.facts[owed.fact] : undefined;
  if (owed?.change !== "owed" || told === undefined) throw new Error("The record owes no such delivery.");
  return { record, owed, fact: { ...told } };
};

const Attached = z.object({
  attachments: z.array(StoredObject).optional(),
  letter: z.looseObject({ objects: z.array(StoredObject).optional() }).optional(),
});

/** How many bytes of attachments a delivery prints: what it needs memory for, before anything is loaded. */
export const bytesToPrint = (delivery: PrintDelivery): number => {
  const { owed, fact } = orderedBy(delivery);
  if (owed.documentType !== "XBIN01") return 0;
  const { attachments, letter } = Attached.parse(fact);
  const objects = fact.type === "AttachmentsReceived" ? letter?.objects : attachments;
  return (objects ?? []).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
};

/**
 * Prints one delivery for a receiver that speaks OIOXML, in the hub's own envelope: of the same record and sending the same
 * bytes. Sent again it is unchanged but for the envelopes, their numbers and times (guide to OIOXML, section 10).
 */
export const printDelivery = async (ports: PrintPorts, delivery: PrintDelivery): Promise<Printed> => {
  const { record, deliveryId, sending = { no: 1, at: record.meta.at } } = delivery;
  const ordered = orderedBy(delivery);
  const { owed } = ordered;
  const order: PrintOrder = {
    told: await toldBy(ports, ordered),
    envelope: {
      envelopeId: envelopeIdOf(deliveryId, sending.no),
      sent: localTimeOf(sending.at),
      wantsPositiveReceipt: owed.receiptExpected,
    },
  };
  if (owed.envelope === undefined) return ports.print(order);
  const vans = {
    sender: eanPoint(owed.from),
    receiver: eanPoint(owed.to),
    ids: vansIdsOf(deliveryId, sending.no),
    at: sending.at,
    type: owed.documentType,
    reliable: owed.receiptExpected,
  };
  return ports.print({ ...order, vans });
};
