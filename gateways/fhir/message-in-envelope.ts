import { envelopeNames } from "../../contracts/codes/fhir-envelopes.ts";
import type { FhirMessage, FhirMessageKind } from "../../contracts/fhir/fhir-message.ts";
import type { Problem } from "../../contracts/problem.ts";
import type { Enveloped } from "../envelopes/enveloped.ts";
import type { EnvelopeReceipt, Opened } from "../envelopes/open-envelope.ts";
import { compareHeader } from "../envelopes/sbdh/compare-header.ts";
import { mediaTypeIn } from "../envelopes/vans/wrap-vans.ts";
import { danishTextOf } from "../tables/problem-texts.ts";
import type { FhirProblem } from "./codec/model/fhir-problem.ts";
import type { FhirResource } from "./codec/model/resource.ts";
import { knownHead } from "./reliable/known-head.ts";

/** What a document came in, and what is worth saying of that; or why there is no message in it. */
export type Around =
  | { readonly is: "message"; readonly enveloped: Enveloped; readonly warnings: readonly Problem[] }
  | { readonly is: "receipt"; readonly receipt: EnvelopeReceipt; readonly warnings: readonly Problem[] }
  | Omit<Extract<Opened, { is: "unopened" }>, "data">;

type OpenedMessage = Extract<Opened, { is: "message" }>;

/** What an envelope says of the format of the message in it. */
export const mediaTypeOf = ({ enveloped }: Pick<OpenedMessage, "enveloped">): string | undefined =>
  enveloped.kind === "vans" ? mediaTypeIn(enveloped.vans) : enveloped.sbdh.mediaType;

/** As much of the message in an envelope as was read. */
interface Read {
  readonly bundle: FhirResource | undefined;
  readonly type?: FhirMessageKind | undefined;
  readonly message?: FhirMessage;
}

const patientIn = (message: FhirMessage | undefined): string | undefined =>
  message === undefined || message.kind === "Acknowledgement" ? undefined : message.patient.cpr;

/** Where the header of a StandardBusinessDocument says something else than the message in it; a VANSEnvelope says nothing of it. */
const differences = (enveloped: Enveloped, { bundle, type, message }: Read): Problem[] => {
  if (enveloped.kind === "vans" || bundle === undefined) return [];
  const { sender, receiver, messageId, bundleId } = knownHead(bundle);
  return compareHeader(enveloped.sbdh, {
    senderGln: sender?.gln,
    receiverGln: receiver?.gln,
    senderSor: sender?.sor,
    receiverSor: receiver?.sor,
    patientId: patientIn(message),
    messageId,
    bundleId,
    event: type === undefined ? undefined : envelopeNames[type].event,
  });
};

export const aroundMessage = ({ enveloped, warnings }: OpenedMessage, read: Read): Around => ({
  is: "message",
  enveloped,
  warnings: [...warnings, ...differences(enveloped, read)],
});

/** An envelope without a message in it. */
type OpenedOther = Exclude<Opened, OpenedMessage>;

export const aroundNothing = (opened: OpenedOther): Around => {
  if (opened.is === "receipt") return opened;
  const { data: _data, ...around } = opened;
  return around;
};

/** Its own problems, as those of a message are told. */
export const envelopeProblems = (opened: OpenedOther): FhirProblem[] => {
  const problems = opened.is === "receipt" ? [] : opened.problems;
  return problems.map(({ path, severity, code, message }) => ({
    path,
    severity,
    code,
    text: { en: message, da: danishTextOf(code) ?? message },
  }));
};
