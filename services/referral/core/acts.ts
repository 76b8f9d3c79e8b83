import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { Problem } from "../../../contracts/problem.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import type { Decision, Telling } from "../../case/decision.ts";
import type { CommandOf, PayloadOf } from "./command.ts";
import { correct } from "./correct.ts";
import { forward } from "./forward.ts";
import { joinAttachments } from "./join-attachments.ts";
import { bookingFact, concludedBy } from "./letters.ts";
import type { Turn } from "./moves.ts";
import { isOfOneHouse } from "./one-house.ts";
import { owedByTheSender, owedToSender } from "./owing.ts";
import type { OpenCase } from "./state.ts";

type ReferralDecision = Decision<ReferralFact>;
type Recorded = Extract<ReferralDecision, { kind: "record" }>;
type Acting = { state: OpenCase; context: DecisionContext };

/** What is said by one party is told to the other; what the hub says, to both. */
const tellings = ({ state, context }: Acting, fact: number): Telling[] => {
  const { sender, receiver } = state;
  const toSender = { to: sender, from: receiver, fact };
  const toReceiver = { to: receiver, from: sender, fact };
  if (context.actor === hubActor) return [toSender, toReceiver];
  return context.actor === sender ? [toReceiver] : [toSender];
};

/** When it happened, where the fact says so: a visit may be registered hours after it began. */
const happening = (facts: readonly ReferralFact[]): Pick<Recorded, "happenedAt"> => {
  const at = facts.flatMap((fact) => ("at" in fact ? [fact.at] : []))[0];
  return at === undefined ? {} : { happenedAt: at };
};

/** Facts that the other party is told, each starting what the receiver owes from it, if any agreement says so. */
const told = (acting: Acting, ...facts: ReferralFact[]): Recorded => ({
  kind: "record",
  facts,
  tell: facts.flatMap((_, i) => tellings(acting, i)),
  owing: [owedToSender(acting.state)],
  ...happening(facts),
});

type Said = PayloadOf<"referral.giveInformation">;
const said = ({ text, attachments }: Said) => ({ text, attachments });

const onlyTheNote: Problem = {
  path: "phoned",
  code: "phone-the-result",
  message:
    "The result is phoned at once, and the note follows: register the call. / Svaret ringes straks, og notatet følger: registrér opkaldet.",
  severity: "warning",
};

/** The result goes out whatever lacks. A critical finding that was not phoned keeps the ball with the radiologist. */
const conclude = (payload: PayloadOf<"referral.conclude">, acting: Acting): Recorded => {
  const { kind, receiver: by } = acting.state;
  const { signedBy, phoned, closing } = payload;
  const critical = kind === "imaging" && payload.critical;
  const note = { ...said(payload), signedBy, critical, phoned, closing };
  const concluded = { type: "ReferralConcluded", kind, ...note } as const;
  if (critical && phoned === undefined) return told(acting, concluded, { type: "CriticalFindingFound", by });
  const unphoned = kind === "acute-team" && phoned === undefined;
  return { ...told(acting, concluded), ...(unphoned ? { warnings: [onlyTheNote] } : {}) };
};

const concludeByLetter = (payload: PayloadOf<"referral.concludeByLetter">, acting: Acting): Recorded => {
  const concluded = { type: "ReferralConcluded", ...concludedBy(payload, acting.state) } as const;
  return {
    ...told(acting, concluded),
    ...(acting.state.kind === "acute-team" ? { warnings: [onlyTheNote] } : {}),
  };
};

const noteConclusion = (
  { by, letterCaseId }: PayloadOf<"referral.noteConclusion">,
  acting: Acting,
): ReferralDecision => {
  const { state, context } = acting;
  const unit = context.directory.organisation(by);
  if (unit === undefined || !isOfOneHouse(context.directory, by, state.receiver))
    return { kind: "ignore", reason: "another-house" };
  const name = [unit.name, unit.department].filter((part) => part !== undefined).join(", ");
  return told(acting, {
    type: "ReferralConcluded",
    kind: state.kind,
    text: [`Afsluttet med brev fra ${name}. Brevet er sendt for sig.`],
    attachments: [],
    critical: false,
    elsewhere: { by, caseId: letterCaseId },
  });
};

const endVisit = ({ at }: PayloadOf<"referral.endVisit">, acting: Acting): Recorded => {
  const { now } = acting.context;
  const owing = { ...owedToSender(acting.state), from: at < now ? at : now };
  return { ...told(acting, { type: "VisitEnded", at }), owing: [owing] };
};

