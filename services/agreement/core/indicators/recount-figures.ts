/** The families' own figures once more, each by looking through all facts of a case: no code is shared with the fold. */

import { keeps } from "../../../../contracts/agreement.ts";
import { type BookingFact, isBookingFact } from "../../../../contracts/messages/booking.ts";
import { type DischargeFact, isDischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import { isReferralFact, type ReferralFact } from "../../../../contracts/messages/referral.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { laterOf } from "../../../../contracts/time.ts";
import { addDays } from "../../../case/calendar.ts";
import { localDateOf } from "../../../case/clock-zone.ts";
import type { FigureRow } from "./figure-row.ts";

/** The facts of a kind, in order. */
const all = <Fact extends { type: string }, Type extends Fact["type"]>(
  facts: readonly Fact[],
  type: Type,
): Extract<Fact, { type: Type }>[] =>
  facts.filter((fact): fact is Extract<Fact, { type: Type }> => fact.type === type);

const month = (instant: string): string => localDateOf(instant).slice(0, 7);

const ofReferral = (facts: readonly ReferralFact[]): FigureRow[] => {
  const sent = all(facts, "ReferralSent").at(-1);
  if (sent === undefined) return [];
  const onwards = all(facts, "ReferralReaddressed");
  const receiver = onwards.at(-1)?.receiver ?? sent.receiver;
  const base = { month: month(sent.receivedAt), creditor: sent.sender, family: "referral", kind: sent.kind };
  const came = all(facts, "PatientAttended").length > 0;
  const missed = all(facts, "PatientNoShow").length > 0;
  const returned = all(facts, "ReferralReturned").length > 0;
  const rows: FigureRow[] = [
    { ...base, figure: "referrals-returned", organisation: receiver, met: returned },
    { ...base, figure: "referrals-forwarded", organisation: sent.receiver, met: onwards.length > 0 },
  ];
  if (came || missed)
    rows.push({ ...base, figure: "referral-no-shows", organisation: receiver, met: missed });
  return rows;
};

type Told = { fact: DischargeFact; at: string; no: number };

const leaving = ({ fact }: Told): "leaves" | "stays" | undefined => {
  if (fact.type === "StayEventReported" && fact.event === "discharged") return "leaves";
  if (fact.type === "StayEventCorrected" && fact.event === "discharged") return "leaves";
  if (fact.type === "StayEventCancelled" && fact.event === "discharged") return "stays";
  const back = fact.type === "StayEventReported" && ["admitted", "acute-ambulant"].includes(fact.event);
  return back ? "stays" : undefined;
};

const practiceOf = (told: readonly Told[]): string =>
  told.reduce((practice, { fact }) => {
    if (fact.type === "SummarySent") return fact.practice ?? practice;
    return fact.type === "StayEventReported" ? (fact.stay.practice ?? practice) : practice;
  }, "");

const ofSummary = (told: readonly Told[]): FigureRow[] => {
  const moves = told.filter((one) => leaving(one) !== undefined);
  const last = moves.at(-1);
  if (last === undefined || leaving(last) !== "leaves" || !("occurredAt" in last.fact)) return [];
  // The first that told of this leaving, however often it was corrected.
  const since = moves.slice(moves.findLastIndex((one) => leaving(one) === "stays") + 1)[0] ?? last;
  const { occurredAt, department } = last.fact;
  const by = laterOf(since.at, occurredAt);
  const summary = told.find(({ fact }) => fact.type === "SummarySent");
  const met = summary !== undefined && summary.at <= by;
  const parties = { organisation: department, creditor: practiceOf(told) };
  return [
    {
      figure: "summaries-ready-at-discharge",
      month: month(occurredAt),
      ...parties,
      family: "discharge",
      kind: "",
      met,
    },
  ];
};

const ofVisit = (told: readonly Told[], records: readonly CaseRecord[]): FigureRow[] => {
  const asking = told.find(({ fact }) => fact.type === "HomeVisitAsked");
  if (asking?.fact.type !== "HomeVisitAsked") return [];
  const debtors = records
    .filter(({ facts }) => facts.some(({ type }) => type === "HomeVisitDue" || type === "HomeVisitAsked"))
    .filter(({ meta }) => meta.no >= asking.no)
    .flatMap(({ clocks }) => {
      const first = clocks.find((one) => one.change === "started" && keeps(one.agreement, "HOMEVISIT"));
      return first?.change === "started" ? [first.debtor] : [];
    });
  const after = told.slice(told.indexOf(asking));
  const met = after.some(({ fact }) => fact.type === "HomeVisitHeld");
  const { at, by: creditor } = asking.fact;
  const organisation = debtors.at(-1) ?? "";
  return [
    {
      figure: "follow-up-visits-held",
      month: month(at),
      organisation,
      creditor,
      family: "discharge",
      kind: "",
      met,
    },
  ];
};

const startsGiven = (facts: readonly BookingFact[]): { start: string; unit: string }[] =>
  facts.flatMap((fact) => {
    if (fact.type === "SlotBooked") return [{ start: fact.start, unit: fact.unit }];
    return fact.type === "HoldGiven" || fact.type === "PlaceOffered"
      ? [{ start: fact.slot.start, unit: fact.slot.unit }]
      : [];
  });

type Base = Omit<FigureRow, "figure" | "month" | "met">;

const ofNeed = (opening: { needAt: string }, first: string | undefined, base: Base): FigureRow[] => {
  const need = localDateOf(opening.needAt);
  const day = first === undefined ? "9999" : localDateOf(first);
  const common = { ...base, month: need.slice(0, 7) };
  return [
    { ...common, figure: "sub-acute-same-day", met: day <= need },
    { ...common, figure: "sub-acute-same-or-next-day", met: day <= addDays(need, 1) },
  ];
};

const ofAttendance = (facts: readonly BookingFact[], base: Base): FigureRow[] => {
  const booked = all(facts, "SlotBooked").at(-1);
  const came = facts.findLast(({ type }) => type === "PatientAttended" || type === "PatientNoShow");
  if (booked === undefined || came === undefined) return [];
  const met = came.type === "PatientNoShow";
  return [{ ...base, figure: "booking-no-shows", month: month(booked.start), met }];
};

const ofBooking = (facts: readonly BookingFact[]): FigureRow[] => {
  const asked = all(facts, "SlotRequested")[0];
  const opening = asked ?? all(facts, "BookingOpened")[0];
  if (opening === undefined) return [];
  const given = startsGiven(facts);
  const first = given.map(({ start }) => start).toSorted()[0];
  const organisation = asked?.visitation ?? given.at(-1)?.unit ?? "";
  const base = { organisation, creditor: opening.booker, family: "booking", kind: "" };
  const needed = opening.referralCaseId === undefined && (asked !== undefined || first !== undefined);
  return [...(needed ? ofNeed(opening, first, base) : []), ...ofAttendance(facts, base)];
};

/** Everything that one case counts for in its family's figures. `records`: all of them, in order. */
export const recountedFigures = (records: readonly CaseRecord[]): FigureRow[] => {
  const family = records[0]?.family;
  const facts = records.flatMap((record) => record.facts);
  if (family === "referral") return ofReferral(facts.filter(isReferralFact));
  if (family === "booking") return ofBooking(facts.filter(isBookingFact));
  if (family !== "discharge") return [];
  const told = records.flatMap(({ facts: own, meta }) =>
    own.filter(isDischargeFact).map((fact) => ({ fact, at: meta.at, no: meta.no })),
  );
  return [...ofSummary(told), ...ofVisit(told, records)];
};
