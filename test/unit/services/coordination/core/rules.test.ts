import { describe, expect, it } from "vitest";
import type { Family } from "../../../../../contracts/family.ts";
import { BookForReferral } from "../../../../../contracts/messages/booking.ts";
import { NoteTransfer } from "../../../../../contracts/messages/discharge-stay.ts";
import { OpenReferralFromObservation } from "../../../../../contracts/messages/referral-commands.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { bookForReferral } from "../../../../../services/coordination/core/book-for-referral.ts";
import { callAcuteTeam } from "../../../../../services/coordination/core/call-acute-team.ts";
import { concludeElsewhere } from "../../../../../services/coordination/core/conclude-elsewhere.ts";
import { endOtherStays } from "../../../../../services/coordination/core/end-other-stays.ts";
import { noteBooking } from "../../../../../services/coordination/core/note-booking.ts";
import { rules } from "../../../../../services/coordination/core/rules.ts";
import type { History } from "../../../../../services/coordination/core/workflow.ts";
import { now, otherCaseId, patient } from "../../../../support/advice-given.ts";
import { who } from "../../../../support/region-view.ts";

const caseId = "0b6f5a52-6e1c-5a44-9d0e-2f4c8f6a7b10";
const slotId = "6f1d2c3b-4a59-5e68-8f70-1a2b3c4d5e6f";

const record = (family: Family, no: number, ...facts: { type: string }[]): CaseRecord => ({
  version: 1,
  caseId,
  family,
  facts,
  deliveries: [],
  clocks: [],
  meta: {
    no,
    at: now,
    commandId: `c-${String(no)}`,
    commandType: "x.y",
    digest: "d",
    actor: who.practice,
    outcome: "accepted",
    status: "any",
  },
});
const history = (...records: [CaseRecord, ...CaseRecord[]]) => records as unknown as History;

const call = {
  caller: { name: "Sygeplejerske Testesen" },
  called: { gln: who.practice, name: "Lægehuset Åparken" },
  number: "20109001",
  at: now,
  answeredBy: { name: "Læge Eksempelsen" },
};
const plan = {
  kind: "acute-team",
  text: "IV antibiotika i hjemmet",
  author: { name: "Læge Eksempelsen" },
  validUntil: now,
  directNumber: "20109001",
  responsible: { name: "Læge Eksempelsen", role: "doctor", until: now },
};
const made = (change: object = {}) => ({
  type: "PlanMade",
  by: who.practice,
  plan,
  call,
  patient,
  practice: who.practice,
  team: who.acuteTeam,
  municipalityCode: "0890",
  ...change,
});

describe("a plan that sends for the acute team", () => {
  it("becomes the written referral that follows the call, and it fits its contract", () => {
    const [order] = callAcuteTeam.ordersOf(history(record("observation", 3, made())), []);
    expect(order).toMatchObject({
      type: "referral.openFromObservation",
      payload: {
        messageId: `plan:${caseId}:3`,
        from: who.practice,
        municipality: "0890",
        call: { by: "Sygeplejerske Testesen", number: "20109001", answeredBy: "Læge Eksempelsen" },
        responsible: { name: "Læge Eksempelsen" },
      },
    });
    expect(OpenReferralFromObservation.safeParse(order?.payload).error).toBeUndefined();
  });

  it("names the substitute and until when, where another doctor answers", () => {
    const responsible = { name: "Læge Vikar", phone: "20109002", role: "substitute", until: now };
    const [order] = callAcuteTeam.ordersOf(
      history(record("observation", 3, made({ plan: { ...plan, responsible } }))),
      [],
    );
    expect(order?.payload).toMatchObject({
      responsible: {},
      substitute: { name: "Læge Vikar", phone: "20109002", until: now },
    });
    expect(OpenReferralFromObservation.safeParse(order?.payload).error).toBeUndefined();
  });

  it("takes the call from the episode where the plan has none, and without any call sets nothing off", () => {
    const withoutCall = record("observation", 3, made({ call: undefined }));
    const called = record("observation", 2, { type: "CallRecorded", ...{ by: who.acuteTeam, call } });
    expect(callAcuteTeam.ordersOf(history(called, withoutCall), []).length).toBe(1);
    expect(callAcuteTeam.ordersOf(history(withoutCall), [])).toEqual([]);
  });

  it("is the only plan that does", () => {
    for (const kind of ["advice", "visit", "prescription", "admit"])
      expect(callAcuteTeam.concerns(record("observation", 3, made({ plan: { ...plan, kind } })))).toBe(false);
  });
});

describe("a slot that is wanted for a referral", () => {
  const sent = record("referral", 1, { type: "ReferralSent", ...{ referral: { patient } } });
  const wanted = record("referral", 4, { type: "SlotWanted", ...{ slotId, by: who.practice } });

  it("is booked for whoever wants it, with the referral's patient", () => {
    const [order] = bookForReferral.ordersOf(history(sent, wanted), []);
    expect(order).toMatchObject({
      type: "booking.bookForReferral",
      payload: {
        messageId: `referral:${caseId}:4`,
        referralCaseId: caseId,
        slotId,
        by: who.practice,
        patient,
      },
    });
    expect(BookForReferral.safeParse(order?.payload).error).toBeUndefined();
  });

  it("is told to the referral when it is booked", () => {
    const booked = record("booking", 3, {
      type: "SlotBooked",
      ...{ wish: 1, slotId, start: now, place: "Ambulatoriet", referralCaseId: otherCaseId },
    });
    expect(noteBooking.ordersOf(history(booked), [])).toEqual([
      {
        type: "referral.noteBooking",
        payload: { caseId: otherCaseId, bookingCaseId: caseId, slotId, start: now, place: "Ambulatoriet" },
      },
    ]);
    const other = record("booking", 3, {
      type: "SlotBooked",
      ...{ wish: 1, slotId, start: now, place: "x" },
    });
    expect(noteBooking.concerns(other)).toBe(false);
  });
});

