/**
 * Which commands are offered on a case, by where it stands and on which side of it the viewer is. The hub decides: what it does not
 * allow it refuses, and says why. The first that is expected comes first.
 */
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";

type Side = "opener" | "other";
type Offer = Readonly<Record<string, { by: readonly Side[]; when: readonly string[] }>>;

const opener: readonly Side[] = ["opener"];
const other: readonly Side[] = ["other"];
const both: readonly Side[] = ["opener", "other"];

const asking = ["asked", "reopened", "informationRequested"];
const advice: Offer = {
  "advice.answer": { by: other, when: asking },
  "advice.requestInformation": { by: other, when: ["asked", "reopened"] },
  "advice.giveInformation": { by: opener, when: ["informationRequested"] },
  "advice.convert": { by: other, when: asking },
  "advice.redirect": { by: other, when: asking },
  "advice.decline": { by: other, when: asking },
  "advice.markHandled": { by: other, when: asking },
  "advice.withdraw": { by: opener, when: asking },
  "advice.askFollowUp": { by: opener, when: ["answered", "declined", "handled"] },
};

const untouched = ["sent", "received"];
const undecided = [...untouched, "informationRequested", "misdirected"];
const early = [...undecided, "accepted"];
const timed = ["booked", "invited"];
const referral: Offer = {
  "referral.receive": { by: other, when: ["sent"] },
  "referral.accept": { by: other, when: undecided },
  "referral.requestInformation": { by: other, when: untouched },
  "referral.giveInformation": { by: opener, when: ["informationRequested"] },
  "referral.book": { by: other, when: ["accepted"] },
  "referral.invite": { by: other, when: [...untouched, "accepted"] },
  "referral.rebook": { by: other, when: timed },
  "referral.cancelAppointment": { by: other, when: timed },
  "referral.attended": { by: other, when: timed },
  "referral.noShow": { by: other, when: timed },
  "referral.followUpNoShow": { by: other, when: ["noShow"] },
  "referral.endCourse": { by: other, when: ["attended"] },
  "referral.startVisit": { by: other, when: ["accepted"] },
  "referral.endVisit": { by: other, when: ["visiting"] },
  "referral.conclude": { by: other, when: ["accepted", "attended", "courseEnded", "visited"] },
  "referral.settleDiagnosis": { by: other, when: ["accepted", "booked", "attended"] },
  "referral.noticeSent": { by: other, when: ["accepted", "booked"] },
  "referral.phoneFinding": { by: other, when: ["criticalFinding"] },
  "referral.reviewResult": { by: opener, when: ["resultReady", "criticalFinding"] },
  "referral.wantSlot": { by: both, when: [...untouched, "accepted"] },
  "referral.markMisdirected": { by: other, when: [...untouched, "informationRequested", "accepted"] },
  "referral.forward": { by: other, when: early },
  "referral.return": { by: other, when: early },
  "referral.decline": { by: other, when: undecided },
  "referral.withdraw": { by: opener, when: [...early, "booked", "invited", "noShow"] },
};

const withTimes = ["hospital", "psychiatry", "imaging", "cancer", "prevention"];
const hospitals = withTimes.slice(0, 4);
/** Acts that only some kinds of referral know, as in the hub (services/referral). */
const onlyFor: Readonly<Record<string, readonly string[]>> = {
  "referral.return": withTimes,
  "referral.decline": ["acute-team"],
  "referral.book": hospitals,
  "referral.rebook": withTimes,
  "referral.cancelAppointment": withTimes,
  "referral.noticeSent": hospitals,
  "referral.invite": ["prevention"],
  "referral.attended": withTimes,
  "referral.noShow": withTimes,
  "referral.followUpNoShow": withTimes,
  "referral.endCourse": ["prevention"],
  "referral.startVisit": ["acute-team"],
  "referral.endVisit": ["acute-team"],
  "referral.settleDiagnosis": ["hospital", "psychiatry", "cancer"],
  "referral.phoneFinding": ["imaging"],
  "referral.reviewResult": ["imaging"],
  "referral.wantSlot": ["hospital", "cancer"],
};

const inside = ["acuteAmbulant", "admitted", "onLeave"];
const home = ["discharged", "summarySent", "reviewed"];
const stay = [...inside, ...home];
const discharge: Offer = {
  "discharge.review": { by: other, when: ["summarySent", "loneSummary"] },
  "discharge.sendSummary": { by: opener, when: ["discharged", ...inside] },
  "discharge.tick": { by: opener, when: stay },
  "discharge.plan": { by: opener, when: inside },
  "discharge.assess": { by: opener, when: stay },
  "discharge.sendAdmissionReport": { by: other, when: stay },
  "discharge.answerAdmission": { by: other, when: stay },
  "discharge.sendCarePlan": { by: opener, when: stay },
  "discharge.askHomeVisit": { by: both, when: stay },
  "discharge.bookHomeVisit": { by: other, when: stay },
  "discharge.holdHomeVisit": { by: other, when: home },
  "discharge.declineHomeVisit": { by: both, when: stay },
  "discharge.extendResponsibility": { by: opener, when: home },
  "discharge.suspendResponsibility": { by: both, when: home },
  "discharge.resumeResponsibility": { by: both, when: home },
  "discharge.correctSummary": { by: opener, when: ["summarySent", "reviewed"] },
  "discharge.cancelSummary": { by: opener, when: ["summarySent", "reviewed"] },
};

