import { envelopeIdOf, plainUuid, shortId } from "../../contracts/derived-ids.ts";
import { AttachmentLetter, Letter, StoredObject } from "../../contracts/letter.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import type { Printed } from "./codec/losses.ts";
import { printAttachments } from "./codec/print-attachments.ts";
import type { EnvelopeToPrint } from "./codec/print-emessage.ts";
import { printLetter } from "./codec/print-letter.ts";
import { localTimeOf } from "./local-time.ts";
import type { OioxmlPorts } from "./ports.ts";

type Content = { letter: AttachmentLetter };

/** Attachments that a letter brought itself travel in an XBIN01 of their own, from the same sender to the same receiver. */
const ownAttachments = (letter: Letter, objects: StoredObject[], deliveryId: string): Content => {
  const { cpr, alternativeId, surname, givenName } = letter.patient;
  const { authorised, sender, receiver } = letter;
  return {
    letter: {
      letterId: shortId(`attachments:${deliveryId}`),
      authorised,
      statisticalCode: "XBIN01",
      sender,
      receiver,
      about: {
        kind: "patient",
        ...(cpr === undefined ? {} : { cpr }),
        ...(alternativeId === undefined ? {} : { alternativeId }),
        surname,
        ...(givenName === undefined ? {} : { givenName }),
      },
      objects,
    },
  };
};

const contentOf = (fact: Record<string, unknown>, deliveryId: string): Content => {
  if (fact["type"] === "AttachmentsReceived") return { letter: AttachmentLetter.parse(fact["letter"]) };
  return ownAttachments(
    Letter.parse(fact["letter"]),
    StoredObject.array().parse(fact["attachments"]),
    deliveryId,
  );
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

/** Prints one delivery for a receiver that speaks OIOXML: the letter as its sender wrote it, in the hub's own envelope. */
export const printDelivery = async (
  ports: OioxmlPorts,
  { record, deliveryId }: PrintDelivery,
): Promise<Printed> => {
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  const fact = owed?.change === "owed" ? record.facts[owed.fact] : undefined;
  if (owed?.change !== "owed" || fact === undefined) throw new Error("The record owes no such delivery.");
  const envelope: EnvelopeToPrint = {
    envelopeId: envelopeIdOf(deliveryId),
    sent: localTimeOf(record.meta.at),
    wantsPositiveReceipt: owed.receiptExpected,
  };
  if (owed.documentType === "XBIN01")
    return printAttachments(await loaded(ports, contentOf(fact, deliveryId).letter), envelope);
  return printLetter(Letter.parse(fact["letter"]), envelope);
};
