import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { type BookingCases, createBookingCases, patient } from "../../../support/booking-cases.ts";
import { gp, otherGp, otherVisitation, visitation } from "../../../support/booking-given.ts";
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
let fact: BookingCases["fact"];
let toldTo: BookingCases["toldTo"];

const use = (options: Parameters<typeof createBookingCases>[0] = {}): void => {
  ({ cases, act, publish, hold, bookNow, ring, statusOf, fact, toldTo } = createBookingCases(options));
};
beforeEach(() => {
  use();
});

describe("a request", () => {
  const request = (change: object = {}) =>
    cases.send({
      type: "booking.request",
      by: gp,
      payload: {
        messageId: "R-1",
        to: { hospital: who.hospital },
        patient,
        municipality: "0890",
        reason: "Nyopstået åndenød",
        ...change,
      },
    });

  it("goes to the visitation of the hospital, which owes an answer within thirty minutes", async () => {
    const reply = accepted(await request());
    expect(reply).toMatchObject({
      due: local("2026-11-23 10:45"),
      clocks: [{ agreement: "SUBACUTE", debtor: visitation }],
    });
    expect(toldTo(visitation, "SlotRequested")).toBe(1);
    expect(cases.state(reply.caseId).card?.awaits).toMatchObject([{ who: visitation, act: "offer" }]);
  });

  it("is offered a place that is held meanwhile, and accepted", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await request());
    expect(accepted(await act("booking.offer", visitation, caseId, { slotId })).facts).toEqual([
      "PlaceOffered",
    ]);
    expect(toldTo(gp, "PlaceOffered")).toBe(1);
    expect(Object.values(cases.state(caseId).clocks).find((c) => c.agreement === "SUBACUTE")?.status).toBe(
      "met",
    );
    expect(await hold(slotId, otherGp)).toMatchObject({ code: "slot-full" });
    expect(accepted(await act("booking.acceptOffer", gp, caseId)).facts).toEqual(["SlotBooked"]);
    expect(statusOf(caseId)).toBe("booked");
  });

  it("whose offer is declined is the visitation's again, with a new clock, and the place is free", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await request());
    await act("booking.offer", visitation, caseId, { slotId });
    cases.at("2026-11-23 10:30");
    const declined = accepted(
      await act("booking.declineOffer", gp, caseId, { reason: "Kan først om eftermiddagen" }),
    );
    expect(declined.due).toBe(local("2026-11-23 11:00"));
    expect(statusOf(caseId)).toBe("requested");
    expect((await hold(slotId, otherGp)).status).toBe("accepted");
  });

  it("whose offer ran out awaits the booker's choice, and both are told", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await request());
    await act("booking.offer", visitation, caseId, { slotId });
    cases.at("2026-11-23 11:15");
    await ring(slotId, `hold.${caseId}`);
    expect(statusOf(caseId)).toBe("expired");
    expect(cases.state(caseId).card?.awaits).toMatchObject([{ who: gp, act: "choose" }]);
    expect([toldTo(gp, "HoldLapsed"), toldTo(visitation, "HoldLapsed")]).toEqual([1, 1]);
  });

  it("whose offer was lost before it was accepted is the visitation's again", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await request());
    await act("booking.offer", visitation, caseId, { slotId });
    cases.at("2026-11-23 11:20");
    await bookNow(slotId, otherGp);
    expect(await act("booking.acceptOffer", gp, caseId)).toMatchObject({ code: "slot-full" });
    expect(statusOf(caseId)).toBe("requested");
    expect(toldTo(visitation, "PlaceNotGiven")).toBe(1);
    const running = Object.values(cases.state(caseId).clocks).filter(
      (c) => c.status === "running" && c.deliveryId === undefined,
    );
    expect(running).toMatchObject([{ agreement: "SUBACUTE", due: local("2026-11-23 11:50") }]);
  });

  it("that cannot be met is answered with what to do instead", async () => {
    const { caseId } = accepted(await request());
    expect(accepted(await act("booking.answerNone", visitation, caseId)).facts).toEqual(["NoneOffered"]);
    expect(fact(caseId, "NoneOffered")?.instead).toEqual({
      acuteRoute: [
        { gln: visitation, name: "Regionshospitalet Nordfjord, Hospitalsvisitationen", phone: "70109011" },
      ],
      acuteTeam: { gln: who.acuteTeam, name: "Akutteam Nordfjord", phone: "90000039" },
    });
    expect(toldTo(gp, "NoneOffered")).toBe(1);
    expect(cases.state(caseId).card?.closed).toBe(true);
  });

  it("may be offered a later time than the next day, with a warning", async () => {
    const slotId = await publish(1, { start: local("2026-11-26 09:00") });
    const { caseId } = accepted(await request());
    const offer = accepted(await act("booking.offer", visitation, caseId, { slotId }));
    expect(offer.warnings).toMatchObject([{ code: "slot-not-in-time", severity: "warning" }]);
  });

  it("of a full slot is offered nothing: the visitation is told, and the question stays its own", async () => {
    const slotId = await publish();
    await bookNow(slotId, otherGp);
    const { caseId } = accepted(await request());
    expect(await act("booking.offer", visitation, caseId, { slotId })).toMatchObject({ code: "slot-full" });
    expect(statusOf(caseId)).toBe("requested");
    expect(toldTo(gp, "PlaceNotGiven")).toBe(0);
  });

  it("withdrawn stops the clock and is told", async () => {
    const { caseId } = accepted(await request());
    await act("booking.release", gp, caseId, { reason: "Indlagt akut" });
    expect(Object.values(cases.state(caseId).clocks).filter((c) => c.deliveryId === undefined)).toMatchObject(
      [{ status: "cancelled" }],
    );
    expect(toldTo(visitation, "BookingReleased")).toBe(1);
  });

  it("to somebody who gives no times out, of a future need, by who books none, is told every problem", async () => {
    const payload = {
      messageId: "R-1",
      to: { gln: who.cardiology },
      needAt: local("2026-11-24 10:00"),
      patient,
      reason: "x",
    };
    const reply = await cases.send({ type: "booking.request", by: who.municipality, payload });
    expect(
      reply.status === "refused" ? reply.problems.map(({ path, code }) => `${path} ${code}`) : [],
    ).toEqual(["sender not-a-booker", "needAt need-in-future", "to.gln not-sub-acute"]);
  });

  it("to another hospital's visitation is that one's", async () => {
    const { caseId } = accepted(await request({ to: { gln: otherVisitation } }));
    expect(await act("booking.answerNone", visitation, caseId)).toMatchObject({ code: "case-unknown" });
    expect((await act("booking.answerNone", otherVisitation, caseId)).status).toBe("accepted");
  });
});

