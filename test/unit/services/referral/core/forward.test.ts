import { describe, expect, it } from "vitest";
import type { ReferralFact } from "../../../../../contracts/messages/referral.ts";
import { given, happened, onCase, receivers, stateAfter, units } from "../../../../support/referral-given.ts";
import { who } from "../../../../support/region-view.ts";

const f = happened("hospital");
const endo = who.endocrinology;
const forward = (to: object) => onCase("referral.forward", { to, reason: "Kardiologisk" });
const passedOn = (from: string, to: string): ReferralFact[] => [
  { type: "ReferralForwarded", from, to, reason: "Ikke her" },
  { ...f.readdressed, from, receiver: to },
];

describe("forwarding", () => {
  it("gives the whole referral to the next unit, and tells the sender where it went", () => {
    const { facts } = given(f.sent)
      .when(forward({ gln: who.cardiology }), endo)
      .thenRecords({
        facts: [
          { type: "ReferralForwarded", from: endo, to: who.cardiology },
          { type: "ReferralReaddressed", receiver: who.cardiology, from: endo, referral: f.sent.referral },
        ],
        tell: [
          { to: who.practice, from: endo, fact: 0 },
          { to: who.cardiology, from: who.practice, fact: 1 },
        ],
        parties: [who.cardiology],
      });
    expect(stateAfter(f.sent, ...facts)).toMatchObject({
      status: "sent",
      receiver: who.cardiology,
      former: [endo],
    });
  });

  it("counts the patient's rights from the first receipt, and the unit's own promises from now", () => {
    const { owing = [] } = given(f.sent)
      .when(forward({ gln: who.cardiology }), endo, { at: "2026-11-25T09:00:00.000Z" })
      .thenRecords({});
    expect(owing).toMatchObject([
      { debtor: who.cardiology, promises: expect.arrayContaining(["REF-TRIAGE"]) as string[] },
      { promises: ["REF-NOTICE", "REF-DIAG-RIGHT", "REF-CANCER"], from: f.sent.receivedAt },
    ]);
    expect(owing[0]).not.toHaveProperty("from");
  });

  it.each([
    [{ speciality: "kardiologi", hospital: who.hospital }, who.cardiology],
    [{ hospital: who.hospital }, units.visitation],
    [{ gln: units.psychiatry }, units.psychiatry],
    [{ gln: units.radiology }, units.radiology],
  ])("to %j reaches %s", (to, receiver) => {
    given(f.sent)
      .when(forward(to), endo)
      .thenRecords({ parties: [receiver] });
  });

  it.each([
    [{ gln: who.practice }, "no-unit-takes"],
    [{ gln: who.municipality }, "no-unit-takes"],
    [{ gln: who.nobody }, "receiver-unknown"],
    [{ gln: endo }, "wrong-state"],
    [{}, "no-unit-takes"],
  ])("to %j is refused: %s", (to, code) => {
    given(f.sent).when(forward(to), endo).thenRefuses(code);
  });

  it("never gives it back to the unit that referred", () => {
    const sent = { ...f.sent, sender: who.cardiology };
    given(sent)
      .when(forward({ gln: who.cardiology }), endo)
      .thenRefuses("forward-loops", "to");
  });

  it("never goes round between units, but a central visitation may see it again", () => {
    const twice = [f.sent, ...passedOn(endo, who.cardiology)];
    given(...twice)
      .when(forward({ gln: endo }), who.cardiology)
      .thenRefuses("forward-loops", "to");
    const central = [{ ...f.sent, receiver: units.visitation }, ...passedOn(units.visitation, endo)];
    given(...central)
      .when(forward({ gln: units.visitation }), endo)
      .thenRecords({ parties: [units.visitation] });
  });

  it("takes the case out of the hands of the unit that forwarded it", () => {
    const facts = [f.sent, ...passedOn(endo, who.cardiology)];
    given(...facts)
      .when(onCase("referral.accept"), endo)
      .thenRefuses("not-your-turn", "sender");
    given(...facts)
      .when(onCase("referral.accept"), who.cardiology)
      .thenRecords({});
  });

  it.each(["prevention", "acute-team"] as const)(
    "of %s may go to another municipality's, since the citizen may have moved",
    (kind) => {
      const { first, other: to } = receivers[kind];
      given(happened(kind).sent)
        .when(onCase("referral.forward", { to: { gln: to }, reason: "Flyttet" }), first)
        .thenRecords({ parties: [to] });
    },
  );
});
