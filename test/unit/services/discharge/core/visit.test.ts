import { describe, expect, it } from "vitest";
import {
  admitted,
  clocksOf,
  consent,
  discharged,
  factsOf,
  on,
  onCase,
  parties,
  run,
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
    ["the hub", "hub"],
  ])("is asked for by %s, and is due seven days from the asking", (_name, by) => {
    const after = runOn(stay(), { by, at: on("wed 10:00"), command: ask });
    expect(clocksOf(after).at(-1)).toBe("HOMEVISIT running 2026-12-03T00:00");
    expect(toldOf(after, "HomeVisitAsked")).toEqual(
      [ward, practice, municipality].filter((gln) => gln !== by),
    );
  });

  it("that the summary asks for needs no other message, and counts from the discharge", () => {
    const asking = summary({ asksHomeVisit: { reason: "Skrøbelig", consent } });
    const after = run(admitted, { at: on("sun 10:00"), command: asking }, discharged);
    expect(after.facts.map(({ type }) => type)).toContain("HomeVisitAsked");
    expect(clocksOf(after).find((line) => line.startsWith("HOMEVISIT"))).toBe(
      "HOMEVISIT running 2026-12-01T00:00",
    );
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
