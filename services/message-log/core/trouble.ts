import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import {
  type DeadLetterItem,
  type DeadLetterState,
  type DeadLetterStep,
  kindOfRefusal,
  stateAfterSteps,
} from "../../../contracts/messages/dead-letters.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import type { Message } from "./message.ts";

/** Of a type that the hub knows by its form alone: MedCom's letters are called X and more, FHIR's messages by their resource. */
const standardOf = (type: string | undefined): string => {
  if (type === undefined) return "unknown";
  return /^X[A-Z]{3}\d\d$/.test(type) ? "oioxml" : "fhir";
};

/** A document that came in and became nothing, as the log shows it. */
export const refusedMessage = ({ intake, sender, at, code, documentType }: RefusedDocument): Message => ({
  id: intake,
  direction: "in",
  status: statusOfKind(code),
  at,
  from: sender,
  to: [],
  type: documentType ?? "unknown",
  intakeId: intake,
  code,
});
const statusOfKind = (code: string): "unreadable" | "refused" | "failed" => {
  const kind = kindOfRefusal(code);
  return kind === "unconfirmed" ? "failed" : kind;
};

/** The same as a dead letter. */
export const deadDocument = ({
  intake,
  sender,
  at,
  code,
  documentType,
}: RefusedDocument): DeadLetterItem => ({
  id: intake,
  kind: kindOfRefusal(code),
  state: "open",
  at,
  from: sender,
  standard: standardOf(documentType),
  ...(documentType === undefined ? {} : { type: documentType }),
  code,
});

/** A dead document after a step that somebody took. */
export const afterStep = (item: DeadLetterItem, step: DeadLetterStep): DeadLetterItem => {
  const state = stateAfterSteps([step]);
  return state === "open" ? item : { ...item, state };
};

/** What a change of a delivery that went wrong once makes of it; `undefined`: it is what it was. */
const stateAfter = (change: DeliveryChange): DeadLetterState | undefined => {
  switch (change.change) {
    case "resent":
      return "sent-again";
    case "handled":
      return change.as === undefined ? "closed" : "sent-again";
    case "acknowledged":
      return "arrived";
    case "owed":
    case "fetched":
    case "failed":
    case "failedForNow":
    case "unconfirmed":
      return undefined;
  }
};

const wentWrong = (
  message: Message,
  change: Extract<DeliveryChange, { change: "failed" | "unconfirmed" }>,
): DeadLetterItem => {
  const { id, from, to, type, standard, caseId } = message;
  return {
    id,
    kind: change.change,
    state: "open",
    at: change.at,
    from,
    ...(to[0] === undefined ? {} : { to: to[0] }),
    standard: standard ?? "unknown",
    type,
    code: change.change === "failed" ? change.code : change.why,
    ...(caseId === undefined ? {} : { caseId }),
  };
};

/** A delivery as a dead letter after a change of it; `undefined`: nothing is or was wrong with it. */
export const deadDelivery = (
  message: Message,
  change: DeliveryChange,
  before: DeadLetterItem | undefined,
): DeadLetterItem | undefined => {
  if (change.change === "failed" || change.change === "unconfirmed") return wentWrong(message, change);
  const state = stateAfter(change);
  return before === undefined || state === undefined ? before : { ...before, state };
};
