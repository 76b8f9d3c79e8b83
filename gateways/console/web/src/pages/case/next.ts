/** What is offered on a case: what the hub takes from us now, with what is expected of us first. */
import type { CaseView } from "../../../../../../contracts/messages/worklist.ts";

/** The command that does what is expected, where its name tells another word. */
const doing: Readonly<Record<string, string>> = {
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
    act.startsWith("make-ready-") && act !== "make-ready-summary" ? "discharge.tick" : (doing[act] ?? act);
  return named.includes(".") ? named : `${family}.${named}`;
};

export type Viewed = Pick<CaseView, "family" | "card" | "can">;

/** Empty: nothing, or we are only told of the case. */
export const offered = (
  { card, family, can = [] }: Viewed,
  isUs: (gln: string) => boolean,
): { next: string[]; more: string[] } => {
  const ours = (card?.awaits ?? []).filter(({ who }) => isUs(who)).map(({ act }) => commandFor(act, family));
  const expected = new Set(ours);
  return { next: can.filter((type) => expected.has(type)), more: can.filter((type) => !expected.has(type)) };
};
