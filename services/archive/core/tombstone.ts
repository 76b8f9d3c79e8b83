import { type CaseRecord, erasedStatus } from "../../../contracts/record.ts";
import { recordVersion } from "../../../contracts/record-versions.ts";

type Known = Pick<CaseRecord, "caseId" | "family"> & { no: number };

/**
 * All that stays of a case: that there was one under this id, so that the message which opened it opens no second one. It names
 * no party and nobody, and says nothing of what there was. The last record of its case.
 */
export const tombstone = ({ caseId, family, no }: Known, at: string): CaseRecord<never> => ({
  version: recordVersion,
  caseId,
  family,
  facts: [],
  deliveries: [],
  clocks: [],
  meta: {
    no: no + 1,
    at,
    commandId: `erase:${caseId}`,
    commandType: "archive.erase",
    digest: "",
    actor: "hub",
    outcome: "accepted",
    status: erasedStatus,
  },
});

export const isTombstone = ({ meta }: Pick<CaseRecord, "meta">): boolean => meta.status === erasedStatus;
