import { describe, expect, it } from "vitest";
import { Indicators, IndicatorsQuery } from "../../../../../../contracts/messages/indicators.ts";
import { indicatorSteps } from "../../../../../../services/agreement/core/indicators/answer.ts";
import type { Counted } from "../../../../../../services/agreement/core/indicators/cells.ts";
import type { ClockRow } from "../../../../../../services/agreement/core/indicators/clock-row.ts";
import type { FigureRow } from "../../../../../../services/agreement/core/indicators/figure-row.ts";
import { allAtOnce } from "../../../../../../services/agreement/core/indicators/steps.ts";
import { regionView, who } from "../../../../../support/region-view.ts";

const asOf = "2026-11-01T12:00:00.000Z";
const clock = (row: Partial<ClockRow>, count = 1): Counted<ClockRow> => ({
  count,
  row: {
    agreement: "ADVICE-MSG",
    debtor: who.cardiology,
    creditor: who.practice,
    family: "advice",
    kind: "specialist",
    speciality: "",
    priority: "",
    tier: "",
    month: "2026-10",
    first: true,
    firstOfDebtor: true,
    outcome: "inTime",
    reason: "",
    minutes: 60,
    days: 0,
    pausedMinutes: 0,
    paused: false,
    ...row,
  },
});
const late = { outcome: "late", reason: "answered-late" } as const;

type Asked = Partial<IndicatorsQuery> & { viewer?: string };
const answer = (
  clocks: readonly Counted<ClockRow>[],
  asked: Asked = {},
  figures: Counted<FigureRow>[] = [],
) => {
  const { viewer, ...rest } = asked;
  const query = IndicatorsQuery.parse({ from: "2026-10", to: "2026-10", ...rest });
  const context = { directory: regionView, agreement: () => undefined, viewer };
  return Indicators.parse(allAtOnce(indicatorSteps({ clocks, figures, asOf }, query, context)));
};
const totalOf = (found: Indicators) => {
  if (found.total.hidden) throw new Error("hidden");
  return found.total;
};

