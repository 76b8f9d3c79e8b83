import { localTimeOf } from "../danish-time.ts";
import type { AuditEntry, OddUse } from "../messages/audit.ts";

/**
 * What is worth a closer look, as data: none of it is wrong by itself. Own family and own record are not among them: the hub knows nobody's own
 * number, nor whose relative a citizen is.
 */
export const oddUseRules = {
  /** One person sees more different cases in an hour than work takes them through. */
  "many-cases": { cases: 60, withinMinutes: 60 },
  /** One caller is refused again and again: trying doors, or ids. */
  "many-refusals": { refusals: 20, withinMinutes: 60 },
  /** Every emergency access is looked at afterwards. */
  "emergency-access": {},
  /** A person looks while their own organisation is closed, by the directory's hours. */
  "outside-hours": {},
  /** Somebody asks for a citizen whom their organisation has no case of. */
  "no-case-of-citizen": {},
} as const;
type OddRule = keyof typeof oddUseRules;

type Opening = { days: readonly number[]; opens: string; closes: string };
type World = { hoursOf: (gln: string) => readonly Opening[] };

const whoIs = ({ gln, person }: AuditEntry): string => `${gln}|${person ?? ""}`;

const found = (rule: OddRule, entry: AuditEntry, more: { count?: number } = {}): OddUse => ({
  rule,
  ...{ from: entry.at, to: entry.at, gln: entry.gln, count: more.count ?? 1 },
  ...(entry.person === undefined ? {} : { person: entry.person }),
  ...(entry.emergency === undefined ? {} : { emergency: entry.emergency }),
  cases: entry.cases.slice(0, 20),
});

/** The weekday of a Danish local time, 1 for Monday. */
const weekdayOf = (local: string): number => new Date(`${local.slice(0, 10)}T12:00:00Z`).getUTCDay() || 7;

const isOpen = (hours: readonly Opening[], at: string): boolean => {
  const local = localTimeOf(at);
  const [day, time] = [weekdayOf(local), local.slice(11, 16)];
  return hours.some(({ days, opens, closes }) => days.includes(day) && opens <= time && time < closes);
};

const isOutsideHours = (entry: AuditEntry, { hoursOf }: World): boolean => {
  if (entry.person === undefined || entry.outcome !== "shown") return false;
  const hours = hoursOf(entry.gln);
  return hours.length > 0 && !isOpen(hours, entry.at);
};

const asksForNobodys = ({ outcome, patient, cases, emergency, resource }: AuditEntry): boolean =>
  outcome === "shown" &&
  resource === "list" &&
  patient !== undefined &&
  cases.length === 0 &&
  emergency === undefined;

/** The same oddity of the same caller within an hour is one line. */
const joinMs = 3_600_000;

type Recent = { atMs: number; what: string };
type Follower = { take: (entry: AuditEntry) => void; end: () => OddUse[] };

/** The lines: of one oddity that goes on, one. */
const createLines = () => {
  const lines: OddUse[] = [];
  const open = new Map<string, OddUse>();
  const tell = (one: OddUse, entry: AuditEntry): void => {
    const key = `${one.rule}|${whoIs(entry)}|${one.emergency ?? ""}`;
    const before = open.get(key);
    if (before !== undefined && Date.parse(entry.at) - Date.parse(before.to) < joinMs) {
      before.count = Math.max(before.count + (one.count === 1 ? 1 : 0), one.count);
      before.to = entry.at;
      before.cases = [...new Set([...before.cases, ...one.cases])].slice(0, 20);
      return;
    }
    open.set(key, one);
    lines.push(one);
  };
  return { lines, tell };
};

/** How many different things a caller has to do with in a while, this entry's among them. */
const createWithin = () => {
  const recent = new Map<string, Recent[]>();
  return (key: string, entry: AuditEntry, of: { whats: readonly string[]; minutes: number }): number => {
    const atMs = Date.parse(entry.at);
    const kept = (recent.get(key) ?? []).filter((one) => atMs - one.atMs < of.minutes * 60_000);
    recent.set(key, [...kept, ...of.whats.map((what) => ({ atMs, what }))]);
    return new Set(recent.get(key)?.map(({ what }) => what)).size;
  };
};

/** Follows looks in the order of time, and tells at the end which are worth a closer look; of many alike it makes one line. */
export const createOddUse = (world: World): Follower => {
  const { lines, tell } = createLines();
  const within = createWithin();
  const takeMany = (entry: AuditEntry): void => {
    const { "many-cases": seen, "many-refusals": refused } = oddUseRules;
    if (entry.outcome === "refused") {
      const of = { whats: [entry.request], minutes: refused.withinMinutes };
      const count = within(`refused|${whoIs(entry)}`, entry, of);
      if (count >= refused.refusals) tell(found("many-refusals", entry, { count }), entry);
      return;
    }
    // Systems fetch for everybody, and a list that names a case is no look into it.
    if (entry.person === undefined || entry.resource === "list" || entry.resource === "inbox") return;
    const of = { whats: entry.cases, minutes: seen.withinMinutes };
    const count = within(`seen|${whoIs(entry)}`, entry, of);
    if (count >= seen.cases) tell(found("many-cases", entry, { count }), entry);
  };
  return {
    take: (entry) => {
      takeMany(entry);
      if (entry.emergency !== undefined) tell(found("emergency-access", entry), entry);
      if (isOutsideHours(entry, world)) tell(found("outside-hours", entry), entry);
      if (asksForNobodys(entry)) tell(found("no-case-of-citizen", entry), entry);
    },
    end: () => lines,
  };
};
