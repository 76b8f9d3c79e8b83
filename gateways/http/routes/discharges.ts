import type { DischargeCommandType } from "../../../contracts/messages/discharge.ts";
import {
  AskHomeVisit,
  BookHomeVisit,
  DeclineHomeVisit,
  ExtendResponsibility,
  HoldHomeVisit,
  ResumeResponsibility,
  SendCarePlan,
  SuspendResponsibility,
  TickChecklist,
} from "../../../contracts/messages/discharge-care.ts";
import { AskResponsible, Responsible } from "../../../contracts/messages/discharge-query.ts";
import {
  AnswerAdmission,
  AssessStay,
  CancelStayEvent,
  CorrectStayEvent,
  NotifyStay,
  PlanDischarge,
  SendAdmissionReport,
} from "../../../contracts/messages/discharge-stay.ts";
import {
  CancelSummary,
  ReceiveSummary,
  SummaryBodies,
} from "../../../contracts/messages/discharge-summary.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { readQuery } from "../query-answer.ts";
import type { Route } from "../route.ts";
import { ActingQuery, commandRoutes, type Opening, type Step } from "./command-routes.ts";

const anyOrder =
  "Messages may come late and in any order: `stayId` names the case, and the time of the event decides.";

const openings = {
  "/v1/discharges/notifications": {
    type: "discharge.notify",
    payload: NotifyStay,
    summary: "Tell of an admission, a leave, a discharge or a death / Sygehusadvis",
    detail: anyOrder,
    done: "Told, and safe.",
  },
  "/v1/discharges/corrections": {
    type: "discharge.correct",
    payload: CorrectStayEvent,
    summary: "Correct the time or department of an event / Ret et advis",
    detail: anyOrder,
    done: "Corrected, and safe.",
  },
  "/v1/discharges/cancellations": {
    type: "discharge.cancel",
    payload: CancelStayEvent,
    summary: "Cancel an event that never happened / Annullér et advis",
    detail: anyOrder,
    done: "Cancelled, and safe.",
  },
  "/v1/discharges/summaries": {
    type: "discharge.receiveSummary",
    payload: ReceiveSummary,
    summary: "Send a summary of a stay or visit that was not told of here / Epikrise uden advis",
    detail:
      "Where the stay was told of, send the summary in its case. A correction has the `messageId` of the first, and a " +
      "`summaryId` of its own.",
    done: "Sent, and safe.",
    versionOf: (payload) =>
      "summaryId" in payload && typeof payload.summaryId === "string" ? payload.summaryId : "",
  },
} as const satisfies Record<string, Opening & { type: DischargeCommandType }>;

const onCase = { caseId: true } as const;

