import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import {
  bundleOf,
  type CommonWish,
  codeSystem,
  coding,
  type Earlier,
  extensionOf,
  type FhirParty,
  fhirParties,
  header,
  messagingProvenance,
  organisation,
  patient,
  present,
  provenances,
  reference,
  resource,
  uuid,
} from "./fhir-bundle-parts.ts";

export { fhirParties, uuid } from "./fhir-bundle-parts.ts";

/** Small, valid MedCom messages of made-up persons, as they are once read (guide to MedCom FHIR, sections 4-7). */

export interface HospitalWish extends CommonWish {
  readonly activity?: string;
  readonly class?: string;
  readonly status?: string;
  readonly deceased?: boolean;
  readonly start?: string;
  readonly end?: string;
  readonly leave?: { readonly start?: string; readonly end?: string };
  readonly episodes?: readonly { readonly system: string; readonly value: string }[];
  /** Whoever is to get the report of admission (XDIS16). */
  readonly reportTo?: FhirParty;
}

const admitted: Earlier = { headerId: uuid(0x21), activity: "admit-inpatient" };
const inAmbulant: Earlier = { headerId: uuid(0x22), activity: "admit-emergency" };
const onLeave: Earlier = { headerId: uuid(0x23), activity: "start-leave-inpatient" };
const backAgain: Earlier = { headerId: uuid(0x24), activity: "end-leave-inpatient" };
const home: Earlier = { headerId: uuid(0x25), activity: "discharge-inpatient-home" };
const ambulantHome: Earlier = { headerId: uuid(0x26), activity: "discharge-emergency-home" };

/** What had gone before each activity, in the shortest course. */
const historyOf: Readonly<Record<string, readonly Earlier[]>> = {
  "revise-admit-inpatient": [admitted],
  "cancel-admit-inpatient": [admitted],
  "revise-admit-emergency": [inAmbulant],
  "cancel-admit-emergency": [inAmbulant],
  "start-leave-inpatient": [admitted],
  "revise-start-leave-inpatient": [admitted, onLeave],
  "cancel-start-leave-inpatient": [admitted, onLeave],
  "end-leave-inpatient": [admitted, onLeave],
  "revise-end-leave-inpatient": [admitted, onLeave, backAgain],
  "cancel-end-leave-inpatient": [admitted, onLeave, backAgain],
  "discharge-inpatient-home": [admitted],
  "revise-discharge-inpatient-home": [admitted, home],
  "cancel-discharge-inpatient-home": [admitted, home],
  "discharge-emergency-home": [inAmbulant],
  "revise-discharge-emergency-home": [inAmbulant, ambulantHome],
  "cancel-discharge-emergency-home": [inAmbulant, ambulantHome],
};

const statusOf = (activity: string): string => {
  if (/^cancel-admit-/.test(activity)) return "entered-in-error";
  if (/^(revise-)?start-leave-|^cancel-end-leave-/.test(activity)) return "onleave";
  return /^(revise-)?discharge-/.test(activity) ? "finished" : "in-progress";
};

const leaveOf = (leave: FhirElement): FhirElement => ({
  url: extensionOf("hospitalnotification", "medcom-hospitalnotifiation-leave-period-extension"),
  valuePeriod: leave,
});

const timesOf = (status: string): Pick<HospitalWish, "leave" | "end"> => {
  if (status === "onleave") return { leave: { start: "2026-11-22T12:00:00+01:00" } };
  return status === "finished" ? { end: "2026-11-23T10:00:00+01:00" } : {};
};

const encounterOf = (wish: HospitalWish, activity: string, by: FhirResource): FhirResource => {
  const status = wish.status ?? statusOf(activity);
  const ambulant = activity.includes("emergency") ? "EMER" : "IMP";
  const episodes = wish.episodes ?? [{ system: episodeIssuer, value: uuid(0x500) }];
  const { leave, end } = { ...timesOf(status), ...wish };
  return resource("Encounter", uuid(5), {
    profile: extensionOf("hospitalnotification", "medcom-hospitalNotification-encounter"),
    ...present({ extension: leave === undefined ? [] : [leaveOf(leave)] }),
    status,
    class: coding("http://terminology.hl7.org/CodeSystem/v3-ActCode", wish.class ?? ambulant),
    subject: { reference: `Patient/${uuid(4)}` },
    episodeOfCare: episodes.map((identifier) => ({ identifier })),
    period: present({ start: wish.start ?? "2026-11-20T08:30:00+01:00", end }),
    serviceProvider: reference(by),
  });
};

