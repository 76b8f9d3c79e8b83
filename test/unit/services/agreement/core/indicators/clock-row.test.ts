import { describe, expect, it } from "vitest";
import type { ClockChange } from "../../../../../../contracts/clocks.ts";
import type { DeliveryChange } from "../../../../../../contracts/deliveries.ts";
import type { CaseRecord } from "../../../../../../contracts/record.ts";
import { rowOf } from "../../../../../../services/agreement/core/indicators/clock-row.ts";
import { followCase, unknownCase } from "../../../../../../services/agreement/core/indicators/follow.ts";
import { recountedClocks } from "../../../../../../services/agreement/core/indicators/recount.ts";

const asOf = "2026-10-20T12:00:00.000Z";
const on = (date: string, time = "10:00") => `2026-${date}T${time}:00.000Z`;
const clockId = "ADVICE-MSG.1";
const due = on("10-08", "14:00");
const times = { warnAt: due, due };

type Told = { clocks?: ClockChange[]; deliveries?: DeliveryChange[]; at?: string };
const owed: DeliveryChange = {
  change: "owed",
  deliveryId: "d.1",
  to: "D",
  from: "C",
  standard: "json",
  transport: "inbox",
  documentType: "x",
  fact: 0,
  receiptExpected: false,
};
const started: Told = {
  clocks: [
    {
      change: "started",
      clockId,
      agreement: "ADVICE-MSG",
      agreementVersion: 1,
      debtor: "D",
      creditor: "C",
      matter: { kind: "specialist" },
      at: on("10-05"),
      ...times,
    },
  ],
  deliveries: [owed],
};
const heard = (change: "fetched" | "failed", at: string): Told => ({
  deliveries: [
    change === "fetched"
      ? { change, deliveryId: "d.1", at, by: "D" }
      : { change, deliveryId: "d.1", at, by: "D", code: "x" },
  ],
});
const fetched = heard("fetched", on("10-05", "11:00"));
const stopped = (at: string): Told => ({
  clocks: [{ change: "stopped", clockId, at, inTime: at <= due }],
});
const cancelled = (at: string): Told => ({ clocks: [{ change: "cancelled", clockId, at, reason: "x" }] });
const paused = (at: string): Told => ({ clocks: [{ change: "paused", clockId, at, reason: "x" }] });
const resumed = (at: string, next: string): Told => ({
  clocks: [{ change: "resumed", clockId, at, warnAt: next, due: next }],
});

const recordsOf = (told: readonly Told[]): CaseRecord[] =>
  told.map(
    ({ clocks = [], deliveries = [] }, i) =>
      ({
        version: 1,
        caseId: "c",
        family: "advice",
        facts: [],
        clocks,
        deliveries,
        meta: { no: i + 1, at: on("10-05"), outcome: "accepted", status: "x" },
      }) as unknown as CaseRecord,
  );

/** The row by the fold, which is that of the recount too. */
const row = (...told: Told[]) => {
  const records = recordsOf([started, ...told]);
  const counted = records.reduce(followCase, unknownCase).clocks[clockId];
  if (counted === undefined) throw new Error("There is no such clock.");
  const found = rowOf(counted, asOf);
  expect(recountedClocks(records, asOf)).toEqual([found]);
  return found;
};

describe("a clock as a row", () => {
  it.each<[string, Told[], string, string]>([
    ["answered at the very due instant is in time", [fetched, stopped(due)], "inTime", ""],
    ["answered later is late", [fetched, stopped(on("10-09"))], "late", "answered-late"],
    ["never fetched and answered late", [stopped(on("10-09"))], "late", "not-fetched"],
    ["fetched only after the due time", [heard("fetched", on("10-09"))], "openLate", "not-fetched"],
    ["refused by the receiving system", [heard("failed", on("10-06"))], "openLate", "not-delivered"],
    [
      "refused, then got",
      [heard("failed", on("10-06")), heard("fetched", on("10-07"))],
      "openLate",
      "unanswered",
    ],
    ["asked back after the due time", [fetched, paused(on("10-09"))], "openLate", "asked-back-late"],
    ["asked back in time, and waits since", [fetched, paused(on("10-07"))], "open", ""],
    ["unanswered, with nobody to tell that it breached", [fetched], "openLate", "unanswered"],
    ["no longer owed, in time", [fetched, cancelled(on("10-06"))], "cancelled", ""],
    ["no longer owed, after the due time", [fetched, cancelled(on("10-10"))], "cancelledLate", "ended-late"],
    [
      "no longer owed while paused in time",
      [fetched, paused(on("10-07")), cancelled(on("10-10"))],
      "cancelled",
      "",
    ],
  ])("%s", (_what, told, outcome, reason) => {
    expect(row(...told)).toMatchObject({ outcome, reason });
  });

  it("takes minutes from start to answer less the pauses, and what was paused apart", () => {
    const found = row(
      fetched,
      paused(on("10-06")),
      resumed(on("10-07"), on("10-09")),
      stopped(on("10-08", "10:30")),
    );
    expect(found).toMatchObject({
      minutes: 2 * 1_440 + 30,
      pausedMinutes: 1_440,
      paused: true,
      outcome: "inTime",
    });
  });

  it("takes working days after the day of the start, less those begun paused", () => {
    // From Monday to Monday a week later is five; Tuesday was paused.
    const found = row(paused(on("10-06")), resumed(on("10-07"), on("10-14")), stopped(on("10-12")));
    expect(found.days).toBe(4);
    expect(row(stopped(on("10-05", "15:00"))).days).toBe(0);
  });

  it("is of the Danish month in which it started", () => {
    const late = {
      ...started,
      clocks: started.clocks?.map((one) => ({ ...one, at: on("09-30", "22:30") })),
    } as Told;
    const counted = recordsOf([late]).reduce(followCase, unknownCase).clocks[clockId];
    expect(counted && rowOf(counted, asOf).month).toBe("2026-10");
  });

  it("has no citizen, no case and no text in it", () => {
    expect(Object.keys(row(fetched)).toSorted()).toEqual([
      "agreement",
      "creditor",
      "days",
      "debtor",
      "family",
      "first",
      "firstOfDebtor",
      "kind",
      "minutes",
      "month",
      "outcome",
      "paused",
      "pausedMinutes",
      "priority",
      "reason",
      "speciality",
      "tier",
    ]);
  });
});
