import { type Broken, entryOf, place } from "./fhir-bundle-broken.ts";
import { withEntry, without, withValue } from "./fhir-bundle-edit.ts";
import { codeSystem, extensionOf, reference } from "./fhir-bundle-parts.ts";
import { acknowledgement, fhirParties, hospitalNotification, uuid } from "./fhir-bundles.ts";

const stay = hospitalNotification();
const organisation = entryOf(stay, "Organization");
const deceased = { deceased: true, status: "finished" } as const;
const flag = extensionOf("hospitalnotification", "medcom-messaging-reportOfAdmissionExtension");
const recipient = extensionOf("hospitalnotification", "medcom-messaging-reportOfAdmissionRecipientExtension");
const leave = extensionOf("hospitalnotification", "medcom-hospitalnotifiation-leave-period-extension");
const reported = hospitalNotification({ reportTo: fhirParties.otherMunicipality });

export const brokenHospital: readonly Broken[] = [
  {
    rule: "HN-2",
    bundle: withEntry(stay, { ...entryOf(stay, "Patient"), id: uuid(0x910) }),
    at: "Bundle.entry",
  },
  {
    rule: "HN-4",
    bundle: withValue(stay, "Patient.identifier", [
      { system: "urn:oid:1.2.208.176.1.6.1.1", value: "0101657AB1" },
    ]),
    at: place(stay, "Patient", ".identifier"),
  },
  {
    rule: "HN-4",
    bundle: without(stay, "Patient.identifier"),
    at: place(stay, "Patient", ".identifier"),
  },
  {
    rule: "HN-4-value",
    bundle: without(stay, "Patient.identifier[0].value"),
    at: place(stay, "Patient", ".identifier.value"),
    also: ["medcom-core-patient:identifier:cpr.value"],
  },
  {
    rule: "HN-5",
    bundle: withValue(stay, "MessageHeader.destination[1]", {
      endpoint: "https://sor2.sum.dsdn.dk/#id=999131000016005",
      receiver: reference(organisation),
    }),
    at: "Bundle.entry[0].resource.destination",
  },
  {
    rule: "HN-6",
    bundle: without(hospitalNotification({ activity: "start-leave-inpatient" }), "Encounter.extension"),
    at: place(stay, "Encounter", `.extension('${leave}').valuePeriod.start`),
  },
  {
    rule: "HN-encounter",
    bundle: withEntry(stay, { ...entryOf(stay, "Encounter"), id: uuid(0x911) }),
    at: "Bundle.entry",
  },
  {
    rule: "HN-status",
    bundle: hospitalNotification({ status: "finished", end: "2026-11-23T10:00:00+01:00" }),
    at: place(stay, "Encounter", ".status"),
  },
  {
    rule: "HN-status-unusual",
    bundle: hospitalNotification({ activity: "discharge-inpatient-home", status: "onleave" }),
    at: place(stay, "Encounter", ".status"),
  },
  {
    rule: "HN-status-unusual",
    bundle: hospitalNotification({ deceased: true, status: "in-progress" }),
    at: place(stay, "Encounter", ".status"),
  },
  {
    rule: "HN-class",
    bundle: hospitalNotification({ class: "EMER" }),
    at: place(stay, "Encounter", ".class.code"),
  },
  {
    rule: "HN-class-unusual",
    bundle: hospitalNotification({ ...deceased, class: "EMER" }),
    at: place(stay, "Encounter", ".class.code"),
  },
  {
    rule: "HN-class-unusual",
    bundle: hospitalNotification({ activity: "revise-admit-inpatient", class: "EMER" }),
    at: place(stay, "Encounter", ".class.code"),
  },
  {
    rule: "HN-end",
    bundle: without(hospitalNotification(deceased), "Encounter.period.end"),
    at: place(stay, "Encounter", ".period.end"),
  },
  {
    rule: "HN-period",
    bundle: hospitalNotification({ ...deceased, end: "2026-11-20T08:29:00+01:00" }),
    at: place(stay, "Encounter", ".period.end"),
  },
  {
    rule: "HN-report",
    bundle: without(reported, "MessageHeader.extension[1]"),
    at: `Bundle.entry[0].resource.extension('${recipient}')`,
  },
  {
    rule: "HN-report-activity",
    bundle: hospitalNotification({
      activity: "end-leave-inpatient",
      reportTo: fhirParties.otherMunicipality,
    }),
    at: `Bundle.entry[0].resource.extension('${flag}')`,
  },
];

const fatal = acknowledgement({ code: "fatal-error" });

export const brokenAcknowledgement: readonly Broken[] = [
  {
    rule: "Ack-1",
    bundle: acknowledgement({ code: "fatal-error", issues: [] }),
    at: "Bundle.entry[0].resource.response.details",
  },
  {
    rule: "Ack-details",
    bundle: without(fatal, "MessageHeader.response.details"),
    at: "Bundle.entry[0].resource.response.details",
  },
  {
    rule: "Ack-activity",
    bundle: withValue(fatal, "Provenance[1].activity.coding[0]", {
      system: codeSystem("medcom-messaging-activityCodes"),
      code: "reply-message",
    }),
    at: "Bundle.entry[2].resource.activity.coding.code",
  },
  {
    rule: "Ack-original",
    bundle: without(fatal, "Provenance[0]"),
    at: "Bundle.entry",
    also: ["G4"],
  },
  {
    rule: "Ack-correlation",
    bundle: withValue(fatal, "MessageHeader.response.identifier", uuid(0x912)),
    at: "Bundle.entry[0].resource.response.identifier",
  },
  {
    rule: "Ack-patient",
    bundle: withEntry(fatal, entryOf(stay, "Patient")),
    at: "Bundle.entry[6].resource",
    also: ["R-Tek-C"],
  },
];
