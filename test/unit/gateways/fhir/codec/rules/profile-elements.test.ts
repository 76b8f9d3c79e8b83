import { describe, expect, it } from "vitest";
import { messageRules } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import type { ElementRow } from "../../../../../../gateways/fhir/codec/rules/rule.ts";
import { publishedRows } from "../../../../../support/fhir-bundle-standard.ts";

/** Which tables hold a published profile; one that stands within others is held where they are. */
const heldIn: Readonly<Record<string, readonly string[]>> = {
  "medcom-core-encounter": ["medcom-core-encounter", "medcom-hospitalNotification-encounter"],
  "medcom-core-diagnosticreport": ["medcom-homecareobservation-diagnosticreport"],
  "medcom-core-observation": ["medcom-homecare-observation"],
};

/** Tables that every message is held to beside its own. */
const beside: Readonly<Record<string, string>> = {
  "medcom-careCommunication-message": "medcom-messaging-message",
  "medcom-careCommunication-messageHeader": "medcom-messaging-messageHeader",
};

/** A list that is narrower than the published one: of a stay's classes, and NI alone of the interpretations. */
const narrower: Readonly<Record<string, string>> = {
  "medcom-core-encounter-class": "medcom-hospitalNotification-encounterClass",
  "medcom-core-interpreation-valueset": "medcom-core-interpretation-codes",
};

/** Extensions and data types are held where they stand in a resource. */
const standsAt: Readonly<Record<string, readonly string[]>> = {
  "medcom-core-datetime-extension": [
    "medcom-careCommunication-communication:payload:string.extension:date",
    "medcom-careCommunication-communication:payload:attachment.extension:date",
  ],
  "medcom-core-identifier-extension": [
    "medcom-careCommunication-communication:payload:string.extension:identifier",
    "medcom-careCommunication-communication:payload:attachment.extension:identifier",
  ],
  "medcom-core-practitioner-extension": [
    "medcom-careCommunication-communication:payload:string.extension:author",
    "medcom-careCommunication-communication:payload:attachment.extension:author",
  ],
  "medcom-core-contact-extension": [
    "medcom-careCommunication-communication:payload:string.extension:authorContact",
    "medcom-careCommunication-communication:payload:attachment.extension:authorContact",
  ],
  "medcom-core-sender-extension": ["medcom-careCommunication-communication:extension:sender"],
  "medcom-assigned-identifier": [
    "medcom-careCommunication-communication:payload:string.extension:identifier.valueIdentifier",
    "medcom-careCommunication-communication:payload:attachment.extension:identifier.valueIdentifier",
  ],
  "lpr3-Identifier": [
    "medcom-hospitalNotification-encounter:episodeOfCare.identifier",
    "medcom-core-encounter:episodeOfCare.identifier",
  ],
  "medcom-messaging-destinationUseExtension": [
    "medcom-messaging-messageHeader:destination:primary.extension:use",
  ],
  "medcom-hospitalnotifiation-leave-period-extension": [
    "medcom-hospitalNotification-encounter:extension:leavePeriod",
  ],
  "medcom-messaging-reportOfAdmissionExtension": [
    "medcom-hospitalNotification-messageHeader:extension:reportOfAdmissionFlag",
  ],
  "medcom-messaging-reportOfAdmissionRecipientExtension": [
    "medcom-hospitalNotification-messageHeader:extension:reportOfAdmissionRecipient",
  ],
};

/** Why a published demand is in no table. */
const leftOut: Readonly<Record<string, string>> = {
  "medcom-core-practitionerrole PractitionerRole.organization":
    "new in core 4.0.0, which no message uses yet (guide, section 1); MedCom's own files lack it",
  "medcom-core-observation Observation.performer":
    "HomeCareObservation is of core 2.4.0; MedCom's own files lack it (guide, section 1)",
  "medcom-observation-value-attachment-extension Extension.extension":
    "no published message has the extension",
};

/** Where every element of a profile's slice is left out: no message may have it at all. */
const noMessageHas = "medcom-messaging-messageHeader MessageHeader.destination:cc.";

