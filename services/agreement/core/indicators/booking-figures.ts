import type { BookingFact } from "../../../../contracts/messages/booking.ts";
import type { Instant } from "../../../../contracts/time.ts";
import { addDays } from "../../../case/calendar.ts";
import { localDateOf } from "../../../case/clock-zone.ts";
import { monthOf } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";

/** What a booking has told so far that is counted. `giver`: the unit that gives the time, or the visitation that was asked. */
export type BookingSoFar = {
  booker: string;
  needAt: Instant;
  /** A time for a referral that was accepted is none that is needed the same day. */
  subAcute: boolean;
  /** A visitation was asked: a need whatever comes of it. Who looked at times and took none had perhaps none. */
  asked: boolean;
  giver: string;
  /** The earliest time that was given. */
  given?: Instant | undefined;
  booked?: Instant | undefined;
  attendance?: "came" | "did-not-come" | undefined;
};

type Opening = Extract<BookingFact, { type: "BookingOpened" | "SlotRequested" }>;

const opened = (fact: Opening): BookingSoFar => ({
  booker: fact.booker,
  needAt: fact.needAt,
  subAcute: fact.referralCaseId === undefined,
  asked: fact.type === "SlotRequested",
  giver: fact.type === "SlotRequested" ? fact.visitation : "",
});

type Slot = { start: Instant; unit: string };

const givenBy = (fact: BookingFact): Slot | undefined => {
  if (fact.type === "HoldGiven" || fact.type === "PlaceOffered") return fact.slot;
  return fact.type === "SlotBooked" ? fact : undefined;
};

const given = (so: BookingSoFar, { start, unit }: Slot): BookingSoFar => ({
  ...so,
  giver: so.asked ? so.giver : unit,
  given: [start, ...(so.given === undefined ? [] : [so.given])].toSorted()[0],
});

export const bookingAfter = (
  before: BookingSoFar | undefined,
  fact: BookingFact,
): BookingSoFar | undefined => {
  if (fact.type === "BookingOpened" || fact.type === "SlotRequested") return opened(fact);
  if (before === undefined) return undefined;
  if (fact.type === "PatientAttended") return { ...before, attendance: "came" };
  if (fact.type === "PatientNoShow") return { ...before, attendance: "did-not-come" };
  const slot = givenBy(fact);
  if (slot === undefined) return before;
  const after = given(before, slot);
  return fact.type === "SlotBooked" ? { ...after, booked: slot.start } : after;
};

const subAcuteRows = (so: BookingSoFar): FigureRow[] => {
  const { needAt, given: start, giver: organisation, booker: creditor } = so;
  const day = localDateOf(needAt);
  const on = start === undefined ? undefined : localDateOf(start);
  const common = { month: monthOf(needAt), organisation, creditor, family: "booking", kind: "" };
  return [
    { figure: "sub-acute-same-day", ...common, met: on !== undefined && on <= day },
    { figure: "sub-acute-same-or-next-day", ...common, met: on !== undefined && on <= addDays(day, 1) },
  ];
};

export const bookingRows = (so: BookingSoFar): FigureRow[] => {
  const { subAcute, asked, given: start, booked, attendance, giver: organisation, booker: creditor } = so;
  const needed = subAcute && (asked || start !== undefined);
  return [
    ...(needed ? subAcuteRows(so) : []),
    ...(booked === undefined || attendance === undefined
      ? []
      : [
          {
            figure: "booking-no-shows",
            month: monthOf(booked),
            organisation,
            creditor,
            family: "booking",
            kind: "",
            met: attendance === "did-not-come",
          } as const,
        ]),
  ];
};
