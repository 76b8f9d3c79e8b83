import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { careCategories } from "../../../../contracts/codes/fhir-care-communication.ts";
import { hospitalForms } from "../../../../contracts/codes/fhir-hospital-codes.ts";
import { statisticalCodes } from "../../../../contracts/codes/fhir-messaging.ts";
import { mediaTypeIn, wrapInVans } from "../../../../gateways/envelopes/vans/wrap-vans.ts";
import { printFhir } from "../../../../gateways/fhir/codec/model/print-fhir.ts";
import type { FhirResource } from "../../../../gateways/fhir/codec/model/resource.ts";
import { labelOf } from "../../../../gateways/fhir/envelope-label.ts";
import { fhirIn, inEnvelope, messageIn } from "../../../support/enveloped.ts";
import { homeCareObservation } from "../../../support/fhir-bundle-home-care.ts";
import { acknowledgement, careCommunication, hospitalNotification } from "../../../support/fhir-bundles.ts";
import { samplesPresent, schemaErrors } from "../../../support/oioxml-samples.ts";

const ids = {
  envelope: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e6f",
  message: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e70",
};
const named = (bundle: FhirResource) => labelOf(fhirIn(printFhir(bundle, "xml")), "application/fhir+xml");

describe("a FHIR message in a VANSEnvelope", () => {
  prop.prop([
    fc.uint8Array({ minLength: 1, maxLength: 500 }),
    fc.constantFrom("application/fhir+xml", "application/fhir+json"),
    fc.boolean(),
  ])(
    "that is wrapped and unwrapped is the same to the byte, and so is its format",
    (data, mediaType, reliable) => {
      const bytes = wrapInVans(data, {
        sender: { type: "EAN", value: "5790000100019" },
        receiver: { type: "EAN", value: "5790000200016" },
        ids,
        at: "2026-11-23T09:15:05.000Z",
        type: "FCTL#ok",
        version: "2.0.0",
        reliable,
        mediaType,
      });
      const { enveloped, data: found } = messageIn(bytes);
      expect(Buffer.from(found).equals(data)).toBe(true);
      expect(enveloped).toMatchObject({
        identifier: ids.envelope,
        messageId: ids.message,
        wantsReceipt: reliable,
      });
      expect(enveloped.kind === "vans" ? mediaTypeIn(enveloped.vans) : undefined).toBe(mediaType);
    },
  );

  test.each(["xml", "json"] as const)(
    "is valid by MedCom's schema, and named by what it says, in %s",
    (format) => {
      for (const bundle of [
        careCommunication(),
        hospitalNotification(),
        homeCareObservation(),
        acknowledgement(),
      ]) {
        const bytes = inEnvelope("vans", printFhir(bundle, format), { ids });
        if (samplesPresent) expect(schemaErrors("vans", bytes)).toEqual([]);
        expect(fhirIn(bytes)).toEqual(fhirIn(printFhir(bundle, format)));
      }
    },
  );

  test("is named by its category, its event, or its answer, as MedCom counts them", () => {
    expect(named(careCommunication()).vans.version).toBe("5.0");
    expect(named(hospitalNotification())).toMatchObject({
      vans: { type: "FDIS20#AdmissionInpatient", version: "3.0.0" },
    });
    expect(named(hospitalNotification({ activity: "start-leave-inpatient" })).vans.type).toBe(
      "FDIS20#OnLeave",
    );
    for (const code of ["ok", "transient-error", "fatal-error"] as const)
      expect(named(acknowledgement({ code }))).toMatchObject({
        vans: { type: `FCTL#${code}`, version: "2.0.0" },
      });
    expect(named(acknowledgement()).patientId).toBeUndefined();
    expect(named(homeCareObservation()).vans.type).toBe("homecareobservation-message");
  });

  test("has no name that is not on MedCom's list", () => {
    const listed = new Set(statisticalCodes.map(({ code }) => code));
    for (const { code } of careCategories) expect(listed).toContain(`MCM:FDIS91#${code}`);
    for (const { statistics } of hospitalForms) expect(listed).toContain(statistics);
  });
});
