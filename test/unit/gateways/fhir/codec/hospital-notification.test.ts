import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import { HospitalNotification } from "../../../../../contracts/fhir/hospital-notification.ts";
import {
  printHospitalNotification,
  readHospitalNotification,
} from "../../../../../gateways/fhir/codec/hospital-notification.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { withValue } from "../../../../support/fhir-bundle-edit.ts";
import { fhirParties, hospitalNotification, uuid } from "../../../../support/fhir-bundles.ts";
import {
  anyHospitalNotification,
  anySoundNotification,
} from "../../../../support/fhir-hospital-arbitraries.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";

const formats = ["xml", "json"] as const;
const idFor =
  ({ messageId }: { messageId: string }) =>
  (name: string): string =>
    uuidOf(`${messageId}:${name}`);

const print = (message: HospitalNotification): FhirResource =>
  printHospitalNotification(message, { idFor: idFor(message) });

/** As it goes out and comes in again. */
const through = (resource: FhirResource, format: (typeof formats)[number]): FhirResource => {
  const document = readFhir(printFhir(resource, format), `application/fhir+${format}`);
  if (!document.ok) throw new Error(JSON.stringify(document.problems));
  expect(document.warnings).toEqual([]);
  return document.resource;
};

const samples = formats
  .flatMap((format) => samplesIn(`hospitalnotification/${format}`))
  .filter((file) => !file.includes("TEK_FCC"));

describe("a notification of MedCom's own", () => {
  it.runIf(samples.length === 0)("is not read here: the samples are not beside this project", () => {
    expect(samples).toEqual([]);
  });

  it.runIf(samples.length > 0).each(samples)(
    "%s is printed and read the same, and all of it is read",
    (file) => {
      const { message, notRead, contents } = readHospitalNotification(sampleOf(file));
      expect(HospitalNotification.safeParse(message).error).toBeUndefined();
      expect(notRead).toEqual([]);
      expect(contents.size).toBe(0);
      for (const format of formats)
        expect(readHospitalNotification(through(print(message), format)).message).toEqual(message);
    },
  );

  it.runIf(samples.length > 0)("says the same in XML and in JSON", () => {
    const names = samplesIn("hospitalnotification/xml")
      .filter((file) => !file.includes("TEK_FCC"))
      .map((file) => file.replaceAll("xml", ""));
    for (const name of names) {
      const [xml, json] = formats.map((format) =>
        readHospitalNotification(sampleOf(name.replace("//", `/${format}/`) + format)),
      );
      expect([name, json?.message]).toEqual([name, xml?.message]);
    }
  });

  it.runIf(samples.length > 0)("of a leave that is over tells the whole course", () => {
    const { message } = readHospitalNotification(sampleOf("hospitalnotification/xml/HN_IG_SLOR.xml"));
    expect(message.stay).toMatchObject({
      status: "in-progress",
      class: "IMP",
      start: "2022-12-07T12:00:00+02:00",
      leave: { start: "2022-12-13T14:00:10+02:00", end: "2022-12-14T15:30:00+02:00" },
    });
    expect(message.history.map(({ activity }) => activity)).toEqual([
      "admit-inpatient",
      "start-leave-inpatient",
      "end-leave-inpatient",
    ]);
  });
});

describe("a notification", () => {
  it("tells of the stay, its ids, the citizen and whether a report of admission is wanted", () => {
    const episodes = [
      { system: "https://www.esundhed.dk/Registre/Landspatientregisteret", value: `urn:uuid:${uuid(0x600)}` },
      { system: "https://sor2.sum.dsdn.dk/#id=999071000016008", value: uuid(0x500) },
    ];
    const bundle = hospitalNotification({ episodes, reportTo: fhirParties.otherDepartment, deceased: false });
    const { message } = readHospitalNotification(bundle);
    expect(message).toMatchObject({
      kind: "HospitalNotification",
      version: "3.0",
      patient: { cpr: "0101650001", surname: "Prøve-Åsen", givenNames: ["Ægidia"], deceased: false },
      stay: {
        status: "in-progress",
        class: "IMP",
        episodes,
        start: "2026-11-20T08:30:00+01:00",
        serviceProvider: { gln: fhirParties.department.gln },
      },
      admissionReport: { wanted: true, recipient: { gln: fhirParties.otherDepartment.gln } },
    });
  });

  it("says which of its elements have no place in the typed form", () => {
    const bundle = withValue(hospitalNotification(), "Encounter.location", [
      { location: { display: "Stue 4" } },
    ]);
    const { notRead } = readHospitalNotification(bundle);
    expect(notRead.map(({ path }) => path)).toContain("Bundle.entry[2].resource.location[0]");
  });

  it("of any content is what it was after it is printed and read, in XML and in JSON, and nothing is left unread", () => {
    fc.assert(
      fc.property(anyHospitalNotification, fc.constantFrom(...formats), (message, format) => {
        expect(HospitalNotification.safeParse(message).error).toBeUndefined();
        const read = readHospitalNotification(through(print(message), format));
        expect(read.message).toEqual(message);
        expect(read.notRead).toEqual([]);
      }),
    );
  });

  it("of any code is printed as the standard's rules ask", () => {
    fc.assert(
      fc.property(anySoundNotification, (message) => {
        const { kind, problems } = checkMessage(through(print(message), "xml"));
        expect(kind).toBe("HospitalNotification");
        expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });

  it("whose earlier organisation is not in it is printed as it was, and its receiver takes it", () => {
    const bundle = withValue(
      hospitalNotification({ activity: "start-leave-inpatient" }),
      "Provenance[0].agent[0].who.reference",
      "Organization/gone",
    );
    const { message } = readHospitalNotification(bundle);
    expect(message.history[0]?.by).toEqual({ otherIdentifiers: [] });
    const printed = through(print(message), "json");
    expect(readHospitalNotification(printed).message).toEqual(message);
    expect(checkMessage(printed).problems.map(({ severity }) => severity)).toEqual(["warning"]);
  });

  it("is printed the same each time", () => {
    fc.assert(
      fc.property(anyHospitalNotification, (message) => {
        expect(printFhir(print(message), "xml")).toEqual(printFhir(print(structuredClone(message)), "xml"));
      }),
      { numRuns: 30 },
    );
  });
});
