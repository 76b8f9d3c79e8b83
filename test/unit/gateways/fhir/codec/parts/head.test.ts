import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { assemble } from "../../../../../../gateways/fhir/codec/parts/assemble.ts";
import { readHead } from "../../../../../../gateways/fhir/codec/parts/head.ts";
import { narrative } from "../../../../../../gateways/fhir/codec/parts/narrative.ts";
import { notReadIn } from "../../../../../../gateways/fhir/codec/parts/not-read.ts";
import { openMessage } from "../../../../../../gateways/fhir/codec/parts/open-message.ts";
import { partsSaid } from "../../../../../../gateways/fhir/codec/parts/parts-said.ts";
import { patientOf } from "../../../../../../gateways/fhir/codec/parts/patient.ts";
import { practitionerAt } from "../../../../../../gateways/fhir/codec/parts/practitioners.ts";
import {
  patientIn,
  practitionerReference,
} from "../../../../../../gateways/fhir/codec/parts/print-people.ts";
import { beginPrinting, pathOf } from "../../../../../../gateways/fhir/codec/parts/printing.ts";
import { reference, values } from "../../../../../../gateways/fhir/codec/parts/said.ts";
import {
  anyCode,
  anyHead,
  anyLine,
  anyPatient,
  anyPractitioner,
} from "../../../../../support/fhir-arbitraries.ts";
import { without, withValue } from "../../../../../support/fhir-bundle-edit.ts";
import { fhirParties, hospitalNotification, uuid } from "../../../../../support/fhir-bundles.ts";

const idFor = (name: string): string => `id-${name}`;
const head = (bundle: FhirResource) => readHead(openMessage(bundle));
const message = hospitalNotification();
const { department, municipality } = fhirParties;

describe("the head of a message", () => {
  it("tells who sends what to whom, and when", () => {
    expect(head(message)).toMatchObject({
      bundleId: uuid(1),
      created: "2026-11-23T10:15:00+01:00",
      messageId: uuid(2),
      sender: { ...department, otherIdentifiers: [] },
      receiver: { ...municipality, otherIdentifiers: [] },
      history: [
        { messageId: uuid(2), activity: "admit-inpatient", by: department, removes: false, added: [] },
      ],
    });
  });

  it.each(["https://www.gs1.org/gln", "http://www.gs1.org/gln", "urn:oid:1.3.88"])(
    "knows a GLN under %s",
    (system) => {
      const bundle = withValue(message, "Organization[0].identifier[0].system", system);
      expect(head(bundle).sender).toEqual({ ...department, otherIdentifiers: [] });
    },
  );

  it("keeps identifiers that have no name, and the second of a kind, as they were written", () => {
    const cvr = { system: "http://cvr.dk", value: "12345678" };
    const second = { system: "urn:oid:1.3.88", value: "5790000200023" };
    const identifier = [
      cvr,
      { system: "https://www.gs1.org/gln", value: department.gln },
      { system: "urn:oid:1.2.208.176.1.1", value: department.sor },
      second,
    ];
    const { sender } = head(withValue(message, "Organization[0].identifier", identifier));
    expect(sender).toMatchObject({
      gln: department.gln,
      sor: department.sor,
      otherIdentifiers: [cvr, second],
    });
  });

  it("leaves a name that is missing absent", () => {
    expect(head(without(message, "Organization[0].name")).sender).toEqual({
      gln: department.gln,
      sor: department.sor,
      otherIdentifiers: [],
    });
  });

  it.each([
    ["the whole address", `https://medcomfhir.dk/ig/hospitalnotification/Organization/${uuid(6)}`],
    ["another address", `http://example.org/fhir/Organization/${uuid(6)}`],
    ["a version of it", `Organization/${uuid(6)}/_history/3`],
  ])("finds an organisation by %s", (_, to) => {
    expect(head(withValue(message, "MessageHeader.sender.reference", to)).sender.gln).toBe(department.gln);
  });

  it("finds it by the entry's own name, and where it is contained in the header", () => {
    const urn = `urn:uuid:${uuid(6)}`;
    const named = withValue(
      withValue(message, "Bundle.entry[3].fullUrl", urn),
      "MessageHeader.sender.reference",
      urn,
    );
    expect(head(named).sender.gln).toBe(department.gln);
    const contained = [
      {
        resourceType: "Organization",
        id: "inside",
        identifier: [{ system: "https://www.gs1.org/gln", value: "5790000200030" }],
      },
    ];
    const within = withValue(
      withValue(message, "MessageHeader.contained", contained),
      "MessageHeader.sender.reference",
      "#inside",
    );
    expect(head(within).sender.gln).toBe("5790000200030");
  });

  it("has an organisation of the past that is not in the message without identifiers", () => {
    const bundle = withValue(message, "Provenance.agent[0].who.reference", "Organization/gone");
    expect(head(bundle).history[0]?.by).toEqual({ otherIdentifiers: [] });
  });
});

