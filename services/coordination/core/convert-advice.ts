import type { CommandReply } from "../../../contracts/envelope.ts";
import { type AdviceFact, isAdviceFact } from "../../../contracts/messages/advice.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type History, type Order, occasionOf, type Workflow } from "./workflow.ts";

type Fact<Type extends AdviceFact["type"]> = Extract<AdviceFact, { type: Type }>;

const isConverted = (fact: { type: string }): fact is Fact<"AdviceConverted"> =>
  fact.type === "AdviceConverted";
const isAsked = (fact: { type: string }): fact is Fact<"AdviceAsked"> =>
  isAdviceFact(fact) && fact.type === "AdviceAsked";

const convertedIn = (record: CaseRecord): Fact<"AdviceConverted"> | undefined =>
  record.facts.find(isConverted);

/** What the referral came to goes back to the question: its number, or why there is none, so that nobody waits for nothing. */
const noteOn =
  (caseId: string) =>
  (reply: CommandReply): Order | undefined => {
    if (reply.status === "accepted")
      return { type: "advice.noteConversion", payload: { caseId, referralCaseId: reply.caseId } };
    return reply.status === "refused"
      ? { type: "advice.noteConversion", payload: { caseId, refusal: reply.code } }
      : undefined;
  };

/**
 * A specialist makes a referral of a question, where the asker allowed it (`mayConvert`): the referral is the asker's, to the
 * unit that converted it, with the question and what the specialist wrote (guide, section 3).
 */
export const convertAdvice: Workflow = {
  rule: "convert-advice",
  facts: ["AdviceConverted"],
  concerns: (record) => record.family === "advice" && convertedIn(record) !== undefined,
  ordersOf: (history: History) => {
    const occasion = occasionOf(history);
    const converted = convertedIn(occasion);
    const asked = history.flatMap((record) => record.facts).find(isAsked);
    if (converted === undefined || asked === undefined) return [];
    const { caseId } = occasion;
    const { adviser, letter } = converted;
    const { subject, patient, texts } = asked.letter;
    const payload = {
      messageId: `advice:${caseId}`,
      adviceCaseId: caseId,
      from: asked.asker,
      to: letter.sender.gln,
      patient,
      ...(subject === undefined ? {} : { subject }),
      texts: [...texts, ...letter.texts],
      ...(adviser === undefined ? {} : { adviser }),
    };
    return [{ type: "referral.openFromAdvice", payload, answered: noteOn(caseId) }];
  },
};
