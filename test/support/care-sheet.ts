import { identifierSystems } from "../../contracts/codes/fhir-code.ts";
import { CareCommunication } from "../../contracts/fhir/care-communication.ts";
import type { LossCode } from "../../gateways/fhir/bridge/losses.ts";
import { uuid } from "./fhir-bundles.ts";

/** What a line of a sheet comes to: a value that is there, or that nothing is, for a reason. */
export type Line =
  | readonly [is: unknown, wanted: unknown]
  | { readonly lost: LossCode }
  | { readonly none: string };
export type Lines = readonly (readonly [name: string, ...of: Line[]])[];

export const none = (why: string): Line => ({ none: why });
export const lost = (code: LossCode): Line => ({ lost: code });
export const given = "is the same in each FHIR message of the kind, or follows from its parties";

export const digest = `sha256-${"5b".repeat(32)}`;
export const bytes = new Uint8Array(321).fill(7);
export const practice = {
  gln: "5790000100019",
  sor: "999011000016000",
  otherIdentifiers: [],
  name: "Lægehuset Åparken",
};
export const municipality = {
  gln: "5790000300013",
  sor: "999131000016005",
  otherIdentifiers: [],
  name: "Nordfjord Kommune",
};
export const episode = "0a9b8c7d-6e5f-4a3b-9281-7061524f3e2d";
export const objectId = uuid(0x77);
const role = {
  kind: "code" as const,
  system: `http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-core-PractitionerRolesSKSadministrativ`,
  code: "sygeplejerske",
};
const author = { role, surname: "Prøve", givenNames: ["Asta"] };
export const contact = { system: "phone", value: "90000001" };
const time = "2026-11-23T10:14:00+01:00";

/** A reply of which every line of the sheets says something. */
export const message = CareCommunication.parse({
  kind: "CareCommunication",
  version: "5.0",
  bundleId: uuid(1),
  created: "2026-11-23T10:15:00+01:00",
  messageId: uuid(2),
  sender: practice,
  receiver: municipality,
  history: [
    {
      messageId: uuid(3),
      occurred: "2026-11-20T08:00:00+01:00",
      activity: "new-message",
      by: municipality,
      removes: false,
      added: [`urn:uuid:${uuid(5)}`],
    },
    {
      ...{
        messageId: uuid(2),
        occurred: "2026-11-23T10:15:00+01:00",
        activity: "reply-message",
        by: practice,
      },
      ...{ earlier: { kind: "message", messageId: uuid(3) }, removes: false },
      added: [`urn:uuid:${uuid(4)}`, `urn:uuid:${objectId}`, `urn:uuid:${uuid(6)}`],
    },
  ],
  patient: {
    ...{ cpr: "0107560106", national: "0107561AB1", surname: "Prøvesen", givenNames: ["Karla"] },
    address: { lines: ["Prøvevej 1"], city: "Nordfjord", postCode: "9990" },
    telecoms: [{ system: "phone", value: "90000009", use: "home" }],
  },
  threadId: `urn:uuid:${uuid(9)}`,
  category: {
    system: "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-careCommunication-categoryCodes",
    code: "regarding-referral",
  },
  priority: "asap",
  topic: "Røntgen",
  encounter: {
    status: "in-progress",
    class: { system: "http://terminology.hl7.org/CodeSystem/v3-ActCode", code: "IMP" },
    episodes: [
      { system: "https://sor2.sum.dsdn.dk/#id=999131000016005", value: uuid(8) },
      { system: identifierSystems.lpr3, value: `urn:uuid:${episode}` },
    ],
  },
  specificSender: { kind: "practitioner", ...author, organisation: practice },
  specificRecipient: { kind: "team", name: "Akutteamet", organisation: municipality },
  payloads: [
    {
      ...{ kind: "text", id: `urn:uuid:${uuid(5)}`, assigner: municipality, at: "2026-11-20T08:00:00+01:00" },
      ...{ contact, author, text: "Tidligere skrevet" },
    },
    {
      kind: "text",
      id: `urn:uuid:${uuid(4)}`,
      assigner: practice,
      at: time,
      contact,
      author,
      text: "Linje et\nlinje to",
    },
    {
      ...{ kind: "attachment", id: `urn:uuid:${objectId}`, assigner: practice, at: time, author, contact },
      ...{ contentType: "application/pdf", title: "Plan", created: time, sizeBytes: bytes.length, digest },
    },
    {
      ...{ kind: "attachment", id: `urn:uuid:${uuid(6)}`, assigner: practice, at: time },
      ...{ contentType: "application/pdf", title: "Vejledning", url: "https://example.org/vejledning.pdf" },
    },
  ],
});
