import fc from "fast-check";
import { expect } from "vitest";
import { CaseList, type ListSort } from "../../contracts/messages/case-list.ts";
import { CaseRecord } from "../../contracts/record.ts";
import type { createWorklistHandler } from "../../services/worklist/handler.ts";
import { who } from "./region-view.ts";

const patient = { cpr: "0404650010" };
const parties = [who.practice, who.endocrinology, who.cardiology] as const;
/** What somebody of the made-up region sees the lists of, as far as these cases go. */
const seenBy: Readonly<Record<string, readonly string[]>> = {
  [who.practice]: [who.practice],
  [who.endocrinology]: [who.endocrinology],
  [who.hospital]: [who.endocrinology, who.cardiology],
};
export const now = "2026-12-02T12:00:00.000Z";
const day = (n: number): string => `2026-12-0${n + 1}T10:00:00.000Z`;

/** Where a case stood after one of its records. Few times, so that many cases share them. */
type Stood = {
  awaits: { by: number; due: number | null }[];
  closed: boolean;
  changed: number;
  status: "asked" | "reopened";
};
type Made = { opener: number; others: number[]; opened: number | null; course: Stood[] };

const nth = fc.nat({ max: 2 });
const stood = fc.record({
  awaits: fc.uniqueArray(fc.record({ by: nth, due: fc.option(nth, { nil: null }) }), {
    maxLength: 3,
    selector: ({ by }) => by,
  }),
  closed: fc.boolean(),
  changed: nth,
  status: fc.constantFrom("asked" as const, "reopened" as const),
});
export const madeCases: fc.Arbitrary<Made[]> = fc.array(
  fc.record({
    opener: nth,
    others: fc.uniqueArray(nth, { maxLength: 2 }),
    opened: fc.option(nth, { nil: null }),
    course: fc.array(stood, { minLength: 1, maxLength: 3 }),
  }),
  { maxLength: 60 },
);
export const listAsked = fc.record({
  list: fc.constantFrom("expected", "sent", "overdue", "cases", "ofPatient"),
  sort: fc.constantFrom<ListSort>("due", "-due", "changed", "-changed", "opened", "-opened"),
  viewer: fc.constantFrom(...Object.keys(seenBy)),
  limit: fc.integer({ min: 1, max: 40 }),
  status: fc.option(fc.constant("reopened"), { nil: undefined }),
});
export type ListAsked = typeof listAsked extends fc.Arbitrary<infer T> ? T : never;

const glnOf = (n: number): string => parties[n] ?? "";

const recordOf = ({ opener, others, opened }: Made, of: Stood, at: { n: number; no: number }): CaseRecord => {
  const own = [...new Set([opener, ...others].map(glnOf))];
  const awaits = of.awaits.map(({ by, due }) => ({
    who: glnOf(by),
    act: "answer",
    overdue: false,
    ...(due === null ? {} : { due: day(due) }),
  }));
  return CaseRecord.parse({
    version: 1,
    // Not in the order in which they were made.
    caseId: `00000000-0000-5000-8000-${String((at.n * 37) % 1_000).padStart(12, "0")}`,
    family: "advice",
    facts: [],
    deliveries: [],
    clocks: [],
    meta: {
      no: at.no,
      at: day(of.changed),
      commandId: `c${at.n}.${at.no}`,
      commandType: "advice.ask",
      digest: "",
      actor: glnOf(opener),
      outcome: "accepted",
      status: of.status,
      parties: own,
      card: {
        kind: "specialist",
        opener: glnOf(opener),
        awaits: of.closed ? [] : awaits,
        closed: of.closed,
        patient,
        links: [],
        parties: own,
        ...(opened === null ? {} : { openedAt: day(opened) }),
      },
    },
  });
};

/** Every record of every case, the cases one after the other. */
export const recordsOf = (made: readonly Made[]): CaseRecord[] =>
  made.flatMap((one, n) => one.course.map((of, i) => recordOf(one, of, { n, no: i + 1 })));

