import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { nextSteps } from "../../../../services/booking/core/continue.ts";
import { bookingRules } from "../../../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../../../services/booking/handler.ts";
import { type BookingCases, createBookingCases, patient } from "../../../support/booking-cases.ts";
import { gp, otherGp, visitation } from "../../../support/booking-given.ts";

let booking: BookingCases;
beforeEach(() => {
  booking = createBookingCases();
});
const caseId = caseIdFor(gp, "B-1");

/** The process dies after so many writes of an order: what it was asked is cut off there. */
const cutOffAfter = async (writes: number, order: () => Promise<unknown>): Promise<void> => {
  booking.cases.journal.befall(
    ...Array.from({ length: writes }, () => "none" as const),
    ...Array.from({ length: 8 }, () => "unavailable" as const),
  );
  await order().catch((fault: unknown) => {
    if (!(fault instanceof Fault)) throw fault;
  });
};

/** Another process does the steps of a case's records, those of the last first or those of the first. */
const takeUp = async (of: string, numbers: readonly number[]): Promise<void> => {
  const { carryOn } = createBookingHandler({ ...booking.cases.ports, caseIdFor, rules: bookingRules });
  for (const no of numbers) {
    const record = booking.cases.records(of).find(({ meta }) => meta.no === no);
    if (record === undefined) throw new Error(`There is no record ${String(no)}.`);
    for (const step of nextSteps(record)) await carryOn(step, record);
  }
};

describe("what became of a place, and overtook the answer that gave it", () => {
  it("a hold that ran out before its booking knew of it is heard of, and then that it ran out", async () => {
    const slotId = await booking.publish();
    await cutOffAfter(2, () => booking.hold(slotId));
    booking.cases.at("2026-11-23 10:25");
    await booking.ring(slotId, `hold.${caseId}`);
    expect(booking.facts(caseId).slice(-2)).toEqual(["HoldGiven", "HoldLapsed"]);
    expect([booking.statusOf(caseId), booking.toldTo(gp, "HoldLapsed")]).toEqual(["expired", 1]);
  });

  it("another room than the one that a booking does not know yet is told after it", async () => {
    const slotId = await booking.publish();
    await cutOffAfter(2, () => booking.bookNow(slotId));
    await booking.act("booking.changeSlot", visitation, slotId, { place: "Indgang 9" });
    expect(booking.facts(caseId).slice(-2)).toEqual(["SlotBooked", "BookedSlotChanged"]);
    expect(booking.fact(caseId, "BookedSlotChanged")?.place).toBe("Indgang 9");
  });
});

describe("a room that was changed twice", () => {
  const changedTwice = async (): Promise<string> => {
    const slotId = await booking.publish();
    await booking.bookNow(slotId);
    await cutOffAfter(1, () => booking.act("booking.changeSlot", visitation, slotId, { place: "Indgang 8" }));
    return slotId;
  };

  it("is told in that order, though the first change was left undone", async () => {
    const slotId = await changedTwice();
    await booking.act("booking.changeSlot", visitation, slotId, { place: "Indgang 9" });
    await takeUp(slotId, [3, 4]);
    expect(booking.facts(caseId).filter((type) => type === "BookedSlotChanged")).toHaveLength(2);
    expect(booking.fact(caseId, "BookedSlotChanged")?.place).toBe("Indgang 9");
  });

  it("is told in that order also by a process that takes up the second change first", async () => {
    const slotId = await changedTwice();
    await cutOffAfter(1, () => booking.act("booking.changeSlot", visitation, slotId, { place: "Indgang 9" }));
    await takeUp(slotId, [4, 3]);
    expect(booking.facts(caseId).filter((type) => type === "BookedSlotChanged")).toHaveLength(2);
    expect(booking.fact(caseId, "BookedSlotChanged")?.place).toBe("Indgang 9");
  });
});