const reported = (hospital: string, occurredAt: string, change: object = {}) => ({
  type: "StayEventReported",
  event: "admitted",
  occurredAt,
  department: hospital,
  away: false,
  stay: { hospital, stayId: "s", municipality: who.municipality, relatesTo: [], patient },
  ...change,
});
const stay = (caseOf: string, status: string, fact: { type: string }): CaseRecord => {
  const made = record("discharge", 1, fact);
  return { ...made, caseId: caseOf, meta: { ...made.meta, status } };
};

describe("an admission in one hospital", () => {
  const here = stay(caseId, "admitted", reported(who.hospital, "2026-11-23T09:00:00.000Z"));
  const earlier = reported(who.otherHospital, "2026-11-20T09:00:00.000Z");
  const ordersWith = (...others: CaseRecord[]) =>
    endOtherStays.ordersOf(
      history(here),
      others.map((one) => [one]),
    );

  it("ends the citizen's stay in another, by a transfer that fits its contract", () => {
    const [order, ...more] = ordersWith(here, stay(otherCaseId, "admitted", earlier));
    expect(more).toEqual([]);
    expect(order).toMatchObject({
      type: "discharge.noteTransfer",
      payload: { caseId: otherCaseId, toCase: caseId, occurredAt: "2026-11-23T09:00:00.000Z" },
    });
    expect(NoteTransfer.safeParse(order?.payload).error).toBeUndefined();
  });

  it.each(["discharged", "summarySent", "dead", "transferred"])(
    "leaves one that is %s as it is",
    (status) => {
      expect(ordersWith(stay(otherCaseId, status, earlier))).toEqual([]);
    },
  );

  it("leaves one that began later, another stay in the same hospital, and other cases as they are", () => {
    expect(
      ordersWith(
        stay(otherCaseId, "admitted", reported(who.otherHospital, "2026-11-24T09:00:00.000Z")),
        stay(otherCaseId, "admitted", reported(who.hospital, "2026-11-20T09:00:00.000Z")),
        { ...stay(otherCaseId, "admitted", earlier), family: "advice" },
      ),
    ).toEqual([]);
  });

  it("is not one when it is a leave, a discharge, or what the hub noted of another hospital", () => {
    const at = "2026-11-23T09:00:00.000Z";
    for (const change of [{ event: "leave-started" }, { event: "discharged" }, { away: true }])
      expect(endOtherStays.concerns(stay(caseId, "x", reported(who.hospital, at, change)))).toBe(false);
  });
});

describe("the rules", () => {
  it("each have a name of their own, since command ids are made of it", () => {
    expect(new Set(rules.map(({ rule }) => rule)).size).toBe(rules.length);
  });

  it("each name the facts that set them off: a record with none of them in its text is not read", () => {
    const families = ["advice", "observation", "referral", "booking", "discharge"] as const;
    const all = rules.flatMap(({ facts }) => facts);
    for (const { facts, concerns } of rules)
      for (const type of all.filter((one) => !facts.includes(one)))
        for (const family of families)
          expect(concerns({ ...stay(caseId, "admitted", { type }), family })).toBe(false);
    expect(rules.map(({ facts }) => facts)).toEqual([
      ["AdviceConverted"],
      ["PlanMade"],
      ["SlotWanted"],
      ["SlotBooked"],
      ["LetterPassedOn"],
      ["failed", "unconfirmed"],
      ["LoneSummaryReceived", "ReferralLetterReceived"],
      ["StayEventReported", "StayEventCorrected", "StayEventCancelled"],
      ["SummarySent"],
      ["StayEventReported"],
    ]);
  });

  it("each concern records of one family alone, but for letters, which are of the family that could take them", () => {
    const facts = [
      made(),
      { type: "SlotWanted" },
      { type: "SlotBooked", referralCaseId: otherCaseId },
      { type: "AdviceConverted" },
      { type: "LetterPassedOn", attachments: [] },
      reported(who.hospital, now),
      { type: "SummarySent", asksHomeVisit: {} },
    ];
    const lost = { change: "unconfirmed", deliveryId: "d", to: who.practice, at: now, by: "hub" } as const;
    const deliveries = [{ ...lost, why: "no-receipt" as const }];
    const admitted = (family: Family) => ({
      ...stay(caseId, "admitted", { type: "x" }),
      ...{ family, facts, deliveries },
    });
    const families = ["advice", "referral", "discharge", "observation", "booking", "attachment"] as const;
    for (const rule of rules.filter((one) => one !== concludeElsewhere))
      expect(families.filter((family) => rule.concerns(admitted(family))).length).toBe(1);
  });
});
