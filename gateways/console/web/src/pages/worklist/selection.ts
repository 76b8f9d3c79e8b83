/** What of a list is chosen, and what came of an act on it. */
import type { DeskOutcomes } from "../../../../../../contracts/messages/desk.ts";
import type { Line } from "./rows.ts";

/** Only what is still in the list: a case that left it is no longer acted on. */
export const chosenIn = (
  lines: readonly Line[],
  chosen: ReadonlySet<string>,
): { caseId: string; no: number }[] =>
  lines.flatMap((line) =>
    line.kind === "row" && chosen.has(line.row.item.caseId)
      ? [{ caseId: line.row.item.caseId, no: line.row.item.no }]
      : [],
  );

export const toggled = (chosen: ReadonlySet<string>, caseId: string): ReadonlySet<string> => {
  const next = new Set(chosen);
  if (!next.delete(caseId)) next.add(caseId);
  return next;
};

type Came = { count: number; held: readonly { name: string; cases: number }[]; lost: number };

/** How many stand as was wanted; who has how many of the others; how many are not there or nobody knows of. */
export const cameOf = (outcomes: DeskOutcomes["outcomes"]): Came => {
  const held = new Map<string, number>();
  for (const { outcome, desk } of outcomes)
    if (outcome === "held") {
      const name = desk?.holder?.name ?? "?";
      held.set(name, (held.get(name) ?? 0) + 1);
    }
  return {
    count: outcomes.filter(({ outcome }) => outcome === "done" || outcome === "unchanged").length,
    held: [...held].map(([name, cases]) => ({ name, cases })),
    lost: outcomes.filter(({ outcome }) => outcome === "unknown" || outcome === "failed").length,
  };
};
