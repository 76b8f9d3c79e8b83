import type { CaseRecord } from "../../contracts/record.ts";
import type { WorklistPorts } from "./ports.ts";

const pointsTo = (record: CaseRecord | undefined): string | undefined => {
  const fact = record?.facts[0];
  return fact?.type === "RoutedToCase" && "caseId" in fact && typeof fact.caseId === "string"
    ? fact.caseId
    : undefined;
};

/** The records of a case, or of the case that a message under this id was routed to. None: there is no such case. */
export const readCase = async (ports: Pick<WorklistPorts, "load">, caseId: string): Promise<CaseRecord[]> => {
  const records = (await ports.load(caseId)).map(({ record }) => record);
  const elsewhere = pointsTo(records[0]);
  return elsewhere === undefined ? records : (await ports.load(elsewhere)).map(({ record }) => record);
};
