import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { type Broken, entryOf, place } from "./fhir-bundle-broken.ts";
import { valueAt, withEntry, without, withValue } from "./fhir-bundle-edit.ts";
import { codeSystem, cprSystem, extensionOf } from "./fhir-bundle-parts.ts";
import { careCommunication, homeCareObservation, uuid } from "./fhir-bundles.ts";

const letter = careCommunication();
const observed = homeCareObservation();
const again = (bundle: FhirResource, type: string): FhirResource =>
  withEntry(bundle, { ...entryOf(bundle, type), id: uuid(0x920) });

const inCourse = careCommunication({
  episodes: [{ system: "https://sor2.sum.dsdn.dk/#id=1", value: uuid(0x921) }],
});
const toTeam = careCommunication({ recipientTeam: "Hjemmeplejen" });
const fromTeam = careCommunication({ senderTeam: "Sekretariatet" });
const sender = extensionOf("core", "medcom-core-sender-extension");
const illustrated = careCommunication({ attachments: [{ title: "Billede", bytes: new Uint8Array(8) }] });
const twice = careCommunication({ texts: [{ text: "Først" }, { text: "Og så" }] });
const reply = careCommunication({
  activity: "reply-message",
  texts: [{ text: "Spørgsmål", earlier: true }, { text: "Svar" }],
});
const roles = codeSystem("medcom-core-PractitionerRolesSKSadministrativ");

/** A source entity more than there was. */
const withSource = (bundle: FhirResource, provenance: string): FhirResource => {
  const entities = valueAt(bundle, `${provenance}.entity`) as FhirElement[];
  const what = { identifier: { value: `urn:uuid:${uuid(0x922)}` } };
  return withValue(bundle, `${provenance}.entity`, [...entities, { role: "source", what }]);
};

export const brokenCare: readonly Broken[] = [
  {
    rule: "CC-1",
    bundle: without(letter, "MessageHeader.meta"),
    at: "Bundle.entry[0].resource.meta.profile",
  },
  { rule: "CC-2", bundle: again(letter, "Patient"), at: "Bundle.entry" },
  {
    rule: "CC-3",
    bundle: withValue(letter, "Provenance.meta.profile", ["http://medcomfhir.dk/ig/other"]),
    at: place(letter, "Provenance", ".meta.profile"),
  },
  {
    rule: "CC-4",
    bundle: without(letter, "Practitioner.name[0].family"),
    at: place(letter, "Practitioner", ".name"),
  },
  {
    rule: "CC-5",
    bundle: careCommunication({ priority: "asap" }),
    at: place(letter, "Communication", ".priority"),
  },
  {
    rule: "CC-6",
    bundle: careCommunication({ category: "other" }),
    at: place(letter, "Communication", ".topic.text"),
  },
  {
    rule: "CC-8",
    bundle: without(letter, "Practitioner.name"),
    at: place(letter, "Practitioner", ".name"),
    also: ["CC-4"],
  },
  {
    rule: "CC-9",
    bundle: without(inCourse, "Encounter.episodeOfCare"),
    at: place(inCourse, "Encounter", ".episodeOfCare.identifier"),
  },
  {
    rule: "CC-15",
    bundle: without(inCourse, "Communication.encounter"),
    at: place(inCourse, "Communication", ".encounter"),
  },
  {
    rule: "CC-11",
    bundle: withValue(fromTeam, "CareTeam.managingOrganization[0].reference", `Organization/${uuid(7)}`),
    at: place(fromTeam, "Communication", `.extension('${sender}')`),
  },
  {
    rule: "CC-12",
    bundle: withValue(toTeam, "CareTeam.managingOrganization[0].reference", `Organization/${uuid(6)}`),
    at: place(toTeam, "Communication", ".recipient"),
  },
  {
    rule: "CC-13",
    bundle: without(letter, "PractitionerRole.practitioner"),
    at: place(letter, "PractitionerRole", ".practitioner.reference"),
  },
  { rule: "CC-communication", bundle: again(letter, "Communication"), at: "Bundle.entry" },
  {
    rule: "CC-payload-ids",
    bundle: without(twice, "Provenance.entity[1]"),
    at: place(twice, "Communication", ".payload[1]"),
  },
  {
    rule: "CC-payload-missing",
    bundle: withSource(letter, "Provenance"),
    at: place(letter, "Provenance", ".entity.what.identifier.value"),
  },
  {
    rule: "CC-payload-earlier",
    bundle: withSource(reply, "Provenance[0]"),
    at: place(reply, "Provenance", ".entity.what.identifier.value"),
  },
  {
    rule: "CC-payload-repeated",
    bundle: withValue(letter, "Communication.payload[1]", valueAt(letter, "Communication.payload[0]") ?? ""),
    at: place(letter, "Communication", ".payload[1]"),
  },
  {
    rule: "CC-payload-content",
    bundle: without(illustrated, "Communication.payload[1].contentAttachment"),
    at: place(illustrated, "Communication", ".payload[1]"),
  },
  {
    rule: "CC-attachment-data",
    bundle: without(illustrated, "Communication.payload[1].contentAttachment.data"),
    at: place(illustrated, "Communication", ".payload[1]"),
  },
  {
    rule: "patient-identifier",
    bundle: withValue(letter, "Patient.identifier", [{ system: "http://example.org/", value: "1" }]),
    at: place(letter, "Patient", ".identifier"),
  },
  {
    rule: "patient-identifier-kinds",
    bundle: withValue(letter, "Patient.identifier", [
      { system: "urn:oid:1.2.208.176.1.6.1.3", value: "0101650AB1" },
      { system: "urn:oid:1.2.208.176.1.6.1.3.179", value: "0101650AB1" },
    ]),
    at: place(letter, "Patient", ".identifier"),
    also: ["medcom-core-patient:identifier:d-ecpr"],
  },
  {
    rule: "patient-identifier-unknown",
    bundle: withValue(letter, "Patient.identifier", [
      { system: cprSystem, value: "0101650001" },
      { system: "http://example.org/", value: "1" },
    ]),
    at: place(letter, "Patient", ".identifier.system"),
  },
  {
    rule: "medcom-core-practitionerrole-code-xor-text",
    bundle: withValue(letter, "PractitionerRole.code[0].text", "Praktiserende læge"),
    at: place(letter, "PractitionerRole", ".code"),
  },
  {
    rule: "medcom-core-practitionerrole-code-xor-text",
    bundle: withValue(letter, "PractitionerRole.code", [{ id: "none" }]),
    at: place(letter, "PractitionerRole", ".code"),
  },
  {
    rule: "role-unlisted",
    bundle: withValue(letter, "PractitionerRole.code[0].coding[0]", { system: roles, code: "portoer" }),
    at: place(letter, "PractitionerRole", ".code.coding"),
  },
  {
    rule: "role-misspelt",
    bundle: withValue(letter, "PractitionerRole.code[0].coding[0]", { system: roles, code: "pyskolog" }),
    at: place(letter, "PractitionerRole", ".code.coding.code"),
  },
];