describe("who has a time", () => {
  it.each([
    ["booking.attended", "PatientAttended", "attended"],
    ["booking.noShow", "PatientNoShow", "noShow"],
  ])("%s is told to the GP", async (type, told, status) => {
    const slotId = await publish();
    const { caseId } = accepted(await bookNow(slotId));
    expect(await act(type, visitation, caseId)).toMatchObject({ code: "too-early" });
    cases.at("2026-11-24 09:20");
    expect((await act(type, visitation, caseId)).status).toBe("accepted");
    expect(statusOf(caseId)).toBe(status);
    expect(toldTo(gp, told)).toBe(1);
    expect(cases.state(caseId).card?.closed).toBe(true);
  });

  it("a patient may come early on the day, and cannot have failed to", async () => {
    const slotId = await publish();
    const { caseId } = accepted(await bookNow(slotId));
    cases.at("2026-11-24 08:40");
    expect(await act("booking.noShow", visitation, caseId)).toMatchObject({ code: "too-early" });
    expect((await act("booking.attended", visitation, caseId)).status).toBe("accepted");
  });
});

describe("the hub's booking for a referral", () => {
  const referralCaseId = caseIdFor("ref", "1");
  const book = (by: string, slotId: string, sender = "hub") =>
    cases.send({
      type: "booking.bookForReferral",
      by: sender,
      id: "ref-1",
      payload: { messageId: "REF-1", referralCaseId, slotId, by, patient },
    });

  it("books without a rule of days, is linked to the referral, and tells both", async () => {
    const slotId = await publish(1, { start: local("2026-12-04 09:00") });
    const { caseId } = accepted(await book(gp, slotId));
    expect(fact(caseId, "SlotBooked")).toMatchObject({
      slotId,
      hospital: who.hospital,
      unit: visitation,
      start: local("2026-12-04 09:00"),
      lengthMinutes: 30,
      place: "Indgang 4, stuen",
      referralCaseId,
    });
    expect(cases.state(caseId).card?.links).toEqual([{ caseId: referralCaseId, relation: "bookedFor" }]);
    expect([toldTo(visitation, "SlotBooked"), toldTo(gp, "SlotBooked")]).toEqual([1, 1]);
  });

  it("by the visitation itself tells it once", async () => {
    const slotId = await publish();
    await book(visitation, slotId);
    expect(toldTo(visitation, "SlotBooked")).toBe(1);
  });

  it("is nobody else's", async () => {
    const slotId = await publish();
    expect(await book(gp, slotId, gp)).toMatchObject({ status: "refused", code: "not-your-turn" });
  });
});
