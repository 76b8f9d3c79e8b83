import type { ClockChange } from "../../contracts/clocks.ts";
import type { ClockSummary, CommandReply } from "../../contracts/envelope.ts";
import type { CaseRecord } from "../../contracts/record.ts";

const summary = (change: ClockChange): ClockSummary[] =>
  change.change === "started" && change.deliveryId === undefined
    ? [{ agreement: change.agreement, status: "running", debtor: change.debtor, due: change.due }]
    : [];

const dueOfRecord = (record: CaseRecord): string | undefined =>
  record.clocks
    .flatMap((c) =>
      (c.change === "started" && c.deliveryId === undefined) || c.change === "resumed" ? [c.due] : [],
    )
    .at(-1);

/** The answer to the command that made a record: a function of the record alone, so it is the same at any distance in time. */
export const replyOf = (record: CaseRecord): CommandReply => {
  const { meta, caseId } = record;
  if (meta.outcome === "refused") {
    const problems = meta.problems ?? [];
    return {
      status: "refused",
      code: meta.refusal ?? "message-invalid",
      problems,
      duplicate: false,
      caseId,
      at: meta.at,
    };
  }
  const due = dueOfRecord(record);
  return {
    status: "accepted",
    caseId,
    recordNo: meta.no,
    at: meta.at,
    duplicate: false,
    ...(due === undefined ? {} : { due }),
    clocks: record.clocks.flatMap(summary),
    facts: record.facts.map((fact) => fact.type),
    ...(meta.problems === undefined ? {} : { warnings: meta.problems }),
  };
};
