import { type AdviceFact, isAdviceFact } from "../../../contracts/messages/advice.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type History, type Order, occasionOf, type Workflow } from "./workflow.ts";

type PassedOn = Extract<AdviceFact, { type: "LetterPassedOn" }>;

const passedOnIn = ({ facts, family }: CaseRecord): PassedOn[] =>
  family !== "advice"
    ? []
    : facts.filter((fact): fact is PassedOn => isAdviceFact(fact) && fact.type === "LetterPassedOn");

/** The attachment letters that the case got objects from, and which. */
const joinedIn = (history: History): { attachmentCaseId: string; ids: string[] }[] =>
  history
    .flatMap(({ facts }) => facts.filter(isAdviceFact))
    .flatMap((fact) =>
      fact.type === "AttachmentsJoined"
        ? [{ attachmentCaseId: fact.attachmentCaseId, ids: fact.objects.map(({ objectId }) => objectId) }]
        : [],
    );

/**
 * Attachments that went to their receiver inside the message that a letter became: the attachment letters that brought them need not
 * wait for any other, and what else they brought still does.
 */
export const notePassedOn: Workflow = {
  rule: "note-passed-on",
  facts: ["LetterPassedOn"],
  concerns: (record) => passedOnIn(record).length > 0,
  ordersOf: (history): Order[] => {
    const { caseId: letterCaseId, ...occasion } = occasionOf(history);
    const gone = new Set(
      passedOnIn({ caseId: letterCaseId, ...occasion }).flatMap(({ attachments }) =>
        attachments.map(({ objectId }) => objectId),
      ),
    );
    return joinedIn(history).flatMap(({ attachmentCaseId: caseId, ids }) => {
      const objectIds = ids.filter((id) => gone.has(id));
      return objectIds.length === 0
        ? []
        : [{ type: "attachment.notePassedOn", payload: { caseId, letterCaseId, objectIds } }];
    });
  },
};
