import { danishOf } from "../../../contracts/codes/fhir-code.ts";
import { medcomObservations, npuObservations } from "../../../contracts/codes/fhir-observations.ts";
import type {
  HomeCareMedia,
  HomeCareObservation,
  HomeCareResult,
} from "../../../contracts/fhir/home-care-observation.ts";
import { definitionOf, event, profiles, reportCode, restricted } from "./home-care-observation-names.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { assemble } from "./parts/assemble.ts";
import { coding } from "./parts/coded.ts";
import type { Line } from "./parts/narrative.ts";
import { patientIn, practitionerReference } from "./parts/print-people.ts";
import {
  beginPrinting,
  organisationIn,
  organisationReference,
  type Printing,
  referenceTo,
  resourceOf,
} from "./parts/printing.ts";

export { readHomeCareObservation } from "./home-care-observation-read.ts";

/** What a message is printed with. */
export interface HomeCarePrint {
  /** The id of a resource by its name in the message: the same name has the same id for ever. */
  readonly idFor: (name: string) => string;
  /** The bytes of media by their ids; one whose bytes are not here is only told of. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

interface Around {
  readonly printing: Printing;
  readonly patient: FhirResource;
  readonly contents: HomeCarePrint["contents"];
}

const known = [...medcomObservations, ...npuObservations];

const wordsOf = ({ value }: HomeCareResult): string | undefined => {
  if (value === undefined) return undefined;
  if (value.kind === "text") return value.text;
  const unit = value.unit ?? value.code;
  return [value.comparator, value.value, unit === "1" ? undefined : unit].filter(Boolean).join(" ");
};

const valueElements = ({ value }: HomeCareResult): FhirElement => {
  if (value === undefined) return {};
  if (value.kind === "text") return { valueString: value.text };
  const { comparator, unit, system, code } = value;
  return {
    valueQuantity: {
      value: { numeral: value.value },
      ...(comparator === undefined ? {} : { comparator }),
      ...(unit === undefined ? {} : { unit }),
      ...(system === undefined ? {} : { system }),
      ...(code === undefined ? {} : { code }),
    },
  };
};

const performersIn = (
  printing: Printing,
  { performer, performingOrganisation }: HomeCareResult,
): FhirElement => {
  const performers = [
    ...(performer === undefined ? [] : [practitionerReference(printing, performer)]),
    ...(performingOrganisation === undefined
      ? []
      : [organisationReference(printing, performingOrganisation)]),
  ];
  return performers.length === 0 ? {} : { performer: performers };
};

const observationIn = ({ printing, patient }: Around, result: HomeCareResult): FhirResource => {
  const { id, status, code, otherCodes, at, interpretation, note } = result;
  const lines: Line[] = [
    ["Måling", danishOf(known, code.code)],
    ["Resultat", wordsOf(result)],
    ["Tidspunkt", at],
    ["Bemærkning", note],
  ];
  return resourceOf(
    { type: "Observation", id, profile: profiles.observation, title: "Måling", lines },
    {
      status,
      code: { coding: [code, ...otherCodes].map(coding) },
      subject: referenceTo(patient),
      effectiveDateTime: at,
      ...performersIn(printing, result),
      ...valueElements(result),
      ...(interpretation === undefined ? {} : { interpretation: [{ coding: [coding(interpretation)] }] }),
      ...(note === undefined ? {} : { note: [{ text: note }] }),
    },
  );
};

const contentOf = (
  { id, contentType, title, created, url, sizeBytes }: HomeCareMedia,
  { contents }: Around,
) => {
  const data = contents.get(id);
  return {
    contentType,
    ...(data === undefined ? {} : { data }),
    ...(url === undefined ? {} : { url }),
    // The bytes tell their size themselves.
    ...(data !== undefined || sizeBytes === undefined ? {} : { size: { numeral: String(sizeBytes) } }),
    ...(title === undefined ? {} : { title }),
    ...(created === undefined ? {} : { creation: created }),
  };
};

const mediaIn = (around: Around, media: HomeCareMedia): FhirResource => {
  const lines: Line[] = [
    ["Titel", media.title],
    ["Type", media.contentType],
  ];
  return resourceOf(
    { type: "Media", id: media.id, profile: profiles.media, title: "Billede eller dokument", lines },
    { status: "completed", subject: referenceTo(around.patient), content: contentOf(media, around) },
  );
};

type Report = HomeCareObservation["report"];

const mediaElements = (media: readonly HomeCareMedia[], resources: readonly FhirResource[]): FhirElement => {
  if (media.length === 0) return {};
  const places = resources.map((resource, at) => {
    const comment = media[at]?.comment;
    return { ...(comment === undefined ? {} : { comment }), link: referenceTo(resource) };
  });
  return { media: places };
};

/** A refusal stands in the resource's meta, beside its profile. */
const labelled = (report: FhirResource, { sharingRefused }: Report): FhirResource =>
  sharingRefused ? { ...report, meta: { profile: [profiles.report], security: [restricted] } } : report;

const reportIn = (
  { printing, patient }: Around,
  message: HomeCareObservation,
  { observations, media }: { observations: readonly FhirResource[]; media: readonly FhirResource[] },
): FhirResource => {
  const { report, sender } = message;
  const { id, issued, performer, producer, conclusion, sharingRefused } = report;
  const lines: Line[] = [
    ["Udstedt", issued],
    ["Videregivelse", sharingRefused ? "Borgeren har nægtet, at svaret deles" : undefined],
    ...message.results.map((result): Line => [danishOf(known, result.code.code), wordsOf(result)]),
    ["Klinisk kommentar", conclusion],
  ];
  const made = resourceOf(
    { type: "DiagnosticReport", id, profile: profiles.report, title: "Kommunale prøvesvar", lines },
    {
      status: "final",
      code: { coding: [reportCode] },
      subject: referenceTo(patient),
      issued,
      performer: [
        organisationReference(printing, producer ?? sender, profiles.producer),
        practitionerReference(printing, performer),
      ],
      result: observations.map(referenceTo),
      ...mediaElements(message.media, media),
      ...(conclusion === undefined ? {} : { conclusion }),
    },
  );
  return labelled(made, report);
};

/** The message as a Bundle, in its own version (guide to MedCom FHIR, section 7). */
export const printHomeCareObservation = (
  message: HomeCareObservation,
  { idFor, contents }: HomeCarePrint,
): FhirResource => {
  const printing = beginPrinting("homecareobservation", idFor);
  // The two that have profiles of their own are made before anything else names them.
  organisationIn(printing, message.sender, profiles.producer);
  organisationIn(printing, message.receiver, profiles.requester);
  const patient = patientIn(printing, message.patient);
  const around = { printing, patient, contents };
  const observations = message.results.map((result) => observationIn(around, result));
  const media = message.media.map((one) => mediaIn(around, one));
  const report = reportIn(around, message, { observations, media });
  return assemble(printing, {
    head: message,
    profile: "medcom-homecareobservation-message",
    headerProfile: "medcom-homecareobservation-messageheader",
    senderProfile: profiles.producer,
    receiverProfile: profiles.requester,
    event,
    title: "Kommunale prøvesvar",
    header: { focus: [referenceTo(report)], definition: definitionOf(message.version) },
    resources: [patient, report, ...observations, ...media],
  });
};
