import type { CommandReply } from "../../../contracts/envelope.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import { type BookingFact, type BookingFactOf, isBookingFact } from "../../../contracts/messages/booking.ts";
import type { Instead, PlaceRefusal } from "../../../contracts/messages/booking-slot.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { replyOf } from "../../case/reply.ts";
import { insteadText } from "./instead.ts";

/** Which wish a record makes, if it makes one. */
export const wishOfRecord = (record: CaseRecord): number | undefined =>
  record.facts.flatMap((fact) => (isBookingFact(fact) && fact.type === "PlaceWanted" ? [fact.wish] : []))[0];

/** A slot was asked, and its answer is not heard yet: until then nothing else can be decided. */
export const isPending = (reply: CommandReply): boolean =>
  reply.status === "ignored" && reply.reason === "place-pending";

const answers = ["HoldGiven", "PlaceOffered", "SlotBooked", "PlaceNotGiven", "SlotLost"] as const;
type Answer = BookingFactOf<(typeof answers)[number]>;
const isAnswer = (fact: BookingFact): fact is Answer => answers.some((type) => type === fact.type);

const answerIn = (record: CaseRecord, wish: number): Answer | undefined =>
  record.facts.flatMap((fact) =>
    isBookingFact(fact) && isAnswer(fact) && fact.wish === wish ? [fact] : [],
  )[0];

const refusals = {
  full: ["slot-full", "No place is left at that time."],
  tooLate: ["slot-not-in-time", "That time is later than the day after the need."],
  begun: ["slot-begun", "That time has begun already."],
  cancelled: ["slot-cancelled", "The hospital has taken that time back."],
  notForCitizen: ["slot-not-for-citizen", "That time is for citizens of other municipalities or regions."],
  unknown: ["slot-unknown", "There is no such slot."],
} as const satisfies Record<PlaceRefusal, readonly [ErrorCode, string]>;

const refusal = (
  { caseId, meta }: CaseRecord,
  reason: PlaceRefusal,
  instead: Instead | undefined,
): CommandReply => {
  const [code, what] = refusals[reason];
  const message = instead === undefined ? what : `${what} ${insteadText(instead)}`;
  const problems = [{ path: "slotId", code, message, severity: "error" as const }];
  return { status: "refused", code, problems, duplicate: false, caseId, at: meta.at };
};

/**
 * The answer to a command that wished for a place: what the slot said, as the booking recorded it. `undefined`: not yet. A
 * place that was not given is told as a refusal, though the record is one of an acceptance: a wish was taken down, and not met.
 */
export const answerToWish = (records: readonly CaseRecord[], wish: number): CommandReply | undefined => {
  for (const record of records) {
    const answer = answerIn(record, wish);
    if (answer?.type === "PlaceNotGiven") return refusal(record, answer.reason, answer.instead);
    if (answer?.type === "SlotLost") return refusal(record, "cancelled", undefined);
    if (answer !== undefined) return replyOf(record);
  }
  return undefined;
};
