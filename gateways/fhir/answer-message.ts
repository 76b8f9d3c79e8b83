import { uuidOf } from "../../contracts/derived-ids.ts";
import type { Acknowledgement } from "../../contracts/fhir/acknowledgement.ts";
import type { FhirCorrespondent } from "../../contracts/fhir/parts.ts";
import type { DocumentOutcome } from "../../contracts/messages/document.ts";
import { printAcknowledgement } from "./codec/acknowledgement.ts";
import { printFhir } from "./codec/model/print-fhir.ts";
import type { FhirFormat } from "./codec/model/read-fhir.ts";
import { mediaTypes } from "./media-types.ts";
import type { FhirPorts } from "./ports.ts";
import { acknowledge, type Outcome } from "./reliable/acknowledge.ts";
import type { KnownHead } from "./reliable/known-head.ts";

type Knowing = Pick<FhirPorts, "organisation">;

const correspondent =
  ({ organisation }: Knowing) =>
  (gln: string): FhirCorrespondent | undefined => {
    const known = organisation(gln);
    const sor = known?.identifiers.sor;
    return known === undefined || sor === undefined
      ? undefined
      : { gln, sor, name: known.name, otherIdentifiers: [] };
  };

/** The id of the bundle in which one copy of a message is answered: of the same copy always the same. */
export const answerBundleId = (intake: string): string => uuidOf(`answer-bundle:${intake}`);

/** Which answer it is: the one and final answer to a message, or one of a fault, which another follows. */
type About =
  | { readonly final: true; readonly intake: string }
  | { readonly final: false; readonly id: string };

/**
 * The answer to a message. The final one's MessageHeader.id is the message's for ever; the bundle's is of this copy of it
 * (guide to MedCom FHIR, section 3.1, "resent acknowledgement"). None for an answer, and none that nobody can be sent.
 */
export const answerTo = (
  ports: Knowing,
  { head, outcome }: { head: KnownHead; outcome: Outcome },
  { now, ...about }: About & { readonly now: string },
): Acknowledgement | undefined => {
  if (head.isAnswer) return undefined;
  const message = `${head.sender?.gln ?? ""}:${head.messageId ?? ""}`;
  const idFor = (name: string): string => {
    if (!about.final) return uuidOf(`fault-answer:${about.id}:${name}`);
    return name === "Bundle" ? answerBundleId(about.intake) : uuidOf(`answer:${message}:${name}`);
  };
  const answered = acknowledge(head, outcome, { now, idFor, lookUp: correspondent(ports) });
  return answered.ok ? answered.answer : undefined;
};

/** What came of a message, and the answer to it, which is printed for what it goes in. Absent: nobody is answered. */
export interface Answered {
  readonly outcome: DocumentOutcome;
  readonly answer?: Acknowledgement;
}

/** In the format that the message's sender speaks. */
export const answerBytes = (answer: Acknowledgement, format: FhirFormat): Uint8Array => {
  const idFor = (name: string): string => uuidOf(`${answer.messageId}:${name}`);
  return printFhir(printAcknowledgement(answer, { idFor }), format);
};

/** As it is, in no envelope. */
export const printedAnswer = (
  answer: Acknowledgement,
  format: FhirFormat,
): NonNullable<DocumentOutcome["answer"]> => ({
  mediaType: mediaTypes[format],
  base64: Buffer.from(answerBytes(answer, format)).toString("base64"),
});

/** A message of which not even the format is known is answered in JSON. */
export const withAnswer = ({ outcome, answer }: Answered, format: FhirFormat = "json"): DocumentOutcome =>
  answer === undefined ? outcome : { ...outcome, answer: printedAnswer(answer, format) };
