import { expect, test } from "vitest";
import { readable, timeIn, told } from "../../../../../../gateways/console/web/src/pages/case/readable.ts";
import { bareRecord } from "../../../../../support/bare-record.ts";

test("a fact is read by its texts, once each, and its score; names and numbers are left out", () => {
  const fact = {
    ...{ type: "Measured", score: { total: 5 }, patient: { cpr: "0404650010", surname: "Testesen" } },
    ...{ plan: { text: "Ny TOBS om 1 time." }, note: ["Væske.", "Væske.", "Ro."] },
  };
  expect(readable(fact)).toEqual(["TOBS 5", "Ny TOBS om 1 time.", "Væske.", "Ro."]);
});

test("a letter is read whole, its breaks and blanks where they were, its styles left out", () => {
  const bold = { el: "Bold", runs: ["TSH", { el: "Space" }, "0,1"] };
  const letter = {
    subject: "TSH falder",
    texts: [
      ["Hun har ", bold, "."],
      ["Ses?", { el: "Break" }, "Nu?"],
    ],
  };
  expect(readable({ type: "AdviceAsked", letter })).toEqual([
    "TSH falder",
    "Hun har TSH 0,1.",
    "Ses?",
    "Nu?",
  ]);
});

test("a fact that gives a time tells when and where", () => {
  const start = "2026-11-30T08:00:00.000Z";
  expect(timeIn({ type: "A", appointment: { start, place: "Lokale 2" } })).toEqual({
    start,
    place: "Lokale 2",
  });
  expect(timeIn({ type: "A", start })).toEqual({ start, place: "" });
  expect(timeIn({ type: "A" })).toBeUndefined();
});

test("a timeline has the latest first, receipts left out, and what the hub told of at once is told once", () => {
  const warned = (no: number) => ({ ...bareRecord("c", no), facts: [{ type: "ClockWarned" }] });
  const records = [
    { ...warned(1), facts: [{ type: "AdviceAsked" }] },
    bareRecord("c", 2),
    warned(3),
    warned(4),
  ];
  expect(told(records).map(({ meta }) => meta.no)).toEqual([3, 1]);
});
