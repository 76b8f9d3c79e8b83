import { structure } from "../../../contracts/codes/fhir-code.ts";
import { formOf } from "../../../contracts/codes/fhir-hospital-codes.ts";
import { actCodeSystem } from "../../../contracts/codes/fhir-hospital-notification.ts";
import type { HospitalNotification } from "../../../contracts/fhir/hospital-notification.ts";
import { at, elementAt, elementsAt, extensionOf, textAt } from "./model/navigate.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { assemble } from "./parts/assemble.ts";
import { readHead } from "./parts/head.ts";
import type { Line } from "./parts/narrative.ts";
import { type NotRead, notReadIn } from "./parts/not-read.ts";
import { type OpenMessage, openMessage, targetOf } from "./parts/open-message.ts";
import { identifierFrom, organisationAt } from "./parts/organisations.ts";
import { partsSaid } from "./parts/parts-said.ts";
import { patientOf } from "./parts/patient.ts";
import { patientIn } from "./parts/print-people.ts";
import {
  beginPrinting,
  organisationReference,
  type Printing,
  referenceTo,
  resourceOf,
} from "./parts/printing.ts";
import { coding, extension, identifier, many, one, reference, value } from "./parts/said.ts";

type Stay = HospitalNotification["stay"];

const ig = "hospitalnotification";
const wanted = structure(ig, "medcom-messaging-reportOfAdmissionExtension");
const recipient = structure(ig, "medcom-messaging-reportOfAdmissionRecipientExtension");
/** The name is misspelt in the standard. */
const leavePeriod = structure(ig, "medcom-hospitalnotifiation-leave-period-extension");

const said = {
  ...partsSaid,
  MessageHeader: {
    ...partsSaid.MessageHeader,
    extension: [
      extension(wanted, { valueBoolean: value }),
      extension(recipient, { valueReference: reference }),
    ],
  },
  Encounter: {
    extension: extension(leavePeriod, { valuePeriod: one({ start: value, end: value }) }),
    status: value,
    class: coding,
    subject: reference,
    episodeOfCare: many({ identifier }),
    period: one({ start: value, end: value }),
    serviceProvider: reference,
  },
};

const statusOf = (text: string | undefined): Stay["status"] =>
  text === "onleave" || text === "finished" || text === "entered-in-error" ? text : "in-progress";

const periodOf = (period: FhirElement | undefined): { start?: string; end?: string } => {
  const [start, end] = [textAt(period, "start"), textAt(period, "end")];
  return { ...(start === undefined ? {} : { start }), ...(end === undefined ? {} : { end }) };
};

const episodesOf = (encounter: FhirElement | undefined): Stay["episodes"] =>
  elementsAt(encounter, "episodeOfCare.identifier").flatMap((element) => {
    const { system, value: id } = identifierFrom(element) ?? {};
    return system === undefined || id === undefined ? [] : [{ system, value: id }];
  });

/** A leave without a start says nothing. */
const leaveOf = (encounter: FhirElement | undefined): Pick<Stay, "leave"> => {
  const period = elementAt(
    encounter === undefined ? undefined : extensionOf(encounter, leavePeriod),
    "valuePeriod",
  );
  const { start, end } = periodOf(period);
  if (start === undefined) return {};
  return { leave: { start, ...(end === undefined ? {} : { end }) } };
};

const stayOf = (message: OpenMessage): Stay => {
  const encounter = targetOf(message, message.header, elementAt(message.header, "focus"));
  const { start = "", ...ended } = periodOf(elementAt(encounter, "period"));
  const provider = encounter && organisationAt(message, encounter, elementAt(encounter, "serviceProvider"));
  return {
    status: statusOf(textAt(encounter, "status")),
    class: textAt(encounter, "class.code") === "EMER" ? "EMER" : "IMP",
    episodes: episodesOf(encounter),
    start,
    ...ended,
    ...leaveOf(encounter),
    serviceProvider: provider ?? { otherIdentifiers: [] },
  };
};