describe("an answer about indicators", () => {
  it("takes median and 90th percentile by nearest rank, of those answered", () => {
    const clocks = [10, 20, 30, 40, 50, 60, 70, 80, 90, 100].map((minutes) => clock({ minutes }));
    const open = clock({ outcome: "open", minutes: 9_000 }, 4);
    expect(totalOf(answer([...clocks, open])).answerMinutes).toEqual({ median: 50, p90: 90 });
  });

  it("takes the share of those decided: neither open within time nor cancelled in time", () => {
    const found = answer([
      clock({}, 6),
      clock(late, 2),
      clock({ outcome: "open" }, 5),
      clock({ outcome: "cancelled" }),
    ]);
    expect(totalOf(found)).toMatchObject({ clocks: 14, decided: 8, inTime: 6, late: 2, shareInTime: 75 });
    expect(totalOf(found)).toMatchObject({ open: 5, cancelled: 1, breached: 2, reasons: null });
  });

  it("counts what was no longer owed only after the due time as a breach", () => {
    const gone = clock({ outcome: "cancelledLate", reason: "ended-late" }, 5);
    expect(totalOf(answer([clock({}, 5), gone]))).toMatchObject({
      shareInTime: 50,
      breached: 5,
      cancelledLate: 5,
      reasons: { "ended-late": 5 },
    });
  });

  it("works nothing out of fewer than five cases: neither share, nor median, nor longest, nor reasons", () => {
    const found = answer([clock({}, 4), clock({ outcome: "open", minutes: 600 }, 4)]);
    expect(totalOf(found)).toMatchObject({
      clocks: 8,
      inTime: null,
      shareInTime: null,
      answerMinutes: null,
      longestOpenHours: null,
      reasons: null,
    });
  });

  it("hides a group of many clocks that are one citizen's case", () => {
    const found = answer([clock({}, 1), clock({ first: false, firstOfDebtor: false }, 40)]);
    expect(found.total).toEqual({ hidden: true });
  });

  it("hides a group of later clocks of somebody else's cases, and tells one of many who were passed on", () => {
    const large = clock({}, 40);
    const later = { debtor: who.geriatrics, first: false };
    const few = answer([large, clock({ ...later, firstOfDebtor: false }, 3)], { groupBy: ["organisation"] });
    expect(few.rows.every(({ hidden }) => hidden)).toBe(true);
    const many = answer([large, clock({ ...later, firstOfDebtor: true }, 9)], { groupBy: ["organisation"] });
    expect(many.rows.some(({ hidden }) => hidden)).toBe(false);
  });

  it("takes clocks of several agreements in the same cases for no more cases than there are", () => {
    const found = answer([clock({}, 4), clock({ agreement: "RECEIPT" }, 4)]);
    expect(found.total).toEqual({ hidden: true });
  });

  it("says zero where nothing is, and hides nothing of it", () => {
    expect(totalOf(answer([]))).toMatchObject({ clocks: 0, inTime: 0, breached: 0, shareInTime: null });
  });

  it("groups by what the directory says that the debtor is part of", () => {
    const clocks = [
      clock({}, 6),
      clock({ debtor: who.geriatrics }, 7),
      clock({ debtor: who.municipality }, 8),
    ];
    const hospitals = answer(clocks, { groupBy: ["hospital"] }).rows;
    expect(hospitals.map(({ by }) => by["hospital"])).toContain(who.hospital);
    const specialities = answer([clock({}, 6)], { groupBy: ["speciality"] }).rows;
    expect(specialities[0]?.by["speciality"]).toBe(regionView.organisation(who.cardiology)?.specialities[0]);
    const codes = answer(clocks, { groupBy: ["municipality"] }).rows.map(({ by }) => by["municipality"]);
    expect(codes).toContain(
      regionView.organisation(who.municipality)?.identifiers.municipalityCode?.padStart(4, "0"),
    );
  });

  it("tells a practice what it was promised, and a hospital what its departments owed", () => {
    const clocks = [clock({}, 6), clock({ creditor: who.otherPractice }, 9)];
    expect(totalOf(answer(clocks, { viewer: who.practice })).clocks).toBe(6);
    expect(totalOf(answer(clocks, { viewer: who.hospital })).clocks).toBe(15);
    expect(totalOf(answer(clocks, { viewer: who.municipality })).clocks).toBe(0);
  });

  it("tells month by month, with small months hidden in company", () => {
    const months = [
      clock({ month: "2026-08" }, 2),
      clock({ month: "2026-09" }, 9),
      clock({ month: "2026-10" }, 30),
    ];
    const found = answer(months, { from: "2026-07", groupBy: ["agreement"] });
    const [row] = found.rows;
    if (row === undefined || row.hidden) throw new Error("hidden");
    expect(row.trend?.map(({ month, hidden }) => [month, hidden])).toEqual([
      ["2026-07", false],
      ["2026-08", true],
      ["2026-09", true],
      ["2026-10", false],
    ]);
    expect(totalOf(found).trend?.map(({ hidden }) => hidden)).toEqual([false, true, true, false]);
  });

  it("counts questions to doctors by tier, whatever it is grouped by", () => {
    const asked = (tier: string, row: Partial<ClockRow>, count: number) =>
      clock({ agreement: "TOBS-MSG", family: "observation", kind: "score", tier, ...row }, count);
    const { figures } = answer([
      asked("2", {}, 9),
      asked("2", late, 1),
      asked("5", {}, 5),
      asked("5", late, 5),
    ]);
    expect(figures.map((one) => [one.by["tier"], "share" in one ? one.share : undefined])).toEqual([
      ["2", 90],
      ["5", 50],
    ]);
  });

  it("tells of few no-shows neither how many nor the share, and of returned referrals both", () => {
    const figure = (id: FigureRow["figure"], met: boolean, count: number): Counted<FigureRow> => ({
      count,
      row: {
        figure: id,
        month: "2026-10",
        organisation: who.cardiology,
        creditor: who.practice,
        family: "referral",
        kind: "hospital",
        met,
      },
    });
    const { figures } = answer([], {}, [
      figure("referral-no-shows", true, 2),
      figure("referral-no-shows", false, 40),
      figure("referrals-returned", true, 2),
      figure("referrals-returned", false, 38),
    ]);
    expect(
      figures.map((one) => ("met" in one ? [one.figure, one.of, one.met, one.share] : one.figure)),
    ).toEqual([
      ["referrals-returned", 40, 2, 5],
      ["referral-no-shows", 42, null, null],
    ]);
  });
});