/** What a slice, or the kind of message, is told by: without it, or with another value, it would be another. */
const tellsSlice = new Set([
  "medcom-careCommunication-messageHeader MessageHeader.event[x].code",
  "medcom-core-encounter Encounter.episodeOfCare:lpr3identifier.identifier",
  "medcom-messaging-messageHeader MessageHeader.destination:primary.extension:use.value[x].code",
  "medcom-messaging-destinationUseExtension Extension.value[x]",
  "medcom-messaging-destinationUseExtension Extension.value[x].code",
  "lpr3-Identifier Identifier.system",
  "medcom-careCommunication-provenance Provenance.entity:preceedingMessage.role",
  "medcom-careCommunication-provenance Provenance.entity:payload.role",
]);

/** The type that a choice has in MedCom's messages. */
const choices: readonly (readonly [RegExp, string])[] = [
  [/value\[x\]:(value\w+)/g, "$1"],
  [/occurred\[x\]:occurredDateTime/g, "occurredDateTime"],
  [/occurred\[x\]/g, "occurredDateTime"],
  [/event\[x\]/g, "eventCoding"],
  [/(payload:attachment\S*)content\[x\]/g, "$1contentAttachment"],
  [/(extension:use\S*)value\[x\]/g, "$1valueCoding"],
];

const plain = (element: string): string =>
  choices.reduce((text, [from, to]) => text.replace(from, to), element.split(".").slice(1).join("."));

interface Demand {
  readonly profile: string;
  readonly element: string;
  readonly min: number;
  readonly max: number | undefined;
  readonly fixed: string | undefined;
  readonly binding: string | undefined;
}

const demandOf = (row: Readonly<Record<string, string>>): Demand => {
  const rest = row["fixed/pattern/binding/type"] ?? "";
  const { element = "", profile = "", min = "", max = "" } = row;
  return {
    profile,
    element,
    min: Number(min),
    max: max === "" || max === "*" ? undefined : Number(max),
    fixed: /^(?:fixed|pattern)(?:Code|Uri|String)="([^"]*)"/.exec(rest)?.[1],
    binding: /^required ([^|\s]+)/.exec(rest)?.[1],
  };
};

const tables = new Map<string, ElementRow[]>();
for (const { profiles } of messageRules)
  for (const [, { name, rows }] of profiles) tables.set(name, [...(tables.get(name) ?? []), ...rows]);

const rowsOf = (table: string): readonly ElementRow[] => [
  ...(tables.get(table) ?? []),
  ...(tables.get(beside[table] ?? "") ?? []),
];
const rowsAt = (table: string, at: string): readonly ElementRow[] => {
  // What is said of every payload is held of each kind of them.
  const kinds = at.startsWith("payload.") ? [":string", ":attachment"] : [""];
  return kinds.flatMap((kind) =>
    rowsOf(table).filter((row) => row.at === at.replace(/^payload(?=\.)/, `payload${kind}`)),
  );
};

/** How often an element must be there: by its own row, or as often as its slices must together. */
const minOf = (table: string, at: string): number => {
  const own = Math.max(0, ...rowsAt(table, at).map(({ min = 0 }) => min));
  const slices = new Map<string, number>();
  for (const { at: one, min = 0 } of rowsOf(table))
    if (one.startsWith(`${at}:`) && !one.slice(at.length).includes("."))
      slices.set(one, Math.max(min, slices.get(one) ?? 0));
  return Math.max(
    own,
    [...slices.values()].reduce((sum, min) => sum + min, 0),
  );
};

/** Where a demand of a published profile is to be found: table and path. */
const placesOf = ({ profile, element }: Demand): readonly (readonly [table: string, at: string])[] => {
  const at = plain(element);
  const within = standsAt[profile];
  if (within === undefined) return (heldIn[profile] ?? [profile]).map((table) => [table, at]);
  return within.map((place) => {
    const [table = "", ...path] = place.split(":");
    return [table, at === "" ? path.join(":") : `${path.join(":")}.${at}`];
  });
};

