import {
  type DeadLetterStep,
  kindOfRefusal,
  stateAfterSteps,
} from "../../../contracts/messages/dead-letters.ts";
import type { Told } from "../../../contracts/messages/told.ts";
import type { RefusedDocument } from "../../../contracts/messages/worklist.ts";

/** What INTAKE notes of a document that no case names. */
export type LooseHistory = {
  receivedAt: string;
  refused?: Pick<RefusedDocument, "at" | "code"> | undefined;
  steps: readonly DeadLetterStep[];
  told?: Told | undefined;
};

const dayMs = 86_400_000;

/** Nobody has anything to do about it any more, and its sender knows: or a person has said so. */
const isOver = ({ refused, steps, told }: LooseHistory): boolean => {
  if (stateAfterSteps(steps) !== "open") return true;
  // What the hub broke on is the hub's to mend, whatever its sender was told.
  if (refused !== undefined && kindOfRefusal(refused.code) === "failed") return false;
  return told !== undefined;
};

/**
 * Whether a document that became nothing may leave INTAKE: it was refused, or was a copy of what was known, its sender was told, and nothing was
 * done about it for so many days. A dead letter that waits for a person stays, however old it is.
 */
export const mayLeave = (
  history: LooseHistory,
  { now, afterDays }: { now: string; afterDays: number },
): boolean => {
  const { receivedAt, refused, steps } = history;
  const times = [receivedAt, ...(refused === undefined ? [] : [refused.at]), ...steps.map(({ at }) => at)];
  const lastMs = Math.max(...times.map((at) => Date.parse(at)));
  return isOver(history) && Date.parse(now) - lastMs >= afterDays * dayMs;
};
