import {
  type EdsStation,
  edsProfiles,
  edsStations,
  edsSubtypes,
  edsSystems,
} from "../../../contracts/codes/eds-stations.ts";
import type { ExportedHop } from "../../../contracts/messages/message-log.ts";

/** What is told of an organisation besides: the SOR code that EHMI knows it by. */
export type SorOf = (gln: string) => string | undefined;

type Coding = { system: string; code: string; display: string };
type Identifier = { value: string; system?: string; type?: { coding: Omit<Coding, "display">[] } };
type Agent = {
  extension?: { url: string; valueIdentifier: Identifier }[];
  type: { coding: Coding[] };
  who: { identifier: Identifier };
  name: string;
  requestor: boolean;
};
type Entity = {
  what: { identifier: Identifier };
  type: Coding;
  role?: Coding;
  detail?: { type: string; valueString: string }[];
};

/** An AuditEvent (FHIR R4) by EHMI's delivery status: EdsPatientDeliveryStatus, or EdsBasicDeliveryStatus without a citizen. */
export type AuditEvent = {
  resourceType: "AuditEvent";
  id: string;
  meta: { profile: string[] };
  contained: { resourceType: "Device"; id: string; identifier: Identifier[]; status: "active" }[];
  type: Coding;
  subtype: Coding[];
  action: "C";
  recorded: string;
  outcome: "0" | "8";
  agent: Agent[];
  source: { observer: { reference: string; type: string; display: string }; type: Coding[] };
  entity: Entity[];
};

/** Names nobody: the receiver of bytes that could not be read. */
const unknown = "unknown";
const cprSystem = "urn:oid:1.2.208.176.1.2";
const sorSystem = "urn:oid:1.2.208.176.1.1";

const withType = (code: "GLN" | "SOR", value: string): Identifier => ({
  type: { coding: [{ system: edsSystems.identifier, code }] },
  value,
});

type Organisation = { gln: string; name: string };

const agent = (
  { gln, name }: Organisation,
  role: { code: "ehmiSender" | "ehmiReceiver"; display: string; requestor: boolean },
  sorOf: SorOf,
): Agent => {
  const sor = sorOf(gln);
  const { code, display, requestor } = role;
  return {
    ...(gln === unknown
      ? {}
      : { extension: [{ url: edsProfiles.otherId, valueIdentifier: withType("GLN", gln) }] }),
    type: { coding: [{ system: edsSystems.role, code, display }] },
    who: {
      identifier: sor === undefined ? withType("GLN", gln) : { ...withType("SOR", sor), system: sorSystem },
    },
    name,
    requestor,
  };
};

const entityTypes = {
  ehmiPatient: "Patient",
  ehmiMessage: "Message",
  ehmiMessageEnvelope: "Message Envelope",
} as const;

const entity = (code: keyof typeof entityTypes, identifier: Identifier): Entity => ({
  what: { identifier },
  type: { system: edsSystems.entity, code, display: entityTypes[code] },
});

/** A CPR number says of itself what it is; a replacement is one of several kinds. */
const patientNumber = (value: string): Identifier =>
  /^\d{10}$/.test(value) ? { system: cprSystem, value } : { value };

const patientOf = ({ patient }: ExportedHop): Entity[] =>
  patient === undefined
    ? []
    : [
        {
          ...entity("ehmiPatient", patientNumber(patient)),
          role: { system: edsSystems.objectRole, code: "1", display: "Patient" },
        },
      ];

/** What a message was wrapped in: what its hop tells, else the document that it came in. */
const envelopeOf = ({ envelopeId, message }: ExportedHop): string =>
  envelopeId ?? message.intakeId ?? message.id;

const entitiesOf = (hop: ExportedHop): Entity[] => [
  ...patientOf(hop),
  {
    ...entity("ehmiMessage", { value: hop.messageId }),
    detail: [
      { type: "ehmiMessageType", valueString: hop.message.type },
      { type: "ehmiMessageVersion", valueString: hop.version },
    ],
  },
  entity("ehmiMessageEnvelope", { value: envelopeOf(hop) }),
];

const observers: Readonly<Record<EdsStation, string>> = {
  EUA: "sektorbro-eua",
  "AP-MSH": "sektorbro",
};

const sourceOf = (station: EdsStation): Pick<AuditEvent, "contained" | "source"> => {
  const id = observers[station];
  return {
    contained: [{ resourceType: "Device", id, identifier: [{ value: id }], status: "active" }],
    source: {
      // The profile wants this word for a type, where FHIR would say Device.
      observer: { reference: `#${id}`, type: "ehmiDevice", display: edsStations[station] },
      type: [{ system: edsSystems.station, code: station, display: edsStations[station] }],
    },
  };
};

/**
 * A hop as EHMI's delivery status tells it. `undefined`: a step of people, which no station takes. What the hub says of the receiver's
 * EUA it was told by a receipt.
 */
export const auditEventOf = (hop: ExportedHop, sorOf: SorOf): AuditEvent | undefined => {
  const { station, subtype, outcome, message, patient, id, at } = hop;
  if (station === undefined || subtype === undefined || outcome === undefined) return undefined;
  const { from, to } = message;
  const [receiver = { gln: unknown, name: unknown }] = to;
  return {
    resourceType: "AuditEvent",
    id,
    meta: { profile: [patient === undefined ? edsProfiles.basic : edsProfiles.patient] },
    contained: sourceOf(station).contained,
    type: { system: edsSystems.type, code: "ehmiMessaging", display: "EHMI messaging event" },
    subtype: [{ system: edsSystems.subtype, code: subtype, display: edsSubtypes[subtype] }],
    action: "C",
    recorded: at,
    outcome,
    agent: [
      agent(from, { code: "ehmiSender", display: "Sender", requestor: true }, sorOf),
      agent(receiver, { code: "ehmiReceiver", display: "Receiver", requestor: false }, sorOf),
    ],
    source: sourceOf(station).source,
    entity: entitiesOf(hop),
  };
};
