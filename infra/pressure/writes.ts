import type { Facts } from "./judge.ts";

/** What one write came to. `answered`: stored, or refused for its own sake. */
export type Written = "answered" | "late" | NonNullable<Facts["writesFail"]>;

/** How writes of one kind fare. After a failure one is let through now and then: its answer tells. */
export type Writes =
  | { readonly kind: "well"; readonly late: number }
  | { readonly kind: NonNullable<Facts["writesFail"]>; readonly tryAtMs: number };

export const writesWell: Writes = { kind: "well", late: 0 };

const tryEveryMs = 1_000;
/** One late answer may be a disk that was slow for once. */
const lateInARow = 2;

/** What is known after a write. */
export const afterWrite = (before: Writes, written: Written, nowMs: number): Writes => {
  if (written === "answered") return writesWell;
  const tryAtMs = nowMs + tryEveryMs;
  if (written !== "late") return { kind: written, tryAtMs };
  if (before.kind !== "well") return { ...before, tryAtMs };
  const late = before.late + 1;
  return late < lateInARow ? { kind: "well", late } : { kind: "journal-unavailable", tryAtMs };
};

/** Whether whoever asks now is let through to try, and what is known after that. */
export const tried = (writes: Writes, nowMs: number): { writes: Writes; mayTry: boolean } => {
  if (writes.kind === "well") return { writes, mayTry: true };
  return nowMs < writes.tryAtMs
    ? { writes, mayTry: false }
    : { writes: { ...writes, tryAtMs: nowMs + tryEveryMs }, mayTry: true };
};
