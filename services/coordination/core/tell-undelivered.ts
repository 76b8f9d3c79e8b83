import type { DeliveryChange } from "../../../contracts/deliveries.ts";
import { isAdviceFact, type NoteUndelivered } from "../../../contracts/messages/advice.ts";
import { type Owing, owingOf } from "../../../contracts/readdressed.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type History, type Order, occasionOf, type Workflow } from "./workflow.ts";

type Lost = Extract<DeliveryChange, { change: "failed" | "unconfirmed" }>;
type Told = Owing;

const isLost = (change: DeliveryChange): change is Lost =>
  change.change === "failed" || change.change === "unconfirmed";

const lostIn = ({ deliveries }: CaseRecord): Lost[] => deliveries.filter(isLost);

const owedAs = (history: History, { deliveryId }: Lost): Told | undefined => owingOf(history, deliveryId);

/** A letter and its attachments go as two documents, and are one message to whoever sent them. */
const isSameMessage = (a: Told, b: Told): boolean =>
  a.record.meta.no === b.record.meta.no && a.owed.fact === b.owed.fact && a.owed.to === b.owed.to;

/** What the sender was told before of the same message: that it was refused is news after that nobody knew. */
const wasTold = (history: History, told: Told, { change }: Lost): boolean => {
  const before = history.slice(0, -1).flatMap(lostIn);
  return before.some((lost) => {
    const other = owedAs(history, lost);
    return other !== undefined && lost.change === change && isSameMessage(other, told);
  });
};

const reasonOf = (lost: Lost): Pick<NoteUndelivered, "why" | "reason"> => {
  if (lost.change === "unconfirmed") return { why: lost.why };
  return { why: "refused", reason: lost.text ?? lost.code };
};

const orderOf = (history: History, lost: Lost): Order[] => {
  const told = owedAs(history, lost);
  const fact = told?.record.facts[told.owed.fact];
  if (told === undefined || fact === undefined || !isAdviceFact(fact)) return [];
  // What tells of a failure does not fail in its turn: two systems would refuse one another for ever.
  if (!("letter" in fact) || fact.type === "LetterNotDelivered" || wasTold(history, told, lost)) return [];
  const { caseId } = occasionOf(history);
  const { from: by, to } = told.owed;
  const { authorised } = fact.letter;
  const payload: NoteUndelivered = { caseId, by, to, authorised, ...reasonOf(lost) };
  return [{ type: "advice.noteUndelivered", payload }];
};

/**
 * A letter that its receiver's system refused, or of which nobody knows whether it arrived: its sender is told in the thread, in
 * the standard that it speaks. The hub answered the sender when it took the letter, and that answer is never turned.
 */
export const tellUndelivered: Workflow = {
  rule: "tell-undelivered",
  // No facts, but what deliveries come to: a record is read when its text holds any of these words.
  facts: ["failed", "unconfirmed"],
  concerns: (record) => record.family === "advice" && lostIn(record).length > 0,
  ordersOf: (history): Order[] => {
    const [first] = lostIn(occasionOf(history));
    return first === undefined ? [] : orderOf(history, first);
  },
};
