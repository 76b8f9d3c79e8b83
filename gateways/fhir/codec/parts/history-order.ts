import type { HistoryStep } from "../../../../contracts/fhir/parts.ts";

const millisecondsOf = ({ occurred }: HistoryStep): number => Date.parse(occurred) || 0;

const isOwn =
  (messageId: string) =>
  (step: HistoryStep): boolean =>
    step.messageId === messageId;

/** The step before one has been placed, or is none of these. */
const isFree = (step: HistoryStep, waiting: ReadonlyMap<string, number>): boolean => {
  const { earlier } = step;
  if (earlier?.kind !== "message" || earlier.messageId === step.messageId) return true;
  return (waiting.get(earlier.messageId) ?? 0) === 0;
};

const count = (counts: Map<string, number>, messageId: string, by: number): void => {
  counts.set(messageId, (counts.get(messageId) ?? 0) + by);
};

/** Longer than any typed message may be: read by time alone, so that nobody can make the ordering slow. */
const longest = 1000;

/**
 * Steps in the order in which they happened: each after the one that it names as its earlier message, those that nothing
 * ties by their time, and the message's own last. Clocks of several systems disagree, and resending renews times, so the
 * chain counts before the time. A chain that bites its tail is read by time.
 */
export const inOrder = (steps: readonly HistoryStep[], messageId: string): HistoryStep[] => {
  const byTime = steps.toSorted((a, b) => millisecondsOf(a) - millisecondsOf(b));
  const own = byTime.findLast(isOwn(messageId));
  const left = byTime.filter((step) => step !== own);
  const waiting = new Map<string, number>();
  for (const step of left) count(waiting, step.messageId, 1);
  const ordered: HistoryStep[] = [];
  while (left.length > 0) {
    const next = steps.length > longest ? 0 : left.findIndex((step) => isFree(step, waiting));
    const [step] = left.splice(Math.max(next, 0), 1);
    if (step === undefined) break;
    count(waiting, step.messageId, -1);
    ordered.push(step);
  }
  return own === undefined ? ordered : [...ordered, own];
};
