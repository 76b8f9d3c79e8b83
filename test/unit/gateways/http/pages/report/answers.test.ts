import { expect, it } from "vitest";
import {
  figuresOf,
  headlineOf,
  linesOf,
  meetsTarget,
  type ReportAnswers,
} from "../../../../../../gateways/http/pages/report/answers.ts";
import { madeUpAnswers } from "../../../../../support/report-answers.ts";

const answers = madeUpAnswers();
const isReceipt = (by: Readonly<Record<string, string>>): boolean => by["agreement"] === "RECEIPT";

it("the front counts no receipts of systems, since any month would look good with them", () => {
  const receipts = answers.month.rows.find(({ by }) => isReceipt(by));
  const { total } = answers.month;
  if (receipts === undefined || receipts.hidden || total.hidden) throw new Error("It is hidden.");
  const without = (name: "inTime" | "breached" | "decided"): number =>
    Number(total[name]) - Number(receipts[name]);
  const [decided, inTime] = [without("decided"), without("inTime")];
  const headline = headlineOf(answers);
  expect(headline).toMatchObject({ withoutReceipts: true, decided, inTime, breached: without("breached") });
  expect(headline?.share).toBeCloseTo((100 * inTime) / decided, 10);
});

it("receipts that are hidden are in it, and it says so", () => {
  const rows = answers.month.rows.map((row) =>
    isReceipt(row.by) ? { by: row.by, names: row.names, hidden: true as const } : row,
  );
  const hidden: ReportAnswers = { ...answers, month: { ...answers.month, rows } };
  const { total } = hidden.month;
  expect(headlineOf(hidden)).toMatchObject({
    withoutReceipts: false,
    decided: total.hidden ? 0 : total.decided,
  });
});

it("an agreement meets its target or does not, where it has one and its share is told", () => {
  const lines = linesOf(answers);
  expect(new Set(lines.map(meetsTarget))).toEqual(new Set([true, false, undefined]));
  for (const line of lines) {
    const [share, target] = [line.now?.shareInTime, line.agreement.targetShare];
    const known = typeof share === "number" && target !== undefined;
    expect(meetsTarget(line)).toBe(known ? share >= target : undefined);
  }
});

it("a line has twelve months, the last of them the month of the report", () => {
  for (const { shares, now } of linesOf(answers)) {
    expect(shares).toHaveLength(12);
    if (now !== undefined) expect(shares.at(-1)).toBe(now.shareInTime ?? undefined);
  }
});

it("TOBS has a figure of each tier", () => {
  const tiers = figuresOf(answers).filter(({ figure }) => figure === "tobs-answered-in-time");
  expect(tiers.map(({ tier }) => tier)).toEqual(["tobs-3", "tobs-4", "tobs-5"]);
});
