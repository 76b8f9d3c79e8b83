import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import {
  bundleOf,
  type CommonWish,
  codeSystem,
  coding,
  definitionOf,
  extensionOf,
  fhirParties,
  header,
  organisation,
  patient,
  present,
  provenances,
  reference,
  resource,
  uuid,
} from "./fhir-bundle-parts.ts";

/** A text of the message, and whether an earlier message of the thread brought it. */
interface CareText {
  readonly text: string;
  readonly id?: string;
  readonly date?: string;
  readonly phone?: string;
  readonly earlier?: boolean;
}
/** An attachment; without bytes it is only told of, as a reply tells of earlier ones. */
interface CareAttachment {
  readonly title: string;
  readonly bytes?: Uint8Array;
  readonly contentType?: string;
  readonly id?: string;
  readonly date?: string;
  readonly earlier?: boolean;
}

export interface CareWish extends CommonWish {
  readonly activity?: "new-message" | "reply-message" | "forward-message";
  readonly thread?: string;
  readonly category?: string;
  readonly topic?: string;
  readonly priority?: string;
  readonly texts?: readonly CareText[];
  readonly attachments?: readonly CareAttachment[];
  /** The author of the texts: a code of the SKS roles, or words. */
  readonly role?: { readonly code: string } | { readonly text: string };
  readonly author?: { readonly given: string; readonly family: string };
  /** The person or team in the receiving organisation, by the team's name. */
  readonly recipientTeam?: string;
  readonly senderTeam?: string;
  readonly replacementCpr?: { readonly system: string; readonly value: string };
  readonly episodes?: readonly { readonly system: string; readonly value: string }[];
  readonly version?: string;
}

const core = (name: string): string => extensionOf("core", name);

const stamped = (date: string, id: string, by: FhirResource): FhirElement[] => [
  { url: core("medcom-core-datetime-extension"), valueDateTime: date },
  { url: core("medcom-core-identifier-extension"), valueIdentifier: { value: id, assigner: reference(by) } },
];

const sentAt = "2026-11-23T10:12:00+01:00";

const textPayload = (
  { text, id = textId(0), date = sentAt, phone = "90000001" }: CareText,
  { role, by }: { role: FhirResource; by: FhirResource },
): FhirElement => ({
  extension: [
    ...stamped(date, id, by),
    { url: core("medcom-core-practitioner-extension"), valueReference: reference(role) },
    { url: core("medcom-core-contact-extension"), valueContactPoint: { system: "phone", value: phone } },
  ],
  contentString: text,
});

const attachmentPayload = (
  { title, bytes, contentType = "application/pdf", id = attachmentId(0), date = sentAt }: CareAttachment,
  by: FhirResource,
): FhirElement => ({
  extension: stamped(date, id, by),
  contentAttachment: present({ contentType, data: bytes, title }),
});

const textId = (at: number): string => `urn:uuid:${uuid(0x300 + at)}`;
const attachmentId = (at: number): string => `urn:uuid:${uuid(0x400 + at)}`;

const team = (number: number, name: string | undefined, of: FhirResource): FhirResource[] =>
  name === undefined
    ? []
    : [
        resource("CareTeam", uuid(number), {
          profile: core("medcom-core-careteam"),
          name,
          managingOrganization: [reference(of)],
        }),
      ];

/** Who wrote the texts: the role, and the person in it. */
const authorOf = (wish: CareWish, at: FhirResource): [FhirResource, FhirResource] => {
  const { given, family } = wish.author ?? { given: "Søren", family: "Prøvelæge" };
  const practitioner = resource("Practitioner", uuid(9), {
    profile: core("medcom-core-practitioner"),
    name: [{ family, given: [given] }],
  });
  const wished = wish.role ?? { code: "speciallaegeipraksis" };
  const roles = codeSystem("medcom-core-PractitionerRolesSKSadministrativ");
  const role = resource("PractitionerRole", uuid(0xa), {
    profile: core("medcom-core-practitionerrole"),
    practitioner: reference(practitioner),
    organization: reference(at),
    code: ["code" in wished ? { coding: [coding(roles, wished.code)] } : { text: wished.text }],
  });
  return [role, practitioner];
};

