/**
 * What is told of a clock that runs out, in the record in which it does: the fact, who is told at once, and the alarms by which
 * others are told later. Made for every record, whichever service wrote it, so that no breach is without its notice.
 */
import type { EscalationStep } from "../../contracts/agreement.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import { type ClockNotice, type NoticeStep, noticeAlarmOf, noticeOfAlarm } from "../../contracts/notices.ts";
import type { AlarmChange } from "../../contracts/record.ts";
import type { CaseState } from "./case-state.ts";
import { type ClockState, evolveClock, isOpenClock } from "./clock-book.ts";
import type { Telling } from "./decision.ts";
import { type NoticeWorld, noticeOf, onOf, type Placed, stepsOf, taken, withPhone } from "./notice-steps.ts";

/** `escalate`: later steps of clocks whose time has come. */
type Happened = {
  clocks: readonly ClockChange[];
  escalate?: readonly { clockId: string; step: number }[] | undefined;
};

type Notices = { facts: ClockNotice[]; tell: Telling[]; alarms: AlarmChange[] };

/** While a clock stands still nobody is told: its alarms are set where they never ring, and anew when it runs again. */
const held = "9999-12-31T23:59:59.000Z";

/** In whose name a receiver is told: of the other of the two; who is neither is told in the creditor's. */
const fromFor = (to: string, { debtor, creditor }: ClockState): string =>
  to === creditor ? debtor : creditor;

const isNow = ({ organisation, at }: NoticeStep): boolean => organisation !== undefined && at === undefined;
const receiversNow = (steps: readonly NoticeStep[]): string[] => [
  ...new Set(steps.filter(isNow).flatMap(({ organisation }) => organisation ?? [])),
];

const alarmsFor = ({ clockId }: ClockState, steps: readonly NoticeStep[]): AlarmChange[] =>
  steps.flatMap(({ step, at }) =>
    at === undefined ? [] : [{ change: "set", alarmId: noticeAlarmOf(clockId, step), at }],
  );

type Notice = { type: ClockNotice["type"]; clock: ClockState; steps: readonly Placed[] };

/** One notice: each receiver is told once, however many steps mean it. */
const told = (
  { type, clock, steps }: Notice,
  { state, world, fact }: { state: CaseState; world: NoticeWorld; fact: number },
): { fact: ClockNotice; tell: Telling[]; alarms: AlarmChange[] } => {
  const all = steps.map((placed) => taken(clock, placed, world));
  const receivers = receiversNow(all);
  const readers = [...new Set([...receivers, ...state.parties])];
  const phoned = all.map((step) => (isNow(step) ? withPhone(clock, step, { ...world, readers }) : step));
  return {
    fact: { type, ...noticeOf(clock, world), steps: phoned },
    tell: receivers.map((to) => ({ to, from: fromFor(to, clock), fact })),
    alarms: alarmsFor(clock, all),
  };
};

const types = { warned: "ClockWarned", breached: "ClockBreached" } as const;
const occasions = { warned: "warning", breached: "breach" } as const;

type Clocks = Readonly<Record<string, ClockState>>;

const ofChange = (after: Clocks, change: ClockChange, world: NoticeWorld): Notice[] => {
  if (change.change !== "warned" && change.change !== "breached") return [];
  const clock = after[change.clockId];
  if (clock === undefined) return [];
  const steps = stepsOf(clock, world).filter(({ step }) => onOf(step) === occasions[change.change]);
  return [{ type: types[change.change], clock, steps }];
};

/** A step whose time has come is told now, whatever it waited for. */
const now = ({ after: _after, ...step }: EscalationStep): EscalationStep => ({ ...step, urgent: true });

const ofEscalation = (
  after: Clocks,
  due: { clockId: string; step: number },
  world: NoticeWorld,
): Notice[] => {
  const clock = after[due.clockId];
  const placed = clock === undefined ? undefined : stepsOf(clock, world)[due.step];
  if (clock === undefined || placed === undefined) return [];
  // A start that was corrected may have taken the breach back.
  if (onOf(placed.step) === "breach" && !clock.breached) return [];
  return [{ type: "ClockEscalated", clock, steps: [{ ...placed, step: now(placed.step) }] }];
};

const isStill = (clock: ClockState | undefined): boolean => clock?.status === "paused";

/** What a clock's end, pause and resumption do to the alarms by which somebody was to be told later. */
const ofOlderAlarms = (state: CaseState, after: Clocks, world: NoticeWorld): AlarmChange[] =>
  Object.keys(state.alarms).flatMap((alarmId): AlarmChange[] => {
    const notice = noticeOfAlarm(alarmId);
    if (notice === undefined) return [];
    const [was, is] = [state.clocks[notice.clockId], after[notice.clockId]];
    if (is === undefined || !isOpenClock(is)) return [{ change: "cleared", alarmId }];
    if (isStill(was) === isStill(is)) return [];
    const placed = stepsOf(is, world)[notice.step];
    const at = placed === undefined ? world.at : (taken(is, placed, world).at ?? world.at);
    return [{ change: "set", alarmId, at: isStill(is) ? held : at }];
  });

/** Most records tell of no clock that ran out, and those are written at the speed of the journal. */
const isQuiet = ({ alarms }: CaseState, { clocks, escalate = [] }: Happened): boolean =>
  escalate.length === 0 &&
  clocks.every(({ change }) => change !== "warned" && change !== "breached") &&
  Object.keys(alarms).every((alarmId) => noticeOfAlarm(alarmId) === undefined);

/** The facts, tellings and alarms of one record; `fact` of a telling is the place in these facts. */
export const noticesOf = (state: CaseState, happened: Happened, world: NoticeWorld): Notices => {
  if (isQuiet(state, happened)) return { facts: [], tell: [], alarms: [] };
  const after: Record<string, ClockState> = { ...state.clocks };
  for (const change of happened.clocks) after[change.clockId] = evolveClock(after[change.clockId], change);
  const notices = [
    ...happened.clocks.flatMap((change) => ofChange(after, change, world)),
    ...(happened.escalate ?? []).flatMap((due) => ofEscalation(after, due, world)),
  ];
  const made = notices.map((notice, fact) => told(notice, { state, world, fact }));
  // A clock that breaches and pauses in one record is held from the first: what is set here comes before what is held.
  const set = made.flatMap(({ alarms }) => alarms);
  const paused = set.map((alarm) =>
    isStill(after[noticeOfAlarm(alarm.alarmId)?.clockId ?? ""]) && alarm.change === "set"
      ? { ...alarm, at: held }
      : alarm,
  );
  return {
    facts: made.map(({ fact }) => fact),
    tell: made.flatMap(({ tell }) => tell),
    alarms: [...ofOlderAlarms(state, after, world), ...paused],
  };
};
