import { structure } from "../../../../../contracts/codes/fhir-code.ts";
import { elementsAt, extensionOf, textAt } from "../../model/navigate.ts";
import type { FhirElement, FhirResource } from "../../model/resource.ts";
import type { Checked, Rule } from "../rule.ts";
import { firstOf, oncePer, unless } from "./find.ts";
import { patientRules } from "./patient-kinds.ts";

const identifierExtension = structure("core", "medcom-core-identifier-extension");

interface Payload {
  readonly element: FhirElement;
  readonly id: string | undefined;
}

const payloadsOf: (message: Checked) => readonly Payload[] = oncePer((message) =>
  elementsAt(firstOf(message, "Communication"), "payload").map((element) => ({
    element,
    id: textAt(extensionOf(element, identifierExtension), "valueIdentifier.value"),
  })),
);

/** The payloads that each Provenance names as its message's own. */
const sourcesOf: (message: Checked) => ReadonlyMap<FhirResource, readonly string[]> = oncePer(
  (message) =>
    new Map(
      message
        .ofType("Provenance")
        .map((one) => [
          one,
          elementsAt(one, "entity").flatMap((entity) =>
            entity["role"] === "source" ? (textAt(entity, "what.identifier.value") ?? []) : [],
          ),
        ]),
    ),
);

/** Payloads that earlier messages brought, by what their Provenances say. */
const earlierIds = (message: Checked): ReadonlySet<string> =>
  new Set(
    [...sourcesOf(message)].flatMap(([one, sources]) => (message.current.includes(one) ? [] : sources)),
  );

const places = (message: Checked, is: (payload: Payload, at: number) => boolean): readonly string[] => {
  const communication = firstOf(message, "Communication");
  if (communication === undefined) return [];
  return payloadsOf(message).flatMap((payload, at) =>
    is(payload, at) ? [`${message.placeOf(communication)}.payload[${at}]`] : [],
  );
};

/** Payloads that no Provenance names. */
const unnamed = (message: Checked): readonly string[] => {
  const named = new Set([...sourcesOf(message).values()].flat());
  return places(message, ({ id }) => id !== undefined && !named.has(id));
};

/** Names of payloads that are not in the message. */
const missing = (message: Checked, own: boolean): readonly string[] => {
  const there = new Set(payloadsOf(message).map(({ id }) => id));
  return [...sourcesOf(message)].flatMap(([one, sources]) => {
    const isWhole = message.current.includes(one) !== own || sources.every((source) => there.has(source));
    return unless(isWhole, `${message.placeOf(one)}.entity.what.identifier.value`);
  });
};

const repeated = (message: Checked): readonly string[] => {
  const ids = payloadsOf(message).map(({ id }) => id);
  return places(message, ({ id }, at) => id !== undefined && ids.indexOf(id) < at);
};

const contentsOf = ["contentString", "contentAttachment"] as const;

const emptyAttachments = (message: Checked): readonly string[] => {
  const earlier = earlierIds(message);
  return places(message, ({ element, id }) => {
    const [attachment] = elementsAt(element, "contentAttachment");
    if (attachment === undefined || (id !== undefined && earlier.has(id))) return false;
    return attachment["data"] === undefined && attachment["url"] === undefined;
  });
};

/** Rules of texts and attachments of CareCommunication 5.0 (guide to MedCom FHIR, section 5). */
export const paperRules: readonly Rule[] = [
  ...patientRules,
  {
    /**
     * A text rule, and what R-Tek-M and R-Tek-N of the receive protocol try: the sources of a Provenance are the payloads that
     * its message added, and the answer is AE. MedCom's own examples 5, 7 and 8 break it and are refused as the protocol asks.
     */
    id: "CC-payload-ids",
    source:
      "CareCommunication 5.0, use of Provenance; receive protocol, R-Tek-M and R-Tek-N; guide, sections 5 and 13",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "No Provenance names this text or attachment as one that its message added.",
      da: "Ingen Provenance nævner denne tekst eller dette bilag som tilføjet af sin meddelelse.",
    },
    broken: unnamed,
  },
  {
    id: "CC-payload-missing",
    source:
      "CareCommunication 5.0, use of Provenance; receive protocol, R-Tek-M and R-Tek-N; guide, sections 5 and 13",
    severity: "error",
    code: "values-disagree",
    says: {
      en: "The message's own Provenance names a text or attachment that is not in it.",
      da: "Meddelelsens egen Provenance nævner en tekst eller et bilag, der ikke er i den.",
    },
    broken: (message) => missing(message, true),
  },
  {
    id: "CC-payload-earlier",
    source: "guide, section 5: a reply repeats what went before",
    severity: "warning",
    code: "values-disagree",
    says: {
      en: "A text or attachment of an earlier message is not repeated.",
      da: "En tekst eller et bilag fra en tidligere meddelelse er ikke gentaget.",
    },
    broken: (message) => missing(message, false),
  },
  {
    id: "CC-payload-repeated",
    source: "medcom-assigned-identifier: what names a payload names one",
    severity: "error",
    code: "id-repeated",
    says: {
      en: "Two texts or attachments have the same identifier.",
      da: "To tekster eller bilag har samme identifikation.",
    },
    broken: repeated,
  },
  {
    id: "CC-payload-content",
    source: "medcom-careCommunication-communication: content is a string or an attachment",
    severity: "error",
    code: "element-required",
    says: {
      en: "A payload is a text or an attachment.",
      da: "En payload er en tekst eller et bilag.",
    },
    broken: (message) =>
      places(message, ({ element }) => contentsOf.every((name) => element[name] === undefined)),
  },
  {
    id: "CC-attachment-data",
    source: "guide, sections 5 and 11: only earlier attachments are told of without their content",
    severity: "error",
    code: "element-required",
    says: {
      en: "A new attachment comes with its content, or says where it is.",
      da: "Et nyt bilag kommer med sit indhold eller oplyser, hvor det er.",
    },
    broken: emptyAttachments,
  },
];
