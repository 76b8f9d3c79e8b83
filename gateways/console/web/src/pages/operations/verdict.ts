/** How the hub is, in one word, and why. */
import type { HealthAnswer, ReadyAnswer } from "../../../../../../contracts/answers.ts";

type Verdict = {
  verdict: "well" | "unwell" | "refusingTitle" | "notReady";
  /** Codes of what senders are told, each once. */
  reasons: string[];
};

/** What is refused comes first: others feel it. `ready` is not known yet where it is absent. */
export const verdictOf = (health: HealthAnswer, ready: ReadyAnswer | undefined): Verdict => {
  const reasons = [...new Set([...(health.refusing ?? []), ...(ready?.reasons ?? [])])];
  if (reasons.length > 0) return { verdict: "refusingTitle", reasons };
  if (ready?.ready === false) return { verdict: "notReady", reasons };
  return { verdict: health.ok ? "well" : "unwell", reasons };
};