const running = ["observing", "awaitingDoctor", "planned"];
const watched = [...running, "terminal"];
const observation: Offer = {
  "observation.measure": { by: opener, when: watched },
  "observation.makePlan": { by: other, when: running },
  "observation.acknowledgePlan": { by: opener, when: ["planned"] },
  "observation.recordCall": { by: both, when: watched },
  "observation.order": { by: other, when: running },
  "observation.orderScoring": { by: other, when: ["terminal"] },
  "observation.declareTerminal": { by: both, when: running },
  "observation.retract": { by: opener, when: watched },
  "observation.close": { by: opener, when: watched },
};

const slots: Offer = {
  "booking.changeSlot": { by: opener, when: ["published"] },
  "booking.cancelSlot": { by: opener, when: ["published"] },
};
const bookings: Offer = {
  "booking.book": { by: opener, when: ["held"] },
  "booking.acceptOffer": { by: opener, when: ["offered"] },
  "booking.declineOffer": { by: opener, when: ["offered"] },
  "booking.choose": { by: opener, when: ["slotCancelled", "noPlace", "expired", "noneOffered"] },
  "booking.release": {
    by: opener,
    when: ["held", "offered", "booked", "requested", "slotCancelled", "expired"],
  },
  "booking.offer": { by: other, when: ["requested"] },
  "booking.answerNone": { by: other, when: ["requested"] },
  "booking.attended": { by: other, when: ["booked", "noShow"] },
  "booking.noShow": { by: other, when: ["booked", "attended"] },
};

const offers = ({ family, card }: Viewed): Offer => {
  if (family === "booking") return card?.kind === "slot" ? slots : bookings;
  return { advice, referral, discharge, observation, attachment: {}, digest: {} }[family];
};

/** The command that does what is expected, where its name tells another word. */
const expected: Readonly<Record<string, string>> = {
  answer: "advice.answer",
  "give-information": "giveInformation",
  triage: "referral.accept",
  forward: "referral.forward",
  book: "book",
  invite: "referral.invite",
  visit: "referral.startVisit",
  "end-visit": "referral.endVisit",
  "end-course": "referral.endCourse",
  "see-patient": "referral.attended",
  "follow-up-no-show": "referral.followUpNoShow",
  conclude: "referral.conclude",
  "phone-critical-finding": "referral.phoneFinding",
  "review-result": "referral.reviewResult",
  "review-summary": "discharge.review",
  "send-admission-report": "discharge.sendAdmissionReport",
  "send-care-plan": "discharge.sendCarePlan",
  "book-home-visit": "discharge.bookHomeVisit",
  "hold-home-visit": "discharge.holdHomeVisit",
  "make-ready-summary": "discharge.sendSummary",
  measure: "observation.measure",
  "measure-or-close": "observation.measure",
  call: "observation.recordCall",
  plan: "observation.makePlan",
  "acknowledge-plan": "observation.acknowledgePlan",
  "accept-or-decline": "booking.acceptOffer",
  "record-attendance": "booking.attended",
  offer: "booking.offer",
  choose: "booking.choose",
};

/** An acute team answers a referral by taking it. */
const commandFor = (act: string, family: string): string => {
  if (family === "referral" && act === "answer") return "referral.accept";
  const named =
    act.startsWith("make-ready-") && act !== "make-ready-summary" ? "discharge.tick" : (expected[act] ?? act);
  return named.includes(".") ? named : `${family}.${named}`;
};

export type Viewed = Pick<CaseView, "family" | "status" | "card">;

/** `isOurs`: it is us, or a whole that we are part of. */
type Who = Readonly<Record<"isUs" | "isOurs", (gln: string) => boolean>>;

/** A stay is its hospital's, and every ward of it acts for it; any other case is of the very unit that opened it. */
const isOpener = ({ family, card }: Viewed, { isUs, isOurs }: Who): boolean =>
  card !== undefined && (family === "discharge" ? isOurs(card.opener) : isUs(card.opener));

/** What may be done now, what is expected of us first; empty: nothing, or we are only told of the case. */
export const offered = (view: Viewed, { isUs, isOurs }: Who): { next: string[]; more: string[] } => {
  const { card, family, status } = view;
  if (card === undefined) return { next: [], more: [] };
  const side: Side = isOpener(view, { isUs, isOurs }) ? "opener" : "other";
  const open = Object.entries(offers(view)).flatMap(([type, { by, when }]) => {
    const isForKind = onlyFor[type]?.includes(card.kind) ?? true;
    return by.includes(side) && when.includes(status) && isForKind ? [type] : [];
  });
  const ours = new Set(card.awaits.filter(({ who }) => isUs(who)).map(({ act }) => commandFor(act, family)));
  return { next: open.filter((type) => ours.has(type)), more: open.filter((type) => !ours.has(type)) };
};
