import type { ChecklistItem } from "../../../contracts/codes/discharge-rules.ts";
import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import type { Assessment } from "../../../contracts/messages/discharge-stay.ts";
import type { ActionPriority, DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import type { Instant } from "../../../contracts/time.ts";
import type { Position, StayStatus, Timeline } from "./timeline.ts";

type FactOf<Type extends DischargeFact["type"]> = Extract<DischargeFact, { type: Type }>;

type Ticked = Pick<FactOf<"ChecklistItemNoted">, "status" | "by" | "person" | "at">;
export type Decided = Omit<FactOf<"ResponsibilityDecided">, "type">;
/** `to` absent: the call-out has not ended yet. */
export type Suspension = { from: Instant; to?: Instant | undefined };

/** What is awaited now, and since when: kept in step with the rest of the state by every decision. */
export type Owed = {
  report: boolean;
  /** Items of the checklist, each with the discharge that they are owed for. */
  items: Readonly<Partial<Record<ChecklistItem, Instant>>>;
  /** The Danish date of discharge. */
  carePlan?: string | undefined;
  review?: { summaryId: string; priority: ActionPriority } | undefined;
  /** From when the days of the home visit count. */
  visit?: Instant | undefined;
};

type Summary = {
  summaryId: string;
  priority?: ActionPriority | undefined;
  extended?: DischargeSummary["extendedResponsibility"];
};

type Visit = {
  status: "asked" | "booked" | "held" | "declined";
  askedAt: Instant;
  asker: string;
  contacts: number;
};

/** What a summary said of a home visit, and nobody has asked for yet. `at`: when the summary was sent. */
export type Wish = {
  summaryId: string;
  by: string;
  reason: FormattedText;
  consent: FactOf<"HomeVisitAsked">["consent"];
  at: Instant;
};

/** Where a stay stands: where the patient is, and after the discharge how far the summary has come. */
export type Status = StayStatus | "summarySent" | "reviewed";

/** All that is known of a stay. `status` is that of `position`, but for a discharge whose summary is sent or reviewed. */
export type Stay = {
  status: Status;
  hospital: string;
  stayId: string;
  region?: string | undefined;
  municipality: string;
  /** As each message named it, with the time of its event: the latest event decides. */
  practices: Readonly<Record<string, { at: string; gln: string }>>;
  practice?: string | undefined;
  cpr?: string | undefined;
  relatesTo: readonly string[];
  timeline: Timeline;
  position: Position;
  planned?: string | undefined;
  assessment?: Assessment | undefined;
  reportSent: boolean;
  /** When the hub took the message that made a report needed; absent while none is. */
  reportSince?: Instant | undefined;
  checklist: Readonly<Partial<Record<ChecklistItem, Ticked>>>;
  /** Whether all that the discharge demands was there when it was last looked at. */
  completed: boolean;
  carePlans: number;
  summary?: Summary | undefined;
  /** Every id that a summary has had. */
  summaryIds: readonly string[];
  reviewed: boolean;
  responsibility?: Decided | undefined;
  extendedTo?: Instant | undefined;
  suspensions: readonly Suspension[];
  /** For which end the others were reminded, and told that it came. */
  remindedOf?: Instant | undefined;
  returnedAt?: Instant | undefined;
  visit?: Visit | undefined;
  wish?: Wish | undefined;
  owed: Owed;
};

/**
 * A summary whose stay or visit nobody told of.
 * - `loneSummary`: with the practice, which owes a review when it is marked. Left by the review; a correction leads back.
 * - `loneReviewed`: the practice has read it.
 */
export type LoneSummary = {
  status: "loneSummary" | "loneReviewed";
  hospital: string;
  practice: string;
  patient: { cpr?: string | undefined; alternativeId?: string | undefined };
  /** The one in force. */
  summaryId: string;
  /** Every summary that has been in force, the first first. */
  summaryIds: readonly string[];
  /** The first one has come; until then it may still come after its correction. */
  hasFirst: boolean;
  /** It waits for a review, by this priority. */
  priority?: ActionPriority | undefined;
};

/**
 * One stay of one patient. `none`: no message has come yet; left by the first, whichever it is. All else is a `Stay`, whose
 * statuses are told at `StayStatus`; besides:
 * - `summarySent`: discharged, and the summary is sent. Left by its review, its cancellation, and by what undoes the discharge.
 * - `reviewed`: discharged, and the practice has read the summary. A corrected summary is to be read again.
 */
export type StayState = { status: "none" } | LoneSummary | Stay;

export const initial: StayState = { status: "none" };

export const isOpen = (state: StayState): state is Stay => "timeline" in state;
export const isLone = (state: StayState): state is LoneSummary =>
  state.status === "loneSummary" || state.status === "loneReviewed";

/** The department that acts for the hospital: where the patient is, or was last. */
export const wardOf = ({ position, hospital }: Stay): string => position.ward ?? hospital;

/** A home visit was asked for, and neither held nor declined. */
export const isVisitAwaited = ({ visit }: Stay): boolean =>
  visit?.status === "asked" || visit?.status === "booked";

/** Until when the hospital answers after the discharge, if it does. */
export const responsibleUntil = ({ responsibility, extendedTo }: Stay): Instant | undefined => {
  if (responsibility?.applies !== true) return undefined;
  const { until } = responsibility;
  return extendedTo !== undefined && extendedTo > until ? extendedTo : until;
};

/** Status, from where the patient is and what has become of the summary. */
export const statusOf = ({ position, summary, reviewed }: Stay): Status => {
  if (position.status !== "discharged" || summary === undefined) return position.status;
  return reviewed ? "reviewed" : "summarySent";
};