/** What a party may do for a stay: the last part of the address, and the command it becomes. */
const steps = {
  plan: {
    type: "discharge.plan",
    payload: PlanDischarge.omit(onCase),
    summary: "Say when the patient is expected to leave / Planlæg udskrivelse",
  },
  assess: {
    type: "discharge.assess",
    payload: AssessStay.omit(onCase),
    summary: "What decides extended responsibility and care plan / Vurdér udvidet behandlingsansvar",
  },
  "admission-report": {
    type: "discharge.sendAdmissionReport",
    payload: SendAdmissionReport.omit(onCase),
    summary: "The municipality tells what it knows of the citizen / Indlæggelsesrapport",
  },
  "admission-answer": {
    type: "discharge.answerAdmission",
    payload: AnswerAdmission.omit(onCase),
    summary: "The municipality tells whom the ward can phone / Indlæggelsessvar",
    detail: "It is no admission report: that is awaited all the same.",
  },
  checklist: {
    type: "discharge.tick",
    payload: TickChecklist.omit(onCase),
    summary: "Note an item of the discharge checklist / Tjekliste",
  },
  "care-plan": {
    type: "discharge.sendCarePlan",
    payload: SendCarePlan.omit(onCase),
    summary: "Send the care pathway plan / Plejeforløbsplan",
  },
  summary: {
    type: "discharge.sendSummary",
    payload: SummaryBodies.send,
    summary: "Send the discharge summary / Epikrise",
    detail: "For a patient under extended responsibility it says so, until when, and which number to phone.",
  },
  "summary-correction": {
    type: "discharge.correctSummary",
    payload: SummaryBodies.correct,
    summary: "Send a summary in place of the one in force / Ret epikrisen",
  },
  "summary-cancellation": {
    type: "discharge.cancelSummary",
    payload: CancelSummary.omit(onCase),
    summary: "Cancel a summary / Annullér epikrisen",
  },
  review: {
    type: "discharge.review",
    payload: SummaryBodies.review,
    summary: "The practice has read the summary / Epikrisen er gennemset",
  },
  "responsibility-extension": {
    type: "discharge.extendResponsibility",
    payload: ExtendResponsibility.omit(onCase),
    summary: "Keep extended responsibility longer / Forlæng behandlingsansvaret",
  },
  "emergency-call": {
    type: "discharge.suspendResponsibility",
    payload: SuspendResponsibility.omit(onCase),
    summary: "112 was called: responsibility is suspended / 112 er tilkaldt",
  },
  "emergency-call-end": {
    type: "discharge.resumeResponsibility",
    payload: ResumeResponsibility.omit(onCase),
    summary: "The call-out has ended / 112-udrykningen er slut",
  },
  "home-visit": {
    type: "discharge.askHomeVisit",
    payload: AskHomeVisit.omit(onCase),
    summary: "Ask for a follow-up home visit / Bed om opfølgende hjemmebesøg",
  },
  "home-visit-booking": {
    type: "discharge.bookHomeVisit",
    payload: BookHomeVisit.omit(onCase),
    summary: "Book the home visit / Aftal hjemmebesøg",
  },
  "home-visit-held": {
    type: "discharge.holdHomeVisit",
    payload: HoldHomeVisit.omit(onCase),
    summary: "Note a contact that was held / Hjemmebesøg afholdt",
  },
  "home-visit-declined": {
    type: "discharge.declineHomeVisit",
    payload: DeclineHomeVisit.omit(onCase),
    summary: "The home visit is declined / Hjemmebesøg afslået",
  },
} as const satisfies Record<string, Step & { type: DischargeCommandType }>;

/** The CPR number is in the body: an address ends up in logs. */
const findResponsible =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    if (Buffer.isBuffer(request.body)) return sendProblem(request, reply, { code: "media-type-unknown" });
    const parsed = AskResponsible.safeParse(request.body);
    if (!parsed.success)
      return sendProblem(request, reply, {
        code: "message-invalid",
        asked: "command",
        problems: problemsOf(parsed.error),
      });
    const answer = readQuery(await ports.query("discharge.responsible", viewer, parsed.data), Responsible);
    if ("found" in answer) return reply.send(answer.found);
    // That nothing is known here is an answer, and the same one to who may not know.
    if (answer.missing === "case-unknown") return reply.code(204).send();
    return sendProblem(request, reply, { code: answer.missing });
  };

const responsibleRoute = (ports: HttpPorts): Route => ({
  method: "POST",
  path: "/v1/responsible",
  access: "caller",
  reads: "json",
  describe: {
    id: "findResponsible",
    tag: "discharges",
    summary: "Who answers for this patient now / Hvem har behandlingsansvaret",
    detail:
      "For the parties of one of the patient's stays in hospital. To others, and where there is no stay, there is nothing to tell: 204.",
    query: ActingQuery,
    body: { types: ["application/json"], schema: AskResponsible },
    answers: {
      200: { text: "Exactly one party, and why.", schema: Responsible },
      204: { text: "No stay in hospital is known that the caller is part of." },
    },
    problems: [400, 403, 413, 415, 422, 503],
  },
  handle: findResponsible(ports),
});

export const dischargeRoutes = (ports: HttpPorts): Route[] => [
  ...commandRoutes(ports, { tag: "discharges", openings, casesAt: "/v1/discharges", steps }),
  responsibleRoute(ports),
];
