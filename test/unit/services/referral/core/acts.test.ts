import { describe, expect, it } from "vitest";
import type { ReferralFact } from "../../../../../contracts/messages/referral.ts";
import { ReturnReferral } from "../../../../../contracts/messages/referral-commands.ts";
import { problemsOf } from "../../../../../contracts/problem.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import { referralCore } from "../../../../../services/referral/core/decide.ts";
import {
  call,
  caseId,
  given,
  happened,
  onCase,
  otherCaseId,
  receivers,
  slotId,
  stateAfter,
} from "../../../../support/referral-given.ts";
import { payloadsOf } from "../../../../support/referral-payloads.ts";
import { who } from "../../../../support/region-view.ts";

const gp = who.practice;
const endo = who.endocrinology;
const hospital = happened("hospital");
const cardOf = (...facts: ReferralFact[]) => referralCore.cardOf?.(stateAfter(...facts));

describe("a return", () => {
  it.each(["reason", "advice", "doctor", "phone"])("without %s is no command", (field) => {
    const payload = { caseId, ...payloadsOf("hospital")["referral.return"], [field]: undefined };
    const parsed = ReturnReferral.safeParse(payload);
    expect(parsed.error === undefined ? [] : problemsOf(parsed.error).map(({ path }) => path)).toEqual([
      field,
    ]);
  });

  it("ends the case, and tells the sender why, what to do, and whom to call", () => {
    const returned = onCase("referral.return", payloadsOf("hospital")["referral.return"]);
    const { facts } = given(hospital.sent)
      .when(returned, endo)
      .thenRecords({
        facts: [{ type: "ReferralReturned", doctor: "Overlæge Prøve", phone: "90000011" }],
        tell: [{ to: gp, from: endo, fact: 0 }],
      });
    expect(cardOf(hospital.sent, ...facts)).toMatchObject({ closed: true, awaits: [] });
  });

  it("is not for an acute team, which declines", () => {
    const team = receivers["acute-team"].first;
    const { sent } = happened("acute-team");
    given(sent)
      .when(onCase("referral.return", payloadsOf("acute-team")["referral.return"]), team)
      .thenRefuses("not-for-this-kind", "caseId");
    given(sent)
      .when(onCase("referral.decline", payloadsOf("acute-team")["referral.decline"]), team)
      .thenRecords({ facts: [{ type: "ReferralDeclined", phone: "90000030" }] });
  });
});

describe("a question back", () => {
  it("gives the ball to the sender, who owes the answer", () => {
    const { facts } = given(hospital.sent)
      .when(onCase("referral.requestInformation", { text: "Vægt?" }), endo)
      .thenRecords({ owing: [{ debtor: gp, creditor: endo }] });
    expect(cardOf(hospital.sent, ...facts)?.awaits).toEqual([{ who: gp, act: "give-information" }]);
  });
});

describe("an imaging result", () => {
  const { first: radiology } = receivers.imaging;
  const f = happened("imaging");
  const seen = [f.sent, f.accepted, f.booked, f.attended];
  const conclude = (more: object) =>
    onCase("referral.conclude", { text: "Svar.", signedBy: { name: "Radiolog Prøve" }, ...more });

  it("never closes by itself: the sender reviews it", () => {
    const { facts } = given(...seen)
      .when(conclude({}), radiology)
      .thenRecords({});
    expect(cardOf(...seen, ...facts)).toMatchObject({
      closed: false,
      awaits: [{ who: gp, act: "review-result" }],
    });
    given(...seen, ...facts)
      .when(onCase("referral.reviewResult"), gp)
      .thenRecords({});
    expect(cardOf(...seen, ...facts, f.reviewed)).toMatchObject({ closed: true });
  });

  it("that is critical goes out at once, and stays with the radiologist until the call is made", () => {
    const { facts } = given(...seen)
      .when(conclude({ critical: true }), radiology)
      .thenRecords({ facts: [{ type: "ReferralConcluded" }, { type: "CriticalFindingFound" }] });
    expect(cardOf(...seen, ...facts)?.awaits).toEqual([{ who: radiology, act: "phone-critical-finding" }]);
    const phoned = given(...seen, ...facts)
      .when(onCase("referral.phoneFinding", { phoned: call }), radiology)
      .thenRecords({});
    expect(cardOf(...seen, ...facts, ...phoned.facts)?.awaits).toEqual([{ who: gp, act: "review-result" }]);
  });

  it("that is critical and was phoned waits for the sender alone", () => {
    const { facts } = given(...seen)
      .when(conclude({ critical: true, phoned: call }), radiology)
      .thenRecords({});
    expect(facts.map(({ type }) => type)).toEqual(["ReferralConcluded"]);
  });
});

