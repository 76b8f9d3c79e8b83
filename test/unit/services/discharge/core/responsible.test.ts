import { describe, expect, it } from "vitest";
import { practiceShift, responsibleFor } from "../../../../../services/discharge/core/responsible.ts";
import { local } from "../../../../support/clock-given.ts";
import {
  admitted,
  assess,
  discharged,
  notify,
  on,
  onCase,
  parties,
  type Run,
  run,
  runOn,
  underResponsibility,
} from "../../../../support/discharge-given.ts";
import { who } from "../../../../support/region-view.ts";

const { practice, ward, otherWard, elsewhere, municipality } = parties;
const care = { practice, outOfHours: who.outOfHours, gpOpen: practiceShift };
const asked = (instant: string, ...runs: readonly Run[]) =>
  responsibleFor(
    runs.map(({ state }) => state),
    care,
    instant,
  );
/** `kind reasons since - until`, Danish words apart. */
const told = (instant: string, ...runs: readonly Run[]) => {
  const { who: party, reasons } = asked(instant, ...runs);
  return [party.gln, ...reasons];
};

const gp = [practice, "no-stay", "practice-hours"];
const night = [who.outOfHours, "no-stay", "out-of-hours"];

describe("general practice", () => {
  it.each([
    ["2026-11-23 07:59", false],
    ["2026-11-23 08:00", true],
    ["2026-11-23 15:59", true],
    ["2026-11-23 16:00", false],
    ["2026-11-21 12:00", false],
    ["2026-12-25 12:00", false],
    ["2026-12-24 12:00", true],
  ])("answers at %s: %s", (text, isOpen) => {
    expect(practiceShift(local(text)).isOpen).toBe(isOpen);
  });

  it("is away from Wednesday to Tuesday at Easter", () => {
    expect(practiceShift(local("2026-04-04 12:00"))).toEqual({
      isOpen: false,
      since: local("2026-04-01 16:00"),
      until: local("2026-04-07 08:00"),
    });
  });
});

describe("who is responsible, at each moment of a case of 72 hours", () => {
  const stay = underResponsibility();

  it("is the practice before the admission, since it opened and until the patient is admitted", () => {
    expect(told(on("fri 09:00"), stay)).toEqual(gp);
    expect(asked(on("fri 09:00"), stay)).toMatchObject({ since: on("fri 08:00"), until: on("fri 09:30") });
  });
  it("is the out-of-hours doctor the evening before", () => {
    expect(told(on("thu 20:00"), stay)).toEqual(night);
    expect(asked(on("thu 20:00"), stay)).toMatchObject({ since: on("thu 16:00"), until: on("fri 08:00") });
  });
  it("is the ward during the stay", () => {
    expect(told(on("sat 12:00"), stay)).toEqual([ward, "admitted"]);
    expect(asked(on("sat 12:00"), stay).since).toBe(on("fri 09:30"));
  });
  it("is the ward for 72 hours after the discharge, by its phone, until then", () => {
    for (const text of ["mon 10:00", "tue 02:00", "thu2 09:59"])
      expect(told(on(text), stay)).toEqual([ward, "discharged", "extended-responsibility"]);
    expect(asked(on("tue 02:00"), stay)).toEqual({
      who: { kind: "hospital", gln: ward },
      since: on("fri 09:30"),
      until: on("thu2 10:00"),
      phone: "90000047",
      reasons: ["discharged", "extended-responsibility"],
    });
  });
  it("is the practice from the very instant at which it ends, if it is open", () => {
    expect(told(on("thu2 10:00"), stay)).toEqual([
      practice,
      "discharged",
      "responsibility-returned",
      "practice-hours",
    ]);
    expect(asked(on("thu2 10:00"), stay)).toMatchObject({ since: on("thu2 10:00"), until: on("thu2 16:00") });
  });
  it("is the out-of-hours doctor the night after", () => {
    expect(told(on("thu2 23:00"), stay)[0]).toBe(who.outOfHours);
  });
});

