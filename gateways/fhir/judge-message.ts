import type { DocumentLimits } from "../../contracts/codes/document-limits.ts";
import type { FhirMessageKind } from "../../contracts/fhir/fhir-message.ts";
import { type FhirProblem, isError } from "./codec/model/fhir-problem.ts";
import type { FhirFormat } from "./codec/model/read-fhir.ts";
import type { TypedMessage } from "./codec/typed-message.ts";
import type { Around } from "./message-in-envelope.ts";
import { parseMessage } from "./parse-message.ts";
import { contentDigestOf } from "./reliable/content-digest.ts";
import { type KnownHead, knownHead } from "./reliable/known-head.ts";

/**
 * All that taking a message needs of its bytes: no tree, so that it is soon handed over by the thread that large ones are read in.
 * `kind` is absent of what is no MedCom message that is known, and `typed` of one that is not in order. `unread`: it could not be
 * read to its end, or is no value of FHIR's; the last problem is then the one that ended its reading.
 */
export interface JudgedMessage {
  readonly unread: boolean;
  readonly format: FhirFormat | undefined;
  readonly head: KnownHead;
  /** Digest of what it says, by which a copy of it is known; absent of what has no head. */
  readonly content: string | undefined;
  readonly kind: FhirMessageKind | undefined;
  readonly problems: readonly FhirProblem[];
  readonly typed: TypedMessage | undefined;
  /** What it came in, if in anything. */
  readonly around?: Around;
}

/** Enough to mend a message by; one of nothing but problems must not cost more than a good one. */
const mostProblems = 1000;
const mostNotes = 100;

/** Errors first where there are too many: what a message is refused for is told. */
const mostTelling = (problems: readonly FhirProblem[]): readonly FhirProblem[] =>
  problems.length <= mostProblems
    ? problems
    : problems.toSorted((a, b) => Number(isError(b)) - Number(isError(a))).slice(0, mostProblems);

/** Bytes to a typed message, or to what is wrong with them. Total. */
export const judgeMessage = (bytes: Uint8Array, mediaType: string, limits: DocumentLimits): JudgedMessage => {
  const parsed = parseMessage(bytes, limits, mediaType);
  const { format, bundle, problems, around } = parsed;
  const known = {
    ...(around === undefined ? {} : { around }),
    format,
    head: bundle === undefined ? { isAnswer: false } : knownHead(bundle),
    content: bundle === undefined ? undefined : contentDigestOf(bundle),
    problems: mostTelling(problems),
  };
  if (parsed.kind === "unreadable") return { ...known, unread: true, kind: undefined, typed: undefined };
  if (parsed.kind === "refused") return { ...known, unread: false, kind: parsed.type, typed: undefined };
  const { message, contents, notRead } = parsed;
  const typed = { message, contents, notRead: notRead.slice(0, mostNotes) };
  return { ...known, unread: false, kind: parsed.type, typed };
};