describe("the citizen", () => {
  it("has one number of each kind", () => {
    const identifier = [
      { system: "urn:oid:1.2.208.176.1.6.1.3.181", value: "0101655AB1" },
      { system: "urn:oid:1.2.208.176.1.6.1.1", value: "0101651AB1" },
      { system: "urn:oid:1.2.208.176.1.2", value: "0101650001" },
    ];
    const patient = patientOf(openMessage(withValue(message, "Patient.identifier", identifier)));
    expect(patient).toEqual({
      cpr: "0101650001",
      national: "0101651AB1",
      regional: { system: "urn:oid:1.2.208.176.1.6.1.3.181", value: "0101655AB1" },
      surname: "Prøve-Åsen",
      givenNames: ["Ægidia"],
    });
  });

  it("goes by the official name", () => {
    const name = [
      { use: "nickname", given: ["Gidde"] },
      { use: "official", family: "Åsen", given: ["Ægidia", "Bodil"] },
    ];
    const patient = patientOf(openMessage(withValue(message, "Patient.name", name)));
    expect(patient).toMatchObject({ surname: "Åsen", givenNames: ["Ægidia", "Bodil"] });
  });
});

describe("whatever is printed of the parts", () => {
  const anyMessage = fc.record({
    head: anyHead({ activity: anyCode, added: fc.array(anyLine(), { maxLength: 2 }) }),
    patient: anyPatient(),
    people: fc.array(anyPractitioner, { minLength: 1, maxLength: 3 }),
  });
  type Given = typeof anyMessage extends fc.Arbitrary<infer Value> ? Value : never;
  const said = {
    ...partsSaid,
    Basic: { subject: reference, author: { ...reference, many: true }, note: values },
  };
  const print = ({ head, patient, people }: Given): FhirResource => {
    const printing = beginPrinting("test", idFor);
    const citizen = patientIn(printing, patient);
    const basic: FhirResource = {
      resourceType: "Basic",
      id: "b1",
      text: narrative("Prøve", []),
      author: people.map((one) => practitionerReference(printing, one)),
    };
    return assemble(printing, {
      head,
      profile: "test-message",
      headerProfile: "test-header",
      event: "test",
      title: "Prøve",
      header: { focus: [{ reference: "Basic/b1" }] },
      resources: [citizen, basic],
    });
  };

  it("reads as it was, and everything that was printed is read", () => {
    fc.assert(
      fc.property(anyMessage, (given) => {
        const bundle = openMessage(print(given));
        const basic = bundle.byReference.get("Basic/b1");
        if (basic === undefined) throw new Error("no focus");
        expect(readHead(bundle)).toEqual(given.head);
        expect(patientOf(bundle)).toEqual(given.patient);
        const authors = basic["author"] as { reference: string }[];
        expect(authors.map((author) => practitionerAt(bundle, basic, author))).toEqual(given.people);
        expect(notReadIn(bundle, said)).toEqual([]);
      }),
    );
  });

  it("has each organisation once, ids that differ, and a page that says no more than its elements", () => {
    fc.assert(
      fc.property(anyMessage, (given) => {
        const bundle = print(given);
        const resources = (bundle["entry"] as { resource: FhirResource }[]).map(({ resource }) => resource);
        const ids = resources.map(pathOf);
        expect(new Set(ids).size).toBe(ids.length);
        const texts = resources.map(({ text }) => (text as { div: string }).div);
        expect(texts.every((div) => /^<div xmlns="http:\/\/www\.w3\.org\/1999\/xhtml">/.test(div))).toBe(
          true,
        );
        expect(texts.every((div) => !/<script|&(?!amp;|lt;|gt;|quot;)/.test(div))).toBe(true);
      }),
    );
  });
});
