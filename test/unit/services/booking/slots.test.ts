import { beforeEach, describe, expect, it } from "vitest";
import { type BookingCases, createBookingCases, patient } from "../../../support/booking-cases.ts";
import { gp, otherGp, visitation } from "../../../support/booking-given.ts";
import { accepted } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, regionWith, who } from "../../../support/region-view.ts";

let cases: BookingCases["cases"];
let act: BookingCases["act"];
let publish: BookingCases["publish"];
let hold: BookingCases["hold"];
let bookNow: BookingCases["bookNow"];
let ring: BookingCases["ring"];
let statusOf: BookingCases["statusOf"];
let fact: BookingCases["fact"];
let toldTo: BookingCases["toldTo"];

const use = (options: Parameters<typeof createBookingCases>[0] = {}): void => {
  ({ cases, act, publish, hold, bookNow, ring, statusOf, fact, toldTo } = createBookingCases(options));
};
beforeEach(() => {
  use();
});

describe("which slots are given to whom", () => {
  it.each([
    ["slot-not-in-time", { start: local("2026-11-25 00:00") }],
    ["slot-not-for-citizen", { municipalities: ["0891"] }],
  ])("%s is refused", async (code, change) => {
    const slotId = await publish(1, change);
    const payload = { messageId: "B-1", slotId, patient, municipality: "0890" };
    expect(await cases.send({ type: "booking.hold", by: gp, payload })).toMatchObject({
      status: "refused",
      code,
    });
  });

  it("a slot for a region is for its practices, by the directory's authority", async () => {
    use({ directory: regionWith(changed(otherGp, { authority: [] })) });
    const slotId = await publish(2, { regions: [who.region] });
    expect((await hold(slotId)).status).toBe("accepted");
    expect(await hold(slotId, otherGp)).toMatchObject({ status: "refused", code: "slot-not-for-citizen" });
  });

  it("a slot that has begun is given to nobody", async () => {
    const slotId = await publish();
    cases.at("2026-11-24 09:00");
    expect(await hold(slotId)).toMatchObject({ code: "slot-begun" });
  });

  it("the last minute of the next day is in time", async () => {
    const slotId = await publish(1, { start: local("2026-11-24 23:59") });
    expect((await hold(slotId)).status).toBe("accepted");
  });

  it("two slots of one hour are two slots, and one booker's places are known to no other", async () => {
    const slotId = await publish(2);
    const [one, two] = [accepted(await bookNow(slotId)), accepted(await bookNow(slotId, otherGp))];
    expect(cases.state(one.caseId).parties).not.toContain(otherGp);
    expect(cases.state(two.caseId).parties).not.toContain(gp);
    expect(await act("booking.release", otherGp, one.caseId)).toMatchObject({ code: "case-unknown" });
    expect(await act("booking.cancelSlot", gp, slotId, { reason: "x" })).toMatchObject({
      code: "case-unknown",
    });
  });
});

describe("a visitation that publishes", () => {
  it("is told every problem at once", async () => {
    const reply = await cases.send({
      type: "booking.publish",
      by: who.cardiology,
      payload: {
        messageId: "S-1",
        speciality: "kardiologi",
        start: local("2026-11-23 10:00"),
        lengthMinutes: 30,
        places: 1,
        place: "Indgang 4",
        unit: who.geriatrics,
        regions: [who.municipality],
      },
    });
    expect(reply).toMatchObject({ status: "refused", code: "not-sub-acute" });
    expect(
      reply.status === "refused" ? reply.problems.map(({ path, code }) => `${path} ${code}`) : [],
    ).toEqual([
      "sender not-sub-acute",
      "start slot-begun",
      "unit unit-elsewhere",
      "regions.0 receiver-unknown",
    ]);
  });

  it("may take places away, but not those that are booked or held", async () => {
    const slotId = await publish(3);
    await bookNow(slotId);
    await hold(slotId, otherGp);
    expect(await act("booking.changeSlot", visitation, slotId, { places: 1 })).toMatchObject({
      code: "places-taken",
    });
    expect(accepted(await act("booking.changeSlot", visitation, slotId, { places: 2 })).facts).toEqual([
      "SlotChanged",
    ]);
    expect(await hold(slotId, gp, "B-2")).toMatchObject({ code: "slot-full" });
    cases.at("2026-11-23 10:30");
    expect((await act("booking.changeSlot", visitation, slotId, { places: 1 })).status).toBe("accepted");
  });

  it("tells who is booked of another place, and not who only holds", async () => {
    const slotId = await publish(2);
    const { caseId } = accepted(await bookNow(slotId));
    await hold(slotId, otherGp);
    await act("booking.changeSlot", visitation, slotId, { place: "Indgang 9" });
    expect(fact(caseId, "BookedSlotChanged")?.place).toBe("Indgang 9");
    expect([toldTo(gp, "BookedSlotChanged"), toldTo(otherGp, "BookedSlotChanged")]).toEqual([1, 0]);
  });

  it("that changes nothing is told so", async () => {
    const slotId = await publish();
    expect(await act("booking.changeSlot", visitation, slotId)).toMatchObject({ code: "message-invalid" });
  });

  it("cancels, and every booker is told and awaits a new choice", async () => {
    const slotId = await publish(2);
    const [one, two] = [accepted(await bookNow(slotId)), accepted(await hold(slotId, otherGp))];
    await act("booking.cancelSlot", visitation, slotId, { reason: "Lægen er syg" });
    for (const { caseId } of [one, two]) {
      expect(statusOf(caseId)).toBe("slotCancelled");
      expect(cases.state(caseId).card?.awaits).toMatchObject([{ act: "choose" }]);
    }
    expect([toldTo(gp, "SlotLost"), toldTo(otherGp, "SlotLost")]).toEqual([1, 1]);
    expect(cases.state(slotId)).toMatchObject({ status: "cancelled", alarms: {} });
    const next = await publish(1, {}, "S-2");
    const chosen = await act("booking.choose", gp, one.caseId, { slotId: next, book: true });
    expect(accepted(chosen).facts).toEqual(["SlotBooked"]);
    expect(await act("booking.choose", otherGp, two.caseId, { slotId: next })).toMatchObject({
      code: "slot-full",
    });
    expect(statusOf(two.caseId)).toBe("slotCancelled");
    expect(await hold(slotId, gp, "B-9")).toMatchObject({ code: "slot-cancelled" });
  });

  it("is over by itself at its end, and what was held is told to have run out", async () => {
    const slotId = await publish(2);
    await bookNow(slotId);
    const { caseId } = accepted(await hold(slotId, otherGp));
    cases.at("2026-11-24 09:30");
    await ring(slotId, "ended");
    expect(cases.state(slotId)).toMatchObject({ status: "ended", alarms: {}, card: { closed: true } });
    expect(statusOf(caseId)).toBe("expired");
  });
});