/** A value of an extension has a type of its own in each: any row behind it counts. */
const isHeldAt = (table: string, at: string, holds: (at: string) => boolean): boolean => {
  if (!at.includes("value[x]")) return holds(at);
  const [before = ""] = at.split("value[x]");
  const typed = rowsOf(table).flatMap((row) => {
    const name = row.at.startsWith(before)
      ? /^value[A-Z]\w*/.exec(row.at.slice(before.length))?.[0]
      : undefined;
    return name === undefined ? [] : [at.replace("value[x]", name)];
  });
  return typed.some(holds);
};

const isLeftOut = (name: string): boolean =>
  leftOut[name] !== undefined || tellsSlice.has(name) || name.startsWith(noMessageHas);

/** Not more than R4 has of it anyway: of what cannot repeat, one. */
const isBounded = ({ max }: Demand, table: string, at: string): boolean =>
  max === undefined ||
  (max > 0 && !repeats.test(at)) ||
  isHeldAt(table, at, (path) => rowsAt(table, path).some((row) => row.max !== undefined && row.max <= max));

const isFixed = ({ fixed }: Demand, table: string, at: string): boolean =>
  fixed === undefined ||
  isUrlOfSlice(at) ||
  isHeldAt(table, at, (path) => rowsAt(table, path).some((row) => row.is === fixed));

const isBound = (demand: Demand, table: string, at: string): boolean =>
  demand.binding === undefined ||
  isHeldAt(table, at, (path) =>
    [path, `${path}.coding`, `${path}.code`].some((one) =>
      rowsAt(table, one).some((row) => bindingFits(row, demand)),
    ),
  );

/** What a table lacks of a published demand. */
const lacks = (demand: Demand): readonly string[] =>
  isLeftOut(`${demand.profile} ${demand.element}`)
    ? []
    : placesOf(demand).flatMap(([table, at]) => {
        const held = {
          min: demand.min === 0 || isHeldAt(table, at, (path) => minOf(table, path) >= demand.min),
          max: isBounded(demand, table, at),
          fixed: isFixed(demand, table, at),
          binding: isBound(demand, table, at),
        };
        return Object.entries(held).flatMap(([what, holds]) => (holds ? [] : [`${table}:${at} ${what}`]));
      });

/** An extension is found by its url. */
const isUrlOfSlice = (at: string): boolean => at === "url" || at.endsWith(".url");

/** What may repeat in R4 and is bounded by MedCom. */
const repeats =
  /(?:^|\.)(?:identifier(?::[\w-]+)?|destination:\w+|extension:\w+|coding|category|recipient|target|performer(?::\w+)?|interpretation|security|contact|given|managingOrganization|focus|entity:\w+|episodeOfCare:\w+)$/;

const lastOf = (url = ""): string => url.split("/").at(-1) ?? "";

const bindingFits = (row: ElementRow, { binding }: Demand): boolean =>
  row.is !== undefined ||
  (row.in !== undefined && [lastOf(binding), narrower[lastOf(binding)]].includes(lastOf(row.in.url)));

const published = publishedRows("profile_elements").filter(
  (row) => row["ig"]?.startsWith("messagedefinitions") === false,
);

describe.runIf(published.length > 0)("what MedCom's profiles demand of elements", () => {
  const profiles = [...new Set(published.map(({ profile = "" }) => profile))];

  it.each(profiles)("%s is in a table, every demand of it", (profile) => {
    const rows = published.filter((row) => row["profile"] === profile);
    expect(rows.map(demandOf).flatMap(lacks)).toEqual([]);
  });

  it("is left out where there is a reason, and nowhere else", () => {
    const names = new Set(published.map(({ profile = "", element = "" }) => `${profile} ${element}`));
    for (const name of [...Object.keys(leftOut), ...tellsSlice]) expect(names).toContain(name);
  });
});

describe("a table", () => {
  it("has each profile that is named here", () => {
    const named = [
      ...Object.values(heldIn).flat(),
      ...Object.values(standsAt)
        .flat()
        .map((one) => one.split(":")[0] ?? ""),
    ];
    for (const name of named) expect([...tables.keys()]).toContain(name);
  });
});
