import type { Adviser } from "../../../contracts/messages/advice.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type { Appointment, ReferralFact } from "../../../contracts/messages/referral-facts.ts";
import type { NamedAttachment } from "./attachment.ts";

type LetterPatient = Fact<"ReferralLetterReceived">["patient"];
type Fact<Type extends ReferralFact["type"]> = Extract<ReferralFact, { type: Type }>;

/** What is true of every referral once it is sent. */
export type Referral = {
  kind: ReferralKind;
  /** GLN of who referred, and of the unit that has it now. */
  sender: string;
  receiver: string;
  /** Units that had it before, first to last: they may no longer move it. */
  former: readonly string[];
  /** When the first receiver got it. */
  receivedAt: string;
  validUntil: string;
  referral: ReferralContent;
  attachments: readonly NamedAttachment[];
  relatesTo: readonly string[];
  openedFrom?: { family: "advice" | "observation"; caseId: string } | undefined;
  adviser?: Adviser | undefined;
  /** The bookings that a time was found in. */
  bookings: readonly string[];
  /** The case of the letter that closed it, where another unit wrote it. */
  concludedIn?: string | undefined;
  /** Opened by the correction of one that was not known: the one that it corrects may still come. */
  asCorrection?: true | undefined;
};

/** In these a time is set. */
type Scheduled = "booked" | "invited";

/**
 * Where a referral stands.
 * - `none`: nothing sent yet. Left by `ReferralSent`.
 * - `sent`: with a receiver that has not touched it. Set by the sender, by the hub, and by a forwarding to the next receiver.
 * - `received`: a person there has it, and triages. Set by the receiver, and by information given.
 * - `informationRequested`: the sender is to answer; left by `ReferralInformationGiven`, and as `received` is.
 * - `misdirected`: triage says "not here"; the receiver forwards it, or returns it when nobody takes it.
 * - `accepted`: the receiver takes the patient, and is to give a time, invite, or visit. Also after a cancelled time and after
 *   a no-show was followed up.
 * - `booked` `invited`: a time is set; the receiver tells whether the citizen came.
 * - `noShow`: the citizen did not come; the receiver follows up.
 * - `attended`: seen; the receiver concludes. `courseEnded`: a municipal course is over; the closing note is owed.
 * - `visiting` `visited`: the acute team is with the citizen, and has left; its note is owed.
 * - `criticalFinding`: the result is there and nobody has phoned; left by the call, or by the sender's review.
 * - `resultReady`: the result waits for the sender, and never closes by itself.
 * - `concluded` `returned` `declined` `withdrawn` `expired`: ended. A returned one is sent anew as another referral.
 * - `letter`: no referral, but a letter that answers none that is known here. Set by `ReferralLetterReceived`, and left by none.
 */
export type ReferralState =
  | { status: "none" }
  | { status: "letter"; kind: "closing" | "booking"; from: string; to: string; patient: LetterPatient }
  | ({ status: Scheduled; appointment: Appointment } & Referral)
  | ({
      status:
        | "sent"
        | "received"
        | "informationRequested"
        | "misdirected"
        | "accepted"
        | "noShow"
        | "attended"
        | "courseEnded"
        | "visiting"
        | "visited"
        | "criticalFinding"
        | "resultReady"
        | "concluded"
        | "returned"
        | "declined"
        | "withdrawn"
        | "expired";
    } & Referral);
export type Status = ReferralState["status"];
export type OpenCase = Extract<ReferralState, { sender: string }>;
type Unscheduled = Exclude<OpenCase["status"], Scheduled>;

export const initial: ReferralState = { status: "none" };

