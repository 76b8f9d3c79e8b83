import type { Family } from "../../contracts/family.ts";
import type { CaseRecord } from "../../contracts/record.ts";

/** A record that says nothing: for those who only keep and read records. */
export const bareRecord = (caseId: string, no: number, family: Family = "advice"): CaseRecord => ({
  version: 1,
  caseId,
  family,
  facts: [],
  deliveries: [],
  clocks: [],
  meta: {
    no,
    at: "2026-11-23T09:15:00.000Z",
    commandId: `c-${String(no)}`,
    commandType: "advice.ask",
    digest: "d",
    actor: "hub",
    outcome: "accepted",
    status: "asked",
  },
});