const episodeIssuer = "https://sor2.sum.dsdn.dk/#id=999071000016008";

/** A hospital's message of a stay; without wishes an admission (STIN). `history` is the shortest that leads to the activity. */
export const hospitalNotification = (wish: HospitalWish = {}): FhirResource => {
  const activity = wish.activity ?? "admit-inpatient";
  const from = organisation(wish.from ?? fhirParties.department, 6);
  const to = organisation(wish.to ?? fhirParties.municipality, 7);
  const reportTo = wish.reportTo === undefined ? [] : [organisation(wish.reportTo, 8)];
  const encounter = encounterOf(wish, activity, from);
  const extension: FhirElement[] = reportTo.flatMap((recipient) => [
    {
      url: extensionOf("hospitalnotification", "medcom-messaging-reportOfAdmissionExtension"),
      valueBoolean: true,
    },
    {
      url: extensionOf("hospitalnotification", "medcom-messaging-reportOfAdmissionRecipientExtension"),
      valueReference: reference(recipient),
    },
  ]);
  const head = header(wish, {
    event: "hospital-notification-message",
    profile: extensionOf("hospitalnotification", "medcom-hospitalNotification-messageHeader"),
    from,
    to,
    rest: present({ extension, focus: [reference(encounter)] }),
  });
  const course = { ...wish, history: wish.history ?? historyOf[activity] ?? [] };
  return bundleOf(wish, {
    ig: "hospitalnotification",
    profile: "medcom-hospitalNotification-message",
    entries: [
      head,
      patient(wish, present({ deceasedBoolean: wish.deceased })),
      encounter,
      from,
      to,
      ...reportTo,
      ...provenances(course, { activity, profile: messagingProvenance, by: from }),
    ],
  });
};

export interface AckWish extends CommonWish {
  readonly code?: "ok" | "transient-error" | "fatal-error";
  /** The MessageHeader.id that is answered, and what that message did. */
  readonly original?: Earlier;
  /** MedCom's own issue codes of the answer; one when it is not `ok`. */
  readonly issues?: readonly string[];
}

const outcomeOf = (code: string, issues: readonly string[]): FhirResource =>
  resource("OperationOutcome", uuid(8), {
    profile: extensionOf("acknowledgement", "medcom-acknowledgement-operationoutcome"),
    issue: issues.map((issue) => ({
      severity: code === "ok" ? "information" : "error",
      code: code === "transient-error" ? "transient" : "value",
      details: { coding: [coding(codeSystem("medcom-acknowledgement-error-codes"), issue)] },
    })),
  });

/** An answer to a message, from its receiver to its sender; without wishes it is `ok`. */
export const acknowledgement = (wish: AckWish = {}): FhirResource => {
  const code = wish.code ?? "ok";
  const original = wish.original ?? { headerId: uuid(0x21), activity: "admit-inpatient" };
  const from = organisation(wish.from ?? fhirParties.municipality, 6);
  const to = organisation(wish.to ?? fhirParties.department, 7);
  const issues = wish.issues ?? (code === "ok" ? [] : ["MSG_VALUESET_VALUE_UNKNOWN"]);
  const outcomes = issues.length === 0 ? [] : [outcomeOf(code, issues)];
  const head = header(wish, {
    event: "acknowledgement-message",
    profile: extensionOf("acknowledgement", "medcom-messaging-acknowledgementHeader"),
    from,
    to,
    rest: {
      response: present({ identifier: original.headerId, code, details: outcomes.map(reference)[0] }),
    },
  });
  return bundleOf(wish, {
    ig: "acknowledgement",
    profile: "medcom-messaging-acknowledgement",
    entries: [
      head,
      ...provenances(
        { ...wish, history: wish.history ?? [original] },
        { activity: "acknowledgement", profile: messagingProvenance, by: from },
      ),
      from,
      to,
      ...outcomes,
    ],
  });
};

export { type CareWish, careCommunication } from "./fhir-bundle-care.ts";
export { type HomeCareWish, homeCareObservation } from "./fhir-bundle-home-care.ts";
