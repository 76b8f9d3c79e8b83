import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { issueDetails } from "../../../../../contracts/codes/fhir-acknowledgement.ts";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import { Acknowledgement } from "../../../../../contracts/fhir/acknowledgement.ts";
import {
  printAcknowledgement,
  readAcknowledgement,
} from "../../../../../gateways/fhir/codec/acknowledgement.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { anyAcknowledgement } from "../../../../support/fhir-acknowledgement-arbitraries.ts";
import { without, withValue } from "../../../../support/fhir-bundle-edit.ts";
import { acknowledgement, uuid } from "../../../../support/fhir-bundles.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

const formats = ["xml", "json"] as const;
const print = (message: Acknowledgement): FhirResource =>
  printAcknowledgement(message, { idFor: (name) => uuidOf(`${message.messageId}:${name}`) });

/** As it goes out and comes in again. */
const through = (resource: FhirResource, format: (typeof formats)[number]): FhirResource => {
  const document = readFhir(printFhir(resource, format), `application/fhir+${format}`);
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  expect(document.warnings).toEqual([]);
  return document.resource;
};
const errorsIn = (bundle: FhirResource) =>
  checkMessage(bundle).problems.filter(({ severity }) => severity === "error");

const samples = [
  ...formats.flatMap((format) => samplesIn(`acknowledgement/${format}`)),
  ...samplesIn("conversion-xdis91").filter((file) => file.includes("Acknowledgement")),
];

describe("an answer of MedCom's own", () => {
  it.runIf(samples.length === 0)("is not read here: the samples are not beside this project", () => {
    expect(samples).toEqual([]);
  });

  it.runIf(samples.length > 0).each(samples)(
    "%s is printed and read the same, and all of it is read",
    (file) => {
      const { message, notRead, contents } = readAcknowledgement(sampleOf(file));
      expect(Acknowledgement.safeParse(message).error).toBeUndefined();
      expect([notRead, contents.size]).toEqual([[], 0]);
      for (const format of formats) {
        const again = through(print(message), format);
        expect(readAcknowledgement(again).message).toEqual(message);
        expect(errorsIn(again)).toEqual([]);
      }
    },
  );

  it.runIf(samples.length > 0)("says the same in XML and in JSON", () => {
    for (const name of ["ACK_IG_ok", "ACK_IG_transient-error", "ACK_IG_fatal-error"]) {
      const [xml, json] = formats.map(
        (format) => readAcknowledgement(sampleOf(`acknowledgement/${format}/${name}.${format}`)).message,
      );
      expect(json).toEqual(xml);
      expect(`ACK_IG_${xml?.code ?? ""}`).toBe(name);
    }
  });
});

describe("an answer", () => {
  it("says which message it is about, what became of it, and what its issues are", () => {
    const bundle = acknowledgement({
      code: "fatal-error",
      issues: ["MSG_VALUESET_VALUE_UNKNOWN", "MSG_Element_To_Long"],
    });
    const { message } = readAcknowledgement(bundle);
    expect(message).toMatchObject({
      about: uuid(0x21),
      code: "fatal-error",
      issues: [
        { severity: "error", code: "value", details: { code: "MSG_VALUESET_VALUE_UNKNOWN" } },
        { details: { code: "MSG_Element_To_Long" } },
      ],
    });
    expect(message.history.map(({ activity }) => activity)).toEqual(["admit-inpatient", "acknowledgement"]);
  });

  it("has the issues that it carries, also where it does not point at them", () => {
    const bundle = without(acknowledgement({ code: "transient-error" }), "MessageHeader.response.details");
    const { message, notRead } = readAcknowledgement(bundle);
    expect([message.issues.length, notRead]).toEqual([1, []]);
  });

  it("says which of its elements have no place in the typed form", () => {
    const bundle = withValue(acknowledgement({ code: "fatal-error" }), "OperationOutcome.issue[0].location", [
      "/Bundle",
    ]);
    expect(readAcknowledgement(bundle).notRead.map(({ path }) => path)).toEqual([
      "Bundle.entry[5].resource.issue[0].location[0]",
    ]);
  });

  it("of any content is what it was after it is printed and read, in XML and in JSON, and breaks no rule", () => {
    fc.assert(
      fc.property(anyAcknowledgement, fc.constantFrom(...formats), (message, format) => {
        expect(Acknowledgement.safeParse(message).error).toBeUndefined();
        const again = through(print(message), format);
        const read = readAcknowledgement(again);
        expect(read.message).toEqual(message);
        expect(read.notRead).toEqual([]);
        // Whoever took a step of the past may be an organisation without a number of its own.
        const errors = errorsIn(again).filter(
          ({ rule }) => rule !== "dk-core-organization-mandatory-identifier",
        );
        expect(errors).toEqual([]);
      }),
    );
  });

  it.each(issueDetails.codes.map(({ system, code }) => [code, system] as const))(
    "may say %s",
    (code, system) => {
      const bundle = withValue(
        acknowledgement({ code: "fatal-error" }),
        "OperationOutcome.issue[0].details.coding",
        [{ system, code }],
      );
      const { message } = readAcknowledgement(bundle);
      expect(message.issues[0]?.details).toEqual({ system, code });
      expect(errorsIn(print(message))).toEqual([]);
    },
  );
});
