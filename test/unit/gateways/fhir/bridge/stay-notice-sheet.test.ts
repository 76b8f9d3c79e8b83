import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { noticeToNotification } from "../../../../../gateways/fhir/bridge/stay-notice.ts";
import { notificationToNotice } from "../../../../../gateways/fhir/bridge/stay-notice-of.ts";
import { printHospitalNotification } from "../../../../../gateways/fhir/codec/hospital-notification.ts";
import { at, resourcesOf, textAt } from "../../../../../gateways/fhir/codec/model/navigate.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { uuid } from "../../../../support/fhir-bundles.ts";
import { xdis20 } from "../../../../support/stay-letters.ts";

const sheet = "../shared/fhir/maps/xdis20_xdis17_hospitalnotification.tsv";
const sent = "2026-11-20T09:32:00+01:00";
const sors: Readonly<Record<string, string>> = { sender: "999071000016008", receiver: "999131000016005" };

const sender = {
  gln: "5790000200016",
  identifier: { code: "sorkode", value: sors["sender"] },
  organisation: "Regionshospitalet",
  department: "Medicinsk Afd.",
  unit: "Afsnit M2",
  phone: "90000011",
};
const whole = "Regionshospitalet, Medicinsk Afd., Afsnit M2";
const receiver = {
  gln: "5790000300013",
  identifier: { code: "sorkode", value: sors["receiver"] },
  organisation: "Nordfjord Kommune",
};
const notice = xdis20({ sender, receiver, answerTo: sender.gln });

const made = noticeToNotification(notice, {
  bundleId: uuid(1),
  messageId: uuid(2),
  sent,
  sorOf: () => undefined,
});
if (!("message" in made)) throw new Error(made.unsayable);
const { message } = made;
const bundle = printHospitalNotification(message, { idFor: (name) => name });
const resource = (type: string): FhirResource => {
  const [found] = resourcesOf(bundle, type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};
const named = (reference: string | undefined): FhirResource => {
  const found = resourcesOf(bundle, "Organization").find(
    ({ id }) => `Organization/${id as string}` === reference,
  );
  if (found === undefined) throw new Error("no such organisation");
  return found;
};
const header = resource("MessageHeader");
const from = named(textAt(header, "sender.reference"));
const to = named(textAt(header, "destination.receiver.reference"));
const recipient = named(textAt(header, "extension.valueReference.reference"));
const identifiers = (organisation: FhirResource): string[] =>
  (organisation["identifier"] as { value: string }[]).map(({ value }) => value);
const back = notificationToNotice(message, { letterId: "B1" })?.notice;

const started = textAt(resource("Encounter"), "period.start");
const said = textAt(resource("Provenance"), "occurredDateTime");

type Pair = readonly [is: unknown, wanted: unknown];
const nothing: Pair = [undefined, undefined];

/** Each line of MedCom's sheet by its name: what the message says for it, and what a letter made of the message says. */
const lines: Readonly<Record<string, readonly [there: Pair, back?: Pair]>> = {
  "Date for Message sent": [[textAt(bundle, "timestamp"), sent]],
  "Time for Message sent": [[textAt(bundle, "timestamp"), sent]],
  "Message envelope id": [[bundle["id"], uuid(1)]],
  AcknowledgementCode: [[at(header, "response"), undefined]],
  "Message letter id": [
    [header["id"], uuid(2)],
    [back?.letterId, "B1"],
  ],
  "Version code": [
    [at(header, "definition"), undefined],
    [back?.version, "XD2030C"],
  ],
  "Statistical code": [nothing, [back?.statisticalCode, "XDIS20"]],
  // The sheet has both this and the admission in period.start; when it was approved is when it was said (Provenance).
  "Authorization timestamp date": [
    [said, "2026-11-20T09:31:00+01:00"],
    [back?.authorised, notice.authorised],
  ],
  "Authorization timestamp time": [
    [said, "2026-11-20T09:31:00+01:00"],
    [back?.authorised, notice.authorised],
  ],
  "Message type (DIS20/DIS17)": [
    [textAt(header, "eventCoding.code"), "hospital-notification-message"],
    [back?.type, "XDIS20"],
  ],
  "Message status": [
    [textAt(resource("Provenance"), "activity.coding.code"), "admit-inpatient"],
    [back?.status, "new"],
  ],
  "Episode of care identifier": [
    [
      textAt(resource("Encounter"), "episodeOfCare.identifier.value")?.replaceAll("-", ""),
      notice.notificationId,
    ],
    [back?.notificationId, notice.notificationId],
  ],
  "EAN id for sender": [
    [identifiers(from)[0], sender.gln],
    [back?.sender.gln, sender.gln],
  ],
  "EAN id for receiver": [
    [identifiers(to)[0], receiver.gln],
    [back?.receiver.gln, receiver.gln],
  ],
  "Sender id": [
    [identifiers(from)[1], sors["sender"]],
    [back?.sender.identifier.value, sors["sender"]],
  ],
  "Receiver id": [
    [identifiers(to)[1], sors["receiver"]],
    [back?.receiver.identifier.value, sors["receiver"]],
  ],
  "Sender type": [nothing, [back?.sender.identifier.code, "sorkode"]],
  "Receiver type": [nothing, [back?.receiver.identifier.code, "sorkode"]],
  "Sender organization": [
    [textAt(from, "name"), whole],
    [back?.sender.organisation, whole.slice(0, 35)],
  ],
  "Receiver organization": [
    [textAt(to, "name"), receiver.organisation],
    [back?.receiver.organisation, receiver.organisation],
  ],
  "Sender department": [[textAt(from, "name"), whole]],
  "Sender unit": [[textAt(from, "name"), whole]],
  "Sender telephone": [
    [at(from, "telecom"), undefined],
    [back?.sender.phone, undefined],
  ],
  "Answer to EAN id": [
    [identifiers(recipient)[0], notice.answerTo],
    [back?.answerTo, notice.answerTo],
  ],
  "Patient id": [
    [textAt(resource("Patient"), "identifier.value"), notice.patient.cpr],
    [back?.patient.cpr, notice.patient.cpr],
  ],
  "Episode of care status": [
    [at(resource("Patient"), "deceasedBoolean"), undefined],
    [back?.patient.status, "indlagt"],
  ],
  "Notification start date": [
    [started, "2026-11-20T09:30:00+01:00"],
    [back?.at, notice.at],
  ],
  "Notification start time": [
    [started, "2026-11-20T09:30:00+01:00"],
    [back?.at, notice.at],
  ],
};

const isThere = existsSync(sheet);
/** A line of one cell is the path of the line above. */
const namesInSheet = (): string[] =>
  readFileSync(sheet, "utf8")
    .split("\n")
    .slice(2)
    .filter((line) => line.includes("\t"))
    .map((line) => line.split("\t")[0] ?? "");

describe("MedCom's map of XDIS20 and XDIS17 to HospitalNotification", () => {
  it.runIf(!isThere)("is not walked here: the sheet is not beside this project", () => {
    expect(isThere).toBe(false);
  });

  it.runIf(isThere)("is known line by line", () => {
    expect(namesInSheet()).toEqual(Object.keys(lines));
  });

  it.each(Object.entries(lines))(
    "%s is where the sheet says, and comes back",
    (_, [there, checked = nothing]) => {
      expect(there[0]).toEqual(there[1]);
      expect(checked[0]).toEqual(checked[1]);
      expect(back).toBeDefined();
    },
  );
});