const noteBooking = (payload: PayloadOf<"referral.noteBooking">, acting: Acting): Recorded => {
  const { bookingCaseId: caseId, slotId, start, place } = payload;
  const appointment = { start, place };
  return told(acting, { type: "AppointmentBooked", appointment, booking: { caseId, slotId } });
};

type Acts = { [T in Turn]: (payload: PayloadOf<T>, acting: Acting) => ReferralDecision };

/** What each act comes to, once it is known that it is allowed. */
const acts: Acts = {
  "referral.correct": correct,
  "referral.receive": (_, acting) => told(acting, { type: "ReferralReceived", by: acting.context.actor }),
  "referral.accept": ({ text }, acting) =>
    told(acting, { type: "ReferralAccepted", by: acting.context.actor, text }),
  "referral.requestInformation": (payload, acting) => ({
    ...told(acting, { type: "ReferralInformationRequested", ...said(payload) }),
    owing: [owedByTheSender(acting.state)],
  }),
  "referral.giveInformation": (payload, acting) =>
    told(acting, { type: "ReferralInformationGiven", ...said(payload) }),
  "referral.markMisdirected": ({ reason }, acting) =>
    told(acting, { type: "ReferralMisdirected", by: acting.context.actor, reason }),
  "referral.forward": forward,
  "referral.return": ({ reason, advice, doctor, phone }, acting) =>
    told(acting, { type: "ReferralReturned", reason, advice, doctor, phone }),
  "referral.decline": ({ reason, advice, by, phone }, acting) =>
    told(acting, { type: "ReferralDeclined", reason, advice, by, phone }),
  "referral.book": ({ appointment }, acting) => told(acting, { type: "AppointmentBooked", appointment }),
  "referral.rebook": ({ appointment, reason }, acting) =>
    told(acting, { type: "AppointmentMoved", appointment, reason }),
  "referral.cancelAppointment": ({ by, reason }, acting) =>
    told(acting, { type: "AppointmentCancelled", by, reason }),
  "referral.noticeSent": ({ sentOn }, acting) => told(acting, { type: "PatientNoticeSent", sentOn }),
  "referral.invite": ({ appointment }, acting) => told(acting, { type: "InvitedToTalk", appointment }),
  "referral.attended": ({ at }, acting) => told(acting, { type: "PatientAttended", at }),
  "referral.noShow": ({ at }, acting) => told(acting, { type: "PatientNoShow", at }),
  "referral.followUpNoShow": ({ at, how, outcome, note }, acting) =>
    told(acting, { type: "NoShowFollowedUp", at, how, outcome, note }),
  "referral.endCourse": ({ endedOn }, acting) => told(acting, { type: "CourseEnded", endedOn }),
  "referral.startVisit": ({ at, by }, acting) => told(acting, { type: "VisitStarted", at, by }),
  "referral.endVisit": endVisit,
  "referral.settleDiagnosis": ({ outcome, on }, acting) =>
    told(acting, { type: "DiagnosisSettled", outcome, on }),
  "referral.conclude": conclude,
  "referral.concludeByLetter": concludeByLetter,
  "referral.bookByLetter": (payload, acting) =>
    told(acting, bookingFact(payload, acting.state, acting.context.actor)),
  "referral.phoneFinding": ({ phoned }, acting) => told(acting, { type: "CriticalFindingPhoned", phoned }),
  "referral.reviewResult": ({ plan }, acting) =>
    told(acting, { type: "ResultReviewed", by: acting.context.actor, plan }),
  "referral.withdraw": ({ reason, consentWithdrawn }, acting) =>
    told(acting, {
      type: "ReferralWithdrawn",
      reason,
      ...(consentWithdrawn === true ? { consentWithdrawn } : {}),
    }),
  "referral.wantSlot": ({ slotId }, { context }) => ({
    kind: "record",
    facts: [{ type: "SlotWanted", slotId, by: context.actor }],
    tell: [],
  }),
  "referral.noteBooking": noteBooking,
  "referral.noteConclusion": noteConclusion,
  "referral.joinAttachments": joinAttachments,
  "referral.ring": (_, acting) =>
    told(acting, { type: "ReferralExpired", validUntil: acting.state.validUntil }),
};

export const act = <T extends Turn>(command: CommandOf<T>, acting: Acting): ReferralDecision =>
  acts[command.type](command.payload, acting);
