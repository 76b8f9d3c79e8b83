import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { uuidOf, vansIdsOf } from "../../contracts/derived-ids.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import type { HistoryStep } from "../../contracts/fhir/parts.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { careMessageOf } from "./families/care-out.ts";
import { hospitalMessageOf } from "./families/hospital-out.ts";
import { observationMessageOf } from "./families/observation-out.ts";
import { wordsMessageOf } from "./families/words-out.ts";
import { mediaTypes } from "./media-types.ts";
import type { FhirPorts } from "./ports.ts";
import type { PrintOrder } from "./print-order.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;
interface Telling {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Owed;
  readonly uuidOf: (name: string) => string;
  readonly ydernummerOf: (gln: string) => string | undefined;
}

const told: Readonly<Record<string, (telling: Telling) => FhirMessage | undefined>> = {
  CareCommunication: (telling) => careMessageOf(telling) ?? wordsMessageOf(telling),
  HospitalNotification: hospitalMessageOf,
  HomeCareObservation: observationMessageOf,
};

/** What a delivery says: the case as it was when the fact was told. */
const messageOf = async (ports: FhirPorts, record: CaseRecord, owed: Owed): Promise<FhirMessage> => {
  const records = (await ports.loadCase(record.caseId)).filter(({ meta }) => meta.no <= record.meta.no);
  const ydernummerOf = (gln: string): string | undefined => ports.organisation(gln)?.identifiers.ydernummer;
  const message = told[owed.documentType]?.({ records, record, owed, uuidOf, ydernummerOf });
  if (message === undefined) throw new Error(`Nothing tells of this in FHIR as ${owed.documentType}.`);
  return message;
};

const sentAgain = ({ recorded: _recorded, ...step }: HistoryStep, at: string): HistoryStep => ({
  ...step,
  occurred: at,
});

/**
 * The same message in another bundle: a new Bundle.id, and the times of the bundle and of its own step renewed (guide to MedCom FHIR,
 * section 3.1 and G10).
 */
const againOf = <M extends FhirMessage>(
  message: M,
  deliveryId: string,
  sending: PrintDelivery["sending"],
): M =>
  sending === undefined || sending.no === 1
    ? message
    : {
        ...message,
        bundleId: uuidOf(`fhir-bundle:${deliveryId}:${String(sending.no)}`),
        created: sending.at,
        history: message.history.map((step) =>
          step.messageId === message.messageId ? sentAgain(step, sending.at) : step,
        ),
      };

interface Attached {
  readonly id: string;
  readonly digest?: string | undefined;
  readonly sizeBytes?: number | undefined;
}

/** Those of which the bytes are kept here. */
const attachmentsOf = (message: FhirMessage): (Attached & { readonly digest: string })[] => {
  const parts: readonly Attached[] =
    message.kind === "CareCommunication"
      ? message.payloads.flatMap((one) => (one.kind === "attachment" ? [one] : []))
      : message.kind === "HomeCareObservation"
        ? message.media
        : [];
  return parts.flatMap(({ digest, ...part }) => (digest === undefined ? [] : [{ ...part, digest }]));
};

/** Bytes that the message names; those that earlier messages of the thread brought are only told of. */
const contentsOf = async (ports: FhirPorts, message: FhirMessage): Promise<Map<string, Uint8Array>> => {
  const contents = new Map<string, Uint8Array>();
  for (const { id, digest } of attachmentsOf(message)) {
    const bytes = await ports.getObject(digest);
    if (bytes === undefined) throw new Error("An attachment that a record names is not kept.");
    contents.set(id, bytes);
  }
  return contents;
};

/** A delivery that is to be printed, of which the attachments are not in memory yet. */
export type ToPrint = Omit<PrintOrder, "contents"> & { readonly bytesAttached: number };

/** What a delivery is printed from, for a receiver that speaks FHIR, in the format of its channel and in its envelope. */
export const orderOf = async (
  ports: FhirPorts,
  { record, deliveryId, sending }: PrintDelivery,
): Promise<ToPrint> => {
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  if (owed?.change !== "owed") throw new Error("The record owes no such delivery.");
  const message = againOf(await messageOf(ports, record, owed), deliveryId, sending);
  const bytesAttached = attachmentsOf(message).reduce((sum, { sizeBytes = 0 }) => sum + sizeBytes, 0);
  const printed = { message, format: owed.format ?? "xml", bytesAttached } as const;
  if (owed.envelope === undefined) return printed;
  const { no, at } = sending ?? { no: 1, at: record.meta.at };
  const around = { kind: owed.envelope, ids: vansIdsOf(deliveryId, no), at, reliable: owed.receiptExpected };
  return { ...printed, around };
};

/** Prints one delivery: of the same record and sending the same bytes. */
export const printDelivery = async (
  ports: FhirPorts,
  { bytesAttached: _, ...order }: ToPrint,
): Promise<{ mediaType: string; bytes: Uint8Array }> => ({
  mediaType: order.around === undefined ? mediaTypes[order.format] : "application/xml",
  bytes: await ports.print({ ...order, contents: await contentsOf(ports, order.message) }),
});
