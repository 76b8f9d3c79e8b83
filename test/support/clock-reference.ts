/**
 * The slow and obvious way to find when a clock is due: walk minute by minute and ask of each, is this minute open, is the clock
 * paused, does this day count. It shares no arithmetic with the engine: the wall clock comes from Intl, holidays are listed here.
 */
import type { ClockCalendar } from "../../contracts/clock-calendar.ts";
import type { Limit } from "../../contracts/limits.ts";

/** The public holidays of the years that are walked through. */
const holidays = new Set([
  ...[
    "2026-01-01",
    "2026-04-02",
    "2026-04-03",
    "2026-04-05",
    "2026-04-06",
    "2026-05-14",
    "2026-05-24",
    "2026-05-25",
  ],
  ...["2026-12-25", "2026-12-26"],
  ...[
    "2027-01-01",
    "2027-03-25",
    "2027-03-26",
    "2027-03-28",
    "2027-03-29",
    "2027-05-06",
    "2027-05-16",
    "2027-05-17",
  ],
  ...["2027-12-25", "2027-12-26"],
]);

const minuteMs = 60_000;
const dayMinutes = 1440;

/** Minutes of real time from `baseMs` on, each with its Danish date (a number) and time of day. */
export type Stretch = { baseMs: number; dates: string[]; dayOf: Uint16Array; wallOf: Uint16Array };

const wallClock = new Intl.DateTimeFormat("sv-SE", {
  timeZone: "Europe/Copenhagen",
  dateStyle: "short",
  timeStyle: "short",
});

export const stretchFrom = (date: string, days: number): Stretch => {
  const baseMs = Date.parse(`${date}T00:00:00Z`);
  const minutes = days * dayMinutes;
  const [dayOf, wallOf] = [new Uint16Array(minutes), new Uint16Array(minutes)];
  const dates: string[] = [];
  for (let hour = 0; hour < days * 24; hour++) {
    const [local = "", time = ""] = wallClock.format(baseMs + hour * 60 * minuteMs).split(" ");
    if (dates.at(-1) !== local) dates.push(local);
    for (let minute = 0; minute < 60; minute++) {
      dayOf[hour * 60 + minute] = dates.length - 1;
      wallOf[hour * 60 + minute] = Number(time.slice(0, 2)) * 60 + minute;
    }
  }
  return { baseMs, dates, dayOf, wallOf };
};

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));
const weekdayOf = (date: string): number => new Date(`${date}T12:00:00Z`).getUTCDay() || 7;
const among = (date: string, days: readonly string[]): boolean =>
  days.includes(date) || days.includes(date.slice(5));

/** A calendar as it is asked of a date: does it count, and which of its minutes are open. */
type Asked = (date: string) => { counts: boolean; open: boolean[] };

const allMinutes = Array.from({ length: dayMinutes }, (_, minute) => minute);

const isWithin = (
  date: string,
  { from = "", to = "9999" }: { from?: string | undefined; to?: string | undefined },
) => from <= date && date <= to;

/** Which minutes an opening says are open, before a half day cuts them. */
const minutesOpen = (
  calendar: ClockCalendar,
  date: string,
  { isOff, weekday }: { isOff: boolean; weekday: number },
) => {
  const since = calendar.changes
    .filter(({ from }) => from <= date)
    .sort((a, b) => (a.from < b.from ? 1 : -1));
  const openings = since[0]?.openingHours ?? calendar.openingHours;
  const spans = openings
    .filter(({ days }) => days.includes(weekday))
    .map(({ opens, closes }) => [minuteOf(opens), minuteOf(closes)] as const);
  return allMinutes.map((minute) =>
    openings.length === 0 ? !isOff : spans.some(([opens, closes]) => opens <= minute && minute < closes),
  );
};

