import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { medcomObservations, npuObservations } from "../../../../../contracts/codes/fhir-observations.ts";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import { HomeCareObservation } from "../../../../../contracts/fhir/home-care-observation.ts";
import {
  printHomeCareObservation,
  readHomeCareObservation,
} from "../../../../../gateways/fhir/codec/home-care-observation.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { valueAt, withEntry, withValue } from "../../../../support/fhir-bundle-edit.ts";
import { homeCareObservation, uuid } from "../../../../support/fhir-bundles.ts";
import { anyHomeCareObservation } from "../../../../support/fhir-home-care-arbitraries.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

const formats = ["xml", "json"] as const;
type Contents = ReadonlyMap<string, Uint8Array>;
const none: Contents = new Map();

const print = (message: HomeCareObservation, contents: Contents = none): FhirResource =>
  printHomeCareObservation(message, {
    idFor: (name) => uuidOf(`${message.messageId}:${name}`),
    contents,
  });

/** As it goes out and comes in again. */
const through = (resource: FhirResource, format: (typeof formats)[number]): FhirResource => {
  const document = readFhir(printFhir(resource, format), `application/fhir+${format}`);
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  expect(document.warnings).toEqual([]);
  return document.resource;
};

const errorsIn = (bundle: FhirResource) =>
  checkMessage(bundle).problems.filter(({ severity }) => severity === "error");

const samples = formats.flatMap((format) => samplesIn(`homecareobservation/${format}`));

describe("observations of MedCom's own", () => {
  it.runIf(samples.length === 0)("are not read here: the samples are not beside this project", () => {
    expect(samples).toEqual([]);
  });

  it.runIf(samples.length > 0).each(samples)("%s are printed and read the same", (file) => {
    const { message, notRead, contents } = readHomeCareObservation(sampleOf(file));
    expect(HomeCareObservation.safeParse(message).error).toBeUndefined();
    // The doctor's name stands beside the initials, which are what MedCom's profile asks for.
    expect(notRead.every(({ path }) => /contact\[0\]\.name\.(use|text|family)$/.test(path))).toBe(true);
    for (const format of formats) {
      const again = through(print(message, contents), format);
      expect(readHomeCareObservation(again).message).toEqual(message);
      expect(errorsIn(again)).toEqual([]);
    }
  });

  it.runIf(samples.length > 0)("say the same in XML and in JSON", () => {
    for (const name of ["HCO_IG_TOBS_new", "HCO_TP_1_two_obs"]) {
      const [xml, json] = formats.map(
        (format) =>
          readHomeCareObservation(sampleOf(`homecareobservation/${format}/${name}.${format}`)).message,
      );
      expect(json).toEqual(xml);
    }
  });

  it.runIf(samples.length > 0)(
    "keep every digit, every line of the clinical comment, and each remark",
    () => {
      const { message } = readHomeCareObservation(sampleOf("homecareobservation/xml/HCO_IG_TOBS_new.xml"));
      const told = message.results.map(({ code, value, note }) => [
        code.code,
        value?.kind === "quantity" ? value.value : undefined,
        note,
      ]);
      expect(told).toEqual([
        ["MCS88122", "19", undefined],
        ["NPU21692", "92", "Patienten har været ud og går lige inden målingen."],
        ["DNK05472", "147", undefined],
        ["MCS88126", "0", undefined],
        ["NPU08676", "38.7", undefined],
        ["MCS88125", "3", undefined],
      ]);
      expect(message.report.conclusion?.split("\n")).toHaveLength(7);
      expect(message.report.sharingRefused).toBe(false);
    },
  );
});

describe("what is measured at home", () => {
  it.each([...npuObservations, ...medcomObservations].map(({ code, units }) => [code, units[0]] as const))(
    "of the code %s is read with its digits as written",
    (code, unit) => {
      const value = { code, value: "1.10", ...(unit === undefined ? {} : { unit }) };
      const { message } = readHomeCareObservation(homeCareObservation({ values: [value] }));
      expect(message.results).toHaveLength(1);
      expect(message.results[0]).toMatchObject({
        code: { code },
        value: { kind: "quantity", value: "1.10", ...(unit === undefined ? {} : { unit }) },
      });
    },
  );

  it("may be words, or only that it is more or less", () => {
    const values = [
      { code: "NPU16328", string: "E. coli" },
      { code: "NPU19748", value: "5", comparator: "<", unit: "mg/L" },
    ];
    const { message } = readHomeCareObservation(homeCareObservation({ values }));
    expect(message.results.map(({ value }) => value)).toEqual([
      { kind: "text", text: "E. coli" },
      { kind: "quantity", value: "5", comparator: "<", unit: "mg/L" },
    ]);
  });

  it("has its names in other code systems behind its own", () => {
    const loinc = { system: "http://loinc.org", code: "8867-4" };
    const bundle = withValue(homeCareObservation(), "Observation[1].code.coding[1]", loinc);
    expect(readHomeCareObservation(bundle).message.results[1]).toMatchObject({
      code: { code: "NPU21692" },
      otherCodes: [loinc],
    });
  });
});

