import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import {
  type DeadLetter,
  type DeadLetterEvent,
  type DeadLetterState,
  type DeadLetterStep,
  kindOfRefusal,
  stateAfterSteps,
} from "../../../contracts/messages/dead-letters.ts";
import type { Told } from "../../../contracts/messages/told.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";
import { owingOf } from "../../../contracts/readdressed.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type CaseState, type DeliveryState, deliveriesAfter } from "../../case/case-state.ts";

/** What INTAKE holds of one document, but its bytes. */
export type DocumentHistory = {
  document: {
    intake: string;
    standard: string;
    sender: string;
    mediaType: string;
    receivedAt: string;
    corrects?: string;
  };
  refused?: RefusedDocument;
  steps: readonly DeadLetterStep[];
  told?: Told;
};

const originalOf = (id: string, intake: string): Pick<DeadLetter, "intake" | "original"> => ({
  intake,
  original: `/v1/dead-letters/${id}/original`,
});

const eventOf = ({ step, ...done }: DeadLetterStep): DeadLetterEvent => ({
  at: done.at,
  what: step,
  by: done.by,
  ...(done.person === undefined ? {} : { person: done.person }),
  ...(done.reason === undefined ? {} : { reason: done.reason }),
  ...("code" in done && done.code !== undefined ? { code: done.code } : {}),
  ...("as" in done ? { as: done.as } : {}),
});

const inTime = (events: readonly DeadLetterEvent[]): DeadLetterEvent[] =>
  events.toSorted((a, b) => a.at.localeCompare(b.at));

/** A document of which nothing was taken; `undefined`: it was taken, or nobody knows yet. */
export const deadLetterOfDocument = ({
  document,
  refused,
  steps,
  told,
}: DocumentHistory): DeadLetter | undefined => {
  if (refused === undefined) return undefined;
  const { intake: id, sender, standard, receivedAt, corrects } = document;
  const { at, code, documentType: type, problems } = refused;
  return {
    id,
    kind: kindOfRefusal(code),
    state: stateAfterSteps(steps),
    at,
    from: sender,
    standard,
    ...(type === undefined ? {} : { type }),
    code,
    problems,
    ...originalOf(id, id),
    ...(told === undefined ? {} : { told: { at: told.at, how: told.how } }),
    ...(corrects === undefined ? {} : { corrects }),
    history: inTime([
      { at: receivedAt, what: "came", by: sender },
      { at, what: kindOfRefusal(code) === "failed" ? "failed" : "refused", code },
      ...(told === undefined ? [] : [{ at: told.at, what: "told" }]),
      ...steps.map(eventOf),
    ]),
  };
};

type Lost = Extract<DeliveryChange, { change: "failed" | "unconfirmed" }>;
const isLost = (change: DeliveryChange): change is Lost =>
  change.change === "failed" || change.change === "unconfirmed";

type Dated = { change: DeliveryChange; at: string };

const historyOf = ({ change, at }: Dated): DeadLetterEvent => {
  const why = "why" in change ? { code: change.why } : {};
  return {
    at,
    what: change.change,
    by: change.change === "owed" ? change.from : change.by,
    ...why,
    ...("code" in change ? { code: change.code } : {}),
    ...("person" in change && change.person !== undefined ? { person: change.person } : {}),
    ...("reason" in change && change.reason !== undefined ? { reason: change.reason } : {}),
    ...("as" in change && change.as !== undefined ? { as: change.as } : {}),
  };
};

const changesOf = (records: readonly CaseRecord[], deliveryId: string): Dated[] =>
  records.flatMap(({ deliveries, meta }) =>
    deliveries
      .filter((change) => change.deliveryId === deliveryId)
      .map((change) => ({ change, at: "at" in change ? change.at : meta.at })),
  );

/** By what its delivery is now: a receipt that came after all settles it, whatever anybody did. */
const stateOf = ({ status, trouble, handled }: DeliveryState, changes: readonly Dated[]): DeadLetterState => {
  if (status === "acknowledged") return "arrived";
  if (trouble === undefined) return "sent-again";
  if (handled !== true) return "open";
  const last = changes.findLast(({ change }) => change.change === "handled")?.change;
  return last !== undefined && "as" in last && last.as !== undefined ? "sent-again" : "closed";
};

const noDeliveries: CaseState["deliveries"] = {};

const deliveryIn = (records: readonly CaseRecord[], deliveryId: string): DeliveryState | undefined =>
  records.reduce((all, { deliveries, meta }) => deliveriesAfter(all, deliveries, meta.at), noDeliveries)[
    deliveryId
  ];

/** A document that was refused by its receiver, or of which nobody knows whether it arrived; `undefined`: that never was so. */
export const deadLetterOfDelivery = (
  records: readonly CaseRecord[],
  deliveryId: string,
): DeadLetter | undefined => {
  const owing = owingOf(records, deliveryId);
  const now = deliveryIn(records, deliveryId);
  const changes = changesOf(records, deliveryId);
  const lost = changes.map(({ change }) => change).findLast(isLost);
  if (owing === undefined || now === undefined || lost === undefined) return undefined;
  const { record, owed } = owing;
  const { intake } = record.meta;
  return {
    id: deliveryId,
    kind: lost.change === "failed" ? "failed" : "unconfirmed",
    state: stateOf(now, changes),
    at: lost.at,
    from: owed.from,
    to: owed.to,
    standard: owed.standard,
    type: owed.documentType,
    code: lost.change === "failed" ? lost.code : lost.why,
    caseId: record.caseId,
    problems: [],
    ...(lost.change === "failed" && lost.text !== undefined ? { text: lost.text } : {}),
    ...(intake === undefined ? {} : originalOf(deliveryId, intake)),
    ...(owed.again === undefined ? {} : { corrects: owed.again.of }),
    history: changes.map(historyOf),
  };
};
