import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { nextSteps } from "../../../../services/booking/core/continue.ts";
import { bookingRules } from "../../../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../../../services/booking/handler.ts";
import { type BookingCases, createBookingCases } from "../../../support/booking-cases.ts";
import { gp, otherGp } from "../../../support/booking-given.ts";
import { accepted } from "../../../support/case-given.ts";

let cases: BookingCases["cases"];
let act: BookingCases["act"];
let publish: BookingCases["publish"];
let hold: BookingCases["hold"];
let bookNow: BookingCases["bookNow"];
let statusOf: BookingCases["statusOf"];
let facts: BookingCases["facts"];

const use = (options: Parameters<typeof createBookingCases>[0] = {}): void => {
  ({ cases, act, publish, hold, bookNow, statusOf, facts } = createBookingCases(options));
};
beforeEach(() => {
  use();
});

describe("the same again", () => {
  it("is a duplicate with the same answer, and wishes for no second place", async () => {
    const slotId = await publish(2);
    const first = await hold(slotId);
    expect(await hold(slotId)).toEqual({ ...first, duplicate: true });
    expect(facts(slotId)).toEqual(["SlotPublished", "PlaceHeld"]);
  });

  it("with other content is refused", async () => {
    const slotId = await publish(2);
    await hold(slotId);
    const other = await publish(2, {}, "S-2");
    expect(await hold(other)).toMatchObject({ status: "refused", code: "content-differs" });
  });

  it.each([1, 2, 3])("after a crash at write %s gives one place and one answer", async (n) => {
    const slotId = await publish();
    const fine = Array.from({ length: n - 1 }, () => "none" as const);
    cases.journal.befall(...fine, ...Array.from({ length: 8 }, () => "unavailable" as const));
    const first = await bookNow(slotId).catch((fault: unknown) => fault);
    expect(first).toMatchObject({ code: n === 1 ? "journal-unavailable" : "answer-late" });
    expect(await bookNow(slotId)).toMatchObject({ status: "accepted", facts: ["SlotBooked"] });
    expect(facts(slotId)).toEqual(["SlotPublished", "PlaceTaken"]);
    expect(facts(caseIdFor(gp, "B-1"))).toEqual(["BookingOpened", "PlaceWanted", "SlotBooked"]);
  });

  it.each(["timeout-before", "timeout-after", "timeout-late", "conflict"] as const)(
    "each write met by %s gives one place and one answer",
    async (mishap) => {
      const slotId = await publish();
      cases.journal.befall(mishap, "none", mishap, "none", mishap);
      const answer = await bookNow(slotId).catch(() => bookNow(slotId));
      expect(answer).toMatchObject({ status: "accepted", facts: ["SlotBooked"] });
      expect(facts(slotId)).toEqual(["SlotPublished", "PlaceTaken"]);
      expect(facts(caseIdFor(gp, "B-1"))).toEqual(["BookingOpened", "PlaceWanted", "SlotBooked"]);
    },
  );
});

describe("a step that a dead process left undone", () => {
  const carryOn = (caseId: string) => {
    const handler = createBookingHandler({ ...cases.ports, caseIdFor, rules: bookingRules });
    const last = cases.records(caseId).at(-1);
    if (last === undefined) throw new Error("no record");
    return Promise.all(nextSteps(last).map((step) => handler.carryOn(step, last)));
  };

  it.each(["PlaceWanted", "the slot's answer"])(
    "after %s is carried on by whoever reads the record",
    async (after) => {
      const slotId = await publish();
      const writes = after === "PlaceWanted" ? 1 : 2;
      cases.journal.befall(
        ...Array.from({ length: writes }, () => "none" as const),
        ...Array.from({ length: 8 }, () => "unavailable" as const),
      );
      await expect(bookNow(slotId)).rejects.toMatchObject({ code: "answer-late" });
      const caseId = caseIdFor(gp, "B-1");
      expect(statusOf(caseId)).toBe("wanting");
      await carryOn(writes === 1 ? caseId : slotId);
      expect(statusOf(caseId)).toBe("booked");
      // Twice is once.
      await carryOn(slotId);
      expect(facts(slotId)).toEqual(["SlotPublished", "PlaceTaken"]);
      expect(facts(caseId)).toEqual(["BookingOpened", "PlaceWanted", "SlotBooked"]);
    },
  );

  it("is finished first by the next turn of its booker", async () => {
    const slotId = await publish();
    cases.journal.befall("none", ...Array.from({ length: 8 }, () => "unavailable" as const));
    await expect(hold(slotId)).rejects.toMatchObject({ code: "answer-late" });
    const caseId = caseIdFor(gp, "B-1");
    expect(accepted(await act("booking.book", gp, caseId)).facts).toEqual(["SlotBooked"]);
  });
});

describe("a slot that is none", () => {
  it("is unknown, and the case of somebody else whose id was given learns nothing of it", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    const before = cases.records(caseId).length;
    for (const [i, id] of [caseIdFor("a", "b"), caseId].entries())
      expect(await hold(id, otherGp, `B-${String(i)}`)).toMatchObject({
        status: "refused",
        code: "slot-unknown",
      });
    expect(cases.records(caseId)).toHaveLength(before);
  });
});

describe("many at once", () => {
  it("two hundred bookers get fifty places, each once, though all ask at the same moment", async () => {
    const slotId = await publish(50);
    const replies = await Promise.all(
      Array.from({ length: 200 }, (_, i) => bookNow(slotId, i % 2 === 0 ? gp : otherGp, `B-${String(i)}`)),
    );
    expect(replies.filter(({ status }) => status === "accepted")).toHaveLength(50);
    expect(replies.filter((r) => r.status === "refused" && r.code === "slot-full")).toHaveLength(150);
    expect(facts(slotId).filter((type) => type === "PlaceTaken")).toHaveLength(50);
  });
});
