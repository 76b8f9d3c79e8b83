import { describe, expect, it } from "vitest";
import { elementsAt, isElement, isResource } from "../../../../../../gateways/fhir/codec/model/navigate.ts";
import type {
  FhirElement,
  FhirResource,
  FhirValue,
} from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { openMessage, targetOf } from "../../../../../../gateways/fhir/codec/parts/open-message.ts";
import { checkMessage, messageRules } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import type { ElementRow, Part } from "../../../../../../gateways/fhir/codec/rules/rule.ts";
import { isOfSlice, slices } from "../../../../../../gateways/fhir/codec/rules/slices.ts";
import { valueAt, withEntry, without, withValue } from "../../../../../support/fhir-bundle-edit.ts";
import { resource } from "../../../../../support/fhir-bundle-parts.ts";
import {
  acknowledgement,
  careCommunication,
  fhirParties,
  homeCareObservation,
  hospitalNotification,
  uuid,
} from "../../../../../support/fhir-bundles.ts";

const lpr3 = {
  system: "https://www.esundhed.dk/Registre/Landspatientregisteret",
  value: "urn:uuid:5e9f0c1a-7b2d-5e63-8a41-000000000501",
};
const withReplacements = (bundle: FhirResource): FhirResource =>
  withValue(bundle, "Patient.identifier", [
    { system: "urn:oid:1.2.208.176.1.2", value: "0101650001" },
    { system: "urn:oid:1.2.208.176.1.6.1.1", value: "0101651AB1" },
    { system: "urn:oid:1.2.208.176.1.6.1.3", value: "0101650AB1" },
  ]);
const copied = (bundle: FhirResource): FhirResource => {
  const [primary] = elementsAt(bundle, "entry.resource.destination");
  const copy = JSON.parse(JSON.stringify(primary).replace('"primary"', '"cc"')) as FhirElement;
  return withValue(bundle, "MessageHeader.destination[1]", copy);
};

const reported = homeCareObservation({ restricted: true, conclusion: "Ro på." });
const illustrated = withEntry(
  withValue(reported, "DiagnosticReport.media", [{ link: { reference: `Media/${uuid(0x30)}` } }]),
  resource("Media", uuid(0x30), {
    profile: "http://medcomfhir.dk/ig/core/StructureDefinition/medcom-core-media",
    status: "completed",
    content: { contentType: "image/png" },
  }),
);

/** An attachment with an author and a time of its own. */
const attached = careCommunication({ attachments: [{ title: "Billede", bytes: new Uint8Array(4) }] });
const signed = [2, 3].reduce(
  (bundle, at) =>
    withValue(
      bundle,
      `Communication.payload[1].extension[${at}]`,
      valueAt(attached, `Communication.payload[0].extension[${at}]`) ?? "",
    ),
  withValue(attached, "Communication.payload[1].contentAttachment.creation", "2026-11-23T09:00:00+01:00"),
);

/** Messages of each kind which together have everything that a row speaks of. */
const bundles: readonly FhirResource[] = [
  hospitalNotification({ activity: "start-leave-inpatient", episodes: [lpr3] }),
  hospitalNotification({
    activity: "end-leave-inpatient",
    leave: { start: "2026-11-22T12:00:00+01:00", end: "2026-11-23T08:00:00+01:00" },
    end: "2026-11-23T10:00:00+01:00",
    reportTo: fhirParties.otherMunicipality,
  }),
  withReplacements(hospitalNotification()),
  withReplacements(
    careCommunication({
      activity: "reply-message",
      texts: [{ text: "Spørgsmål", earlier: true }, { text: "Svar" }],
      category: "regarding-referral",
      priority: "asap",
      topic: "Henvisning",
      recipientTeam: "Hjemmeplejen",
      senderTeam: "Sekretariatet",
      episodes: [lpr3],
    }),
  ),
  signed,
  withReplacements(illustrated),
  withValue(
    homeCareObservation({ activity: "modified-message", values: [{ code: "NPU04206", string: "positiv" }] }),
    "Organization[0].contact[0].extension",
    [{ url: "http://hl7.org/fhir/StructureDefinition/data-absent-reason", valueCode: "unknown" }],
  ),
  acknowledgement({ code: "fatal-error" }),
].flatMap((bundle) => [bundle, copied(bundle)]);

/** A place in a bundle: the steps to it, as an edit writes them. */
interface Place {
  readonly bundle: FhirResource;
  readonly path: string;
  readonly value: FhirValue;
}

const partOf = (bundle: FhirResource, part: Part): readonly (readonly [path: string, FhirResource])[] => {
  if (part === "Bundle") return [["Bundle", bundle]];
  const entries = elementsAt(bundle, "entry").flatMap((entry, at): [string, FhirResource][] => {
    const one = entry["resource"];
    return isResource(one) ? [[`Bundle.entry[${at}].resource`, one]] : [];
  });
  if (typeof part === "object") return entries.filter(([, { resourceType }]) => resourceType === part.type);
  if (part === "header") return entries.slice(0, 1);
  const message = openMessage(bundle);
  const paths = {
    sender: "sender",
    receiver: "destination.receiver",
    "report recipient": "extension.valueReference",
  };
  const [reference] = elementsAt(message.header, paths[part]);
  const target = targetOf(message, message.header, reference);
  return entries.filter(([, one]) => one === target);
};

