import { expect, test } from "vitest";
import type { CaseListItem } from "../../../../../../contracts/messages/case-list.ts";
import {
  fits,
  groupOf,
  heldLines,
  linesOf,
  otherOf,
  pressureOf,
  rowsOf,
  stepFrom,
} from "../../../../../../gateways/console/web/src/pages/worklist/rows.ts";

// A Monday, 10:00 in Denmark.
const now = Date.parse("2026-11-23T09:00:00.000Z");
const us = "5790000100019";
const them = "5790000200016";
const isUs = (gln: string): boolean => gln === us;
const itemOf = (caseId: string, due?: string, more: Partial<CaseListItem> = {}): CaseListItem => ({
  ...{
    caseId,
    family: "advice",
    kind: "specialist",
    status: "asked",
    no: 1,
    opener: them,
    closed: false,
    links: [],
  },
  ...{ updatedAt: "2026-11-23T08:00:00.000Z", parties: [them, us] },
  awaits: [{ who: us, name: "", act: "answer", overdue: false, ...(due === undefined ? {} : { due }) }],
  ...more,
});
const rowOf = (item: CaseListItem) => {
  const [row] = rowsOf([item], "ours", isUs);
  if (row === undefined) throw new Error("A case has a row.");
  return row;
};

test.each([
  ["2026-11-23T08:59:00.000Z", "late", "late"],
  ["2026-11-23T09:40:00.000Z", "urgent", "calm"],
  ["2026-11-23T22:59:00.000Z", "today", "calm"],
  ["2026-11-23T23:00:00.000Z", "week", "calm"],
  ["2026-11-29T22:59:00.000Z", "week", "calm"],
  ["2026-11-29T23:00:00.000Z", "later", "calm"],
  [undefined, "none", "calm"],
] as const)("what is due %s is %s, and %s", (due, group, pressure) => {
  const row = rowOf(itemOf("a", due));
  expect([groupOf(row, now), pressureOf(row.awaited, now)]).toEqual([group, pressure]);
});

test.each([
  // The agreement warns a working day before, or half an hour: amber from then on, however long is left.
  ["2026-11-24T15:00:00.000Z", "2026-11-23T08:59:59.999Z", false, "warning"],
  ["2026-11-23T09:30:00.000Z", "2026-11-23T09:00:00.001Z", false, "calm"],
  ["2026-11-23T08:59:59.999Z", "2026-11-23T08:00:00.000Z", false, "late"],
  ["2026-11-24T15:00:00.000Z", "2026-11-24T14:00:00.000Z", true, "late"],
] as const)("what is due %s and warned of from %s, breached: %s, is %s", (due, warnAt, overdue, pressure) => {
  expect(pressureOf({ due, warnAt, overdue }, now)).toBe(pressure);
});

test("what is acute is urgent however long it has", () => {
  expect(groupOf(rowOf(itemOf("a", "2026-12-23T09:00:00.000Z", { urgency: "acute" })), now)).toBe("urgent");
});

test("lines stand by group, and what is due first comes first in each", () => {
  const items = [
    itemOf("c"),
    itemOf("b", "2026-11-25T12:00:00.000Z"),
    itemOf("a", "2026-11-24T12:00:00.000Z"),
  ];
  const shown = linesOf(rowsOf(items, "ours", isUs), now).map((line) =>
    line.kind === "row" ? line.row.item.caseId : `${line.group} ${String(line.count)}`,
  );
  expect(shown).toEqual(["week 2", "a", "b", "none 1", "c"]);
});

test("a list that somebody points at keeps its lines, shows what they became, and counts what is new", () => {
  const before = linesOf(rowsOf([itemOf("a"), itemOf("b")], "ours", isUs), now);
  const after = rowsOf([itemOf("new"), itemOf("b", undefined, { status: "reopened" })], "ours", isUs);
  const { lines, held } = heldLines(before, after);
  const shown = lines.flatMap((line) =>
    line.kind === "row" ? [[line.row.item.caseId, line.row.item.status]] : [],
  );
  expect([shown, held]).toEqual([
    [
      ["a", "asked"],
      ["b", "reopened"],
    ],
    1,
  ]);
});

test("a line of what was sent shows what others are to do, and with whom", () => {
  const item = itemOf("a", undefined, {
    opener: us,
    awaits: [
      { who: us, name: "", act: "give-information", overdue: false },
      { who: them, name: "", act: "answer", overdue: false },
    ],
  });
  expect(rowsOf([item], "theirs", isUs)[0]?.awaited?.act).toBe("answer");
  const [row] = rowsOf([item], "theirs", isUs);
  expect(row === undefined ? "" : otherOf(row, isUs)).toBe(them);
});

test("the keys go from case to case, past the headings, and stop at the ends", () => {
  const items = [itemOf("a", "2026-11-24T12:00:00.000Z"), itemOf("b")];
  const lines = linesOf(rowsOf(items, "ours", isUs), now);
  expect([undefined, "a", "b"].map((here) => stepFrom(lines, here, 1))).toEqual([1, 3, undefined]);
  expect([undefined, "a", "b"].map((here) => stepFrom(lines, here, -1))).toEqual([undefined, undefined, 1]);
});

test("every word that is searched for must stand somewhere", () => {
  expect(fits(["Åse Ørsted", "Kardiologi"], "ÅSE kardio")).toBe(true);
  expect(fits(["Åse Ørsted", "Kardiologi"], "åse lunge")).toBe(false);
});
