import { describe, expect, it } from "vitest";
import type { StayNotice } from "../../../../../contracts/letters/stay-notice.ts";
import { type FromLetter, letterToFhir, pairLetters } from "../../../../../gateways/fhir/bridge/to-fhir.ts";
import { xdis17, xdis20 } from "../../../../support/stay-letters.ts";

const envelope = { envelopeId: "K1", sent: "2026-11-23T12:00", wantsPositiveReceipt: true };
const from = (letter: StayNotice): FromLetter => ({ kind: "clinical", letter, envelope });
const converting = { organisation: () => ({ sor: "999011000016000" }) };
const dead = { patient: { cpr: "0107560106", status: "doed" } };
const converted = (...notices: StayNotice[]) =>
  pairLetters(notices.map(from), []).letters.map((letter) => letterToFhir(letter, converting));

describe("XDIS17 that is converted", () => {
  it("with its XDIS20 beside it begins when that says, and follows it", () => {
    const [admission, discharge] = converted(xdis20(), xdis17());
    expect(discharge).toMatchObject({
      ok: true,
      made: { stay: { start: "2026-11-20T09:30:00+01:00", end: "2026-11-23T10:00:00+01:00" } },
    });
    if (admission?.ok !== true || discharge?.ok !== true) throw new Error("not converted");
    const { history } = discharge.made;
    expect(history.map(({ activity }) => activity)).toEqual(["admit-inpatient", "discharge-inpatient-home"]);
    expect(history[1]?.earlier).toEqual({ kind: "message", messageId: admission.made.messageId });
    expect(discharge.losses.map(({ code }) => code)).not.toContain("start-unknown");
  });

  it("begins with the last that was told of its admission, and with none that was taken back", () => {
    const later = xdis20({ status: "corrected", authorised: "2026-11-21T08:00:00", at: "2026-11-20T08:00" });
    const [discharge] = converted(xdis17(), later, xdis20());
    expect(discharge).toMatchObject({ made: { stay: { start: "2026-11-20T08:00:00+01:00" } } });
    const [alone] = converted(xdis17(), xdis20({ status: "cancelled" }));
    expect(alone).toMatchObject({ made: { stay: { start: "2026-11-23T10:00:00+01:00" } } });
  });

  it("goes with no admission of another stay or sender", () => {
    for (const other of [
      { notificationId: "ANDET" },
      { sender: { ...xdis20().sender, gln: "5790000999998" } },
    ]) {
      const [discharge] = converted(xdis17(), xdis20(other));
      if (discharge?.ok !== true) throw new Error("not converted");
      expect(discharge.losses.map(({ code }) => code)).toContain("start-unknown");
    }
  });

  it("alone and of a death is refused, with what to give beside it; with that it is told", () => {
    const [alone] = converted(xdis17(dead));
    expect(alone).toMatchObject({ ok: false, problems: [{ code: "admission-missing" }] });
    expect(alone?.ok === false && alone.problems[0]?.da).toContain("XDIS20");
    const [, known] = converted(xdis20(), xdis17(dead));
    expect(known).toMatchObject({ ok: true, made: { patient: { deceased: true } } });
  });
});
