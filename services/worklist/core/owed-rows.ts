import type { InBothLanguages } from "../../../contracts/agreement.ts";
import { wordsOfAct } from "../../../contracts/codes/act-words.ts";
import type { IndexedCase } from "../../../contracts/messages/case-list.ts";
import type { OwedItem, OwedQuery } from "../../../contracts/messages/owed.ts";
import { followUpAct } from "../../../contracts/record.ts";
import { creditorIn, isUndue, type KeptClock, pausedField } from "./project-owed.ts";

/** A place in what is owed: by when, and `<caseId>|<clockId>`. */
type Place = { score: number; member: string };

/** What rows are made of: the case as lists keep it, its open clocks, and what things are called. */
export type RowWorld = {
  caseOf: (caseId: string) => IndexedCase | undefined;
  clocksOf: (caseId: string) => Readonly<Record<string, string>>;
  nameOf: (gln: string) => string;
  agreementName: (id: string, version: number) => InBothLanguages | undefined;
  nowMs: number;
};

/** Only the projection writes there: to parse every field again would be most of the time that a page takes. */
const isKept = (value: unknown): value is KeptClock =>
  typeof value === "object" && value !== null && "debtor" in value && "creditor" in value && "since" in value;

const readKept = (text: string | undefined): KeptClock | undefined => {
  const value: unknown = text === undefined ? undefined : JSON.parse(text);
  return isKept(value) ? value : undefined;
};

const instant = (ms: number): string => new Date(ms).toISOString();

const named = ({ nameOf }: RowWorld, gln: string): OwedItem["debtor"] => ({ gln, name: nameOf(gln) });

const minuteMs = 60_000;

/** At the due instant is in time, as everywhere. */
const lateness = (
  score: number,
  { nowMs }: RowWorld,
): Pick<OwedItem, "due" | "overdue" | "overdueMinutes"> => {
  if (isUndue(score)) return { overdue: false };
  const late = nowMs - score;
  return late > 0
    ? { due: instant(score), overdue: true, overdueMinutes: Math.floor(late / minuteMs) }
    : { due: instant(score), overdue: false };
};

const ofCase = (of: IndexedCase): Pick<OwedItem, "caseId" | "family" | "kind" | "status"> => ({
  caseId: of.caseId,
  family: of.family,
  kind: of.kind,
  status: of.status,
});

type Expected = IndexedCase["awaits"][number];

const actOf = (of: IndexedCase, debtor: string): string | undefined =>
  of.awaits.find(({ who, act }) => who === debtor && act !== followUpAct)?.act;

/** An agreement's id has no full stop in it, so that a clock's id begins with it. */
const agreementIn = (clockId: string): string => clockId.split(".")[0] ?? clockId;

type Clocked = { of: IndexedCase; clockId: string; kept: KeptClock; pausedSince: string | undefined };

const ofPause = (since: string | undefined): Pick<OwedItem, "pausedSince"> =>
  since === undefined ? {} : { pausedSince: since };

/** What a receipt is owed for is a document, and no act of the case. */
const subjectOf = ({ of, kept }: Clocked): Pick<OwedItem, "act" | "deliveryId" | "about"> => {
  const act = kept.deliveryId === undefined ? actOf(of, kept.debtor) : undefined;
  return {
    ...(act === undefined ? {} : { act }),
    ...(kept.deliveryId === undefined ? {} : { deliveryId: kept.deliveryId }),
    ...(kept.about === undefined ? {} : { about: kept.about }),
  };
};

const ofClock = (world: RowWorld, score: number, clocked: Clocked): OwedItem => {
  const { of, clockId, kept } = clocked;
  const { debtor, creditor, version, since } = kept;
  const id = agreementIn(clockId);
  return {
    ...ofCase(of),
    debtor: named(world, debtor),
    creditor: named(world, creditor),
    what: world.agreementName(id, version) ?? { da: id, en: id },
    ...subjectOf(clocked),
    agreement: { id, version },
    clockId,
    since,
    ...lateness(score, world),
    ...ofPause(clocked.pausedSince),
  };
};

/** Who has an open clock for what the case expects of them: that clock is the row. */
const clockedDebtors = (clocks: Readonly<Record<string, string>>): Set<string> =>
  new Set(
    Object.entries(clocks).flatMap(([field, text]) => {
      const kept = field.includes("|") ? undefined : readKept(text);
      return kept === undefined || kept.deliveryId !== undefined ? [] : [kept.debtor];
    }),
  );

const creditorOf = (of: IndexedCase, { who, act }: Expected): string | undefined =>
  act === followUpAct
    ? (of.undelivered?.find(({ from }) => from === who)?.to ?? creditorIn(of, who))
    : creditorIn(of, who);

const ofExpected = (world: RowWorld, of: IndexedCase, one: Expected): OwedItem => {
  const creditor = creditorOf(of, one);
  return {
    ...ofCase(of),
    debtor: named(world, one.who),
    ...(creditor === undefined ? {} : { creditor: named(world, creditor) }),
    what: wordsOfAct(one.act),
    act: one.act,
    since: of.updatedAt,
    ...lateness(one.due === undefined ? Number.POSITIVE_INFINITY : Date.parse(one.due), world),
  };
};

/** The rows that stand at a place: a clock, or what a case expects without one. None, for one that ended as it was read. */
export const rowsAt = (world: RowWorld, { score, member }: Place): OwedItem[] => {
  const at = member.indexOf("|");
  const [caseId, clockId] = [member.slice(0, at), member.slice(at + 1)];
  const of = world.caseOf(caseId);
  if (of === undefined) return [];
  const clocks = world.clocksOf(caseId);
  if (clockId === "") {
    const clocked = clockedDebtors(clocks);
    return of.awaits
      .filter(({ who, act }) => act === followUpAct || !(of.closed || clocked.has(who)))
      .map((one) => ofExpected(world, of, one));
  }
  const kept = readKept(clocks[clockId]);
  const pausedSince = clocks[pausedField(clockId)];
  return kept === undefined ? [] : [ofClock(world, score, { of, clockId, kept, pausedSince })];
};

export type Asker = { glns: ReadonlySet<string> | "everybody" };

/** Whether a row is between the parties that are asked about: the asker on the wanted side, and the other one. */
const isBetween = (
  { debtor, creditor }: OwedItem,
  { side, with: other }: Pick<OwedQuery, "side" | "with">,
  { glns }: Asker,
): boolean => {
  const has = (gln: string | undefined): boolean =>
    glns === "everybody" || (gln !== undefined && glns.has(gln));
  const own = [
    ...(side !== "waits" && has(debtor.gln) ? [creditor?.gln] : []),
    ...(side !== "owes" && has(creditor?.gln) ? [debtor.gln] : []),
  ];
  return own.length > 0 && (other === undefined || own.includes(other));
};

/** Whether a row is one that is asked for. */
export const isAskedFor = (row: OwedItem, query: OwedQuery, asker: Asker): boolean =>
  isBetween(row, query, asker) &&
  (query.family === undefined || query.family === row.family) &&
  (query.agreement === undefined || query.agreement === row.agreement?.id) &&
  (query.overdue === undefined || query.overdue === row.overdue);
