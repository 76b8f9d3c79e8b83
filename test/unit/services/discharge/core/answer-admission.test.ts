import { describe, expect, it } from "vitest";
import {
  admitted,
  cancel,
  clocksOf,
  discharged,
  factsOf,
  hubAsks,
  on,
  onCase,
  openClocks,
  parties,
  run,
  runOn,
  toldOf,
} from "../../../../support/discharge-given.ts";

const { hospital, ward, practice, municipality } = parties;
const contacts = [{ names: ["Hjemmeplejen Nord"], phone: "90000040", hours: "Hele døgnet" }];
const answered = {
  by: municipality,
  at: on("fri 12:00"),
  command: onCase("discharge.answerAdmission", { contacts }),
};

describe("a municipality's answer to an admission", () => {
  it("tells the ward whom it can phone, and nobody else", () => {
    const after = runOn(run(admitted), answered);
    expect(after.facts.at(-1)).toEqual({ type: "AdmissionAnswered", by: municipality, contacts });
    expect(factsOf(after)).toEqual(["AdmissionAnswered"]);
    expect(toldOf(after, "AdmissionAnswered")).toEqual([ward]);
  });

  it("is no admission report: what is owed stays owed", () => {
    const asked = hubAsks(run(admitted), on("fri 09:32"));
    expect(openClocks(asked, "ADM-REPORT")).toBe(1);
    const after = runOn(asked, answered);
    expect(clocksOf(after)).toEqual(clocksOf(asked));
    expect(after.state.status).toBe("admitted");
  });

  it("may come after the discharge, and more than once", () => {
    const after = runOn(run(admitted, discharged), { ...answered, at: on("mon 12:00") });
    expect(after.decision.kind).toBe("record");
    expect(runOn(after, { ...answered, at: on("mon 13:00") }).decision.kind).toBe("record");
  });

  it("is the municipality's alone, and about an admission that there is", () => {
    for (const by of [hospital, ward, practice])
      expect(runOn(run(admitted), { ...answered, by }).decision).toMatchObject({ code: "not-your-turn" });
    const undone = run(admitted, {
      at: on("fri 10:00"),
      command: cancel(`admitted ${on("fri 09:30")}`),
    });
    expect(runOn(undone, answered).decision).toMatchObject({ kind: "refuse", code: "wrong-state" });
  });
});