describe("a slot that is cancelled while a booking is under way", () => {
  it("is told to a booker that was about to book what it held, and that awaits a new choice", async () => {
    const slotId = await booking.publish();
    await booking.hold(slotId);
    await cutOffAfter(1, () => booking.act("booking.book", gp, caseId));
    await booking.act("booking.cancelSlot", visitation, slotId, { reason: "Sygdom" });
    await takeUp(caseId, [3]);
    expect(booking.statusOf(caseId)).toBe("slotCancelled");
    expect(booking.cases.state(caseId).card?.awaits).toMatchObject([{ who: gp, act: "choose" }]);
    expect(booking.toldTo(gp, "PlaceNotGiven")).toBe(1);
  });

  it("is told to a booker that was about to accept an offer, which is the visitation's again", async () => {
    const slotId = await booking.publish();
    const payload = { messageId: "B-1", to: { gln: visitation }, patient, reason: "Nyopstået åndenød" };
    await booking.cases.send({ type: "booking.request", by: gp, payload });
    await booking.act("booking.offer", visitation, caseId, { slotId });
    await cutOffAfter(1, () => booking.act("booking.acceptOffer", gp, caseId));
    await booking.act("booking.cancelSlot", visitation, slotId, { reason: "Sygdom" });
    await takeUp(caseId, [4]);
    expect(booking.statusOf(caseId)).toBe("requested");
    expect([booking.toldTo(gp, "PlaceNotGiven"), booking.toldTo(visitation, "PlaceNotGiven")]).toEqual([
      1, 1,
    ]);
  });

  it("lets an offer be heard that was under way, so that its clock stops, and then that it is lost", async () => {
    const slotId = await booking.publish();
    const payload = { messageId: "B-1", to: { gln: visitation }, patient, reason: "Nyopstået åndenød" };
    await booking.cases.send({ type: "booking.request", by: gp, payload });
    await cutOffAfter(2, () => booking.act("booking.offer", visitation, caseId, { slotId }));
    await booking.act("booking.cancelSlot", visitation, slotId, { reason: "Sygdom" });
    expect(booking.facts(caseId).slice(-2)).toEqual(["PlaceOffered", "SlotLost"]);
    const clocks = Object.values(booking.cases.state(caseId).clocks).filter(
      (c) => c.deliveryId === undefined,
    );
    expect(clocks).toMatchObject([{ status: "met" }]);
    expect(booking.cases.state(caseId).card?.awaits).toMatchObject([{ who: gp, act: "choose" }]);
    expect(booking.toldTo(gp, "SlotLost")).toBe(1);
  });
});

describe("a wish for a slot that was none", () => {
  const later = caseIdFor(visitation, "S-1");

  it("is not asked again of a slot of that id that is published afterwards", async () => {
    expect(await booking.bookNow(later)).toMatchObject({ code: "slot-unknown" });
    await booking.publish();
    await takeUp(caseId, [1]);
    expect(booking.facts(later)).toEqual(["SlotPublished"]);
    expect((await booking.bookNow(later, otherGp)).status).toBe("accepted");
  });

  it("that found the slot all the same, when its booking had its answer, gives the place back", async () => {
    await booking.bookNow(later);
    await booking.publish();
    const [wished] = booking.cases.records(caseId);
    const [step] = wished === undefined ? [] : nextSteps(wished);
    if (wished === undefined || step === undefined) throw new Error("It wishes for nothing.");
    // Two processes at once: the other had looked for an answer before there was one.
    const { ports } = booking.cases;
    let looks = 0;
    const load: typeof ports.load = async (id, family) =>
      id === caseId && ++looks === 1 ? [] : await ports.load(id, family);
    const slow = createBookingHandler({ ...ports, load, caseIdFor, rules: bookingRules });
    await slow.carryOn(step, wished);
    expect(booking.facts(later)).toEqual(["SlotPublished", "PlaceTaken", "PlaceFreed"]);
    expect(booking.statusOf(caseId)).toBe("noPlace");
    expect((await booking.bookNow(later, otherGp)).status).toBe("accepted");
  });
});
