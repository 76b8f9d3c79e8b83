import type { CaseRecord } from "../../contracts/record.ts";

/** The first record of a case, that says nothing. */
export const bareRecord = (caseId: string): CaseRecord => ({
  version: 1,
  caseId,
  family: "advice",
  facts: [],
  deliveries: [],
  clocks: [],
  meta: {
    no: 1,
    at: "2026-11-23T09:15:00.000Z",
    commandId: caseId,
    commandType: "advice.ask",
    digest: "d",
    actor: "hub",
    outcome: "accepted",
    status: "asked",
  },
});
