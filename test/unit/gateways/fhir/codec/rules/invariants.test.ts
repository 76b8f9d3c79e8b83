import { describe, expect, it } from "vitest";
import { messageRules } from "../../../../../../gateways/fhir/codec/rules/check-message.ts";
import { publishedRows } from "../../../../../support/fhir-bundle-standard.ts";

/**
 * Which rule, or which row of which table, holds a message to each invariant that MedCom has published; `none`: why there is
 * none. Where a published expression looks at nothing, the rule does what its words say.
 */
type Held = { rules: readonly string[] } | { rows: readonly string[] } | { none: string };

const headerTables = (name: string): Held => ({
  rows: [`${name}:destination:cc`, "medcom-messaging-messageHeader:sender"],
});

const heldBy: Readonly<Record<string, Held>> = {
  "medcom-acknowledgement-1": { rules: ["Ack-1"] },
  "medcom-acknowledgement-2": headerTables("medcom-messaging-acknowledgementHeader"),
  "medcom-messaging-1": { rules: ["G1"] },
  "medcom-messaging-2": { rules: ["G2"] },
  "medcom-messaging-3": {
    rows: ["medcom-messaging-provenance:target", "medcom-messaging-provenance:activity.coding"],
  },
  "medcom-careCommunication-1": { rules: ["CC-1"] },
  "medcom-careCommunication-2": { rules: ["CC-2"] },
  "medcom-careCommunication-3": { rules: ["CC-3"] },
  "medcom-careCommunication-4": { rules: ["CC-4", "CC-8"] },
  "medcom-careCommunication-5": { rules: ["CC-5"] },
  "medcom-careCommunication-6": { rules: ["CC-6"] },
  "medcom-careCommunication-7": { rules: ["medcom-core-practitionerrole-code-xor-text"] },
  "medcom-careCommunication-8": { rules: ["CC-8", "CC-13"] },
  "medcom-careCommunication-9": { rules: ["CC-9"] },
  "medcom-careCommunication-11": { rules: ["CC-11"] },
  "medcom-careCommunication-12": { rules: ["CC-12"] },
  "medcom-careCommunication-13": { rules: ["CC-13"] },
  "medcom-careCommunication-15": { rules: ["CC-15"] },
  "medcom-carecommunication-definition-url": { rules: ["definition-url"] },
  "medcom-hcobs-definition-url": { rules: ["definition-url", "definition-near"] },
  "medcom-uuidv4": {
    rows: [
      "medcom-careCommunication-communication:identifier.value",
      "medcom-careCommunication-communication:payload:string.extension:identifier.valueIdentifier.value",
      "medcom-careCommunication-communication:payload:attachment.extension:identifier.valueIdentifier.value",
    ],
  },
  uuidv5: {
    rows: ["medcom-hospitalNotification-encounter:episodeOfCare:lpr3identifier.identifier.value"],
  },
  "medcom-core-contact": {
    rows: [
      "medcom-careCommunication-communication:payload:string.extension:authorContact.valueContactPoint.value",
    ],
  },
  "dk-core-observation-mandatory-units": { rules: ["dk-core-observation-mandatory-units"] },
  "dk-core-organization-mandatory-identifier": { rules: ["dk-core-organization-mandatory-identifier"] },
  "min-digits-sor": {
    rows: [
      "medcom-messaging-organization:identifier:SOR-ID.value",
      "medcom-core-organization:identifier:SOR-ID.value",
    ],
  },
  cpr: { rows: ["medcom-core-patient:identifier:cpr.value"] },
  "x-ecpr": { rows: ["medcom-core-patient:identifier:x-ecpr.value"] },
  "d-ecpr": { rows: ["medcom-core-patient:identifier:d-ecpr.value"] },
  "medcom-core-practitionerrole-code-xor-text": { rules: ["medcom-core-practitionerrole-code-xor-text"] },
  "medcom-homecareReport-1": { rules: ["HCO-report-1"] },
  "medcom-homecareReport-2": { rules: ["HCO-report-2"] },
  "medcom-homecareReport-3": { rules: ["HCO-report-3"] },
  "medcom-homecareObsMessage-1": headerTables("medcom-homecareobservation-messageheader"),
  "medcom-homecareObsMessage-2": { rows: ["medcom-HomeCareObservation-messagingActivities:activity.coding"] },
  "medcom-homecareObservation-4": { rules: ["HCO-4"] },
  "medcom-hospitalNotification-1": headerTables("medcom-hospitalNotification-messageHeader"),
  "medcom-hospitalNotification-2": { rules: ["HN-2"] },
  "medcom-hospitalNotification-3": {
    rows: ["medcom-hospitalNotification-messageActivities:activity.coding"],
  },
  "medcom-hospitalNotification-4": { rules: ["HN-4", "HN-4-value"] },
  "medcom-hospitalNotification-5": { rules: ["HN-5"] },
  "medcom-hospitalNotification-6": { rules: ["HN-6"] },
  "marital-status-unknown-usage": {
    none: "a warning of dk-core about an element that no MedCom message has",
  },
  NoSpacesRule: { none: "of message definitions, which are no messages" },
  "md-1": { none: "of message definitions, which are no messages" },
};

const rules = new Set(messageRules.flatMap((one) => one.rules.map(({ id }) => id)));
const rows = new Set(
  messageRules.flatMap(({ profiles }) =>
    profiles.flatMap(([, profile]) => profile.rows.map(({ at }) => `${profile.name}:${at}`)),
  ),
);
const published = publishedRows("invariants");

describe("the invariants that are held", () => {
  it.each(Object.entries(heldBy))("%s is held by rules or rows that there are", (_, held) => {
    if ("none" in held) expect(held.none).not.toBe("");
    else if ("rules" in held) for (const rule of held.rules) expect(rules).toContain(rule);
    else for (const row of held.rows) expect(rows).toContain(row);
  });
});

describe.runIf(published.length > 0)("the invariants that are published", () => {
  it("are the ones that are held", () => {
    const keys = new Set(published.map(({ key }) => key));
    expect([...keys].toSorted()).toEqual(Object.keys(heldBy).toSorted());
  });

  it("are errors where the rules are, but for those that MedCom's own files break", () => {
    const severities = new Map(
      messageRules.flatMap((one) => one.rules.map(({ id, severity }) => [id, severity] as const)),
    );
    const softened = published.flatMap(({ key = "", severity }) => {
      const held = heldBy[key];
      if (held === undefined || !("rules" in held) || severity !== "error") return [];
      return held.rules.some((rule) => severities.get(rule) === "error") ? [] : [key];
    });
    expect(softened).toEqual([]);
  });
});
