import { AttachmentLetter, Letter } from "../../contracts/letter.ts";
import type { Converting } from "../../gateways/fhir/bridge/converted.ts";
import { letterToFhir, pairLetters } from "../../gateways/fhir/bridge/to-fhir.ts";
import { resourcesOf, textAt } from "../../gateways/fhir/codec/model/navigate.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import { bundleOf } from "../../gateways/fhir/codec/typed-message.ts";
import { bytes, digest, episode, municipality, objectId, practice } from "./care-sheet.ts";

const party = (more: object) => ({
  ...{ street: "Åparken 4", suburb: "Nord", district: "Nordfjord", postCode: "9990" },
  ...more,
});
const from = party({
  ...{
    gln: practice.gln,
    identifier: { code: "ydernummer", value: "991001" },
    organisation: "Lægehuset Åparken",
  },
  ...{ department: "Afdeling A", unit: "Enhed 1", phone: "90000001", speciality: "almen_medicin" },
});
const to = party({
  ...{ gln: municipality.gln, identifier: { code: "kommunenummer", value: "0861" } },
  ...{ organisation: "Nordfjord Kommune", department: "Hjemmeplejen", unit: "Team 2" },
});
const envelope = { envelopeId: "KUV0001", sent: "2026-11-23T10:15", wantsPositiveReceipt: true };
const plainId = objectId.replaceAll("-", "");
export const told = Letter.parse({
  ...{ letterId: "BREV0001", status: "new", authorised: "2026-11-23T10:14", statisticalCode: "XDIS91" },
  ...{
    episodeOfCareId: episode.replaceAll("-", ""),
    sender: from,
    receiver: to,
    priority: "high",
    subject: "Røntgen",
  },
  patient: {
    ...{ cpr: "0107560106", surname: "Prøvesen", givenName: "Karla", street: "Prøvevej 1", suburb: "Øst" },
    ...{ district: "Nordfjord", postCode: "9990", occupation: "Pensionist", episodeOfCareStatus: "indlagt" },
  },
  texts: [["Linje et", { el: "Break" }, "linje to"]],
  references: [
    {
      description: "Plan",
      target: { kind: "bin", objectId: plainId, code: "vektor_grafik", extension: "pdf", sizeBytes: 321 },
    },
    { description: "Vejledning", target: { kind: "url", url: "https://example.org/vejledning.pdf" } },
  ],
});
const brought = AttachmentLetter.parse({
  ...{
    letterId: "BREV0002",
    authorised: "2026-11-23T10:14",
    statisticalCode: "XBIN01",
    sender: from,
    receiver: to,
  },
  about: { kind: "patient", cpr: "0107560106", surname: "Prøvesen" },
  objects: [{ objectId: plainId, code: "vektor_grafik", extension: "pdf", sizeBytes: 321, digest }],
});
const sors: Readonly<Record<string, string>> = {
  [practice.gln]: practice.sor,
  [municipality.gln]: municipality.sor,
};
const known: Converting = { organisation: (gln) => ({ sor: sors[gln] }) };

const bundleFor = (one: Letter): { bundle: FhirResource; codes: readonly string[] } => {
  const pairs = pairLetters(
    [{ kind: "correspondence", letter: one, objects: [], envelope }],
    [{ letter: brought, envelope }],
  );
  const [pair] = pairs.letters;
  const converted = pair === undefined ? undefined : letterToFhir(pair, known);
  if (converted?.ok !== true) throw new Error(JSON.stringify([pairs.problems, converted]));
  const bundle = bundleOf(converted.made, {
    idFor: (name) => name,
    contents: new Map([[`urn:uuid:${objectId}`, bytes]]),
  });
  return { bundle, codes: converted.losses.map(({ code }) => code) };
};
export const back = bundleFor(told);
export const resource = (type: string, bundle = back.bundle): FhirResource => {
  const [found] = resourcesOf(bundle, type);
  if (found === undefined) throw new Error(`no ${type}`);
  return found;
};
export const header = resource("MessageHeader");
export const communication = resource("Communication");
export const citizen = resource("Patient");
export const encounter = resource("Encounter");
export const provenance = resource("Provenance");
const organisations = resourcesOf(back.bundle, "Organization");
const named = (reference: string | undefined): FhirResource => {
  const found = organisations.find(({ id }) => `Organization/${id as string}` === reference);
  if (found === undefined) throw new Error("no such organisation");
  return found;
};
export const writer = named(textAt(header, "sender.reference"));
export const reader = named(textAt(header, "destination.receiver.reference"));
export const identifiers = (one: FhirResource) =>
  Object.fromEntries(
    (one["identifier"] as { system: string; value: string }[]).map(({ system, value }) => [system, value]),
  );
const payloads = communication["payload"] as FhirResource[];
export const extension = (payload: number, name: string): FhirResource => {
  const all = (payloads[payload]?.["extension"] ?? []) as { url: string }[];
  const found = all.find(({ url }) => url.endsWith(`medcom-core-${name}-extension`));
  if (found === undefined) throw new Error(`no ${name}`);
  return found as unknown as FhirResource;
};
export const said = textAt(payloads[0], "contentString") ?? "";
export const replaced = bundleFor({
  ...told,
  patient: { ...told.patient, cpr: undefined, alternativeId: "0107561AB1" },
});
export const regional = bundleFor({
  ...told,
  patient: { ...told.patient, cpr: undefined, alternativeId: "0107565AB1" },
});
const { phone: _phone, ...unreachable } = told.sender;
export const silent = bundleFor({ ...told, sender: unreachable });
const { subject: _subject, ...untitled } = told;
export const unnamed = bundleFor(untitled);
export const attached = (payloads[1]?.["contentAttachment"] ?? {}) as unknown as FhirResource;
export const linked = (payloads[2]?.["contentAttachment"] ?? {}) as unknown as FhirResource;
export const sources = (provenance["entity"] as FhirResource[])
  .filter((entity) => textAt(entity, "role") === "source")
  .map((entity) => textAt(entity, "what.identifier.value"));
export const idIn = (payload: number) => textAt(extension(payload, "identifier"), "valueIdentifier.value");
export const timeIn = (payload: number) => textAt(extension(payload, "datetime"), "valueDateTime");
