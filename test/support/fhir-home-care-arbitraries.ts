import fc from "fast-check";
import { observationStatuses } from "../../contracts/codes/fhir-home-care.ts";
import {
  medcomObservations,
  npuObservations,
  type ObservationCode,
} from "../../contracts/codes/fhir-observations.ts";
import { practitionerRoles } from "../../contracts/codes/fhir-practitioner-roles.ts";
import type {
  HomeCareMedia,
  HomeCareObservation,
  HomeCareResult,
} from "../../contracts/fhir/home-care-observation.ts";
import {
  anyCode,
  anyCorrespondent,
  anyHead,
  anyId,
  anyInstant,
  anyLine,
  anyOrganisation,
  anyPatient,
  anyPractitioner,
  anyText,
  anyUri,
} from "./fhir-arbitraries.ts";

const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const known = [...medcomObservations, ...npuObservations];
const anyKnown = fc.constantFrom(...known);
const anyWhole = fc.nat({ max: 99_999 }).map(String);
/** With the digits that it was written with, also those that say nothing. */
const anyDecimal = fc
  .tuple(
    fc.boolean(),
    anyWhole,
    maybe(fc.stringMatching(/^[0-9]{1,4}$/)),
    maybe(fc.constantFrom("e3", "E-2")),
  )
  .map(([minus, whole, part, exponent]) =>
    [minus ? "-" : "", whole, part === undefined ? "" : `.${part}`, exponent ?? ""].join(""),
  );

type HomeCareQuantity = Extract<HomeCareResult["value"], { kind: "quantity" }>;
const anyQuantity = (units: readonly string[]) =>
  fc
    .record({
      kind: fc.constant("quantity" as const),
      value: anyDecimal,
      comparator: maybe(fc.constantFrom("<", "<=", ">=", ">")),
      unit: fc.constantFrom(...(units.length === 0 ? ["arb.enh."] : units)),
      system: maybe(fc.constant("http://unitsofmeasure.org")),
      code: maybe(anyCode),
    })
    .map((quantity) => present(quantity) as HomeCareQuantity);
const anyWords = fc.record({ kind: fc.constant("text" as const), text: anyLine(6) });

const interpretation = {
  system: "http://medcomfhir.dk/ig/terminology/CodeSystem/medcom-core-interpretation-codes",
  code: "NI",
};

const anyScore = ({ from, to }: { from: number; to: number }) =>
  fc.integer({ min: from, max: to }).map((value) => ({
    kind: "quantity" as const,
    value: String(value),
    system: "http://unitsofmeasure.org",
    code: "1",
  }));
const anyValue = ({ units, scale }: ObservationCode): fc.Arbitrary<NonNullable<HomeCareResult["value"]>> =>
  scale === undefined ? fc.oneof(anyQuantity(units), anyWords) : anyScore(scale);

const anyResult: fc.Arbitrary<HomeCareResult> = anyKnown.chain((one) => {
  const { system, code, display } = one;
  return fc
    .record({
      id: anyId,
      status: fc.constantFrom(...observationStatuses.codes.map((one) => one.code)),
      code: fc.constantFrom({ system, code }, { system, code, display }),
      otherCodes: fc.array(fc.record({ system: anyUri, code: anyCode }), { maxLength: 2 }),
      at: anyInstant,
      value: maybe(anyValue(one)),
      interpretation: maybe(
        fc.constantFrom(interpretation, { ...interpretation, display: "Not Interpreted" }),
      ),
      note: maybe(anyText()),
      performer: maybe(anyPractitioner),
      performingOrganisation: maybe(anyOrganisation),
    })
    .map((result) => present(result) as HomeCareResult);
});

const anyMedia: fc.Arbitrary<HomeCareMedia> = fc
  .record({
    id: anyId,
    contentType: fc.constantFrom("image/jpeg", "application/pdf", "video/mp4"),
    title: maybe(anyLine()),
    comment: maybe(anyLine()),
    created: maybe(fc.oneof(anyInstant, fc.constantFrom("2026", "2026-11", "2026-11-23"))),
    url: maybe(anyUri),
    sizeBytes: maybe(fc.nat({ max: 100_000_000 })),
  })
  .map((media) => present(media) as HomeCareMedia);

const roles = practitionerRoles.codes.map(({ system, code }) => ({ kind: "code" as const, system, code }));

const anyReport = fc
  .record({
    id: anyId,
    issued: anyInstant,
    performer: anyPractitioner.chain((person) =>
      fc
        .record({ role: fc.constantFrom(...roles), phone: anyLine(12) })
        .map((needed) => ({ ...person, ...needed })),
    ),
    producer: maybe(
      anyCorrespondent.map((one) => ({ ...one, gln: `${one.gln.slice(0, 12)}x`, producerId: "KAF" })),
    ),
    conclusion: maybe(anyText()),
    sharingRefused: fc.boolean(),
  })
  .map((report) => present(report) as HomeCareObservation["report"]);

const byId = { selector: ({ id }: { id: string }) => id };

/** Any that its contract allows. */
export const anyHomeCareObservation: fc.Arbitrary<HomeCareObservation> = fc
  .record({
    version: fc.constantFrom("1.1", "1.2", "1.10"),
    head: anyHead({
      activity: fc.constantFrom("new-message", "reply-message", "modified-message", "retract-message"),
    }),
    ydernummer: fc.constantFrom("061654", "000018"),
    contactInitials: fc.option(anyLine(8), { nil: null }),
    patient: anyPatient(),
    report: anyReport,
    results: fc.uniqueArray(anyResult, { minLength: 1, maxLength: 4, ...byId }),
    media: fc.uniqueArray(anyMedia, { maxLength: 2, ...byId }),
  })
  .map(({ version, head, ydernummer, contactInitials, patient, report, results, media }) => {
    const { address: _address, telecoms: _telecoms, ...citizen } = patient;
    return {
      kind: "HomeCareObservation" as const,
      version,
      ...head,
      sender: { ...head.sender, producerId: "KAF" },
      receiver: { ...head.receiver, ydernummer, contactInitials },
      patient: citizen,
      report,
      results,
      media,
    };
  });
