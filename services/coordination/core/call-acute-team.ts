import { isObservationFact, type ObservationFact } from "../../../contracts/messages/observation-facts.ts";
import type { Call } from "../../../contracts/messages/observation-parts.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type History, type Order, occasionOf, type Workflow } from "./workflow.ts";

type PlanMade = Extract<ObservationFact, { type: "PlanMade" }>;
type AcuteTeamPlan = Extract<PlanMade["plan"], { kind: "acute-team" }>;

const isPlan = (fact: { type: string }): fact is PlanMade =>
  isObservationFact(fact) && fact.type === "PlanMade";

const planIn = (record: CaseRecord): { made: PlanMade; plan: AcuteTeamPlan } | undefined => {
  const made = record.facts.find(isPlan);
  return made?.plan.kind === "acute-team" ? { made, plan: made.plan } : undefined;
};

/** The call that the request began with: the plan's own, or the last that was answered in the episode. */
const callOf = (made: PlanMade, history: History): Call | undefined =>
  made.call ??
  history
    .flatMap((record) => record.facts)
    .flatMap((fact) => (isObservationFact(fact) && fact.type === "CallRecorded" ? [fact.call] : []))
    .findLast(({ answeredBy }) => answeredBy !== undefined);

const whoAnswers = ({ responsible }: AcuteTeamPlan): object => {
  const { name, title, phone, role, until } = responsible;
  const doctor = { name, ...(title === undefined ? {} : { title }) };
  if (role === "doctor") return { responsible: doctor };
  return { responsible: {}, substitute: { name, ...(phone === undefined ? {} : { phone }), until } };
};

/**
 * A doctor's plan that sends for the acute team becomes the written referral that must follow the call (guide, section 0,
 * finding 2). Without any call on record there is none to write about, and the plan stays what the team reads.
 */
export const callAcuteTeam: Workflow = {
  rule: "call-acute-team",
  facts: ["PlanMade"],
  concerns: (record) => record.family === "observation" && planIn(record) !== undefined,
  ordersOf: (history): Order[] => {
    const occasion = occasionOf(history);
    const found = planIn(occasion);
    const call = found === undefined ? undefined : callOf(found.made, history);
    if (found === undefined || call === undefined) return [];
    const { made, plan } = found;
    const payload = {
      messageId: `plan:${occasion.caseId}:${String(occasion.meta.no)}`,
      observationCaseId: occasion.caseId,
      from: made.by,
      patient: made.patient,
      municipality: made.municipalityCode,
      call: {
        at: call.at,
        by: call.caller.name,
        number: call.number,
        answeredBy: call.answeredBy?.name ?? call.called.name,
      },
      directNumber: plan.directNumber,
      ...whoAnswers(plan),
      text: plan.text,
    };
    return [{ type: "referral.openFromObservation", payload }];
  },
};