describe("who is responsible", () => {
  it("is the same party, and nobody else, without any stay", () => {
    expect(told(on("mon 12:00"))).toEqual(gp);
    expect(told(on("sun 12:00"))).toEqual(night);
  });

  it("is the emergency department during an acute ambulant visit, and the practice after it", () => {
    const visit = run(
      { at: on("fri 09:31"), command: notify("acute-ambulant", on("fri 09:30")) },
      { at: on("fri 12:00"), command: notify("discharged", on("fri 12:00")) },
    );
    expect(told(on("fri 10:00"), visit)).toEqual([ward, "acute-ambulant"]);
    expect(told(on("fri 13:00"), visit)).toEqual([practice, "discharged", "not-assessed", "practice-hours"]);
  });

  it("is the ward during a leave, without interruption", () => {
    const leave = run(admitted, { at: on("sat 10:00"), command: notify("leave-started", on("sat 10:00")) });
    expect(told(on("sun 12:00"), leave)).toEqual([ward, "on-leave"]);
    expect(asked(on("sun 12:00"), leave)).toMatchObject({ since: on("fri 09:30") });
  });

  it("is the other ward after a move within the hospital", () => {
    const moved = run(admitted, {
      at: on("sat 10:00"),
      command: notify("transferred", on("sat 10:00"), { department: otherWard }),
    });
    expect(told(on("sat 09:00"), moved)[0]).toBe(ward);
    expect(told(on("sat 11:00"), moved)[0]).toBe(otherWard);
    expect(asked(on("sat 09:00"), moved).until).toBe(on("sat 10:00"));
  });

  it("is the receiving hospital when the hub has noted a transfer", () => {
    const noted = onCase("discharge.noteTransfer", {
      messageId: "hub-1",
      occurredAt: on("sat 12:00"),
      department: elsewhere,
    });
    const after = run(admitted, { by: "hub", at: on("sat 12:01"), command: noted });
    expect(told(on("sun 12:00"), after)).toEqual([elsewhere, "transferred"]);
  });

  it("is the practice after a discharge without extended responsibility, and says why", () => {
    const without = run(
      admitted,
      { at: on("mon 09:00"), command: assess({ psychiatric: true }) },
      discharged,
    );
    expect(told(on("mon 12:00"), without)).toEqual([
      practice,
      "discharged",
      "not-included",
      "practice-hours",
    ]);
  });

  it("is the ward longer when it has prolonged its responsibility", () => {
    const extend = onCase("discharge.extendResponsibility", {
      until: on("fri2 10:00"),
      reason: "Svar afventes",
    });
    const longer = runOn(underResponsibility(), { at: on("tue 10:00"), command: extend });
    expect(told(on("thu2 12:00"), longer)).toEqual([
      ward,
      "discharged",
      "extended-responsibility",
      "prolonged",
    ]);
    expect(asked(on("thu2 12:00"), longer).until).toBe(on("fri2 10:00"));
    expect(told(on("fri2 10:00"), longer)[0]).toBe(practice);
  });

  it("is the emergency service for as long as a call-out lasts", () => {
    const called = runOn(
      underResponsibility(),
      {
        by: municipality,
        at: on("tue 02:05"),
        command: onCase("discharge.suspendResponsibility", { calledAt: on("tue 02:00") }),
      },
      {
        by: municipality,
        at: on("tue 04:00"),
        command: onCase("discharge.resumeResponsibility", { endedAt: on("tue 03:30") }),
      },
    );
    expect(asked(on("tue 03:00"), called)).toMatchObject({
      who: { kind: "emergency", gln: who.region },
      since: on("tue 02:00"),
      until: on("tue 03:30"),
    });
    expect(told(on("tue 01:59"), called)[0]).toBe(ward);
    expect(told(on("tue 03:30"), called)[0]).toBe(ward);
  });

  it("is the hospital for a patient who died there, and the practice for one who died at home", () => {
    const died = run(admitted, { at: on("sat 10:00"), command: notify("dead", on("sat 10:00")) });
    expect(told(on("sun 12:00"), died)).toEqual([ward, "dead"]);
    const home = run(admitted, discharged, { at: on("tue 10:00"), command: notify("dead", on("tue 10:00")) });
    expect(told(on("wed 12:00"), home)).toEqual([practice, "dead", "practice-hours"]);
  });

  it("names no practice where nobody has told of one", () => {
    const { who: party } = responsibleFor([], { gpOpen: practiceShift }, on("mon 12:00"));
    expect(party).toEqual({ kind: "practice" });
  });
});

