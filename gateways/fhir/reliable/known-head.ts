import {
  FhirCorrespondent,
  FhirId,
  type FhirOrganisation,
  type FhirPatient,
  HistoryStep,
} from "../../../contracts/fhir/parts.ts";
import { elementAt, textAt } from "../codec/model/navigate.ts";
import type { FhirResource } from "../codec/model/resource.ts";
import { destinationOf } from "../codec/parts/head.ts";
import { historyOf } from "../codec/parts/history.ts";
import { openMessage } from "../codec/parts/open-message.ts";
import { organisationAt } from "../codec/parts/organisations.ts";
import { patientOf } from "../codec/parts/patient.ts";
import { gln, sor } from "../codec/rules/forms.ts";

/** What an answer needs of the message that it answers, as far as that could be read: a message may be refused for any of it. */
export interface KnownHead {
  readonly bundleId?: string | undefined;
  readonly messageId?: string | undefined;
  readonly sender?: FhirOrganisation | undefined;
  readonly receiver?: FhirOrganisation | undefined;
  /** What was done last: the step whose target is the message itself. */
  readonly latest?: HistoryStep | undefined;
  /** Whom it is about. */
  readonly citizen?: Citizen | undefined;
  /** It is an answer itself: no answer is ever answered, whatever is wrong with it (KR2). */
  readonly isAnswer: boolean;
}

/** The number that a citizen's cases are found by. */
export interface Citizen {
  readonly cpr?: string;
  readonly alternativeId?: string;
}

export const citizenOf = ({ cpr, national, regional }: FhirPatient): Citizen | undefined => {
  if (cpr !== undefined) return { cpr };
  const alternativeId = national ?? regional?.value;
  return alternativeId === undefined ? undefined : { alternativeId };
};

const idFrom = (text: string | undefined): string | undefined => FhirId.safeParse(text).data;

const isAnswer = (header: FhirResource): boolean => {
  const event = textAt(header, "eventCoding.code");
  return event === undefined ? header["response"] !== undefined : event === "acknowledgement-message";
};

/** Reads what it can of any resource. A wrong part of it is left out, and never a reason to know nothing. */
export const knownHead = (resource: FhirResource): KnownHead => {
  const message = openMessage(resource);
  const { header } = message;
  const messageId = idFrom(textAt(header, "id"));
  const latest = historyOf(message).findLast((step) => step.messageId === messageId);
  return {
    bundleId: idFrom(textAt(resource, "id")),
    messageId,
    sender: organisationAt(message, header, elementAt(header, "sender")),
    receiver: organisationAt(message, header, elementAt(destinationOf(message), "receiver")),
    latest: HistoryStep.safeParse(latest).data,
    citizen: citizenOf(patientOf(message)),
    isAnswer: isAnswer(header),
  };
};

/** Whether an answer may name an organisation as a message did: one with a number that is none would break the rules itself. */
export const isWellNamed = ({ gln: number, sor: code }: Pick<FhirOrganisation, "gln" | "sor">): boolean =>
  (number === undefined || gln.fits(number)) && (code === undefined || sor.fits(code));

/** An answer names an organisation by what MedCom asks for: what else its message said of it may be what was wrong there. */
export const plainly = ({ gln, sor, name }: FhirOrganisation): FhirOrganisation => ({
  ...(gln === undefined ? {} : { gln }),
  ...(sor === undefined ? {} : { sor }),
  ...(name === undefined ? {} : { name }),
  otherIdentifiers: [],
});

/** An organisation that a message can go between, made whole by what the directory knows of its number. */
export const correspondentFrom = (
  organisation: FhirOrganisation | undefined,
  lookUp: (gln: string) => FhirCorrespondent | undefined,
): FhirCorrespondent | undefined => {
  if (organisation === undefined) return undefined;
  const told = FhirCorrespondent.safeParse(plainly(organisation));
  if (told.success && isWellNamed(told.data)) return told.data;
  return organisation.gln === undefined ? undefined : lookUp(organisation.gln);
};
