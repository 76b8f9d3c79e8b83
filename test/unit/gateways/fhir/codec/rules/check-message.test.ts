import { describe, expect, it } from "vitest";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import { without, withValue } from "../../../../../support/fhir-bundle-edit.ts";
import {
  acknowledgement,
  careCommunication,
  homeCareObservation,
  hospitalNotification,
} from "../../../../../support/fhir-bundles.ts";

const codesOf = (bundle: FhirResource): readonly string[] =>
  checkMessage(bundle).problems.map(({ code }) => code);
const definition = (type: string, version: string): string =>
  `http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedCom${type}MessageDefinition|${version}`;

describe("what a message is", () => {
  it("is told by its event code, whatever profile it names", () => {
    const letter = withValue(hospitalNotification(), "MessageHeader.meta.profile", [
      "http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-careCommunication-messageHeader",
    ]);
    expect(checkMessage(letter).kind).toBe("HospitalNotification");
  });

  it.each([
    ["HospitalNotification", hospitalNotification()],
    ["CareCommunication", careCommunication()],
    ["HomeCareObservation", homeCareObservation()],
    ["Acknowledgement", acknowledgement()],
  ] as const)("shows in the profiles of a %s without an event code, which is an error", (kind, bundle) => {
    const checked = checkMessage(without(bundle, "MessageHeader.eventCoding.code"));
    expect(checked.kind).toBe(kind);
    expect(checked.problems.map(({ path, severity }) => ({ path, severity }))).toEqual([
      { path: "Bundle.entry[0].resource.eventCoding.code", severity: "error" },
    ]);
  });

  it("is unknown of MedCom's empty message and of events nobody knows", () => {
    for (const event of ["empty-message", "care-communication"]) {
      const bundle = withValue(hospitalNotification(), "MessageHeader.eventCoding.code", event);
      expect(checkMessage(bundle)).toMatchObject({ kind: undefined, version: undefined });
      expect(codesOf(bundle)).toEqual(["message-type-unknown"]);
    }
  });

  it("is unknown where there is no header, no profile or no entry", () => {
    expect(codesOf({ resourceType: "Bundle" })).toEqual(["message-type-unknown"]);
    expect(codesOf({ resourceType: "Bundle", entry: [{ fullUrl: "x" }] })).toEqual(["message-type-unknown"]);
  });

  it("is none when it is no Bundle", () => {
    const { kind, problems } = checkMessage({ resourceType: "Patient" });
    expect(kind).toBeUndefined();
    expect(problems).toMatchObject([
      { code: "bundle-expected", path: "Patient", acknowledgement: { code: "MSG_UNKNOWN_TYPE" } },
    ]);
  });
});

describe("which version a message is of", () => {
  it("is what the definition says, before what the profile says", () => {
    const both = withValue(careCommunication({ version: "5.3" }), "MessageHeader.meta.profile", [
      "http://medcomfhir.dk/ig/carecommunication/StructureDefinition/medcom-careCommunication-messageHeader|5.0.1",
    ]);
    expect(checkMessage(both)).toEqual({ kind: "CareCommunication", version: "5.3", problems: [] });
    expect(checkMessage(without(both, "MessageHeader.definition")).version).toBe("5.0.1");
  });

  it("is not read off another profile than the message's own", () => {
    const profiled = withValue(hospitalNotification(), "MessageHeader.meta.profile", [
      "http://medcomfhir.dk/ig/messaging/StructureDefinition/medcom-messaging-messageHeader|4.0.2",
    ]);
    expect(checkMessage(profiled).version).toBe("3.0");
  });

  it("is the usual one where neither says it", () => {
    expect(checkMessage(acknowledgement()).version).toBe("2.0");
  });

  it.each([
    ["CareCommunication", careCommunication(), "4.0"],
    ["HomeCareObservation", homeCareObservation(), "2.0"],
  ] as const)("is refused of a %s whose version nobody here knows", (type, bundle, version) => {
    const old = withValue(bundle, "MessageHeader.definition", definition(type, version));
    expect(checkMessage(old)).toMatchObject({
      kind: type,
      version,
      problems: [
        {
          code: "message-version-wrong",
          path: "Bundle.entry[0].resource.definition",
          acknowledgement: { code: "MSG_RECEIVER_UNABLE_TO_RECEIVE_MSG_TYPE" },
        },
      ],
    });
  });

  it("is refused of a profile too, and told there", () => {
    const old = withValue(hospitalNotification(), "MessageHeader.meta.profile", [
      "http://medcomfhir.dk/ig/hospitalnotification/StructureDefinition/medcom-hospitalNotification-messageHeader|2.0.1",
    ]);
    expect(checkMessage(old).problems).toMatchObject([{ path: "Bundle.entry[0].resource.meta.profile" }]);
  });

  it.each(["http://medcomfhir.dk/ig/acknowledgement/medcom-acknowledgement-message-definition|2.0.0"])(
    "of an answer may be told by any definition: %s",
    (canonical) => {
      expect(checkMessage(withValue(acknowledgement(), "MessageHeader.definition", canonical))).toEqual({
        kind: "Acknowledgement",
        version: "2.0.0",
        problems: [],
      });
    },
  );
});

