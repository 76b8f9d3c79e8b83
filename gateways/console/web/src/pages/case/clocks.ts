import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";

type Timeline = Pick<CaseView, "timeline">;

/** The clock of a case that is due then: the one that last said so, or else the last that began. */
export const clockOf = ({ timeline }: Timeline, due: string): string | undefined => {
  const changes = timeline.flatMap(({ clocks }) => clocks);
  const found = changes.findLast((clock) => clock.due === due);
  return (found ?? changes.findLast(({ change }) => change === "started"))?.clockId;
};
