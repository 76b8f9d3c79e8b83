/**
 * What a partner may command over NATS: what an organisation may over HTTP. Commands of those who run the hub, and what services
 * tell one another, are not among them.
 */
export const partnerCommands: ReadonlySet<string> = new Set(
  [
    "advice.answer advice.ask advice.askFollowUp advice.convert advice.decline advice.giveInformation",
    "advice.markHandled advice.redirect advice.requestInformation advice.withdraw",
    "booking.acceptOffer booking.answerNone booking.attended booking.book booking.bookDirectly booking.cancelSlot",
    "booking.changeSlot booking.choose booking.declineOffer booking.hold booking.noShow booking.offer",
    "booking.publish booking.release booking.request",
    "discharge.answerAdmission discharge.askHomeVisit discharge.assess discharge.bookHomeVisit discharge.cancel",
    "discharge.cancelSummary discharge.correct discharge.correctSummary discharge.declineHomeVisit",
    "discharge.extendResponsibility discharge.holdHomeVisit discharge.notify discharge.plan",
    "discharge.receiveSummary discharge.resumeResponsibility discharge.review",
    "discharge.sendAdmissionReport discharge.sendCarePlan discharge.sendSummary",
    "discharge.suspendResponsibility discharge.tick",
    "observation.acknowledgePlan observation.close observation.declareTerminal observation.makePlan",
    "observation.measure observation.open observation.order observation.orderScoring",
    "observation.recordCall observation.retract",
    "referral.accept referral.attended referral.book referral.cancelAppointment referral.conclude referral.decline",
    "referral.endCourse referral.endVisit referral.followUpNoShow referral.forward referral.giveInformation",
    "referral.invite referral.markMisdirected referral.noShow referral.noticeSent referral.phoneFinding",
    "referral.rebook referral.receive referral.requestInformation referral.return referral.reviewResult",
    "referral.send referral.settleDiagnosis referral.startVisit referral.wantSlot referral.withdraw",
  ].flatMap((line) => line.split(" ")),
);

/** What it may ask: a case that it is a party to, and what waits in its own inbox. */
export const partnerQueries: ReadonlySet<string> = new Set(["worklist.case", "worklist.inbox"]);