/** The values of one step of a path, each with the path to it. */
const stepped = (value: FhirValue, name: string): readonly (readonly [path: string, FhirValue])[] => {
  const inside = isElement(value) ? value[name] : undefined;
  if (inside === undefined) return [];
  if (!Array.isArray(inside)) return [[`.${name}`, inside]];
  return (inside as FhirValue[]).map((one, at) => [`.${name}[${at}]`, one] as const);
};

/** Every place that a row's path leads to. */
const placesOf = (bundle: FhirResource, row: ElementRow, part: Part): readonly Place[] => {
  const message = openMessage(bundle);
  return partOf(bundle, part).flatMap(([root, from]) => {
    let places: Place[] = [{ bundle, path: root, value: from }];
    for (const step of row.at.split(".")) {
      const [name = ""] = step.split(":");
      const slice = slices.get(step);
      const isOf = (one: FhirValue): boolean =>
        slice === undefined || (isElement(one) && isOfSlice(slice, one, { message, from }));
      places = places.flatMap((place) =>
        stepped(place.value, name)
          .filter(([, one]) => isOf(one))
          .map(([path, value]) => ({ bundle, path: place.path + path, value })),
      );
    }
    return places;
  });
};

/** What does not have the form of the row. */
const malformed = ({ at, form }: ElementRow): string => {
  if (at === "conclusion") return "æ".repeat(600_000);
  return form?.code === "identifier-unusual" && at.includes("EAN-ID") ? "5790000200017" : "not in this form";
};

/** How a row is broken at a place: by what it says of how often, and by what it says of the value. */
const countBreaches = (row: ElementRow, { bundle, path, value }: Place): readonly FhirResource[] => {
  const all = path.replace(/\[\d+\]$/, "");
  return [
    ...((row.min ?? 0) > 0 ? [without(bundle, all)] : []),
    ...((row.max ?? 0) > 0 && all !== path ? [withValue(bundle, `${all}[9]`, value)] : []),
  ];
};
const valueBreaches = (row: ElementRow, { bundle, path, value }: Place): readonly FhirResource[] => {
  const code = isElement(value) && value["code"] !== undefined ? `${path}.code` : path;
  return [
    // Its code alone makes a destination the primary one; the extension around the code must be the right one.
    ...(row.at.endsWith(":use") ? [withValue(bundle, `${path}.url`, "http://example.org/use")] : []),
    ...(row.is === undefined ? [] : [withValue(bundle, path, "not-this")]),
    ...(row.in === undefined ? [] : [withValue(bundle, code, "not-listed")]),
    ...(row.form === undefined ? [] : [withValue(bundle, path, malformed(row))]),
    ...(row.to === undefined ? [] : [withValue(bundle, `${path}.reference`, `MessageHeader/${uuid(2)}`)]),
  ];
};
const breaches = (row: ElementRow, at: Place): readonly FhirResource[] => [
  ...countBreaches(row, at),
  ...valueBreaches(row, at),
];

/** What is forbidden, put where its parent stands; a copy receiver is in every second message. */
const intrusions = (bundle: FhirResource, row: ElementRow, part: Part): readonly FhirResource[] => {
  const steps = row.at.split(".");
  const last = steps.at(-1) ?? "";
  if (last.includes(":")) return [bundle];
  const parents =
    steps.length === 1
      ? partOf(bundle, part).map(([path]) => path)
      : placesOf(bundle, { at: steps.slice(0, -1).join(".") }, part).map(({ path }) => path);
  return parents.map((path) => withValue(bundle, `${path}.${last}`, [{ url: "x", reference: "x" }]));
};

const rows = messageRules.flatMap(({ kind, profiles }) =>
  profiles.flatMap(([part, { name, rows: all }]) =>
    all.map((row) => [`${kind}: ${name}:${row.at}`, { kind, part, name, row }] as const),
  ),
);
const kinds = new Map(bundles.map((bundle) => [bundle, checkMessage(bundle).kind]));

describe("each row of each table", () => {
  it.each(rows)("%s is told when it is broken", (_, { kind, part, name, row }) => {
    const isTold = (bundle: FhirResource): boolean =>
      checkMessage(bundle).problems.some(({ rule }) => rule === `${name}:${row.at}`);
    const own = bundles.filter((bundle) => kinds.get(bundle) === kind);
    const broken = (bundle: FhirResource): readonly FhirResource[] =>
      row.max === 0
        ? intrusions(bundle, row, part)
        : placesOf(bundle, row, part).flatMap((place) => breaches(row, place));
    expect(own.some((bundle) => broken(bundle).some(isTold))).toBe(true);
  });
});
