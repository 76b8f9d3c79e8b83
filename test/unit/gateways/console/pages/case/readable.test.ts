import { expect, test } from "vitest";
import {
  attachmentsIn,
  readable,
  timeIn,
  told,
} from "../../../../../../gateways/console/web/src/pages/case/readable.ts";
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

test("a referral's content is read under its names: a bare none would be of anything", () => {
  const fact = {
    type: "ReferralSent",
    referral: { clinicalReason: ["Udredning?", { el: "Break" }, "Nu?"], cave: "Ingen." },
  };
  expect(readable(fact)).toEqual(["Klinisk begrundelse: Udredning?\nNu?", "CAVE: Ingen."]);
  expect(readable(fact, "en")).toEqual(["Clinical reason: Udredning?\nNu?", "CAVE: Ingen."]);
});

test("files are found wherever a fact names them, once each, under a name that no folder hides in", () => {
  const one = { objectId: "0a".repeat(16), code: "billede", extension: "jpeg", sizeBytes: 12 };
  const first = { ...one, digest: `sha256-${"a".repeat(64)}`, description: "../Sår" };
  const second = { ...one, digest: `sha256-${"b".repeat(64)}` };
  expect(attachmentsIn([{ attachments: [first, second] }, { letter: { objects: [first] } }])).toEqual([
    { digest: first.digest, sizeBytes: 12, name: "..-Sår.jpeg" },
    { digest: second.digest, sizeBytes: 12, name: "0a0a0a0a.jpeg" },
  ]);
});