describe("the acute team's note", () => {
  it("without a call is taken, and warned of", () => {
    const f = happened("acute-team");
    const note = onCase("referral.conclude", { text: "Notat.", signedBy: { name: "Prøve Sygeplejersken" } });
    given(f.sent, f.accepted, f.visitStarted, f.visitEnded)
      .when(note, who.acuteTeam)
      .thenRecords({ warnings: [{ path: "phoned", code: "phone-the-result", severity: "warning" }] });
  });

  it("is owed from when the visit ended", () => {
    const f = happened("acute-team");
    given(f.sent, f.accepted, f.visitStarted)
      .when(onCase("referral.endVisit", { at: "2026-11-23T09:00:00.000Z" }), who.acuteTeam)
      .thenRecords({ owing: [{ from: "2026-11-23T09:00:00.000Z" }] });
  });
});

describe("a booking that the hub notes", () => {
  const note = onCase("referral.noteBooking", payloadsOf("hospital")["referral.noteBooking"]);
  it("is the patient's time, told to both, and a link to the booking", () => {
    const { facts } = given(hospital.sent)
      .when(note, hubActor)
      .thenRecords({
        tell: [
          { to: gp, from: endo, fact: 0 },
          { to: endo, from: gp, fact: 0 },
        ],
      });
    expect(stateAfter(hospital.sent, ...facts)).toMatchObject({ status: "booked" });
    expect(cardOf(hospital.sent, ...facts)?.links).toEqual([{ caseId: otherCaseId, relation: "booking" }]);
  });

  it.each([gp, endo])("is not for %s to note", (party) => {
    given(hospital.sent).when(note, party).thenRefuses("not-your-turn");
  });
});

describe("a slot that is wanted", () => {
  it.each([gp, endo])("by %s is a fact for coordination, and moves nothing", (party) => {
    const { facts } = given(hospital.sent)
      .when(onCase("referral.wantSlot", { slotId }), party)
      .thenRecords({ facts: [{ type: "SlotWanted", slotId, by: party }], tell: [] });
    expect(stateAfter(hospital.sent, ...facts)).toEqual(stateAfter(hospital.sent));
  });
});

describe("a time", () => {
  const booked = [hospital.sent, hospital.accepted, hospital.booked];
  it("that is moved stays booked, at the new time", () => {
    const { facts } = given(...booked)
      .when(onCase("referral.rebook", payloadsOf("hospital")["referral.rebook"]), endo)
      .thenRecords({});
    expect(stateAfter(...booked, ...facts)).toMatchObject({
      status: "booked",
      appointment: { place: "Ambulatorium 4" },
    });
  });

  it("that is cancelled leaves the receiver to give another", () => {
    const { facts } = given(...booked)
      .when(onCase("referral.cancelAppointment", { by: "citizen", reason: "Forhindret" }), endo)
      .thenRecords({});
    const state = stateAfter(...booked, ...facts);
    expect(state).not.toHaveProperty("appointment");
    expect(referralCore.cardOf?.(state)?.awaits).toEqual([{ who: endo, act: "book" }]);
  });

  it("that the citizen did not come to is followed up, and then another may be given", () => {
    const facts = [...booked, hospital.noShow];
    expect(cardOf(...facts)?.awaits).toEqual([{ who: endo, act: "follow-up-no-show" }]);
    expect(cardOf(...facts, hospital.followedUp)?.awaits).toEqual([{ who: endo, act: "book" }]);
  });
});

describe("the card", () => {
  it.each([
    ["hospital", undefined],
    ["cancer", "cancer"],
    ["acute-team", "acute"],
  ] as const)("of %s has the urgency %s", (kind, urgency) => {
    expect(cardOf(happened(kind).sent)?.urgency).toBe(urgency);
  });

  it("links to what it relates to and what it was made of", () => {
    const made: ReferralFact = {
      ...hospital.sent,
      relatesTo: [caseId],
      openedFrom: { family: "advice", caseId: otherCaseId },
    };
    expect(cardOf(made)?.links).toEqual([
      { caseId, relation: "relatesTo" },
      { caseId: otherCaseId, relation: "convertedFrom" },
    ]);
  });
});
