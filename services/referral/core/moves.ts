import { hospitalKinds } from "../../../contracts/codes/referral-kinds.ts";
import type { ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type { Moves } from "../../case/moves.ts";
import type { Status } from "./state.ts";

/** `sender`: who referred. `receiver`: the unit that has it now, never one that had it. `hub`: coordination and alarms. */
export type Role = "sender" | "receiver" | "hub";

const untouched = ["sent", "received"] as const;
const triage = [...untouched, "informationRequested"] as const;
const undecided = [...triage, "misdirected"] as const;
const beforeTheTime = [...undecided, "accepted"] as const;
/** Until it is concluded, or has ended otherwise. */
const open = [
  ...beforeTheTime,
  "booked",
  "invited",
  "noShow",
  "attended",
  "courseEnded",
  "visiting",
  "visited",
] as const;
/** An attachment may come when all is over. */
const always = [
  ...open,
  "criticalFinding",
  "resultReady",
  "concluded",
  "returned",
  "declined",
  "withdrawn",
  "expired",
] as const;

/** Who may do what, and when: only the present receiver moves a referral, only the sender withdraws it. */
export const moves = {
  "referral.correct": { by: ["sender"], when: open, leadsTo: [], stays: true },
  "referral.receive": { by: ["receiver"], when: ["sent"], leadsTo: ["received"] },
  "referral.accept": { by: ["receiver"], when: undecided, leadsTo: ["accepted"] },
  "referral.requestInformation": { by: ["receiver"], when: untouched, leadsTo: ["informationRequested"] },
  "referral.giveInformation": { by: ["sender"], when: ["informationRequested"], leadsTo: ["received"] },
  "referral.markMisdirected": {
    by: ["receiver"],
    when: [...triage, "accepted"],
    leadsTo: ["misdirected"],
  },
  "referral.forward": { by: ["receiver"], when: beforeTheTime, leadsTo: ["sent"] },
  "referral.return": { by: ["receiver"], when: beforeTheTime, leadsTo: ["returned"] },
  "referral.decline": { by: ["receiver"], when: undecided, leadsTo: ["declined"] },
  "referral.book": { by: ["receiver"], when: ["accepted"], leadsTo: ["booked"] },
  "referral.rebook": { by: ["receiver"], when: ["booked", "invited"], leadsTo: ["booked", "invited"] },
  "referral.cancelAppointment": { by: ["receiver"], when: ["booked", "invited"], leadsTo: ["accepted"] },
  "referral.noticeSent": {
    by: ["receiver"],
    when: ["accepted", "booked"],
    leadsTo: ["accepted", "booked"],
  },
  "referral.invite": { by: ["receiver"], when: [...untouched, "accepted"], leadsTo: ["invited"] },
  "referral.attended": { by: ["receiver"], when: ["booked", "invited"], leadsTo: ["attended"] },
  "referral.noShow": { by: ["receiver"], when: ["booked", "invited"], leadsTo: ["noShow"] },
  "referral.followUpNoShow": { by: ["receiver"], when: ["noShow"], leadsTo: ["accepted"] },
  "referral.endCourse": { by: ["receiver"], when: ["attended"], leadsTo: ["courseEnded"] },
  "referral.startVisit": { by: ["receiver"], when: ["accepted"], leadsTo: ["visiting"] },
  "referral.endVisit": { by: ["receiver"], when: ["visiting"], leadsTo: ["visited"] },
  "referral.settleDiagnosis": {
    by: ["receiver"],
    when: ["accepted", "booked", "attended"],
    leadsTo: ["accepted", "booked", "attended"],
  },
  "referral.conclude": {
    by: ["receiver"],
    when: ["accepted", "attended", "courseEnded", "visited"],
    leadsTo: ["concluded", "resultReady", "criticalFinding"],
  },
  // Who speaks only letters never accepts, and never notes who came: a letter of theirs may come in any open state.
  "referral.bookByLetter": {
    by: ["receiver"],
    when: open,
    leadsTo: ["received", "accepted", "booked", "invited"],
    stays: true,
  },
  "referral.concludeByLetter": { by: ["receiver"], when: open, leadsTo: ["concluded", "resultReady"] },
  "referral.phoneFinding": { by: ["receiver"], when: ["criticalFinding"], leadsTo: ["resultReady"] },
  "referral.reviewResult": {
    by: ["sender"],
    when: ["resultReady", "criticalFinding"],
    leadsTo: ["concluded"],
  },
  "referral.withdraw": {
    by: ["sender"],
    when: [...beforeTheTime, "booked", "invited", "noShow"],
    leadsTo: ["withdrawn"],
  },
  "referral.wantSlot": {
    by: ["sender", "receiver"],
    when: [...untouched, "accepted"],
    leadsTo: [...untouched, "accepted"],
  },
  "referral.noteBooking": { by: ["hub"], when: [...untouched, "accepted", "booked"], leadsTo: ["booked"] },
  "referral.noteConclusion": { by: ["hub"], when: open, leadsTo: ["concluded", "resultReady"] },
  "referral.joinAttachments": { by: ["hub"], when: always, leadsTo: [], stays: true },
  "referral.ring": { by: ["hub"], when: undecided, leadsTo: ["expired"] },
} as const satisfies Moves<Role, Status>;
export type Turn = keyof typeof moves;

/**
 * How a case begins: a referral is sent by a party, or made by the hub of a question or of a plan; a letter that answers no
 * referral here has a case of its own. A correction of what is not known here opens a referral too.
 */
export const openings = {
  "referral.send": { by: ["sender"], when: ["none"], leadsTo: ["sent"] },
  "referral.openFromAdvice": { by: ["hub"], when: ["none"], leadsTo: ["sent"] },
  "referral.openFromObservation": { by: ["hub"], when: ["none"], leadsTo: ["sent"] },
  "referral.receiveLetter": { by: ["sender"], when: ["none", "letter"], leadsTo: ["letter"] },
} as const satisfies Moves<Role, Status>;
export type Opening = keyof typeof openings;

const withTimes = [...hospitalKinds, "prevention"] as const;

/** Acts that only some kinds of referral know; any other act is for all. */
export const onlyFor: Partial<Record<Turn, readonly ReferralKind[]>> = {
  "referral.return": withTimes,
  "referral.decline": ["acute-team"],
  "referral.book": hospitalKinds,
  "referral.rebook": withTimes,
  "referral.cancelAppointment": withTimes,
  "referral.noticeSent": hospitalKinds,
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
  "referral.noteBooking": ["hospital", "cancer"],
};

/** Letters of a receiver: they reach the sender whatever the referral has come to meanwhile. */
export const lettersOfReceivers = ["referral.bookByLetter", "referral.concludeByLetter"] as const;
export type ReceiversLetter = (typeof lettersOfReceivers)[number];