const admissionReportOf = (message: OpenMessage): HospitalNotification["admissionReport"] => {
  const { header } = message;
  const flag = at(extensionOf(header, wanted), "valueBoolean");
  const to = organisationAt(message, header, elementAt(extensionOf(header, recipient), "valueReference"));
  if (typeof flag !== "boolean" && to === undefined) return undefined;
  return {
    ...(typeof flag === "boolean" ? { wanted: flag } : {}),
    ...(to === undefined ? {} : { recipient: to }),
  };
};

/** What reading gives: the message as a typed value, the bytes of its attachments, and what it says beyond. */
export interface HospitalReading {
  readonly message: HospitalNotification;
  /** A notification brings none. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly notRead: readonly NotRead[];
}

/** A HospitalNotification in which no error was found (guide to MedCom FHIR, section 4). */
export const readHospitalNotification = (bundle: FhirResource): HospitalReading => {
  const message = openMessage(bundle);
  const patient = patientOf(message);
  const admissionReport = admissionReportOf(message);
  return {
    message: {
      kind: "HospitalNotification",
      version: "3.0",
      ...readHead(message),
      patient: { ...patient, cpr: patient.cpr ?? "" },
      stay: stayOf(message),
      ...(admissionReport === undefined ? {} : { admissionReport }),
    },
    contents: new Map(),
    notRead: notReadIn(message, said),
  };
};

const encounterOf = (
  printing: Printing,
  message: HospitalNotification,
  patient: FhirResource,
): FhirResource => {
  const { status, episodes, start, end, leave, serviceProvider, class: stayClass } = message.stay;
  const lines: Line[] = [
    ["Advis", formOf(message)?.da],
    ["Begyndt", start],
    ["Slut", end],
    ["Orlov fra", leave?.start],
    ["Orlov til", leave?.end],
    ["Afdeling", serviceProvider.name ?? serviceProvider.gln],
  ];
  const profile = structure(ig, "medcom-hospitalNotification-encounter");
  const id = printing.idFor("Encounter");
  return resourceOf(
    { type: "Encounter", id, profile, title: "Sygehusophold", lines },
    {
      ...(leave === undefined ? {} : { extension: [{ url: leavePeriod, valuePeriod: { ...leave } }] }),
      status,
      class: { system: actCodeSystem, code: stayClass },
      subject: referenceTo(patient),
      episodeOfCare: episodes.map((episode) => ({ identifier: { ...episode } })),
      period: { start, ...(end === undefined ? {} : { end }) },
      serviceProvider: organisationReference(printing, serviceProvider),
    },
  );
};

const admissionReportExtensions = (
  printing: Printing,
  { admissionReport }: HospitalNotification,
): FhirElement => {
  const flag = admissionReport?.wanted;
  const to = admissionReport?.recipient;
  const extensions = [
    ...(flag === undefined ? [] : [{ url: wanted, valueBoolean: flag }]),
    ...(to === undefined ? [] : [{ url: recipient, valueReference: organisationReference(printing, to) }]),
  ];
  return extensions.length === 0 ? {} : { extension: extensions };
};

/** The bundle of a notification: of the same message and `idFor` the same for ever. */
export const printHospitalNotification = (
  message: HospitalNotification,
  { idFor }: { readonly idFor: (name: string) => string },
): FhirResource => {
  const printing = beginPrinting(ig, idFor);
  const patient = patientIn(printing, message.patient);
  const encounter = encounterOf(printing, message, patient);
  return assemble(printing, {
    head: message,
    profile: "medcom-hospitalNotification-message",
    headerProfile: "medcom-hospitalNotification-messageHeader",
    event: "hospital-notification-message",
    title: "Advis om sygehusophold",
    header: {
      ...admissionReportExtensions(printing, message),
      focus: [referenceTo(encounter)],
    },
    resources: [patient, encounter],
  });
};