const measured = (value: FhirElement): FhirResource => ({
  ...entryOf(observed, "Observation"),
  id: uuid(0x923),
  ...value,
});

/** The report with an observation of its own in place of the first. */
const reporting = (value: FhirElement): FhirResource =>
  withValue(observed, "Observation", {
    fullUrl: `Observation/${uuid(0x200)}`,
    resource: { ...measured(value), id: uuid(0x200) },
  });

const code = (system: string, value: string): FhirElement => ({
  code: { coding: [{ system, code: value }] },
});
const npu = "urn:oid:1.2.208.176.2.1";
const first = (path: string): string => place(observed, "Observation", path);

export const brokenHomeCare: readonly Broken[] = [
  { rule: "HCO-patient", bundle: again(observed, "Patient"), at: "Bundle.entry" },
  { rule: "HCO-report", bundle: again(observed, "DiagnosticReport"), at: "Bundle.entry" },
  {
    rule: "HCO-report-1",
    bundle: withValue(observed, "PractitionerRole.code", [{ text: "Sygeplejerske" }]),
    at: place(observed, "PractitionerRole", ".code.coding.code"),
  },
  {
    rule: "HCO-report-2",
    bundle: without(observed, "Practitioner.name"),
    at: place(observed, "PractitionerRole", ".practitioner.resolve().name"),
  },
  {
    rule: "HCO-report-3",
    bundle: without(observed, "Practitioner.telecom"),
    at: place(observed, "PractitionerRole", ".practitioner.resolve().telecom.where(system='phone')"),
  },
  {
    rule: "HCO-4",
    bundle: withValue(observed, "Organization[0].contact", [{ purpose: { text: "Rekvirent" } }]),
    at: place(observed, "Organization", ".contact.name"),
  },
  {
    rule: "HCO-result",
    bundle: withEntry(observed, measured({})),
    at: "Bundle.entry[14].resource",
  },
  {
    rule: "dk-core-observation-mandatory-units",
    bundle: reporting({ valueQuantity: { value: { numeral: "19" } } }),
    at: first(".valueQuantity.unit"),
  },
  { rule: "HCO-code-system", bundle: reporting(code(npu, "MCS88122")), at: first(".code.coding") },
  { rule: "HCO-code", bundle: reporting(code(npu, "NPU99999")), at: first(".code.coding") },
  {
    rule: "HCO-unit",
    bundle: reporting({ valueQuantity: { value: { numeral: "19" }, unit: "mmHg" } }),
    at: first(".valueQuantity.unit"),
  },
  {
    rule: "HCO-scale",
    bundle: homeCareObservation({ values: [{ code: "MCS88126", value: "4", unit: "1" }] }),
    at: first(".valueQuantity.value"),
  },
  {
    rule: "HCO-scale",
    bundle: homeCareObservation({ values: [{ code: "MCS88125", value: "2.5", unit: "1" }] }),
    at: first(".valueQuantity.value"),
  },
  {
    rule: "HCO-value",
    bundle: without(observed, "Observation.valueQuantity"),
    at: first(".value"),
  },
];
