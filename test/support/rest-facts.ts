import type { RestHub } from "./rest-hub.ts";

type Facts = { type: string; doctor?: string; until?: string }[];
/** What happened in a case, as one of its parties reads it. */
export const factsOf = async (hub: RestHub, by: string, caseId: string): Promise<Facts> => {
  const { records } = JSON.parse((await hub.get(by, `/v1/cases/${caseId}`)).text) as {
    records: { facts: Facts }[];
  };
  return records.flatMap(({ facts }) => facts);
};
