import type { Outcome } from "./under-load.ts";

const shownViolations = 20;

const verdict = ({ skipped, violations }: Outcome): string => {
  if (skipped !== undefined) return `not run: ${skipped}`;
  return violations.length === 0 ? "none" : String(violations.length);
};

const columns = [
  ["scenario", (o: Outcome) => o.scenario],
  ["seed", (o: Outcome) => String(o.seed)],
  ["faults", (o: Outcome) => String(o.faults)],
  ["messages", (o: Outcome) => String(o.messages)],
  ["sends", (o: Outcome) => String(o.sends)],
  ["records", (o: Outcome) => String(o.records)],
  ["documents", (o: Outcome) => String(o.documents)],
  ["clocks", (o: Outcome) => String(o.clocks)],
  ["seconds", (o: Outcome) => String(o.seconds)],
  ["violations", verdict],
] as const;

/** A table of Markdown, one line a scenario. */
export const tableOf = (outcomes: readonly Outcome[]): string => {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    line(columns.map(([name]) => name)),
    line(columns.map(() => "---")),
    ...outcomes.map((outcome) => line(columns.map(([, of]) => of(outcome)))),
  ].join("\n");
};

/** What a person must know of one scenario beside its line in the table; empty, when all is well. */
export const detailsOf = ({ scenario, violations, notes, statuses }: Outcome): string => {
  const more = violations.length - shownViolations;
  const answered = Object.entries(statuses).map(([status, n]) => `${status} x${String(n)}`);
  return [
    ...(answered.length === 0 ? [] : [`${scenario}: answered ${answered.join(", ")}`]),
    ...notes.map((note) => `${scenario}: ${note}`),
    ...violations
      .slice(0, shownViolations)
      .map(({ kind, text }) => `${scenario}: VIOLATION ${kind}: ${text}`),
    ...(more > 0 ? [`${scenario}: and ${String(more)} more`] : []),
  ].join("\n");
};
