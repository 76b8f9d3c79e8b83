import { describe, expect, it } from "vitest";
import type { ReferralFact } from "../../../../../contracts/messages/referral.ts";
import type { PatternDimension } from "../../../../../contracts/messages/referral-patterns.ts";
import {
  type Counted,
  followRecord,
  patternsOf,
  type Row,
} from "../../../../../services/referral/core/patterns.ts";
import { happened, units } from "../../../../support/referral-given.ts";
import { recordOf } from "../../../../support/referral-records.ts";
import { regionView, who } from "../../../../support/region-view.ts";

const rowAfter = (...facts: ReferralFact[]) => followRecord(undefined, recordOf(1, facts)).row;
const p = happened("prevention");
const row = (change: Partial<Row> = {}): Row => ({
  kind: "prevention",
  practice: who.practice,
  municipality: "0890",
  receiver: units.healthCentre,
  offer: "smoking",
  outcome: "concluded",
  noShow: "no",
  month: "2026-11",
  ...change,
});
const counted = (count: number, change: Partial<Row> = {}): Counted => ({ row: row(change), count });
const patterns = (viewer: string, groupBy: PatternDimension[], from: readonly Counted[], more: object = {}) =>
  patternsOf(from, { from: "2026-11", to: "2026-12", groupBy, ...more }, { directory: regionView, viewer })
    .groups;

describe("a referral as a number", () => {
  it("has its kind, practice, municipality, receiver, offer and month, and no citizen", () => {
    expect(rowAfter(p.sent)).toEqual(row({ outcome: "open" }));
    expect(JSON.stringify(rowAfter(p.sent))).not.toContain("0107");
  });

  it.each([
    ["hospital", "hospital"],
    ["imaging", "ct-abdomen"],
    ["cancer", "lungekræft"],
    ["acute-team", "acute-team"],
  ] as const)("of the kind %s is counted under the offer %s", (kind, offer) => {
    expect(rowAfter(happened(kind).sent)?.offer).toBe(offer);
  });

  it("belongs to the Danish month in which it was sent", () => {
    expect(rowAfter({ ...p.sent, receivedAt: "2026-11-30T23:00:00.000Z" })?.month).toBe("2026-12");
  });

  it("keeps that the citizen did not come, whatever happened later", () => {
    const facts = [p.sent, p.invited, p.noShow, p.followedUp, p.invited, p.attended];
    expect(rowAfter(...facts)).toMatchObject({ noShow: "yes", outcome: "open" });
    expect(rowAfter(...facts, p.concluded)).toMatchObject({ noShow: "yes", outcome: "concluded" });
  });

  it("is the receiver's that has it now", () => {
    const f = happened("hospital");
    expect(rowAfter(f.sent, f.forwarded, f.readdressed)?.receiver).toBe(who.cardiology);
  });
});

describe("the patterns", () => {
  it("are counts by what is asked for, in order, and tell none of less than five", () => {
    const from = [counted(7), counted(5, { offer: "diabetes" }), counted(4, { offer: "copd" })];
    expect(patterns(who.practice, ["offer"], from)).toEqual([
      { by: { offer: "copd" }, count: "<5", noShows: 0 },
      { by: { offer: "diabetes" }, count: 5, noShows: 0 },
      { by: { offer: "smoking" }, count: 7, noShows: 0 },
    ]);
  });

  it("count those who did not come, by the same rule", () => {
    const from = [counted(9), counted(3, { noShow: "yes" })];
    expect(patterns(who.practice, [], from)).toEqual([{ by: {}, count: 12, noShows: "<5" }]);
  });

  it("are of the months that are asked for, and of one practice when it is named", () => {
    const from = [
      counted(5, { month: "2026-10" }),
      counted(6),
      counted(8, { month: "2026-12", practice: who.otherPractice }),
    ];
    expect(patterns(units.healthCentre, [], from)).toMatchObject([{ count: 14 }]);
    expect(patterns(units.healthCentre, [], from, { practice: who.practice })).toMatchObject([{ count: 6 }]);
  });

  const sides = [
    counted(5),
    counted(6, { practice: who.otherPractice }),
    counted(7, { receiver: who.endocrinology, municipality: "0891", kind: "hospital" }),
  ];
  it.each([
    ["a practice", who.practice, [5, 7]],
    ["another practice", who.otherPractice, [6]],
    ["a health centre", units.healthCentre, [11]],
    ["its municipality", who.municipality, [11]],
    ["a department", who.endocrinology, [7]],
    ["its hospital", who.hospital, [7]],
    ["its region", who.region, [7]],
    ["a stranger", who.geriatrics, []],
    ["nobody", who.nobody, []],
  ])("of %s are its own side alone", (_name, viewer, counts) => {
    expect(
      patterns(viewer, ["receiver"], sides)
        .map(({ count }) => count)
        .toSorted(),
    ).toEqual(counts);
  });

  it("of a municipality are those of its citizens, wherever they were referred", () => {
    const elsewhere = [counted(5, { receiver: who.endocrinology })];
    expect(patterns(who.municipality, [], elsewhere)).toMatchObject([{ count: 5 }]);
  });
});