/** A day that nobody has closed by choice. */
const askingOpen = (calendar: ClockCalendar, date: string) => {
  const isHoliday = calendar.days === "workingDays" && holidays.has(date);
  const isOff = isHoliday || (calendar.days === "workingDays" && weekdayOf(date) > 5);
  const whole = minutesOpen(calendar, date, { isOff, weekday: isHoliday ? 7 : weekdayOf(date) });
  const end = calendar.halfDays.find(({ day }) => among(date, [day]))?.closes ?? "24:00";
  const open = whole.map((isOpen, minute) => isOpen && minute < minuteOf(end));
  // A half day that ends before it begins is a closed day.
  return { counts: !isOff && (open.includes(true) || !whole.includes(true)), open };
};

const asking =
  (calendar: ClockCalendar, others: readonly ClockCalendar[]): Asked =>
  (date) => {
    const { closingDays, closingPeriods, substitutes } = calendar;
    const isClosed = among(date, closingDays) || closingPeriods.some((period) => isWithin(date, period));
    if (!isClosed) return askingOpen(calendar, date);
    const found = substitutes.find((substitute) => isWithin(date, substitute));
    const other = others.find(({ id }) => id === found?.calendar);
    return other === undefined
      ? { counts: false, open: allMinutes.map(() => false) }
      : asking({ ...other, substitutes: [] }, others)(date);
  };

export type Table = { stretch: Stretch; open: Uint8Array; counts: boolean[]; closes: number[] };

/** Asked of every minute of a stretch, once. `closes`: the minute after the last open one; without any the end of the day. */
export const tableOf = (
  stretch: Stretch,
  calendar: ClockCalendar,
  others: readonly ClockCalendar[],
): Table => {
  const days = stretch.dates.map(asking(calendar, others));
  const open = Uint8Array.from(stretch.dayOf, (day, t) =>
    Number(days[day]?.open[stretch.wallOf[t] ?? 0] ?? false),
  );
  const closes = days.map((day) => (day.open.includes(true) ? day.open.lastIndexOf(true) + 1 : dayMinutes));
  return { stretch, open, counts: days.map(({ counts }) => counts), closes };
};

/** From minute to minute of the stretch, the last not included. */
export type Away = { from: number; to: number };

/** Whether the clock is paused in a minute of the stretch, and the minute from which it is paused for good. */
type Waiting = { paused: (t: number) => boolean; end: number };

const waitingIn = (table: Table, away: readonly Away[]): Waiting => {
  const marks = new Uint8Array(table.open.length);
  for (const { from, to } of away) marks.fill(1, from, Math.min(to, marks.length));
  const forGood = away.find(({ to }) => to >= marks.length)?.from ?? marks.length;
  return { paused: (t) => marks[t] === 1, end: Math.min(forGood, marks.length) };
};

const walkMinutes = (table: Table, start: number, need: { minutes: number; open: boolean } & Waiting) => {
  const { minutes, open, paused, end } = need;
  let used = 0;
  for (let t = start; t < end; t++) {
    if (used >= minutes && !paused(t)) return t;
    if (!paused(t) && (!open || table.open[t] === 1) && used < minutes) used++;
  }
  return undefined;
};

const walkWindows = (
  { stretch, counts }: Table,
  start: number,
  { cutoff, by, paused, end }: { cutoff: number; by: number } & Waiting,
) => {
  let cameInTime = false;
  for (let t = start; t < end; t++) {
    const wall = stretch.wallOf[t];
    if (wall === 0) cameInTime = false;
    if (wall === cutoff) cameInTime = t > start && !paused(t - 1) && counts[stretch.dayOf[t] ?? 0] === true;
    if (wall === by && cameInTime && !paused(t)) return t;
  }
  return undefined;
};

type Days = { days: number; counts: (day: number) => boolean; closes: (day: number) => number } & Waiting;

type Midnights = Pick<Days, "days" | "paused" | "end"> & { endsAtMidnight: (t: number) => boolean };

/** The midnight that is due within no days, if one is: the first that comes while nobody is waited for. No pause can take a day of none. */
const midnightAfter = (start: number, { days, end, paused, endsAtMidnight }: Midnights) => {
  if (days > 0) return undefined;
  for (let t = start; t < end; t++) if (endsAtMidnight(t) && !paused(t)) return t;
  return undefined;
};