describe("a citizen's refusal that it is shared", () => {
  const system = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
  const refused = (bundle: FhirResource): boolean =>
    readHomeCareObservation(bundle).message.report.sharingRefused;

  it("is read from the report, and printed there", () => {
    const bundle = homeCareObservation({ restricted: true });
    expect(refused(bundle)).toBe(true);
    const { message } = readHomeCareObservation(bundle);
    expect(valueAt(print(message), "DiagnosticReport.meta.security")).toEqual([
      { system, code: "R", display: "Restricted" },
    ]);
  });

  it("counts wherever in the message it stands, and also where it says more", () => {
    const label = { system, code: "V" };
    expect(refused(withValue(homeCareObservation(), "MessageHeader.meta.security", [label]))).toBe(true);
    expect(refused(withValue(homeCareObservation(), "Bundle.meta.security", [label]))).toBe(true);
  });

  it("is not read from another label, which is told of", () => {
    const bundle = withValue(homeCareObservation(), "DiagnosticReport.meta.security", [
      { system, code: "N" },
    ]);
    const { message, notRead } = readHomeCareObservation(bundle);
    expect(message.report.sharingRefused).toBe(false);
    expect(notRead.map(({ path }) => path)).toContain("Bundle.entry[2].resource.meta.security[0]");
  });
});

describe("pictures", () => {
  const bytes = Uint8Array.from([1, 2, 3, 255]);
  const media: FhirResource = {
    resourceType: "Media",
    id: uuid(0x300),
    status: "completed",
    content: { contentType: "image/jpeg", data: bytes, title: "Sår på hæl", creation: "2026-11-23" },
  };
  const link = { comment: "Højre fod", link: { reference: `Media/${uuid(0x300)}` } };
  const bundle = withValue(withEntry(homeCareObservation(), media), "DiagnosticReport.media", [link]);

  it("come with their bytes, and what is said of them", () => {
    const { message, contents, notRead } = readHomeCareObservation(bundle);
    expect(message.media).toEqual([
      {
        id: uuid(0x300),
        contentType: "image/jpeg",
        title: "Sår på hæl",
        comment: "Højre fod",
        created: "2026-11-23",
        sizeBytes: 4,
      },
    ]);
    expect(contents).toEqual(new Map([[uuid(0x300), bytes]]));
    expect(notRead).toEqual([]);
  });

  it.each(formats)("go out with their bytes and come in again, in %s", (format) => {
    const { message, contents } = readHomeCareObservation(bundle);
    const again = readHomeCareObservation(through(print(message, contents), format));
    expect(again.message).toEqual(message);
    expect([...(again.contents.get(uuid(0x300)) ?? [])]).toEqual([...bytes]);
  });

  it("without their bytes are told of by size", () => {
    const { message } = readHomeCareObservation(bundle);
    const printed = print(message);
    expect(valueAt(printed, "Media.content.size")).toEqual({ numeral: "4" });
    expect(readHomeCareObservation(printed).message).toEqual(message);
  });

  it("that nothing points at are told of, and not read", () => {
    const { message, notRead } = readHomeCareObservation(withEntry(homeCareObservation(), media));
    expect(message.media).toEqual([]);
    expect(notRead).toHaveLength(1);
  });
});

describe("a HomeCareObservation", () => {
  it.each([
    ["MedComHomeCareObservationMessageDefinition|1.1", "1.1"],
    ["MedComHomeCareObservationMessageDefinition|1.2", "1.2"],
    ["MedComHomeCareObservationMessageDefinition", "1.1"],
  ])("whose definition is %s is of version %s", (definition, version) => {
    const url = `http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/${definition}`;
    const bundle = withValue(homeCareObservation(), "MessageHeader.definition", url);
    expect(readHomeCareObservation(bundle).message.version).toBe(version);
  });

  it("tells the step before it when it changes or takes back another", () => {
    for (const activity of ["modified-message", "retract-message"] as const) {
      const { message } = readHomeCareObservation(homeCareObservation({ activity }));
      expect(message.history.map((step) => step.activity)).toEqual(["new-message", activity]);
      expect(message.history.at(-1)?.earlier).toEqual({ kind: "message", messageId: uuid(0x21) });
    }
  });

  it("says which of its elements have no place in the typed form, and whom it names beyond two", () => {
    const bundle = withValue(homeCareObservation(), "DiagnosticReport.category", [{ text: "x" }]);
    const third = { reference: valueAt(bundle, "DiagnosticReport.performer[1].reference") ?? "" };
    const { notRead } = readHomeCareObservation(withValue(bundle, "DiagnosticReport.performer[2]", third));
    expect(notRead.map(({ path }) => path)).toEqual([
      "Bundle.entry[2].resource.category[0]",
      "Bundle.entry[2].resource.performer[2]",
    ]);
  });

  it("of any content is what it was after it is printed and read, in XML and in JSON, and breaks no rule", () => {
    fc.assert(
      fc.property(anyHomeCareObservation, fc.constantFrom(...formats), (message, format) => {
        expect(HomeCareObservation.safeParse(message).error).toBeUndefined();
        const again = through(print(message), format);
        const read = readHomeCareObservation(again);
        expect(read.message).toEqual(message);
        expect(read.notRead).toEqual([]);
        // Whoever took a step of the past, or measured, may be an organisation without a number of its own.
        const errors = errorsIn(again).filter(
          ({ rule }) => rule !== "dk-core-organization-mandatory-identifier",
        );
        expect(errors).toEqual([]);
      }),
    );
  });

  it("is printed the same each time", () => {
    fc.assert(
      fc.property(anyHomeCareObservation, (message) => {
        const [once, twice] = [message, structuredClone(message)].map((one) => printFhir(print(one), "xml"));
        expect(once).toBeDefined();
        expect(new TextDecoder().decode(once)).toBe(new TextDecoder().decode(twice));
      }),
      { numRuns: 30 },
    );
  });
});