describe("what is tolerated", () => {
  const warnings = (bundle: FhirResource): readonly (readonly [string, string])[] =>
    checkMessage(bundle).problems.map(({ rule, severity }) => [rule, severity] as const);

  it("is a name that says why it is not there (R-Tek-B)", () => {
    const nameless = withValue(
      without(careCommunication(), "Patient.name[0].family"),
      "Patient.name[0]._family",
      {
        extension: [
          { url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" },
        ],
      },
    );
    expect(warnings(nameless)).toEqual([]);
  });

  it("is a patient without any name, with a warning", () => {
    expect(warnings(without(careCommunication(), "Patient.name"))).toEqual([
      ["medcom-core-patient:name:official", "warning"],
    ]);
  });

  it("is an organisation without a name (R-Tek-D)", () => {
    expect(warnings(without(careCommunication(), "Organization.name"))).toEqual([]);
  });

  it("is a replacement number of a region's own system", () => {
    const system = "urn:oid:1.2.208.176.1.6.1.3.179";
    expect(warnings(careCommunication({ replacementCpr: { system, value: "0101650AB1" } }))).toEqual([]);
  });

  it("is an LPR3 course of another version of UUID, with a warning (TEK_ID_LPR3)", () => {
    const system = "https://www.esundhed.dk/Registre/Landspatientregisteret";
    const value = "urn:uuid:5e9f0c1a-7b2d-4e63-8a41-000000000501";
    expect(warnings(hospitalNotification({ episodes: [{ system, value }] }))).toEqual([
      ["medcom-hospitalNotification-encounter:episodeOfCare:lpr3identifier.identifier.value", "warning"],
    ]);
  });

  it("is each of the systems that a GLN has had, the old ones with a warning", () => {
    for (const system of ["http://www.gs1.org/gln", "urn:oid:1.3.88"]) {
      const old = withValue(hospitalNotification(), "Organization[1].identifier[0].system", system);
      expect(warnings(old)).toEqual([["GLN-system", "warning"]]);
    }
  });

  it("is a reference by a whole URL, and a fullUrl without one (G12)", () => {
    const bundle = hospitalNotification();
    const [sender = ""] = [(bundle["entry"] as { fullUrl: string }[])[3]?.fullUrl];
    const whole = withValue(bundle, "MessageHeader.sender.reference", sender);
    const relative = withValue(bundle, "Bundle.entry[3].fullUrl", sender.split("/").slice(-2).join("/"));
    expect(warnings(whole)).toEqual([]);
    expect(warnings(relative)).toEqual([]);
  });

  it("is an attachment of an earlier message that is only told of (CC_IG_3)", () => {
    const reply = careCommunication({
      activity: "reply-message",
      attachments: [{ title: "Tidligere billede", earlier: true }],
    });
    expect(warnings(reply)).toEqual([]);
  });

  it("is a GLN that fails its check digit, with a warning", () => {
    const failing = withValue(hospitalNotification(), "Organization[1].identifier[0].value", "5790000300014");
    expect(warnings(failing)).toEqual([["medcom-messaging-organization:identifier:EAN-ID.value", "warning"]]);
  });
});

describe("everything that is wrong", () => {
  it("is told at once, each with its place", () => {
    const broken = [
      "Encounter.period",
      "Encounter.serviceProvider",
      "Patient.identifier",
      "MessageHeader.sender",
    ].reduce(without, hospitalNotification());
    expect(checkMessage(broken).problems.map(({ path }) => path)).toEqual([
      "Bundle.entry[0].resource.sender",
      "Bundle.entry[2].resource.period.start",
      "Bundle.entry[2].resource.serviceProvider",
      "Bundle.entry[1].resource.identifier",
    ]);
  });
});
