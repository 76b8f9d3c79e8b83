import { describe, expect, it } from "vitest";
import {
  admitted,
  clocksOf,
  consent,
  discharged,
  factsOf,
  hubAsks,
  on,
  onCase,
  parties,
  run,
  runAsked,
  runOn,
  stayOf,
  summary,
  toldOf,
} from "../../../../support/discharge-given.ts";

const { ward, practice, municipality } = parties;
const at = on("mon 11:00");

describe("a follow-up home visit", () => {
  const ask = onCase("discharge.askHomeVisit", { reason: "Skrøbelig", consent });
  const book = onCase("discharge.bookHomeVisit", { startsAt: on("thu2 11:00") });
  const hold = onCase("discharge.holdHomeVisit", { heldAt: on("thu2 11:00"), place: "home", note: "Set" });
  const decline = onCase("discharge.declineHomeVisit", { declinedBy: "citizen", reason: "Ønsker det ikke" });
  const stay = () => run(admitted, discharged);

  it.each([
    ["the ward", ward],
    ["the practice", practice],
    ["the municipality", municipality],
  ])("is asked for by %s, and is due seven days from the asking", (_name, by) => {
    const after = runOn(stay(), { by, at: on("wed 10:00"), command: ask });
    expect(clocksOf(after).at(-1)).toBe("HOMEVISIT running 2026-12-03T00:00");
    expect(toldOf(after, "HomeVisitAsked")).toEqual(
      [ward, practice, municipality].filter((gln) => gln !== by),
    );
  });

  const wishing = (change: object = {}) =>
    summary({ asksHomeVisit: { reason: "Skrøbelig", consent }, ...change });
  const visitClocks = (of: ReturnType<typeof run>) =>
    clocksOf(of).filter((line) => line.startsWith("HOMEVISIT"));

  it("that the summary asks for needs no other message, and counts from the discharge", () => {
    const after = runAsked(admitted, { at: on("sun 10:00"), command: wishing() }, discharged);
    expect(after.facts.map(({ type }) => type)).toContain("HomeVisitAsked");
    expect(visitClocks(after)).toEqual(["HOMEVISIT running 2026-12-01T00:00"]);
  });

  const wished = () => runOn(stay(), { by: ward, at: on("wed 10:00"), command: wishing() });

  it.each(["wed 10:00", "fri2 10:00"])(
    "that a later summary asks for counts from the summary, also when the hub asks at %s",
    (time) => {
      const after = hubAsks(wished(), on(time));
      expect(factsOf(after)).toEqual(["HomeVisitAsked", "HomeVisitDue"]);
      expect(after.facts).toContainEqual(
        expect.objectContaining({ type: "HomeVisitAsked", by: ward, at: on("wed 10:00"), consent }),
      );
      // Whoever asked in its summary need not be told that it did.
      expect(toldOf(after, "HomeVisitAsked")).toEqual([practice, municipality]);
      expect(visitClocks(after)).toEqual(["HOMEVISIT running 2026-12-03T00:00"]);
      expect(hubAsks(after, on(time)).decision).toEqual({ kind: "ignore", reason: "asked-before" });
    },
  );

  it("that a summary wishes for keeps the stay open until it is asked for, and may not be asked for besides", () => {
    const done = ["medication", "prescriptions", "treatment-plan"].map((item) => ({
      at,
      command: onCase("discharge.tick", { item, status: "done", person: "A. Testlund" }),
    }));
    const ready = runOn(stay(), ...done, { at, command: wishing() });
    expect(ready.common.card).toMatchObject({ closed: false, awaits: [] });
    expect(hubAsks(ready, at).common.card?.awaits).toMatchObject([{ who: practice, act: "book-home-visit" }]);
    expect(runOn(ready, { by: practice, at, command: ask }).decision).toMatchObject({ code: "wrong-state" });
  });

  it.each([
    ["booked", book, ["HomeVisitAsked", "HomeVisitBooked", "HomeVisitDue"]],
    ["held", hold, ["HomeVisitAsked", "HomeVisitHeld"]],
    ["declined", decline, ["HomeVisitAsked", "HomeVisitDeclined"]],
  ])(
    "that a summary wishes for may be %s before the hub has asked, and is asked for once",
    (_name, command, facts) => {
      const early = runOn(wished(), { by: practice, at: on("wed 10:01"), command });
      expect(factsOf(early)).toEqual(facts);
      const [asked] = facts;
      expect(toldOf(early, asked ?? "")).toEqual([municipality]);
      const after = hubAsks(early, on("wed 10:02"));
      expect(after.decision).toEqual({ kind: "ignore", reason: "asked-before" });
      expect(visitClocks(after)).toEqual(
        facts.includes("HomeVisitDue") ? ["HOMEVISIT running 2026-12-03T00:00"] : [],
      );
    },
  );

  it("that is awaited is not asked for again by a second summary", () => {
    const cancelled = onCase("discharge.cancelSummary", { summaryId: "epi-1", reason: "Fejl" });
    const second = runOn(
      hubAsks(wished(), on("wed 10:01")),
      { by: practice, at: on("wed 10:02"), command: book },
      { by: ward, at: on("wed 11:00"), command: cancelled },
      { by: ward, at: on("wed 12:00"), command: wishing({ summaryId: "epi-2" }) },
    );
    expect(hubAsks(second, on("wed 12:01")).decision).toEqual({ kind: "ignore", reason: "asked-before" });
    expect(stayOf(second).visit?.status).toBe("booked");
  });

  it("is booked and held, told to all, and the first contact meets the promise; three may be held", () => {
    const visit = { by: practice, at: on("fri2 12:00"), command: hold };
    const booked = runOn(stay(), { at, command: ask }, { by: practice, at, command: book });
    expect(toldOf(booked, "HomeVisitBooked")).toEqual([ward, municipality]);
    const held = runOn(booked, visit);
    expect(clocksOf(held).at(-1)).toContain("HOMEVISIT met");
    const third = runOn(held, visit, visit);
    expect(stayOf(third).visit).toMatchObject({ status: "held", contacts: 3 });
    expect(runOn(third, visit).decision).toMatchObject({ code: "wrong-state" });
  });

  it("that is declined is owed no more, and may be asked for again", () => {
    const declined = runOn(stay(), { at, command: ask }, { by: municipality, at, command: decline });
    expect(clocksOf(declined).at(-1)).toContain("HOMEVISIT cancelled");
    expect(runOn(declined, { by: practice, at, command: book }).decision).toMatchObject({
      code: "wrong-state",
    });
    const again = runOn(declined, { by: practice, at: on("tue 10:00"), command: ask });
    expect(factsOf(again)).toContain("HomeVisitDue");
  });

  it("is asked for once at a time, and is not declined after it was held", () => {
    const refused = { code: "wrong-state" };
    const asked = runOn(stay(), { at, command: ask });
    expect(runOn(asked, { at, command: ask }).decision).toMatchObject(refused);
    const held = runOn(asked, { by: practice, at, command: hold });
    expect(runOn(held, { by: practice, at, command: decline }).decision).toMatchObject(refused);
    expect(runOn(stay(), { by: practice, at, command: hold }).decision).toMatchObject(refused);
  });
});