const never = "9999-12-31";
/** By when something is due, as text that sorts: what has no due time by its last change, after the rest. */
const dueText = (dues: (string | undefined)[], at: string): string =>
  dues.map((due) => due ?? `${never} ${at}`).toSorted()[0] ?? `${never} ${at}`;

type Awaits = { who: string; due?: string | undefined }[];

/** What the list says a case is due by; `undefined`: it is not in it. Told by the words of the lists, not by their sets. */
const dueIn = ({ list, viewer }: ListAsked, { meta }: CaseRecord): string | undefined => {
  const { awaits, opener, closed } = meta.card ?? { awaits: [], opener: "", closed: false };
  const parties = meta.parties ?? [];
  const own = (seenBy[viewer] ?? []).filter(
    (gln) => parties.includes(gln) || awaits.some((one) => one.who === gln),
  );
  const text = (some: Awaits): string[] =>
    some.length === 0
      ? []
      : [
          dueText(
            some.map(({ due }) => due),
            meta.at,
          ),
        ];
  const undue = dueText([], meta.at);
  const expected = own.flatMap((gln) => text(awaits.filter((one) => one.who === gln)));
  const waits = own.flatMap((gln) =>
    gln === opener && awaits.length === 0 && !closed
      ? [undue]
      : text(awaits.filter((one) => one.who !== gln)),
  );
  const dues: Readonly<Record<string, string[]>> = {
    expected,
    sent: waits,
    overdue: [...expected, ...waits].filter((due) => due < now),
    cases: own.length === 0 ? [] : [...expected, ...waits, undue],
    // Of whom something is expected, that one knows the case, as a party does.
    ofPatient: own.length === 0 ? [] : [...text(awaits), undue],
  };
  return dues[list]?.toSorted()[0];
};

/** The whole list, sorted, as a person would make it from the last record of each case. */
export const wholeList = (asked: ListAsked, records: readonly CaseRecord[]): string[] => {
  const last = [...new Map(records.map((record) => [record.caseId, record])).values()];
  const lines = last.flatMap((record) => {
    const due = dueIn(asked, record);
    if (due === undefined || (asked.status !== undefined && asked.status !== record.meta.status)) return [];
    const { caseId, meta } = record;
    const keys: Readonly<Record<string, string>> = {
      due,
      changed: meta.at,
      opened: meta.card?.openedAt ?? meta.at,
    };
    return [{ caseId, key: keys[asked.sort.replace("-", "")] ?? "" }];
  });
  // By change a citizen's cases are read from the latest, so there equal times stand the other way round.
  const ties = asked.list === "ofPatient" && asked.sort.endsWith("changed") ? -1 : 1;
  const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const sorted = lines.toSorted((a, b) => before(a.key, b.key) || ties * before(a.caseId, b.caseId));
  const caseIds = sorted.map(({ caseId }) => caseId);
  return asked.sort.startsWith("-") ? caseIds.toReversed() : caseIds;
};

/** All pages together, in their order. */
export const everyPage = async (
  handle: ReturnType<typeof createWorklistHandler>,
  { list, viewer, ...query }: ListAsked,
): Promise<string[]> => {
  const found: string[] = [];
  let cursor: string | undefined;
  for (let n = 0; n < 500; n++) {
    const payload = { ...query, cursor, ...(list === "ofPatient" ? { patient } : {}) };
    const message = { id: "q", type: `worklist.${list}`, version: 1, time: now, sender: viewer, payload };
    const reply = await handle(message);
    if (reply.status !== "ok") throw new Error(reply.code);
    const page = CaseList.parse(reply.value);
    expect(page.items.length).toBeLessThanOrEqual(query.limit);
    found.push(...page.items.map(({ caseId }) => caseId));
    if (page.next === undefined) return found;
    cursor = page.next;
  }
  throw new Error("The pages do not end.");
};
