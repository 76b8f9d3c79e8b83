import { type DocumentLimits, defaultDocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { FhirMessageKind } from "../../contracts/fhir/fhir-message.ts";
import { openEnvelope } from "../envelopes/open-envelope.ts";
import { type FhirProblem, isError } from "./codec/model/fhir-problem.ts";
import { type FhirFormat, readFhir } from "./codec/model/read-fhir.ts";
import type { FhirResource } from "./codec/model/resource.ts";
import { checkMessage } from "./codec/rules/check-message.ts";
import { checkTyped } from "./codec/rules/check-typed.ts";
import { type TypedMessage, typedMessage } from "./codec/typed-message.ts";
import {
  type Around,
  aroundMessage,
  aroundNothing,
  envelopeProblems,
  mediaTypeOf,
} from "./message-in-envelope.ts";

/**
 * A FHIR document as it was read and judged, without a hub. `unreadable`: not to its end, with what was right of it; `refused`:
 * read, and in breach of a rule or no message that is known; `message`: one that can be taken. `problems` has warnings too.
 */
export type ParsedMessage = {
  readonly problems: readonly FhirProblem[];
  /** What it came in, if in anything. */
  readonly around?: Around;
} & (
  | {
      readonly kind: "unreadable";
      readonly format: FhirFormat | undefined;
      readonly bundle: FhirResource | undefined;
    }
  | {
      readonly kind: "refused";
      readonly format: FhirFormat;
      readonly bundle: FhirResource;
      readonly type: FhirMessageKind | undefined;
      readonly version: string | undefined;
    }
  | ({
      readonly kind: "message";
      readonly format: FhirFormat;
      readonly bundle: FhirResource;
      readonly type: FhirMessageKind;
      readonly version: string;
    } & TypedMessage)
);

const parseBare = (
  bytes: Uint8Array,
  limits: DocumentLimits,
  mediaType: string | undefined,
): ParsedMessage => {
  const reading = readFhir(bytes, mediaType, limits);
  if (!reading.ok) {
    const { format, problems, partial: bundle } = reading;
    return { kind: "unreadable", format, bundle, problems };
  }
  const { resource: bundle, format, warnings } = reading;
  const { kind: type, version, problems: broken } = checkMessage(bundle);
  const problems = [...warnings, ...broken];
  if (type === undefined || version === undefined || problems.some(isError))
    return { kind: "refused", format, bundle, type, version, problems };
  const typed = typedMessage(type, bundle);
  const unfit = checkTyped(typed.message, bundle);
  if (unfit.length > 0)
    return { kind: "refused", format, bundle, type, version, problems: [...problems, ...unfit] };
  return { kind: "message", format, bundle, type, version, problems, ...typed };
};

/**
 * Reads a FHIR message in either format, bare or in an envelope, and holds it to its rules. `mediaType`: what its transport said of its
 * format, if any; of what is in an envelope, the envelope says it.
 */
export const parseMessage = (
  bytes: Uint8Array,
  limits: DocumentLimits = defaultDocumentLimits,
  mediaType?: string,
): ParsedMessage => {
  const opened = openEnvelope(bytes, limits);
  if (opened === undefined) return parseBare(bytes, limits, mediaType);
  if (opened.is !== "message") {
    const nothing = { kind: "unreadable", format: undefined, bundle: undefined } as const;
    return { ...nothing, problems: envelopeProblems(opened), around: aroundNothing(opened) };
  }
  const parsed = parseBare(opened.data, limits, mediaTypeOf(opened));
  return { ...parsed, around: aroundMessage(opened, parsed) };
};