const encountersOf = ({ episodes }: CareWish): FhirResource[] =>
  episodes === undefined
    ? []
    : [
        resource("Encounter", uuid(5), {
          profile: core("medcom-core-encounter"),
          status: "unknown",
          class: coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", "IMP"),
          subject: { reference: `Patient/${uuid(4)}` },
          episodeOfCare: episodes.map((identifier) => ({ identifier })),
        }),
      ];

/** The texts and attachments with their ids. */
const partsOf = (wish: CareWish) => ({
  texts: (wish.texts ?? [{ text: "Borgeren har det bedre." }]).map((text, at) => ({
    ...text,
    id: text.id ?? textId(at),
  })),
  attachments: (wish.attachments ?? []).map((attachment, at) => ({
    ...attachment,
    id: attachment.id ?? attachmentId(at),
  })),
});

interface Around {
  readonly from: FhirResource;
  readonly to: FhirResource;
  readonly role: FhirResource;
  readonly encounters: readonly FhirResource[];
  readonly recipients: readonly FhirResource[];
  readonly senders: readonly FhirResource[];
}

const communicationOf = (wish: CareWish, around: Around): FhirResource => {
  const { from, to, role } = around;
  const { texts, attachments } = partsOf(wish);
  const categories = codeSystem("medcom-careCommunication-categoryCodes");
  return resource("Communication", uuid(3), {
    profile: extensionOf("carecommunication", "medcom-careCommunication-communication"),
    ...present({
      extension: around.senders.map((sender) => ({
        url: core("medcom-core-sender-extension"),
        valueReference: reference(sender),
      })),
    }),
    identifier: [{ value: wish.thread ?? `urn:uuid:${uuid(0x600)}` }],
    status: "unknown",
    category: [{ coding: [coding(categories, wish.category ?? "carecoordination")] }],
    subject: { reference: `Patient/${uuid(4)}` },
    ...present({
      priority: wish.priority,
      topic: wish.topic === undefined ? undefined : { text: wish.topic },
      encounter: around.encounters.map(reference)[0],
      recipient: around.recipients.map(reference),
    }),
    payload: [
      ...texts.map((text) => textPayload(text, { role, by: text.earlier === true ? to : from })),
      ...attachments.map((part) => attachmentPayload(part, part.earlier === true ? to : from)),
    ],
  });
};

const courseOf = (wish: CareWish, activity: string, by: FhirResource): FhirResource[] => {
  const { texts, attachments } = partsOf(wish);
  const all = [...texts, ...attachments];
  const idsOf = (earlier: boolean) =>
    all.filter((part) => (part.earlier === true) === earlier).map((part) => part.id);
  const before = { headerId: uuid(0x21), activity: "new-message", payloads: idsOf(true) };
  const history = wish.history ?? (activity === "new-message" ? [] : [before]);
  const profile = extensionOf("carecommunication", "medcom-careCommunication-provenance");
  return provenances({ ...wish, history }, { activity, profile, by, payloads: idsOf(false) });
};

/**
 * A correspondence message; without wishes a new one from the practice to the municipality. Fits version 5.0. A reply or a
 * forwarding has a new message before it, which brought what is `earlier`.
 */
export const careCommunication = (wish: CareWish = {}): FhirResource => {
  const from = organisation(wish.from ?? fhirParties.practice, 6);
  const to = organisation(wish.to ?? fhirParties.municipality, 7);
  const [role, practitioner] = authorOf(wish, from);
  const recipients = team(0xb, wish.recipientTeam, to);
  const senders = team(0xc, wish.senderTeam, from);
  const encounters = encountersOf(wish);
  const communication = communicationOf(wish, { from, to, role, encounters, recipients, senders });
  const definition = definitionOf("CareCommunication", wish.version ?? "5.0");
  const head = header(wish, {
    event: "care-communication-message",
    profile: extensionOf("carecommunication", "medcom-careCommunication-messageHeader"),
    from,
    to,
    rest: { focus: [reference(communication)], definition },
  });
  return bundleOf(wish, {
    ig: "carecommunication",
    profile: "medcom-careCommunication-message",
    entries: [
      head,
      patient(wish, present({ identifier: wish.replacementCpr === undefined ? [] : [wish.replacementCpr] })),
      ...encounters,
      communication,
      role,
      practitioner,
      ...recipients,
      ...senders,
      from,
      to,
      ...courseOf(wish, wish.activity ?? "new-message", from),
    ],
  });
};
