import type { z } from "zod";
import type { AdviceCommands } from "../../contracts/messages/advice.ts";
import type { BookingCommands } from "../../contracts/messages/booking.ts";
import type { DischargeCommands } from "../../contracts/messages/discharge.ts";
import type { ObservationCommands } from "../../contracts/messages/observation.ts";
import type { ReferralCommands } from "../../contracts/messages/referral.ts";

type Contracts = typeof AdviceCommands &
  typeof BookingCommands &
  typeof DischargeCommands &
  typeof ObservationCommands &
  typeof ReferralCommands;

/** Where each command is sent: what has no case in its address opens one. A test holds it against the hub's own description. */
export const commandAddresses = {
  "advice.ask": "/v1/advice",
  "advice.requestInformation": "/v1/cases/{caseId}/request-information",
  "advice.giveInformation": "/v1/cases/{caseId}/give-information",
  "advice.answer": "/v1/cases/{caseId}/answer",
  "advice.convert": "/v1/cases/{caseId}/convert",
  "advice.redirect": "/v1/cases/{caseId}/redirect",
  "advice.decline": "/v1/cases/{caseId}/decline",
  "advice.withdraw": "/v1/cases/{caseId}/withdraw",
  "advice.askFollowUp": "/v1/cases/{caseId}/follow-up",
  "advice.markHandled": "/v1/cases/{caseId}/handled",
  "referral.send": "/v1/referrals",
  "referral.receive": "/v1/referrals/{caseId}/receive",
  "referral.accept": "/v1/referrals/{caseId}/accept",
  "referral.requestInformation": "/v1/referrals/{caseId}/request-information",
  "referral.giveInformation": "/v1/referrals/{caseId}/give-information",
  "referral.markMisdirected": "/v1/referrals/{caseId}/misdirected",
  "referral.forward": "/v1/referrals/{caseId}/forward",
  "referral.return": "/v1/referrals/{caseId}/return",
  "referral.decline": "/v1/referrals/{caseId}/decline",
  "referral.book": "/v1/referrals/{caseId}/book",
  "referral.rebook": "/v1/referrals/{caseId}/rebook",
  "referral.cancelAppointment": "/v1/referrals/{caseId}/cancel-appointment",
  "referral.noticeSent": "/v1/referrals/{caseId}/notice-sent",
  "referral.invite": "/v1/referrals/{caseId}/invite",
  "referral.attended": "/v1/referrals/{caseId}/attended",
  "referral.noShow": "/v1/referrals/{caseId}/no-show",
  "referral.followUpNoShow": "/v1/referrals/{caseId}/follow-up-no-show",
  "referral.endCourse": "/v1/referrals/{caseId}/end-course",
  "referral.startVisit": "/v1/referrals/{caseId}/start-visit",
  "referral.endVisit": "/v1/referrals/{caseId}/end-visit",
  "referral.settleDiagnosis": "/v1/referrals/{caseId}/settle-diagnosis",
  "referral.conclude": "/v1/referrals/{caseId}/conclude",
  "referral.phoneFinding": "/v1/referrals/{caseId}/phone-finding",
  "referral.reviewResult": "/v1/referrals/{caseId}/review-result",
  "referral.withdraw": "/v1/referrals/{caseId}/withdraw",
  "referral.wantSlot": "/v1/referrals/{caseId}/want-slot",
  "discharge.notify": "/v1/discharges/notifications",
  "discharge.correct": "/v1/discharges/corrections",
  "discharge.cancel": "/v1/discharges/cancellations",
  "discharge.receiveSummary": "/v1/discharges/summaries",
  "discharge.plan": "/v1/discharges/{caseId}/plan",
  "discharge.assess": "/v1/discharges/{caseId}/assess",
  "discharge.sendAdmissionReport": "/v1/discharges/{caseId}/admission-report",
  "discharge.answerAdmission": "/v1/discharges/{caseId}/admission-answer",
  "discharge.tick": "/v1/discharges/{caseId}/checklist",
  "discharge.sendCarePlan": "/v1/discharges/{caseId}/care-plan",
  "discharge.sendSummary": "/v1/discharges/{caseId}/summary",
  "discharge.correctSummary": "/v1/discharges/{caseId}/summary-correction",
  "discharge.cancelSummary": "/v1/discharges/{caseId}/summary-cancellation",
  "discharge.review": "/v1/discharges/{caseId}/review",
  "discharge.extendResponsibility": "/v1/discharges/{caseId}/responsibility-extension",
  "discharge.suspendResponsibility": "/v1/discharges/{caseId}/emergency-call",
  "discharge.resumeResponsibility": "/v1/discharges/{caseId}/emergency-call-end",
  "discharge.askHomeVisit": "/v1/discharges/{caseId}/home-visit",
  "discharge.bookHomeVisit": "/v1/discharges/{caseId}/home-visit-booking",
  "discharge.holdHomeVisit": "/v1/discharges/{caseId}/home-visit-held",
  "discharge.declineHomeVisit": "/v1/discharges/{caseId}/home-visit-declined",
  "observation.open": "/v1/observations",
  "observation.measure": "/v1/observations/{caseId}/measurements",
  "observation.recordCall": "/v1/observations/{caseId}/calls",
  "observation.makePlan": "/v1/observations/{caseId}/plan",
  "observation.acknowledgePlan": "/v1/observations/{caseId}/acknowledge-plan",
  "observation.order": "/v1/observations/{caseId}/adjustment",
  "observation.declareTerminal": "/v1/observations/{caseId}/terminal",
  "observation.orderScoring": "/v1/observations/{caseId}/order-scoring",
  "observation.retract": "/v1/observations/{caseId}/retract",
  "observation.close": "/v1/observations/{caseId}/close",
  "booking.publish": "/v1/slots",
  "booking.changeSlot": "/v1/slots/{caseId}/change",
  "booking.cancelSlot": "/v1/slots/{caseId}/cancel",
  "booking.hold": "/v1/bookings",
  "booking.bookDirectly": "/v1/bookings/direct",
  "booking.request": "/v1/bookings/requests",
  "booking.book": "/v1/bookings/{caseId}/book",
  "booking.release": "/v1/bookings/{caseId}/release",
  "booking.choose": "/v1/bookings/{caseId}/choose",
  "booking.offer": "/v1/bookings/{caseId}/offer",
  "booking.acceptOffer": "/v1/bookings/{caseId}/accept-offer",
  "booking.declineOffer": "/v1/bookings/{caseId}/decline-offer",
  "booking.answerNone": "/v1/bookings/{caseId}/answer-none",
  "booking.attended": "/v1/bookings/{caseId}/attended",
  "booking.noShow": "/v1/bookings/{caseId}/no-show",
} as const satisfies Partial<Record<keyof Contracts, string>>;

/** The commands that an organisation's system may give. */
export type CommandType = keyof typeof commandAddresses;
/** What a command says, as its contract has it before what may be left out is filled in. */
export type PayloadOf<Type extends CommandType> = z.input<Contracts[Type]>;
