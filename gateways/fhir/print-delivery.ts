import type { DeliveryChange } from "../../contracts/deliveries.ts";
import { uuidOf } from "../../contracts/derived-ids.ts";
import type { FhirMessage } from "../../contracts/fhir/fhir-message.ts";
import type { HistoryStep } from "../../contracts/fhir/parts.ts";
import type { PrintDelivery } from "../../contracts/messages/document.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { printAcknowledgement } from "./codec/acknowledgement.ts";
import { printCareCommunication } from "./codec/care-communication.ts";
import { printHomeCareObservation } from "./codec/home-care-observation.ts";
import { printHospitalNotification } from "./codec/hospital-notification.ts";
import { printFhir } from "./codec/model/print-fhir.ts";
import type { FhirResource } from "./codec/model/resource.ts";
import { careMessageOf } from "./families/care-out.ts";
import { hospitalMessageOf } from "./families/hospital-out.ts";
import { observationMessageOf } from "./families/observation-out.ts";
import type { FhirPorts } from "./ports.ts";
import { mediaTypes } from "./read-message.ts";

type Owed = Extract<DeliveryChange, { change: "owed" }>;
interface Telling {
  readonly records: readonly CaseRecord[];
  readonly record: CaseRecord;
  readonly owed: Owed;
  readonly uuidOf: (name: string) => string;
  readonly ydernummerOf: (gln: string) => string | undefined;
}

const told: Readonly<Record<string, (telling: Telling) => FhirMessage | undefined>> = {
  CareCommunication: careMessageOf,
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

const attachmentsOf = (message: FhirMessage): { id: string; digest: string }[] => {
  const parts =
    message.kind === "CareCommunication"
      ? message.payloads.flatMap((one) => (one.kind === "attachment" ? [one] : []))
      : message.kind === "HomeCareObservation"
        ? message.media
        : [];
  return parts.flatMap(({ id, digest }) => (digest === undefined ? [] : [{ id, digest }]));
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

const bundleOf = (message: FhirMessage, contents: ReadonlyMap<string, Uint8Array>): FhirResource => {
  const idFor = (name: string): string => uuidOf(`${message.messageId}:${name}`);
  switch (message.kind) {
    case "CareCommunication":
      return printCareCommunication(message, { idFor, contents });
    case "HospitalNotification":
      return printHospitalNotification(message, { idFor });
    case "HomeCareObservation":
      return printHomeCareObservation(message, { idFor, contents });
    case "Acknowledgement":
      return printAcknowledgement(message, { idFor });
  }
};

/**
 * Prints one delivery for a receiver that speaks FHIR, in the format of its channel: of the same record and sending the same bytes.
 */
export const printDelivery = async (
  ports: FhirPorts,
  { record, deliveryId, sending }: PrintDelivery,
): Promise<{ mediaType: string; bytes: Uint8Array }> => {
  const owed = record.deliveries.find((d) => d.change === "owed" && d.deliveryId === deliveryId);
  if (owed?.change !== "owed") throw new Error("The record owes no such delivery.");
  const message = againOf(await messageOf(ports, record, owed), deliveryId, sending);
  const format = owed.format ?? "xml";
  const bytes = printFhir(bundleOf(message, await contentsOf(ports, message)), format);
  return { mediaType: mediaTypes[format], bytes };
};
