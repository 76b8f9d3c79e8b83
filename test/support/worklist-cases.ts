import { CaseList } from "../../contracts/messages/case-list.ts";
import { createWorklistHandler } from "../../services/worklist/handler.ts";
import type { WorklistPorts } from "../../services/worklist/ports.ts";
import { now } from "./advice-given.ts";
import { accepted, createTestCases, question } from "./case-given.ts";
import { memoryPorts, projected } from "./memory-index.ts";
import { who } from "./region-view.ts";

/** Questions of advice on a journal in memory, and the lists that are made of them. */
export const createWorklistCases = () => {
  const cases = createTestCases();
  const answer = (type: string, sender: string, payload: object, more: Partial<WorklistPorts> = {}) =>
    createWorklistHandler(memoryPorts(projected(cases.records()), cases.journal, more))({
      id: "q",
      type: `worklist.${type}`,
      version: 1,
      time: now,
      sender,
      payload,
    });
  return {
    cases,
    /** A question, and the case that it is. */
    ask: async (messageId: string, change: object = {}, by: string = who.practice): Promise<string> =>
      accepted(
        await cases.send({
          type: "advice.ask",
          by,
          payload: question(messageId, change),
          id: `ask:${messageId}`,
        }),
      ).caseId,
    say: (verb: string, by: string, payload: object) =>
      cases.send({ type: `advice.${verb}`, by, payload: { text: "Ja", ...payload } }),
    answer,
    list: async (...asked: Parameters<typeof answer>): Promise<CaseList> => {
      const reply = await answer(...asked);
      if (reply.status !== "ok") throw new Error(JSON.stringify(reply));
      return CaseList.parse(reply.value);
    },
  };
};
export type WorklistCases = ReturnType<typeof createWorklistCases>;

export const ids = ({ items }: CaseList): string[] => items.map(({ caseId }) => caseId);
