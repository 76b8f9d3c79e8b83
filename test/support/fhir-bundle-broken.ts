import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { valueAt, withEntry, without, withValue } from "./fhir-bundle-edit.ts";
import { resource } from "./fhir-bundle-parts.ts";
import {
  careCommunication,
  fhirParties,
  homeCareObservation,
  hospitalNotification,
  uuid,
} from "./fhir-bundles.ts";

/** A message that breaks one rule and no other, and where. `also`: a row that cannot hold when the rule does not. */
export interface Broken {
  readonly rule: string;
  readonly bundle: FhirResource;
  readonly at: string;
  readonly also?: readonly string[];
}

/** Where the first resource of a type stands. */
export const place = (bundle: FhirResource, type: string, path = ""): string => {
  const entries = bundle["entry"] as readonly { resource: FhirResource }[];
  const at = entries.findIndex((entry) => entry.resource.resourceType === type);
  return `Bundle.entry[${at}].resource${path}`;
};

const stay = hospitalNotification();
/** A resource of the bundle, the first of its type. */
export const entryOf = (bundle: FhirResource, type: string): FhirResource =>
  (valueAt(bundle, type) as { resource: FhirResource }).resource;
const header = entryOf(stay, "MessageHeader");
const organisation = entryOf(stay, "Organization");
const history = hospitalNotification({ activity: "discharge-inpatient-home" });

const swapped: FhirResource = {
  ...stay,
  entry: (stay["entry"] as FhirElement[]).toReversed(),
};

/** Rules of every message, on a message of whichever kind shows them best. */
export const brokenShared: readonly Broken[] = [
  { rule: "G1", bundle: swapped, at: "Bundle.entry[0].resource" },
  {
    rule: "G8",
    bundle: withEntry(stay, { ...header, id: uuid(0x900) }),
    at: "Bundle.entry[6].resource",
  },
  { rule: "G2", bundle: without(stay, "Provenance"), at: "Bundle.entry" },
  {
    rule: "G3",
    bundle: withValue(stay, "Provenance.target", [{ reference: `MessageHeader/${uuid(0x901)}` }]),
    at: "Bundle.entry",
  },
  {
    rule: "G3",
    bundle: withEntry(stay, {
      ...entryOf(stay, "Provenance"),
      id: uuid(0x902),
    }),
    at: "Bundle.entry",
  },
  {
    rule: "G4",
    bundle: without(history, "Provenance[0]"),
    at: "Bundle.entry[5].resource.entity[0].what.reference",
  },
  {
    rule: "G4-letter",
    bundle: withValue(history, "Provenance[0].entity", [
      { role: "revision", what: { identifier: { value: "BREV0001#5790000200016" } } },
    ]),
    at: place(history, "Provenance", ".entity[0].what.identifier.value"),
  },
  {
    rule: "G4-names",
    bundle: hospitalNotification({ activity: "revise-admit-inpatient", history: [] }),
    at: place(stay, "Provenance", ".entity"),
  },
  {
    rule: "G4-follows",
    bundle: careCommunication({ activity: "reply-message", history: [] }),
    at: place(careCommunication(), "Provenance", ".entity"),
  },
  {
    rule: "G4-role",
    bundle: withValue(
      hospitalNotification({ activity: "cancel-admit-inpatient" }),
      "Provenance[1].entity[0].role",
      "revision",
    ),
    at: "Bundle.entry[6].resource.entity.role",
  },
  {
    rule: "Provenance.entity.role",
    bundle: withValue(history, "Provenance[1].entity[0].role", "follows"),
    at: "Bundle.entry[6].resource.entity.role",
    also: ["G4-role"],
  },
  {
    rule: "G5",
    bundle: withValue(stay, "Encounter.serviceProvider.reference", `Organization/${uuid(0x903)}`),
    at: place(stay, "Encounter", ".serviceProvider.reference"),
  },
  {
    rule: "G5-history",
    bundle: withValue(history, "Provenance[0].agent[0].who.reference", `Organization/${uuid(0x904)}`),
    at: "Bundle.entry[5].resource.agent[0].who.reference",
  },
  {
    rule: "G5-history",
    bundle: withEntry(stay, {
      ...resource("Flag", uuid(0x905), { profile: "http://example.org/flag" }),
      subject: { reference: `Patient/${uuid(0x906)}` },
    }),
    at: "Bundle.entry[6].resource.subject.reference",
    also: ["R-Tek-C"],
  },
  {
    rule: "G12",
    bundle: withValue(stay, "Bundle.entry[1].fullUrl", `https://medcomfhir.dk/ig/x/Patient/${uuid(0x907)}`),
    at: "Bundle.entry[1].fullUrl",
  },
  { rule: "G12", bundle: without(stay, "Bundle.entry[2].fullUrl"), at: "Bundle.entry[2].fullUrl" },
  {
    rule: "id-repeated",
    bundle: withEntry(stay, { ...organisation }),
    at: "Bundle.entry[6].resource.id",
  },
  {
    rule: "R-Tek-C",
    bundle: withEntry(stay, resource("Flag", uuid(0x908), { profile: "http://example.org/flag" })),
    at: "Bundle.entry[6].resource",
  },
  {
    rule: "dk-core-organization-mandatory-identifier",
    bundle: withEntry(stay, {
      ...organisation,
      id: uuid(0x909),
      identifier: [{ system: "https://www.gs1.org/gln", value: fhirParties.acuteTeam.gln }],
    }),
    at: "Bundle.entry[6].resource.identifier",
    also: ["medcom-core-organization:identifier:SOR-ID"],
  },
  {
    rule: "GLN-system",
    bundle: withValue(stay, "Organization.identifier[0].system", "urn:oid:1.3.88"),
    at: place(stay, "Organization", ".identifier[0].system"),
  },
  {
    rule: "definition-url",
    bundle: withValue(careCommunication(), "MessageHeader.definition", "http://medcomfhir.dk/ig/other|5.0"),
    at: "Bundle.entry[0].resource.definition",
  },
  {
    rule: "definition-near",
    bundle: withValue(
      homeCareObservation(),
      "MessageHeader.definition",
      "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComHomeCareObservationMessageDefinition",
    ),
    at: "Bundle.entry[0].resource.definition",
  },
];
