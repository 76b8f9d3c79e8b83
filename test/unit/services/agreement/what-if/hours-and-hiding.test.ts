import { describe, expect, it } from "vitest";
import { WhatIfCalendars } from "../../../../../contracts/messages/what-if.ts";
import { createSlices } from "../../../../../services/agreement/slices.ts";
import type { StartedClock } from "../../../../../services/agreement/what-if/core/case-line.ts";
import { hiddenAmong } from "../../../../../services/agreement/what-if/core/hide.ts";
import { recordedCalendars, triedCalendars } from "../../../../../services/agreement/what-if/core/hours.ts";
import { organisation, who } from "../../../../support/region-view.ts";

const start = { change: "started", clockId: "ADVICE-MSG.1", debtor: who.endocrinology } as StartedClock;
const debtor = { gln: who.endocrinology, kind: "department" as const, wholes: [who.hospital, who.region] };
const hoursOf = (use: object[], calendars: object[] = [], from = start) => {
  const recorded = recordedCalendars(from, [], organisation(who.endocrinology));
  const tried = triedCalendars(recorded, WhatIfCalendars.parse({ use, calendars }), debtor);
  return tried.calendars.find(({ id }) => id === tried.debtor)?.openingHours;
};
const allWeek = [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }];
const friday = { closes: [{ days: [5], at: "12:00" }] };
const shortFriday = [
  { days: [1, 2, 3, 4], opens: "08:00", closes: "16:00" },
  { days: [5], opens: "08:00", closes: "12:00" },
];

describe("the hours that are tried", () => {
  it("are those of the directory for whoever is not meant", () => {
    expect(hoursOf([{ kinds: ["practice"], ...friday }])).toEqual(allWeek);
  });

  it("are those that were recorded with the clock, before those of the directory", () => {
    const calendar = { openingHours: [{ days: [1, 5], opens: "10:00", closes: "14:00" }] };
    expect(hoursOf([{ kinds: ["practice"], ...friday }], [], { ...start, calendar })).toEqual(
      calendar.openingHours,
    );
  });

  it("end early on the days that are named, for a kind, for everybody, or for a whole", () => {
    expect(hoursOf([{ kinds: ["department"], ...friday }])).toEqual(shortFriday);
    expect(hoursOf([friday])).toEqual(shortFriday);
    expect(hoursOf([{ organisations: [who.hospital], ...friday }])).toEqual(shortFriday);
  });

  it("are the nearest that are meant: oneself before one's hospital before one's kind before everybody", () => {
    const calendars = ["own", "house", "kind", "all"].map((id, i) => ({
      id,
      openingHours: [{ days: [1], opens: "08:00", closes: `1${String(i)}:00` }],
    }));
    const use = [
      { calendar: "all" },
      { kinds: ["department"], calendar: "kind" },
      { organisations: [who.hospital], calendar: "house" },
      { organisations: [who.endocrinology], calendar: "own" },
    ];
    const closing = (count: number) => hoursOf(use.slice(0, count), calendars)?.[0]?.closes;
    expect([1, 2, 3, 4].map(closing)).toEqual(["13:00", "12:00", "11:00", "10:00"]);
  });

  it("of somebody whose hours nobody knows end early too, and last all day else", () => {
    expect(hoursOf([friday], [], { ...start, calendar: {} })).toEqual([
      { days: [1, 2, 3, 4], opens: "00:00", closes: "23:59" },
      { days: [5], opens: "00:00", closes: "12:00" },
    ]);
  });
});

describe("groups that are hidden", () => {
  const hidden = (...sizes: number[]) => {
    const groups = sizes.map((size) => ({ size }));
    return [...hiddenAmong(groups, ({ size }) => size)].map(({ size }) => size).toSorted((a, b) => a - b);
  };

  it("are those of one to four, and none when there are none such", () => {
    expect(hidden(3, 4, 5, 9)).toEqual([3, 4]);
    expect(hidden(5, 9, 0)).toEqual([]);
  });

  it("are never one alone among others, which the total would give away", () => {
    expect(hidden(3, 9, 7)).toEqual([3, 7]);
    expect(hidden(3)).toEqual([3]);
  });
});

it("work gives way to others when a slice of 10 ms is over, and not before", async () => {
  let now = 0;
  let breaths = 0;
  const slice = createSlices({
    nowMs: () => now,
    breathe: () => {
      breaths += 1;
      return Promise.resolve();
    },
  });
  for (let step = 0; step < 100; step++) {
    now += 3;
    await slice();
  }
  expect(breaths).toBe(25);
});
