import type { FhirElement, FhirResource } from "../../gateways/fhir/codec/model/resource.ts";
import {
  bundleOf,
  type CommonWish,
  codeSystem,
  coding,
  definitionOf,
  extensionOf,
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

/** One measured value: `value` with its digits as written and its unit, or a string. */
interface HomeCareValue {
  readonly code: string;
  readonly value?: string;
  readonly unit?: string;
  readonly comparator?: string;
  readonly string?: string;
  readonly note?: string;
  readonly at?: string;
}

export interface HomeCareWish extends CommonWish {
  readonly activity?: "new-message" | "reply-message" | "retract-message" | "modified-message";
  readonly values?: readonly HomeCareValue[];
  readonly conclusion?: string;
  /** The citizen does not want the observations shared with others. */
  readonly restricted?: boolean;
  readonly role?: string;
  readonly author?: string;
  readonly phone?: string;
  readonly version?: string;
}

const npu = "urn:oid:1.2.208.176.2.1";

/** The TOBS of a citizen whose values are those of an early warning, as municipalities measure it. */
const measured: readonly HomeCareValue[] = [
  { code: "MCS88122", value: "19", unit: "1/min" },
  { code: "NPU21692", value: "92", unit: "1/min" },
  { code: "DNK05472", value: "147", unit: "mmHg" },
  { code: "MCS88126", value: "0", unit: "1" },
  { code: "NPU08676", value: "38.7", unit: "°C" },
  { code: "MCS88125", value: "2", unit: "1" },
];

const observation = (
  { code, at, note, ...value }: HomeCareValue,
  number: number,
  by: FhirResource,
): FhirResource =>
  resource("Observation", uuid(0x200 + number), {
    profile: extensionOf("homecareobservation", "medcom-homecare-observation"),
    status: "final",
    code: { coding: [coding(code.startsWith("MCS") ? codeSystem("medcom-observation-codes") : npu, code)] },
    subject: { reference: `Patient/${uuid(4)}` },
    effectiveDateTime: at ?? "2026-11-23T09:50:00+01:00",
    performer: [reference(by)],
    ...measuredValue(value),
    interpretation: [{ coding: [coding(codeSystem("medcom-core-interpretation-codes"), "NI")] }],
    ...present({ note: note === undefined ? [] : [{ text: note }] }),
  });

const measuredValue = ({ value, unit, comparator, string }: Partial<HomeCareValue>): FhirElement => {
  if (string !== undefined) return { valueString: string };
  return {
    valueQuantity: present({ value: { numeral: value ?? "0" }, comparator, unit }),
  };
};

const security: FhirElement = {
  system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
  code: "R",
  display: "Restricted",
};

const reportProfile = extensionOf("homecareobservation", "medcom-homecareobservation-diagnosticreport");

const reportOf = (
  wish: HomeCareWish,
  { performer, result }: { performer: readonly FhirResource[]; result: readonly FhirResource[] },
): FhirResource => ({
  ...resource("DiagnosticReport", uuid(3), {
    profile: reportProfile,
    status: "final",
    code: { coding: [coding(codeSystem("MedComDiagnosticReportCodes"), "HomeCareReport")] },
    subject: { reference: `Patient/${uuid(4)}` },
    issued: "2026-11-23T10:00:00+01:00",
    performer: performer.map(reference),
    result: result.map(reference),
    ...present({ conclusion: wish.conclusion }),
  }),
  ...(wish.restricted === true ? { meta: { profile: [reportProfile], security: [security] } } : {}),
});

/** Whoever measured: the role, and the person in it. */
const measurer = (wish: HomeCareWish, by: FhirResource): [FhirResource, FhirResource] => {
  const practitioner = resource("Practitioner", uuid(9), {
    profile: extensionOf("core", "medcom-core-practitioner"),
    name: [{ given: [wish.author ?? "Mette Prøve"] }],
    telecom: [{ system: "phone", value: wish.phone ?? "90000002" }],
  });
  const code = coding(
    codeSystem("medcom-core-PractitionerRolesSKSadministrativ"),
    wish.role ?? "sygeplejerske",
  );
  const role = resource("PractitionerRole", uuid(0xa), {
    profile: extensionOf("core", "medcom-core-practitionerrole"),
    practitioner: reference(practitioner),
    organization: reference(by),
    code: [{ coding: [code] }],
  });
  return [role, practitioner];
};

/** A municipality's observations for general practice; without wishes a new TOBS from the acute team. Fits version 1.1. */
export const homeCareObservation = (wish: HomeCareWish = {}): FhirResource => {
  const activity = wish.activity ?? "new-message";
  const from = organisation(wish.from ?? fhirParties.acuteTeam, 6, "producer");
  const to = organisation(wish.to ?? fhirParties.practice, 7, "requester");
  const [role, practitioner] = measurer(wish, from);
  const observations = (wish.values ?? measured).map((value, at) => observation(value, at, role));
  const report = reportOf(wish, { performer: [from, role], result: observations });
  const head = header(wish, {
    event: "homecareobservation-message",
    profile: extensionOf("homecareobservation", "medcom-homecareobservation-messageheader"),
    from,
    to,
    rest: {
      focus: [reference(report)],
      definition: definitionOf("HomeCareObservation", wish.version ?? "1.1"),
    },
  });
  const before = { headerId: uuid(0x21), activity: "new-message" };
  return bundleOf(wish, {
    ig: "homecareobservation",
    profile: "medcom-homecareobservation-message",
    entries: [
      head,
      patient(wish),
      report,
      role,
      practitioner,
      to,
      from,
      ...observations,
      ...provenances(
        { ...wish, history: wish.history ?? (activity === "new-message" ? [] : [before]) },
        { activity, profile: messagingProvenance, by: from },
      ),
    ],
  });
};
