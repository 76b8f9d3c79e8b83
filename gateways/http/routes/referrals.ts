import { z } from "zod";
import { ReferralCommands, type ReferralCommandType } from "../../../contracts/messages/referral.ts";
import { ReferralPatterns, ReferralPatternsQuery } from "../../../contracts/messages/referral-patterns.ts";
import { problemsOf } from "../../../contracts/problem.ts";
import { actingAs } from "../caller.ts";
import type { HttpPorts } from "../ports.ts";
import { sendProblem } from "../problem-response.ts";
import { answerQuery } from "../query-answer.ts";
import { queryText } from "../request-text.ts";
import type { Route, RouteDescription } from "../route.ts";
import { ActingQuery, commandRoutes, type Step } from "./command-routes.ts";

type OnCase = Exclude<
  ReferralCommandType,
  | "referral.send"
  // Those that only letters of MedCom's say, and the hub's own.
  | "referral.correct"
  | "referral.concludeByLetter"
  | "referral.bookByLetter"
  | "referral.receiveLetter"
  | "referral.noteConclusion"
  | "referral.joinAttachments"
  | "referral.openFromAdvice"
  | "referral.openFromObservation"
  | "referral.noteBooking"
  | "referral.ring"
>;

/** The case is in the address, so the payload is the command's without it. */
const step = (type: OnCase, summary: string): Step => {
  const { caseId: _caseId, ...shape } = ReferralCommands[type].shape;
  return { type, payload: z.object(shape), summary };
};

/** What a party may do to a referral: the last part of the address, and the command it becomes. */
const steps: Readonly<Record<string, Step>> = {
  receive: step("referral.receive", "A person has it / Modtaget"),
  accept: step("referral.accept", "Take the patient / Visitér og accepter"),
  "request-information": step(
    "referral.requestInformation",
    "Ask the sender for more; the triage clock pauses / Bed om flere oplysninger",
  ),
  "give-information": step(
    "referral.giveInformation",
    "Give what was asked for; the clock resumes / Giv oplysninger",
  ),
  misdirected: step("referral.markMisdirected", "Triage says: not here / Hører ikke til her"),
  forward: step("referral.forward", "Send it to the right unit; the sender is told / Omvisitér"),
  return: step(
    "referral.return",
    "Give it back with reason, advice, doctor and number; only when nobody takes it / Returnér",
  ),
  decline: step("referral.decline", "The acute team does not come / Akutteamet kommer ikke"),
  book: step("referral.book", "Give a time / Book tid"),
  rebook: step("referral.rebook", "Another time / Flyt tid"),
  "cancel-appointment": step("referral.cancelAppointment", "The time is off / Aflys tid"),
  "notice-sent": step("referral.noticeSent", "The patient has been written to / Indkaldelse sendt"),
  invite: step("referral.invite", "Invite to the clarifying talk / Invitér til afklarende samtale"),
  attended: step("referral.attended", "The citizen came / Mødt"),
  "no-show": step("referral.noShow", "The citizen did not come / Udeblevet"),
  "follow-up-no-show": step(
    "referral.followUpNoShow",
    "Looked for who did not come / Fulgt op på udeblivelse",
  ),
  "end-course": step("referral.endCourse", "The municipal course is over / Forløb slut"),
  "start-visit": step("referral.startVisit", "The acute team has arrived / Besøg begyndt"),
  "end-visit": step("referral.endVisit", "The acute team has left / Besøg slut"),
  "settle-diagnosis": step(
    "referral.settleDiagnosis",
    "Diagnosed, or a written plan (udredningsret) / Udredt eller plan",
  ),
  conclude: step("referral.conclude", "The closing note or the result / Afslut med notat eller svar"),
  "phone-finding": step("referral.phoneFinding", "A critical finding was phoned / Kritisk fund ringet"),
  "review-result": step("referral.reviewResult", "The sender has seen the result / Svar set af henviser"),
  withdraw: step("referral.withdraw", "Withdraw; the sender alone / Træk tilbage"),
  "want-slot": step("referral.wantSlot", "Book this sub-acute slot for it / Ønsk subakut tid"),
};

const PatternsParameters = ActingQuery.extend({
  from: z.string().describe("First month, yyyy-mm."),
  to: z.string().describe("Last month, yyyy-mm."),
  groupBy: z
    .string()
    .optional()
    .describe("Any of kind, practice, municipality, receiver, offer, outcome, noShow, month, by commas."),
  practice: z.string().optional().describe("GLN: only what this practice sent."),
});

const showPatterns =
  (ports: HttpPorts): Route["handle"] =>
  async (request, reply) => {
    const viewer = actingAs(ports, request);
    if (viewer === undefined) return sendProblem(request, reply, { code: "sender-not-authorised" });
    const groupBy = (queryText(request, "groupBy") ?? "").split(",").filter((word) => word !== "");
    const [from, to, practice] = ["from", "to", "practice"].map((name) => queryText(request, name));
    const parsed = ReferralPatternsQuery.safeParse({ from, to, groupBy, practice });
    if (!parsed.success)
      return sendProblem(request, reply, {
        code: "message-invalid",
        asked: "command",
        problems: problemsOf(parsed.error),
      });
    const asked = { type: "referral.patterns", viewer, payload: parsed.data, schema: ReferralPatterns };
    return answerQuery(ports, { request, reply }, asked);
  };

const patternsDescription: RouteDescription = {
  id: "referralPatterns",
  tag: "referrals",
  summary: "Who refers what, and what comes of it / Henvisningsmønstre",
  detail:
    "Numbers alone, no citizens: a practice sees its own, others what they or their units received. Fewer than five is `<5`.",
  query: PatternsParameters,
  answers: { 200: { text: "One group for each combination that there is.", schema: ReferralPatterns } },
  problems: [403, 422, 503],
};

export const referralRoutes = (ports: HttpPorts): Route[] => [
  ...commandRoutes(ports, {
    tag: "referrals",
    openings: {
      "/v1/referrals": {
        type: "referral.send",
        payload: ReferralCommands["referral.send"],
        summary: "Refer a citizen / Henvis",
        detail:
          "`messageId` names the case for ever. Without a GLN the directory finds who takes it today. What lacks is told all at once; what is only wished for comes back as `warnings`.",
        done: "Sent, and safe; `due` is when the receiver owes its first answer.",
      },
    },
    casesAt: "/v1/referrals",
    steps,
  }),
  {
    method: "GET",
    path: "/v1/referral-patterns",
    access: "caller",
    reads: "json",
    describe: patternsDescription,
    handle: showPatterns(ports),
  },
];
