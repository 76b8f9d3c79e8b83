/** What is known of a case for the indicators, record by record, and what it counts for. */
import type { ClockChange, ClockMatter } from "../../../../contracts/clocks.ts";
import type { DeliveryChange } from "../../../../contracts/deliveries.ts";
import { isBookingFact } from "../../../../contracts/messages/booking.ts";
import { isDischargeFact } from "../../../../contracts/messages/discharge-facts.ts";
import { isReferralFact } from "../../../../contracts/messages/referral.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { evolveClock, isOpenClock } from "../../../case/clock-state.ts";
import { type BookingSoFar, bookingAfter, bookingRows } from "./booking-figures.ts";
import { type CountedClock, heardOf, type Matter } from "./clock-row.ts";
import type { FigureRow } from "./figure-row.ts";
import { type ReferralSoFar, referralAfter, referralRows } from "./referral-figures.ts";
import { type StaySoFar, stayAfter, stayRows } from "./stay-figures.ts";

/** A case on its way through the journal. `no`: the last record; `seen`: the agreements that it had clocks of, and with whom. */
export type CaseSoFar = {
  no: number;
  closed: boolean;
  kind: string;
  seen: readonly string[];
  clocks: Readonly<Record<string, CountedClock>>;
  referral?: ReferralSoFar | undefined;
  stay?: StaySoFar | undefined;
  booking?: BookingSoFar | undefined;
};

export const unknownCase: CaseSoFar = { no: 0, closed: false, kind: "", seen: [], clocks: {} };

type Started = Extract<ClockChange, { change: "started" }>;

/** The tier that a doctor was asked in. */
const tierAsked = ({ facts }: CaseRecord): string => {
  const asked = facts.find(({ type }) => type === "DoctorAsked");
  return asked !== undefined && "tier" in asked && typeof asked.tier === "string" ? asked.tier : "";
};

/** Old records have no matter: the case's kind is one, and a question to a doctor tells its tier. */
const matterOf = (record: CaseRecord, { matter, deliveryId }: Started, caseKind: string): Matter => {
  const old = { kind: deliveryId === undefined ? caseKind : "delivery", tier: tierAsked(record) };
  const { kind, speciality = "", priority = "", tier = old.tier }: ClockMatter = matter ?? old;
  return { family: record.family, kind, speciality, priority, tier };
};

const lettersOf = (record: CaseRecord, { debtor, deliveryId }: Started): string[] =>
  deliveryId === undefined
    ? record.deliveries.flatMap((d) => (d.change === "owed" && d.to === debtor ? [d.deliveryId] : []))
    : [deliveryId];

const started = (so: CaseSoFar, record: CaseRecord, change: Started): CaseSoFar => {
  const { clockId, agreement, debtor } = change;
  if (so.clocks[clockId] !== undefined) return so;
  const counted: CountedClock = {
    clock: evolveClock(undefined, change),
    matter: matterOf(record, change, so.kind),
    first: !so.seen.includes(agreement),
    firstOfDebtor: !so.seen.includes(`${agreement}|${debtor}`),
    letters: lettersOf(record, change),
    heard: [],
  };
  const seen = [...new Set([...so.seen, agreement, `${agreement}|${debtor}`])];
  return { ...so, seen, clocks: { ...so.clocks, [clockId]: counted } };
};

const afterChange =
  (record: CaseRecord) =>
  (so: CaseSoFar, change: ClockChange): CaseSoFar => {
    if (change.change === "started") return started(so, record, change);
    const counted = so.clocks[change.clockId];
    if (counted === undefined) return so;
    const after = { ...counted, clock: evolveClock(counted.clock, change) };
    return { ...so, clocks: { ...so.clocks, [change.clockId]: after } };
  };

/** A letter tells something of each clock that it brought the matter of, as long as that is open. */
const afterDelivery = (so: CaseSoFar, delivery: DeliveryChange): CaseSoFar => {
  const heard = heardOf(delivery);
  if (heard === undefined) return so;
  const clocks = Object.entries(so.clocks).map(([id, counted]): [string, CountedClock] =>
    counted.letters.includes(delivery.deliveryId) && isOpenClock(counted.clock)
      ? [id, { ...counted, heard: [...counted.heard, heard] }]
      : [id, counted],
  );
  return { ...so, clocks: Object.fromEntries(clocks) };
};

const afterFact =
  ({ family, meta, clocks }: CaseRecord) =>
  (now: CaseSoFar, fact: CaseRecord["facts"][number]): CaseSoFar => {
    if (family === "referral" && isReferralFact(fact))
      return { ...now, referral: referralAfter(now.referral, fact) };
    if (family === "discharge" && isDischargeFact(fact))
      return { ...now, stay: stayAfter(now.stay, fact, { at: meta.at, clocks }) };
    return family === "booking" && isBookingFact(fact)
      ? { ...now, booking: bookingAfter(now.booking, fact) }
      : now;
  };

/** What is known of a case after one more record. A record that was counted before changes nothing. */
export const followCase = (before: CaseSoFar, record: CaseRecord): CaseSoFar => {
  const { no, card } = record.meta;
  if (no <= before.no) return before;
  const known = { ...before, no, kind: card?.kind ?? before.kind, closed: card?.closed ?? before.closed };
  const heard = record.deliveries.reduce(afterDelivery, known);
  const clocked = record.clocks.reduce(afterChange(record), heard);
  return record.facts.reduce(afterFact(record), clocked);
};

/** What the case counts for in the figures of its family. */
export const figuresOf = ({ referral, stay, booking }: CaseSoFar): FigureRow[] => [
  ...(referral === undefined ? [] : referralRows(referral)),
  ...(stay === undefined ? [] : stayRows(stay)),
  ...(booking === undefined ? [] : bookingRows(booking)),
];

const countedFamilies: readonly string[] = ["referral", "discharge", "booking"];

/** Whether a record can change anything that is counted. Most receipts cannot. */
export const isCounted = (record: CaseRecord): boolean =>
  record.clocks.length > 0 || (countedFamilies.includes(record.family) && record.facts.length > 0);