/** What each fact makes of a referral; facts of appointments, forwarding and conclusion carry more, and follow below. */
const statusAfter: Partial<Record<ReferralFact["type"], Unscheduled>> = {
  ReferralReceived: "received",
  ReferralAccepted: "accepted",
  ReferralInformationRequested: "informationRequested",
  ReferralInformationGiven: "received",
  ReferralMisdirected: "misdirected",
  ReferralReturned: "returned",
  ReferralDeclined: "declined",
  AppointmentCancelled: "accepted",
  PatientAttended: "attended",
  PatientNoShow: "noShow",
  NoShowFollowedUp: "accepted",
  CourseEnded: "courseEnded",
  VisitStarted: "visiting",
  VisitEnded: "visited",
  CriticalFindingFound: "criticalFinding",
  CriticalFindingPhoned: "resultReady",
  ResultReviewed: "concluded",
  ReferralWithdrawn: "withdrawn",
  ReferralExpired: "expired",
};

const begin = (fact: Fact<"ReferralSent">): ReferralState => {
  const { type: _type, ...sent } = fact;
  return { status: "sent", ...sent, former: [], bookings: [] };
};

const beginByLetter = ({ from, to, patient, said }: Fact<"ReferralLetterReceived">): ReferralState => ({
  status: "letter",
  kind: said.kind,
  from,
  to,
  patient,
});

/** The referral without what only the present state has. */
const bare = (state: OpenCase): Referral => {
  if (!("appointment" in state)) return state;
  const { appointment: _appointment, ...rest } = state;
  return rest;
};

const isScheduled = (status: Status): status is Scheduled => status === "booked" || status === "invited";

const withTime = (
  state: OpenCase,
  fact: Fact<"AppointmentBooked" | "AppointmentMoved" | "InvitedToTalk">,
): OpenCase => {
  const { appointment } = fact;
  const booking = fact.type === "AppointmentBooked" ? fact.booking : undefined;
  const bookings = booking === undefined ? state.bookings : [...state.bookings, booking.caseId];
  if (fact.type === "InvitedToTalk") return { ...state, status: "invited", appointment, bookings };
  if (fact.type === "AppointmentMoved" && isScheduled(state.status))
    return { ...state, status: state.status, appointment };
  return { ...state, status: "booked", appointment, bookings };
};

/** What it says, and what came along, without moving it. */
const withContent = (
  state: OpenCase,
  fact: Fact<"ReferralCorrected" | "ReferralAttachmentsJoined">,
): OpenCase => {
  if (fact.type === "ReferralAttachmentsJoined")
    return { ...state, attachments: [...state.attachments, ...fact.attachments] };
  const attachments = fact.attachments.length > 0 ? fact.attachments : state.attachments;
  return { ...state, referral: fact.referral, attachments };
};

const concluded = (state: OpenCase, { elsewhere }: Fact<"ReferralConcluded">): OpenCase => ({
  ...bare(state),
  status: state.kind === "imaging" ? "resultReady" : "concluded",
  concludedIn: elsewhere?.caseId,
});

const next = (state: OpenCase, fact: ReferralFact): OpenCase => {
  if (fact.type === "AppointmentBooked" || fact.type === "AppointmentMoved" || fact.type === "InvitedToTalk")
    return withTime(state, fact);
  if (fact.type === "ReferralReaddressed") {
    const former = [...state.former, fact.from];
    return { ...bare(state), status: "sent", receiver: fact.receiver, former };
  }
  if (fact.type === "ReferralCorrected" || fact.type === "ReferralAttachmentsJoined")
    return withContent(state, fact);
  if (fact.type === "ReferralConcluded") return concluded(state, fact);
  const status = statusAfter[fact.type];
  return status === undefined ? state : { ...bare(state), status };
};

/** The state after a fact. A fact that moves nothing leaves it as it is: the journal is never wrong afterwards. */
export const evolve = (state: ReferralState, fact: ReferralFact): ReferralState => {
  if ("sender" in state) return next(state, fact);
  if (fact.type === "ReferralLetterReceived") return beginByLetter(fact);
  return fact.type === "ReferralSent" && state.status === "none" ? begin(fact) : state;
};