describe("who is responsible on the nights that the clocks change", () => {
  const stayFrom = (admittedAt: string, dischargedAt: string) =>
    run(
      { at: admittedAt, command: notify("admitted", admittedAt) },
      { at: admittedAt, command: assess() },
      { at: dischargedAt, command: notify("discharged", dischargedAt) },
    );

  it("is the ward for 72 exact hours in spring: an hour later by the wall clock", () => {
    const stay = stayFrom(local("2027-03-24 09:00"), local("2027-03-26 09:00"));
    expect(told(local("2027-03-29 09:59"), stay)[0]).toBe(ward);
    expect(told(local("2027-03-29 10:00"), stay)[0]).not.toBe(ward);
  });

  it("is the ward for 72 exact hours in autumn: an hour earlier by the wall clock", () => {
    const stay = stayFrom(local("2027-10-27 09:00"), local("2027-10-29 10:00"));
    expect(told(local("2027-11-01 08:59"), stay)[0]).toBe(ward);
    expect(told(local("2027-11-01 09:00"), stay)[0]).toBe(practice);
  });

  it.each(["2027-03-28 02:30", "2027-10-31 02:30"])("is the out-of-hours doctor at %s", (text) => {
    expect(told(local(text))).toEqual(night);
  });
});

describe("who is responsible for a patient with several stays", () => {
  const there = (event: string, at: string) => ({
    by: who.hospital,
    at,
    command: notify(event, at, { department: elsewhere, stayId: "ophold-2" }),
  });

  it("is the hospital that admitted the patient last, also when the first was told of no transfer", () => {
    const first = run(admitted);
    const second = run(there("admitted", on("sat 12:00")), there("discharged", on("sun 12:00")));
    expect(told(on("sat 11:59"), first, second)[0]).toBe(ward);
    expect(told(on("sat 12:00"), first, second)[0]).toBe(elsewhere);
    expect(told(on("sun 12:00"), first, second)[0]).toBe(who.outOfHours);
    expect(told(on("sun 13:00"), second, first)).toEqual(told(on("sun 13:00"), first, second));
  });

  it("is the ward again after an emergency visit elsewhere during the stay", () => {
    const visit = run(there("acute-ambulant", on("sat 12:00")), there("discharged", on("sat 15:00")));
    expect(told(on("sat 13:00"), run(admitted), visit)).toEqual([elsewhere, "acute-ambulant"]);
    expect(told(on("sat 16:00"), run(admitted), visit)).toEqual([ward, "admitted"]);
  });

  it("is no longer the ward under extended responsibility once another hospital has admitted the patient", () => {
    const second = run(there("admitted", on("tue 12:00")), there("discharged", on("wed 09:00")));
    expect(told(on("tue 11:00"), underResponsibility(), second)[0]).toBe(ward);
    expect(told(on("tue 13:00"), underResponsibility(), second)[0]).toBe(elsewhere);
    expect(told(on("wed 10:00"), underResponsibility(), second)[0]).toBe(practice);
  });

  it("is the first hospital again when the patient comes back to it", () => {
    const back = run(admitted, {
      at: on("sun 09:00"),
      command: notify("admitted", on("sun 09:00"), { messageId: "igen" }),
    });
    const second = run(there("admitted", on("sat 12:00")));
    expect(told(on("sat 13:00"), back, second)[0]).toBe(elsewhere);
    expect(told(on("sun 10:00"), back, second)[0]).toBe(ward);
  });
});
