import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { type BookingCases, createBookingCases, patient } from "../../../support/booking-cases.ts";
import { gp, otherGp, visitation } from "../../../support/booking-given.ts";
import { accepted } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: BookingCases["cases"];
let act: BookingCases["act"];
let publish: BookingCases["publish"];
let hold: BookingCases["hold"];
let bookNow: BookingCases["bookNow"];
let ring: BookingCases["ring"];
let statusOf: BookingCases["statusOf"];
let facts: BookingCases["facts"];
let fact: BookingCases["fact"];
let toldTo: BookingCases["toldTo"];

const use = (options: Parameters<typeof createBookingCases>[0] = {}): void => {
  ({ cases, act, publish, hold, bookNow, ring, statusOf, facts, fact, toldTo } = createBookingCases(options));
};
beforeEach(() => {
  use();
});

describe("a place that is held", () => {
  it("is answered with the hold, told by the slot, and the visitation learns of no patient", async () => {
    const slotId = await publish();
    const reply = accepted(await hold(slotId));
    expect(reply).toMatchObject({ caseId: caseIdFor(gp, "B-1"), recordNo: 2, facts: ["HoldGiven"] });
    expect(facts(slotId)).toEqual(["SlotPublished", "PlaceHeld"]);
    expect(facts(reply.caseId)).toEqual(["BookingOpened", "PlaceWanted", "HoldGiven"]);
    expect(cases.state(reply.caseId).parties).toEqual([gp]);
    expect(fact(reply.caseId, "HoldGiven")?.until).toBe(local("2026-11-23 10:25"));
  });

  it("leaves nothing of the patient in the slot, whose parties are the visitation and its hospital", async () => {
    const slotId = await publish();
    await hold(slotId);
    const text = JSON.stringify(cases.records(slotId));
    expect(text).not.toContain("Prøvesen");
    expect(text).not.toContain(patient.cpr);
    expect(cases.state(slotId).parties).toEqual([visitation, who.hospital]);
  });

  it("is booked, and both are told", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    expect(await act("booking.book", gp, caseId)).toMatchObject({
      status: "accepted",
      facts: ["SlotBooked"],
    });
    expect(statusOf(caseId)).toBe("booked");
    expect(cases.state(caseId).parties).toEqual([gp, visitation]);
    expect([toldTo(visitation, "SlotBooked"), toldTo(gp, "SlotBooked")]).toEqual([1, 1]);
    expect(cases.state(slotId).alarms).toEqual({ ended: local("2026-11-24 09:30") });
  });

  it("of another is not given: the answer is definite, says what to do instead, and never flips", async () => {
    const slotId = await publish();
    await hold(slotId);
    const reply = await hold(slotId, otherGp);
    expect(reply).toMatchObject({
      status: "refused",
      code: "slot-full",
      duplicate: false,
      problems: [{ path: "slotId", code: "slot-full" }],
    });
    if (reply.status !== "refused") return;
    expect(reply.problems[0]?.message).toContain("70109011");
    // Also when the place is free again by then.
    await act("booking.release", gp, caseIdFor(gp, "B-1"));
    expect(await hold(slotId, otherGp)).toEqual({ ...reply, duplicate: true });
  });

  it("runs out after ten minutes, which its booker is told, and is another's then", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    cases.at("2026-11-23 10:25");
    expect((await ring(slotId, `hold.${caseId}`)).status).toBe("accepted");
    expect(statusOf(caseId)).toBe("expired");
    expect(toldTo(gp, "HoldLapsed")).toBe(1);
    expect(accepted(await hold(slotId, otherGp)).facts).toEqual(["HoldGiven"]);
  });

  it("that ran out takes no place, though its alarm has not rung", async () => {
    const slotId = await publish();
    await hold(slotId);
    cases.at("2026-11-23 10:25");
    expect(accepted(await bookNow(slotId, otherGp)).facts).toEqual(["SlotBooked"]);
    expect(await act("booking.book", gp, caseIdFor(gp, "B-1"))).toMatchObject({ code: "slot-full" });
    expect(statusOf(caseIdFor(gp, "B-1"))).toBe("noPlace");
  });

  it("that ran out is booked all the same while nobody else took it", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    cases.at("2026-11-23 10:30");
    expect(accepted(await act("booking.book", gp, caseId)).facts).toEqual(["SlotBooked"]);
    // The alarm that rings late finds the hold a booking.
    expect((await ring(slotId, `hold.${caseId}`)).status).toBe("ignored");
    expect(statusOf(caseId)).toBe("booked");
  });

  it("an alarm before its time means nothing", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    expect(await ring(slotId, `hold.${caseId}`)).toMatchObject({ status: "ignored", reason: "not-due" });
  });

  it("is held until the slot begins at the latest", async () => {
    const slotId = await publish(1, { start: local("2026-11-23 10:20") });
    const { caseId } = accepted(await hold(slotId));
    expect(fact(caseId, "HoldGiven")?.until).toBe(local("2026-11-23 10:20"));
  });

  it("is given back by its booker, and is another's", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await hold(slotId));
    expect(accepted(await act("booking.release", gp, caseId)).facts).toEqual(["BookingReleased"]);
    expect(facts(slotId).at(-1)).toBe("PlaceFreed");
    expect((await bookNow(slotId, otherGp)).status).toBe("accepted");
  });
});
