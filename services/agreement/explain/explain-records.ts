import type { Agreement } from "../../../contracts/agreement.ts";
import type { ExplainedClock } from "../../../contracts/messages/explained-clock.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import type { Language } from "../../case/clock/explain.ts";
import { explainClock } from "./explain-clock.ts";
import { toldClock } from "./told-clock.ts";

type Asked = { agreements: readonly Agreement[]; clockId: string; language: Language };

/** A clock of a case from the case's records, with no hub running, as it stood after the last of them. */
export const explainRecords = (
  records: readonly CaseRecord[],
  { agreements, clockId, language }: Asked,
): ExplainedClock | undefined => {
  const last = records.at(-1);
  if (last === undefined) return undefined;
  const found = explainClock(records, clockId, { agreements, asOf: last.meta.at });
  return found === undefined ? undefined : toldClock(found, { caseId: last.caseId, language });
};
