import { careCategories } from "../../../contracts/codes/fhir-care-communication.ts";
import { danishOf } from "../../../contracts/codes/fhir-code.ts";
import type { CareCommunication, Correspondent } from "../../../contracts/fhir/care-communication.ts";
import { definition, event, extensions, profiles } from "./care-communication-names.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { assemble } from "./parts/assemble.ts";
import { coding } from "./parts/coded.ts";
import type { Line } from "./parts/narrative.ts";
import { patientIn, practitionerReference } from "./parts/print-people.ts";
import {
  beginPrinting,
  organisationReference,
  type Printing,
  referenceTo,
  resourceOf,
} from "./parts/printing.ts";
import { payloadElement, payloadLine } from "./payloads-print.ts";

export { type ReadCareCommunication, readCareCommunication } from "./care-communication-read.ts";

/** What a message is printed with. */
export interface CarePrint {
  /** The id of a resource by its name in the message: the same name has the same id for ever. */
  readonly idFor: (name: string) => string;
  /** The bytes of attachments by the ids of their payloads; an attachment whose bytes are not here is only told of. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

type Encounter = NonNullable<CareCommunication["encounter"]>;

const encounterIn = (printing: Printing, encounter: Encounter, patient: FhirResource): FhirResource => {
  const { status, class: kind, episodes, serviceProvider } = encounter;
  const lines: Line[] = episodes.map(({ value }) => ["Forløb", value]);
  const type = "Encounter";
  return resourceOf(
    { type, id: printing.idFor(type), profile: profiles.encounter, title: "Kontakt", lines },
    {
      status,
      class: coding(kind),
      subject: referenceTo(patient),
      episodeOfCare: episodes.map(({ system, value }) => ({
        identifier: { ...(system === undefined ? {} : { system }), value },
      })),
      ...(serviceProvider === undefined
        ? {}
        : { serviceProvider: organisationReference(printing, serviceProvider) }),
    },
  );
};

type Team = Extract<Correspondent, { kind: "team" }>;

const teamIn = (printing: Printing, { name, organisation }: Team, as: string): FhirResource => {
  const type = "CareTeam";
  const head = { type, id: printing.idFor(`${type}.${as}`), profile: profiles.careTeam, title: "Team" };
  return resourceOf(
    { ...head, lines: [["Navn", name]] },
    { name, managingOrganization: [organisationReference(printing, organisation)] },
  );
};

/** Whom the message is especially from or to: a reference, and the resource when it is a team. */
const correspondentIn = (
  printing: Printing,
  correspondent: Correspondent | undefined,
  as: "sender" | "recipient",
): { readonly reference?: FhirElement; readonly teams: readonly FhirResource[] } => {
  if (correspondent === undefined) return { teams: [] };
  if (correspondent.kind === "practitioner")
    return { reference: practitionerReference(printing, correspondent), teams: [] };
  const team = teamIn(printing, correspondent, as);
  return { reference: referenceTo(team), teams: [team] };
};

interface Around {
  readonly printing: Printing;
  readonly contents: CarePrint["contents"];
  readonly patient: FhirResource;
  readonly encounter: FhirResource | undefined;
  readonly sender: FhirElement | undefined;
  readonly recipient: FhirElement | undefined;
}

const linesOf = ({ category, priority, topic, payloads }: CareCommunication): Line[] => [
  ["Kategori", danishOf(careCategories, category.code)],
  ["Emne", topic],
  ["Prioritet", priority],
  ...payloads.map(payloadLine),
];

const communicationIn = (around: Around, message: CareCommunication): FhirResource => {
  const { printing, patient, encounter, sender, recipient } = around;
  const { threadId, category, priority, topic, payloads } = message;
  const type = "Communication";
  const head = { type, id: printing.idFor(type), profile: profiles.communication, title: "Korrespondance" };
  return resourceOf(
    { ...head, lines: linesOf(message) },
    {
      ...(sender === undefined ? {} : { extension: [{ url: extensions.sender, valueReference: sender }] }),
      identifier: [{ value: threadId }],
      status: "unknown",
      category: [{ coding: [coding(category)] }],
      ...(priority === undefined ? {} : { priority }),
      subject: referenceTo(patient),
      ...(topic === undefined ? {} : { topic: { text: topic } }),
      ...(encounter === undefined ? {} : { encounter: referenceTo(encounter) }),
      ...(recipient === undefined ? {} : { recipient: [recipient] }),
      payload: payloads.map((payload) => payloadElement(around, payload)),
    },
  );
};

/** The message as a Bundle, version 5.0 (guide to MedCom FHIR, section 5). */
export const printCareCommunication = (
  message: CareCommunication,
  { idFor, contents }: CarePrint,
): FhirResource => {
  const printing = beginPrinting("carecommunication", idFor);
  const patient = patientIn(printing, message.patient);
  const encounter =
    message.encounter === undefined ? undefined : encounterIn(printing, message.encounter, patient);
  const sender = correspondentIn(printing, message.specificSender, "sender");
  const recipient = correspondentIn(printing, message.specificRecipient, "recipient");
  const around = { printing, contents, patient, encounter };
  const named = { sender: sender.reference, recipient: recipient.reference };
  const communication = communicationIn({ ...around, ...named }, message);
  return assemble(printing, {
    head: message,
    profile: "medcom-careCommunication-message",
    headerProfile: "medcom-careCommunication-messageHeader",
    provenanceProfile: profiles.provenance,
    event,
    title: "Korrespondancemeddelelse",
    header: { focus: [referenceTo(communication)], definition },
    resources: [
      patient,
      ...(encounter === undefined ? [] : [encounter]),
      communication,
      ...sender.teams,
      ...recipient.teams,
    ],
  });
};
