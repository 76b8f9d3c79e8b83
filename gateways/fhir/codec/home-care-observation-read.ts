import type {
  HomeCareMeasurer,
  HomeCareMedia,
  HomeCareObservation,
  HomeCareResult,
} from "../../../contracts/fhir/home-care-observation.ts";
import type { Coded, FhirOrganisation, FhirPractitioner } from "../../../contracts/fhir/parts.ts";
import { isRefusal, versionIn } from "./home-care-observation-names.ts";
import { type Performers, performersOf } from "./home-care-observation-performers.ts";
import { homeCareSaid } from "./home-care-observation-said.ts";
import { elementAt, elementsAt, isBytes, textAt, textsAt } from "./model/navigate.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { codedFrom } from "./parts/coded.ts";
import { readHead } from "./parts/head.ts";
import { type NotRead, notReadIn } from "./parts/not-read.ts";
import { type OpenMessage, openMessage, targetOf } from "./parts/open-message.ts";
import { patientOf } from "./parts/patient.ts";

/** A message as it is typed, what its media hold, and what it says beyond. */
export interface ReadHomeCareObservation {
  readonly message: HomeCareObservation;
  /** By the ids of the media. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly notRead: readonly NotRead[];
}

const texts = {
  label:
    "A label of confidentiality or handling is not taken over. / En mærkning om fortrolighed eller håndtering overføres ikke.",
  uncoded: "What was measured has no code. / Det målte har ingen kode.",
} as const;

const reportOf = (message: OpenMessage): FhirResource => {
  const focus = elementsAt(message.header, "focus").flatMap(
    (reference) => targetOf(message, message.header, reference) ?? [],
  );
  const isReport = ({ resourceType }: FhirResource): boolean => resourceType === "DiagnosticReport";
  return (
    focus.find(isReport) ?? message.ofType("DiagnosticReport")[0] ?? { resourceType: "DiagnosticReport" }
  );
};

/** The resources that references of the report lead to, each once. */
const targetsOf = (
  message: OpenMessage,
  report: FhirResource,
  references: readonly FhirElement[],
): FhirResource[] => [...new Set(references.flatMap((one) => targetOf(message, report, one) ?? []))];

const valueFrom = (observation: FhirResource): HomeCareResult["value"] => {
  const quantity = elementAt(observation, "valueQuantity");
  const value = textAt(quantity, "value");
  if (value !== undefined) return { kind: "quantity", value, ...unitOf(quantity) };
  const text = textAt(observation, "valueString");
  return text === undefined ? undefined : { kind: "text", text };
};

const comparators = ["<", "<=", ">=", ">"] as const;

const unitOf = (quantity: FhirElement | undefined) => {
  const [unit, system, code] = ["unit", "system", "code"].map((name) => textAt(quantity, name));
  const comparator = comparators.find((one) => one === textAt(quantity, "comparator"));
  return {
    ...(comparator === undefined ? {} : { comparator }),
    ...(unit === undefined ? {} : { unit }),
    ...(system === undefined ? {} : { system }),
    ...(code === undefined ? {} : { code }),
  };
};

/** Of a message that was found to be in order every observation has a code. */
const uncoded: Coded = {
  system: "http://terminology.hl7.org/CodeSystem/data-absent-reason",
  code: "unknown",
};

const noteOf = (observation: FhirResource): string | undefined => {
  const notes = textsAt(observation, "note.text");
  return notes.length === 0 ? undefined : notes.join("\n");
};

const saidOf = (
  observation: FhirResource,
): Pick<HomeCareResult, "at" | "value" | "interpretation" | "note"> => {
  const value = valueFrom(observation);
  const interpretation = codedFrom(elementAt(observation, "interpretation.coding"));
  const note = noteOf(observation);
  return {
    at: textAt(observation, "effectiveDateTime") ?? "",
    ...(value === undefined ? {} : { value }),
    ...(interpretation === undefined ? {} : { interpretation }),
    ...(note === undefined ? {} : { note }),
  };
};

const codesOf = (observation: FhirResource): Coded[] =>
  elementsAt(observation, "code.coding").flatMap((coding) => codedFrom(coding) ?? []);

const resultFrom = (observation: FhirResource, performers: Performers): HomeCareResult => {
  const [code = uncoded, ...otherCodes] = codesOf(observation);
  const { practitioner, organisation } = performers;
  return {
    id: textAt(observation, "id") ?? "",
    status: textAt(observation, "status") ?? "",
    code,
    otherCodes,
    ...saidOf(observation),
    ...(practitioner === undefined ? {} : { performer: practitioner }),
    ...(organisation === undefined ? {} : { performingOrganisation: organisation }),
  };
};

const sizeOf = (content: FhirElement | undefined): number | undefined => {
  const data = content?.["data"];
  if (isBytes(data)) return data.length;
  const size = textAt(content, "size");
  return size === undefined ? undefined : Number(size);
};

const mediaFrom = (media: FhirResource, comment: string | undefined): HomeCareMedia => {
  const content = elementAt(media, "content");
  const [title, created, url] = ["title", "creation", "url"].map((name) => textAt(content, name));
  const sizeBytes = sizeOf(content);
  return {
    id: textAt(media, "id") ?? "",
    contentType: textAt(content, "contentType") ?? "application/octet-stream",
    ...(title === undefined ? {} : { title }),
    ...(comment === undefined ? {} : { comment }),
    ...(created === undefined ? {} : { created }),
    ...(url === undefined ? {} : { url }),
    ...(sizeBytes === undefined ? {} : { sizeBytes }),
  };
};

interface Pictures {
  readonly media: HomeCareMedia[];
  readonly contents: ReadonlyMap<string, Uint8Array>;
}

const picturesOf = (message: OpenMessage, report: FhirResource): Pictures => {
  const found = new Map<FhirResource, HomeCareMedia>();
  const contents = new Map<string, Uint8Array>();
  for (const place of elementsAt(report, "media")) {
    const media = targetOf(message, report, elementAt(place, "link"));
    if (media?.resourceType !== "Media" || found.has(media)) continue;
    const one = mediaFrom(media, textAt(place, "comment"));
    found.set(media, one);
    const data = elementAt(media, "content")?.["data"];
    if (isBytes(data)) contents.set(one.id, data);
  }
  return { media: [...found.values()], contents };
};

const isRefused = ({ bundle, resources }: OpenMessage): boolean =>
  [bundle, ...resources].some((resource) => elementsAt(resource, "meta.security").some(isRefusal));

const sameOrganisation = (a: FhirOrganisation, b: FhirOrganisation): boolean =>
  a.gln === b.gln && a.sor === b.sor;

/** Of a message that was found to be in order both the role and the telephone are there. */
const measurerFrom = (practitioner: FhirPractitioner = { givenNames: [] }): HomeCareMeasurer => {
  const { role, phone = "", ...rest } = practitioner;
  return { ...rest, role: role?.kind === "code" ? role : { kind: "code", ...uncoded }, phone };
};

const reportFrom = (
  message: OpenMessage,
  report: FhirResource,
  { performers, sender }: { performers: Performers; sender: FhirOrganisation },
): HomeCareObservation["report"] => {
  const { practitioner, organisation } = performers;
  const conclusion = textAt(report, "conclusion");
  const isSender = organisation === undefined || sameOrganisation(organisation, sender);
  return {
    id: textAt(report, "id") ?? "",
    issued: textAt(report, "issued") ?? "",
    performer: measurerFrom(practitioner),
    ...(isSender ? {} : { producer: organisation }),
    ...(conclusion === undefined ? {} : { conclusion }),
    sharingRefused: isRefused(message),
  };
};

const labelsNotRead = (message: OpenMessage): NotRead[] =>
  [message.bundle, ...message.resources].flatMap((resource) =>
    elementsAt(resource, "meta.security").flatMap((label, at) => {
      const place = resource === message.bundle ? "Bundle" : message.placeOf(resource);
      return isRefusal(label) ? [] : [{ path: `${place}.meta.security[${String(at)}]`, text: texts.label }];
    }),
  );

const uncodedIn = (message: OpenMessage, observations: readonly FhirResource[]): NotRead[] =>
  observations
    .filter((one) => codesOf(one).length === 0)
    .map((one) => ({ path: `${message.placeOf(one)}.code`, text: texts.uncoded }));

/**
 * Reads a HomeCareObservation (guide to MedCom FHIR, section 7). Total over bundles in which the rules found no error; what it
 * says beyond is in `notRead`.
 */
export const readHomeCareObservation = (bundle: FhirResource): ReadHomeCareObservation => {
  const message = openMessage(bundle);
  const report = reportOf(message);
  const head = readHead(message);
  const observations = targetsOf(message, report, elementsAt(report, "result")).filter(
    ({ resourceType }) => resourceType === "Observation",
  );
  const { media, contents } = picturesOf(message, report);
  const reporters = performersOf(message, report);
  const measured = observations.map((one) => ({ one, performers: performersOf(message, one) }));
  return {
    message: {
      kind: "HomeCareObservation",
      version: versionIn(textAt(message.header, "definition")),
      ...head,
      // Of a message that was found to be in order both say who they are.
      sender: { ...head.sender, producerId: head.sender.producerId ?? "" },
      receiver: {
        ...head.receiver,
        ydernummer: head.receiver.ydernummer ?? "",
        contactInitials: head.receiver.contactInitials ?? null,
      },
      patient: patientOf(message),
      report: reportFrom(message, report, { performers: reporters, sender: head.sender }),
      results: measured.map(({ one, performers }) => resultFrom(one, performers)),
      media,
    },
    contents,
    notRead: [
      ...notReadIn(message, homeCareSaid),
      ...[reporters, ...measured.map(({ performers }) => performers)].flatMap(({ notRead }) => notRead),
      ...labelsNotRead(message),
      ...uncodedIn(message, observations),
    ],
  };
};
