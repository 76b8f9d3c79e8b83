import { describe, expect, it } from "vitest";
import {
  acknowledgementErrorCodes,
  issueDetails,
  operationOutcomeCodes,
} from "../../../../contracts/codes/fhir-acknowledgement.ts";
import {
  attachmentTypes,
  careCategories,
  careCategorySet,
  carePriorities,
} from "../../../../contracts/codes/fhir-care-communication.ts";
import { danishOf, type FhirCode, type FhirValueSet } from "../../../../contracts/codes/fhir-code.ts";
import {
  interpretationCodes,
  observationStatuses,
  producerCodeSet,
  producerCodes,
  reportCodeSet,
  reportCodes,
  reportStatuses,
} from "../../../../contracts/codes/fhir-home-care.ts";
import { hospitalForms } from "../../../../contracts/codes/fhir-hospital-codes.ts";
import {
  encounterClasses,
  stayClasses,
  stayStatuses,
  toleratedStatuses,
} from "../../../../contracts/codes/fhir-hospital-notification.ts";
import {
  activities,
  activityCodes,
  cancellationReasons,
  careActivities,
  destinationUses,
  eventCodes,
  homeCareActivities,
  hospitalActivities,
  messageTypes,
  sorEdiCodes,
  sorEdiValues,
  statisticalCodes,
} from "../../../../contracts/codes/fhir-messaging.ts";
import {
  medcomObservationSet,
  medcomObservations,
  npuObservationSet,
  npuObservations,
  resultGroupSet,
  resultGroups,
} from "../../../../contracts/codes/fhir-observations.ts";
import {
  administrativeRoles,
  authorisedRoles,
  misspeltRoles,
  practitionerRoles,
} from "../../../../contracts/codes/fhir-practitioner-roles.ts";
import { publishedRows } from "../../../support/fhir-bundle-standard.ts";

const systems: readonly (readonly FhirCode[])[] = [
  eventCodes,
  activityCodes,
  destinationUses,
  statisticalCodes,
  sorEdiCodes,
  cancellationReasons,
  careCategories,
  authorisedRoles,
  administrativeRoles,
  medcomObservations,
  npuObservations,
  resultGroups,
  reportCodes,
  producerCodes,
  interpretationCodes,
  acknowledgementErrorCodes,
  encounterClasses.codes.filter(({ code }) => code === "other"),
];
const sets: readonly FhirValueSet[] = [
  messageTypes,
  activities,
  hospitalActivities,
  careActivities,
  homeCareActivities,
  sorEdiValues,
  careCategorySet,
  carePriorities,
  attachmentTypes,
  practitionerRoles,
  medcomObservationSet,
  npuObservationSet,
  resultGroupSet,
  reportCodeSet,
  producerCodeSet,
  reportStatuses,
  observationStatuses,
  issueDetails,
  stayClasses,
  stayStatuses,
];

/** Published, and no message that is received is held to them. */
const systemsLeftOut = ["medcom-message-definition-type", "medcom-messagedefinition-identifer-system"];
const setsLeftOut = [
  // A filter over HL7's own codes; contracts/codes/fhir-hospital-notification.ts lists what it finds.
  "medcom-core-encounter-class",
  // Every code of HL7's, of which a message may say NI alone (medcom-homecare-observation).
  "medcom-core-interpreation-valueset",
  // Of condition lists and of message definitions.
  "medcom-conditionlist-status-valueset",
  "medcom-message-definition-type-valueset",
  "medcom-messagedefinition-identifer-system-valueset",
  "medcom-messagedefinition-use-context-code-valueset",
];

const lastOf = (url: string): string => url.split("/").at(-1) ?? "";
const named = ({ system, code }: FhirCode): string => `${system}|${code}`;

const publishedSystems = publishedRows("codesystems");
const publishedSets = publishedRows("valuesets");

describe.runIf(publishedSystems.length > 0)("code systems as MedCom has published them", () => {
  const urls = [...new Set(publishedSystems.map(({ system = "" }) => system))];

  it.each(urls)("%s has the same codes and displays here", (url) => {
    const ours = systems.find((codes) => codes[0]?.system === url);
    if (ours === undefined) expect(systemsLeftOut).toContain(lastOf(url));
    else
      expect(ours.map(({ code, display }) => ({ code, display }))).toEqual(
        publishedSystems
          .filter(({ system }) => system === url)
          .map(({ code, display }) => ({ code, display })),
      );
  });
});

describe.runIf(publishedSets.length > 0)("value sets as MedCom has published them", () => {
  const urls = [...new Set(publishedSets.map(({ valueset = "" }) => valueset))];

  it.each(urls)("%s has the same codes here", (url) => {
    const rows = publishedSets.filter(({ valueset }) => valueset === url);
    const published = rows.flatMap(({ system = "", code = "" }) =>
      code === "*"
        ? publishedSystems.filter((row) => row["system"] === system).map((row) => `${system}|${row["code"]}`)
        : [`${system}|${code}`],
    );
    const ours = sets.find((set) => set.url === url);
    if (ours === undefined) expect(setsLeftOut).toContain(lastOf(url));
    else expect(ours.codes.map(named).toSorted()).toEqual(published.toSorted());
  });
});

describe("codes of MedCom's FHIR messages", () => {
  it("stand once in their system", () => {
    for (const codes of systems) {
      expect(new Set(codes.map(({ system }) => system)).size).toBe(1);
      expect(new Set(codes.map(({ code }) => code)).size).toBe(codes.length);
    }
  });

  it("have a Danish name for people", () => {
    expect(danishOf(careCategories, "assistive-devices")).toBe("Hjælpemidler");
    expect(danishOf(authorisedRoles, "laege")).toBe("Læge");
    expect(danishOf(careCategories, "not-a-code")).toBe("not-a-code");
  });

  it("have a row of the stay's table for every activity of a hospital", () => {
    const told = hospitalForms.flatMap(({ activity }) => activity ?? []);
    expect(told.toSorted()).toEqual(hospitalActivities.codes.map(({ code }) => code).toSorted());
    for (const activity of toleratedStatuses.keys()) expect(told).toContain(activity);
  });

  it("have a statistical code for every form of a stay", () => {
    const statistics = statisticalCodes.map(({ code }) => code);
    for (const form of hospitalForms) expect(statistics).toContain(form.statistics);
  });

  it("list a misspelt role beside what it was meant to be", () => {
    const roles = administrativeRoles.map(({ code }) => code);
    for (const [misspelt, meant] of misspeltRoles) {
      expect(roles).toContain(misspelt);
      expect(roles).toContain(meant);
    }
  });

  it("have a scale for each score, and a unit for all that is measured in one", () => {
    const scales = medcomObservations.flatMap(({ code, scale }) =>
      scale === undefined ? [] : [[code, scale.from, scale.to]],
    );
    expect(scales).toEqual([
      ["MCS88125", 0, 15],
      ["MCS88126", 0, 3],
      ["MCS88147", 0, 60],
    ]);
    const without = [...npuObservations, ...medcomObservations].filter(({ units }) => units.length === 0);
    // Strips and cultures are told in words, as the codes' own names say.
    expect(without.every(({ display }) => /arb\.k\.|taxon/.test(display))).toBe(true);
  });

  it("have the issue codes of MedCom and of HL7 apart", () => {
    expect(issueDetails.codes).toHaveLength(acknowledgementErrorCodes.length + operationOutcomeCodes.length);
  });
});
