/**
 * The words of EHMI's delivery status (EDS), as MedCom publishes them: dk-ehmi-eds 1.0 (EdsBasicDeliveryStatus,
 * EdsPatientDeliveryStatus) and dk-ehmi-terminology 1.0.0. A message goes from the sender's end-user application (EUA) by its
 * message service handler (MSH) and access point (AP) to the receiver's AP, MSH and EUA.
 */
import type { DeliveryChange } from "../deliveries.ts";

const terminology = "http://medcomehmi.dk/ig/terminology/CodeSystem";
const profiles = "http://medcomehmi.dk/ig/eds/StructureDefinition";

export const edsSystems = {
  type: `${terminology}/ehmi-delivery-status-types`,
  subtype: `${terminology}/ehmi-delivery-status-sub-types`,
  role: `${terminology}/ehmi-delivery-status-participationroletype`,
  identifier: `${terminology}/ehmi-delivery-status-agent-who-identifier-types`,
  station: `${terminology}/ehmi-delivery-status-source-type`,
  entity: `${terminology}/ehmi-delivery-status-entity-type`,
  /** The part that a patient has in it (R4, object-role 1). */
  objectRole: "http://terminology.hl7.org/CodeSystem/object-role",
} as const;

export const edsProfiles = {
  basic: `${profiles}/EdsBasicDeliveryStatus`,
  patient: `${profiles}/EdsPatientDeliveryStatus`,
  otherId: `${profiles}/eds-otherId`,
} as const;

/** ehmi-delivery-status-source-type. The hub is MSH and AP of both sides at once. */
export const edsStations = {
  EUA: "EUA (End-user Application)",
  "AP-MSH": "AP & MSH (Access Point - Message Service Handler)",
} as const;
export type EdsStation = keyof typeof edsStations;

/** ehmi-delivery-status-sub-types. */
export const edsSubtypes = {
  "msg-created": "Message created",
  "msg-sent": "Message sent",
  "msg-received": "Message received",
  "msg-received-and-finalized": "Message received and finalized",
} as const;
export type EdsSubtype = keyof typeof edsSubtypes;

/** audit-event-outcome, as far as EDS knows it: `0` it went well, `8` it did not. */
type EdsOutcome = "0" | "8";

export type EdsHop = { station: EdsStation; subtype: EdsSubtype; outcome: EdsOutcome };

const hub = "AP-MSH";

/** What the hub sees of a message that comes in: it has it, and it hands it on or does not. */
export const edsOfIncoming = {
  taken: { station: hub, subtype: "msg-received", outcome: "0" },
  accepted: { station: hub, subtype: "msg-sent", outcome: "0" },
  refused: { station: hub, subtype: "msg-received", outcome: "8" },
  unreadable: { station: hub, subtype: "msg-received", outcome: "8" },
  failed: { station: hub, subtype: "msg-received", outcome: "8" },
} as const satisfies Readonly<Record<string, EdsHop>>;

/**
 * What each change of a delivery is on the receiver's side. `owed`: a document that the hub passes on; one that it writes itself is
 * created there. That a person has seen to it is no station's.
 */
export const edsOfDelivery = {
  owed: { station: hub, subtype: "msg-received", outcome: "0" },
  fetched: { station: hub, subtype: "msg-sent", outcome: "0" },
  acknowledged: { station: "EUA", subtype: "msg-received-and-finalized", outcome: "0" },
  failed: { station: "EUA", subtype: "msg-received-and-finalized", outcome: "8" },
  failedForNow: { station: "EUA", subtype: "msg-received", outcome: "8" },
  resent: { station: hub, subtype: "msg-created", outcome: "0" },
  unconfirmed: { station: hub, subtype: "msg-sent", outcome: "8" },
  handled: undefined,
} as const satisfies Readonly<Record<DeliveryChange["change"], EdsHop | undefined>>;

/** A document that the hub wrote, of a typed message or in another standard. */
export const edsOfWritten = {
  station: hub,
  subtype: "msg-created",
  outcome: "0",
} as const satisfies EdsHop;
