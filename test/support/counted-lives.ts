/** Random lives of cases as the journal holds them: clocks that change as they may, letters, facts of families. */
import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { Family } from "../../contracts/family.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type ClockState, evolveClock, isOpenClock } from "../../services/case/clock-state.ts";

/** A number from 0 up to and not with 1; the same seed gives the same numbers. */
export const numbersFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
};

type Random = () => number;
const pick = <T>(random: Random, all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

const minuteMs = 60_000;
const debtors = ["5790000200016", "5790000200023", "5790000300013"];
const creditors = ["5790000100019", "5790000100026"];
const agreements = ["ADVICE-MSG", "REF-TRIAGE", "TOBS-MSG", "HOMEVISIT", "RECEIPT"];

type Life = { clocks: Map<string, ClockState>; letters: string[]; nowMs: number; no: number };

const instant = (ms: number): string => new Date(ms).toISOString();

const start = (random: Random, life: Life, at: string): ClockChange => {
  const from = random() < 0.2 ? instant(Date.parse(at) - Math.floor(random() * 3_000) * minuteMs) : at;
  const due = instant(Date.parse(from) + Math.ceil(random() * 6_000) * minuteMs);
  const deliveryId = random() < 0.2 ? life.letters.at(-1) : undefined;
  return {
    change: "started",
    clockId: `C.${String(life.no)}.${String(life.clocks.size)}`,
    agreement: pick(random, agreements),
    agreementVersion: 1,
    debtor: pick(random, debtors),
    creditor: pick(random, creditors),
    ...(deliveryId === undefined ? {} : { deliveryId }),
    ...(random() < 0.5 ? { matter: { kind: "specialist", ...(random() < 0.5 ? { tier: "2" } : {}) } } : {}),
    at: from,
    warnAt: due,
    due,
  };
};

const times = (random: Random, clock: ClockState, at: string) => {
  const due = instant(Date.parse(clock.due) + Math.floor(random() * 2_000) * minuteMs);
  return { at, warnAt: due, due };
};

const moved = (random: Random, clock: ClockState, at: string): ClockChange => {
  const paused = clock.status === "paused";
  const why = pick(random, ["limits-changed", "start-moved", "merged"] as const);
  return {
    change: "rescheduled",
    clockId: clock.clockId,
    why,
    ...times(random, clock, at),
    rings: random() < 0.5 ? ["breach"] : [],
    ...(paused ? { paused: true as const } : {}),
    ...(why === "limits-changed"
      ? {}
      : { startedAt: instant(Date.parse(at) - Math.floor(random() * 4_000) * minuteMs) }),
    ...(why === "merged" ? { waited: [{ pausedAt: clock.startedAt, resumedAt: at }] } : {}),
  };
};

/** What may happen to a clock as it stands. */
const changeOf = (random: Random, clock: ClockState, at: string): ClockChange | undefined => {
  const { clockId } = clock;
  if (!isOpenClock(clock))
    return random() < 0.1
      ? { change: "rescheduled", clockId, why: "reopened", ...times(random, clock, at), rings: ["breach"] }
      : undefined;
  const ends: ClockChange[] = [
    { change: "stopped", clockId, at, inTime: !clock.breached && at <= clock.due },
    { change: "cancelled", clockId, at, reason: "x" },
  ];
  if (clock.status === "paused")
    return pick(random, [
      ...ends,
      { change: "resumed", clockId, ...times(random, clock, at) },
      moved(random, clock, at),
    ]);
  return pick(random, [
    ...ends,
    { change: "paused", clockId, at, reason: "x" },
    { change: "paused", clockId, at, reason: "x" },
    { change: "warned", clockId, at },
    { change: "breached", clockId, at },
    moved(random, clock, at),
  ]);
};

const deliveries = (random: Random, life: Life, at: string): DeliveryChange[] => {
  const deliveryId = `d.${String(life.no)}`;
  const known = life.letters.length === 0 ? undefined : pick(random, life.letters);
  const about = { deliveryId: known ?? deliveryId, at, by: "x" };
  const later: DeliveryChange[] = [
    { change: "fetched", ...about },
    { change: "acknowledged", ...about, how: "receipt" },
    { change: "failed", ...about, code: "x" },
    { change: "unconfirmed", ...about, to: "x", why: pick(random, ["not-fetched", "no-receipt"] as const) },
  ];
  const owed = {
    change: "owed",
    deliveryId,
    to: pick(random, debtors),
    from: "x",
    standard: "json",
    transport: "inbox",
    documentType: "x",
    fact: 0,
    receiptExpected: false,
  } as const;
  if (random() < 0.4) life.letters.push(deliveryId);
  return [
    ...(life.letters.includes(deliveryId) ? [owed] : []),
    ...(known !== undefined && random() < 0.4 ? [pick(random, later)] : []),
  ];
};

type Fact = { type: string } & Record<string, unknown>;

const referralFacts = (random: Random, at: string, no: number): Fact[] =>
  no === 1
    ? [
        {
          type: "ReferralSent",
          kind: "hospital",
          sender: pick(random, creditors),
          receiver: pick(random, debtors),
          receivedAt: at,
        },
      ]
    : [
        pick<Fact>(random, [
          { type: "ReferralReaddressed", receiver: pick(random, debtors) },
          { type: "ReferralReturned" },
          { type: "PatientAttended" },
          { type: "PatientNoShow" },
          { type: "ReferralReceived" },
        ]),
      ];

const stayFacts = (random: Random, at: string): Fact[] => {
  const moment = instant(Date.parse(at) + Math.floor((random() - 0.7) * 600) * minuteMs);
  const department = pick(random, debtors);
  const event = pick(random, ["admitted", "leave-started", "discharged", "discharged"]);
  const stay = random() < 0.5 ? { practice: pick(random, creditors) } : {};
  return [
    pick<Fact>(random, [
      { type: "StayEventReported", event, occurredAt: moment, department, stay },
      { type: "StayEventCorrected", event, occurredAt: moment, department },
      { type: "StayEventCancelled", event },
      { type: "SummarySent", ...(random() < 0.5 ? { practice: pick(random, creditors) } : {}) },
      { type: "HomeVisitAsked", by: pick(random, creditors), at },
      { type: "HomeVisitDue" },
      { type: "HomeVisitHeld" },
    ]),
  ];
};

const bookingFacts = (random: Random, at: string, no: number): Fact[] => {
  const slot = {
    start: instant(Date.parse(at) + Math.floor(random() * 4_000) * minuteMs),
    unit: pick(random, debtors),
  };
  const opening = {
    booker: pick(random, creditors),
    needAt: at,
    ...(random() < 0.2 ? { referralCaseId: "x" } : {}),
  };
  if (no === 1)
    return random() < 0.5
      ? [{ type: "BookingOpened", ...opening }]
      : [{ type: "SlotRequested", ...opening, visitation: pick(random, debtors) }];
  return [
    pick<Fact>(random, [
      { type: "HoldGiven", slot },
      { type: "PlaceOffered", slot },
      { type: "SlotBooked", ...slot },
      { type: "PatientAttended" },
      { type: "PatientNoShow" },
    ]),
  ];
};

const factsOf = (random: Random, family: Family, { no, at }: { no: number; at: string }): Fact[] => {
  if (family === "referral") return referralFacts(random, at, no);
  if (family === "discharge") return stayFacts(random, at);
  if (family === "booking") return bookingFacts(random, at, no);
  return random() < 0.3 ? [{ type: "DoctorAsked", tier: pick(random, ["2", "3-4"]) }] : [];
};

const clocksOf = (random: Random, life: Life, at: string): ClockChange[] => {
  const changes: ClockChange[] = [];
  const change = (one: ClockChange) => {
    changes.push(one);
    life.clocks.set(one.clockId, evolveClock(life.clocks.get(one.clockId), one));
  };
  for (const clock of [...life.clocks.values()]) {
    const next = random() < 0.5 ? changeOf(random, clock, at) : undefined;
    if (next !== undefined) change(next);
  }
  if (random() < 0.5) change(start(random, life, at));
  return changes;
};

/** All records of one case, in order. */
export const lifeOfCase = (random: Random, caseId: string): CaseRecord[] => {
  const family = pick<Family>(random, ["advice", "referral", "discharge", "booking", "observation"]);
  const life: Life = {
    clocks: new Map(),
    letters: [],
    nowMs: Date.UTC(2026, 1, 1) + Math.floor(random() * 120) * 86_400_000,
    no: 0,
  };
  return Array.from({ length: 1 + Math.floor(random() * 12) }, () => {
    life.no += 1;
    life.nowMs += Math.ceil(random() ** 3 * 8_000) * minuteMs + Math.floor(random() * 60) * 1_000;
    const at = instant(life.nowMs);
    const told = deliveries(random, life, at);
    const card =
      random() < 0.7 ? { kind: pick(random, ["specialist", "hospital"]), closed: random() < 0.3 } : undefined;
    return {
      version: 1,
      caseId,
      family,
      facts: random() < 0.1 && life.no > 1 ? [] : factsOf(random, family, { no: life.no, at }),
      deliveries: told,
      clocks: clocksOf(random, life, at),
      meta: { no: life.no, at, outcome: "accepted", status: "x", ...(card === undefined ? {} : { card }) },
    } as unknown as CaseRecord;
  });
};