/** A day is begun anew for each that the pause took: it had begun when that day was over. */
const walkDays = ({ stretch }: Table, start: number, { days, counts, closes, paused, end }: Days) => {
  const day = (t: number): number => stretch.dayOf[t] ?? 0;
  let count = 0;
  const isDue = (t: number): boolean => count >= days && !paused(t);
  const isClosing = (t: number): boolean => {
    const close = closes(day(t));
    if (!counts(day(t))) return false;
    if (close === dayMinutes) return stretch.wallOf[t] === dayMinutes - 1;
    return stretch.wallOf[t] === close && t > start;
  };
  const isMidnight = (t: number): boolean => t > start && day(t) !== day(t - 1);
  const wasLost = (t: number): boolean => isMidnight(t) && counts(day(t - 1)) && paused(t - 1);
  const endsAtMidnight = (t: number): boolean => isMidnight(t) && closes(day(t - 1)) > dayMinutes;
  const first = midnightAfter(start, { days, end, paused, endsAtMidnight });
  if (first !== undefined) return first;
  for (let t = start; t < end; t++) {
    count -= Number(wasLost(t));
    if (endsAtMidnight(t) && isDue(t)) return t;
    count += Number(isMidnight(t) && counts(day(t)));
    // A day without hours is over in its last second.
    if (isClosing(t) && isDue(t)) return closes(day(t)) === dayMinutes ? t + 59 / 60 : t;
  }
  return undefined;
};

/** The time of the day of the start itself, whether that day counts or not; it may be past. */
const walkToday = (table: Table, start: number, { at, days }: { at: number; days: Days }) => {
  const { stretch } = table;
  for (let t = start; t >= 0 && stretch.dayOf[t] === stretch.dayOf[start]; t--)
    if (stretch.wallOf[t] === at && (t < start || !days.paused(t))) return t;
  for (let t = start + 1; stretch.dayOf[t] === stretch.dayOf[start]; t++)
    if (stretch.wallOf[t] === at && !days.paused(t)) return t;
  return walkDays(table, start, days);
};

const walk = (table: Table, limit: Limit, { start, away }: { start: number; away: Away[] }) => {
  const { counts, closes } = table;
  const waiting = waitingIn(table, away);
  const days = {
    counts: (day: number) => counts[day] === true,
    closes: (day: number) => closes[day] ?? 0,
    ...waiting,
  };
  switch (limit.kind) {
    case "elapsed":
      return walkMinutes(table, start, { minutes: limit.minutes, open: false, ...waiting });
    case "openingMinutes":
      return walkMinutes(table, start, { minutes: limit.minutes, open: true, ...waiting });
    case "readingWindow":
      return walkWindows(table, start, {
        cutoff: minuteOf(limit.cutoff),
        by: minuteOf(limit.by),
        ...waiting,
      });
    case "workingDays":
      return walkDays(table, start, { ...days, days: limit.days });
    case "sameOrNextDay":
      return walkDays(table, start, { ...days, days: limit.day === "same" ? 0 : 1 });
    case "calendarDays":
      return walkDays(table, start, {
        counts: () => true,
        closes: () => dayMinutes + 1,
        days: limit.days,
        ...waiting,
      });
    case "timeOfDay": {
      const at = minuteOf(limit.at);
      const timed = { ...days, closes: () => at, days: limit.days };
      return limit.days === 0 ? walkToday(table, start, { at, days: timed }) : walkDays(table, start, timed);
    }
  }
};

/** The last instant that is in time; `undefined` when the stretch ends before. */
export const referenceDue = (
  table: Table,
  limit: Limit,
  course: { start: number; away: Away[] },
): string | undefined => {
  const found = walk(table, limit, course);
  return found === undefined
    ? undefined
    : new Date(table.stretch.baseMs + Math.round(found * 60) * 1000).toISOString();
};
