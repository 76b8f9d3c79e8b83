import { describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { createContinuation, graceMs } from "../../../../services/booking/continuation.ts";
import { nextSteps } from "../../../../services/booking/core/continue.ts";
import { bookingRules } from "../../../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../../../services/booking/handler.ts";
import { createUnfinished } from "../../../../services/booking/unfinished.ts";
import { createTurns } from "../../../../services/case/take-turns.ts";
import { gp, visitation } from "../../../support/booking-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";

const patient = { cpr: "0107364006", surname: "Prøvesen" };
const publish = async (cases: TestCases): Promise<string> =>
  accepted(
    await cases.send({
      type: "booking.publish",
      by: visitation,
      payload: {
        messageId: "S-1",
        speciality: "kardiologi",
        start: local("2026-11-24 09:00"),
        lengthMinutes: 30,
        places: 1,
        place: "Indgang 4",
      },
    }),
  ).caseId;
const book = (cases: TestCases, slotId: string) =>
  cases.send({
    type: "booking.bookDirectly",
    by: gp,
    payload: { messageId: "B-1", slotId, patient },
    id: "b",
  });

/** A process that dies after so many writes of a booking. */
const diedAfter = async (writes: number) => {
  const cases = createTestCases();
  const slotId = await publish(cases);
  cases.journal.befall(
    ...Array.from({ length: writes }, () => "none" as const),
    ...Array.from({ length: 8 }, () => "unavailable" as const),
  );
  await book(cases, slotId).catch(() => undefined);
  return { cases, slotId, bookingId: caseIdFor(gp, "B-1") };
};

/** Another process that reads the journal: slots and bookings in streams of their own, in any order. */
const reader = (cases: TestCases, slotId: string, slotsFirst: boolean) => {
  const unfinished = createUnfinished();
  const { carryOn } = createBookingHandler({ ...cases.ports, caseIdFor, rules: bookingRules });
  const read = (records: readonly CaseRecord[]): void => {
    const streamOf = (record: CaseRecord): string => (record.caseId === slotId ? "slots" : "bookings");
    const sorted = records.toSorted((a, b) =>
      slotsFirst ? streamOf(b).localeCompare(streamOf(a)) : streamOf(a).localeCompare(streamOf(b)),
    );
    for (const record of sorted)
      unfinished.read({ stream: streamOf(record), seq: record.meta.no }, record, 0);
  };
  const warnings: string[] = [];
  const go = createContinuation(unfinished, {
    carryOn,
    nowMs: () => graceMs,
    log: { warn: (event) => warnings.push(event) },
  });
  return { unfinished, read, go, warnings };
};

describe.each([true, false])("a journal read with slots first: %s", (slotsFirst) => {
  it.each([1, 2])("has what a process left undone after write %s, and it is done once", async (writes) => {
    const { cases, slotId, bookingId } = await diedAfter(writes);
    const { read, go, unfinished } = reader(cases, slotId, slotsFirst);
    read(cases.records());
    expect(unfinished.dueBy(0)).toHaveLength(1);
    expect(await go()).toBe(1);
    expect(cases.state(bookingId).status).toBe("booked");
    expect(unfinished.dueBy(graceMs)).toEqual([]);
    expect(await go()).toBe(0);
  });

  it("has nothing undone of what was finished", async () => {
    const cases = createTestCases();
    const slotId = await publish(cases);
    await book(cases, slotId);
    const { read, unfinished } = reader(cases, slotId, slotsFirst);
    read(cases.records());
    expect(unfinished.dueBy(graceMs)).toEqual([]);
    expect([unfinished.doneUpTo("slots"), unfinished.doneUpTo("bookings")]).toEqual([2, 2]);
  });
});

describe("what is unfinished", () => {
  it("is left alone for as long as whoever answers the booker may need", async () => {
    const { cases, slotId } = await diedAfter(1);
    const { read, unfinished } = reader(cases, slotId, true);
    read(cases.records());
    expect(unfinished.dueBy(-1)).toEqual([]);
  });

  it("keeps the position before it, so that it is read again after a restart", async () => {
    const { cases, slotId } = await diedAfter(1);
    const { read, unfinished, go } = reader(cases, slotId, true);
    read(cases.records());
    expect(unfinished.doneUpTo("bookings")).toBe(0);
    expect(unfinished.doneUpTo("slots")).toBe(1);
    expect(unfinished.doneUpTo("another")).toBe(0);
    await go();
    expect(unfinished.doneUpTo("bookings")).toBe(1);
  });

  it("stays when a fault stops it, and the others are done", async () => {
    const { cases, slotId, bookingId } = await diedAfter(1);
    const { read, go, unfinished, warnings } = reader(cases, slotId, true);
    read(cases.records());
    cases.journal.befall(...Array.from({ length: 8 }, () => "unavailable" as const));
    expect(await go()).toBe(0);
    expect(warnings).toEqual(["a booking waits"]);
    expect(unfinished.dueBy(0)).toHaveLength(1);
    expect(await go()).toBe(1);
    expect(cases.state(bookingId).status).toBe("booked");
  });

  it("of a refused command or another family is nothing", async () => {
    const { cases, bookingId } = await diedAfter(1);
    const [wished] = cases.records(bookingId);
    if (wished === undefined) throw new Error();
    expect(nextSteps(wished)).toHaveLength(1);
    expect(nextSteps({ ...wished, family: "advice" })).toEqual([]);
    expect(nextSteps({ ...wished, meta: { ...wished.meta, outcome: "refused" } })).toEqual([]);
  });
});

describe("work in turns", () => {
  it("on one thing is done one after the other, on two at once, also after a fault", async () => {
    const inTurn = createTurns();
    const said: string[] = [];
    let letGo: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      letGo = resolve;
    });
    const first = inTurn("a", async () => {
      await gate;
      said.push("a1");
      throw new Fault("journal-unavailable");
    });
    const second = inTurn("a", () => Promise.resolve(said.push("a2")));
    await inTurn("b", () => Promise.resolve(said.push("b1")));
    expect(said).toEqual(["b1"]);
    letGo();
    await expect(first).rejects.toMatchObject({ code: "journal-unavailable" });
    await second;
    expect(said).toEqual(["b1", "a1", "a2"]);
  });
});
