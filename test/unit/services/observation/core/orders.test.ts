import { describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import {
  adjustment,
  call,
  codesOf,
  createEpisode,
  doctor,
  factOf,
  gp,
  isbar,
  type TestEpisode,
  team,
  totalling,
} from "../../../../support/observation-given.ts";

const told = { isbar, call: call() };
const repeats = (episode: TestEpisode) => episode.openClocks("TOBS-REPEAT").map(({ due }) => due);
const order = (episode: TestEpisode, change: object, at?: string) =>
  episode.send({
    type: "observation.order",
    by: gp,
    payload: { adjustment: adjustment(change) },
    ...(at === undefined ? {} : { at }),
  });
const retract = (episode: TestEpisode, measurement: number) =>
  episode.send({ type: "observation.retract", by: team, payload: { measurement, reason: "Forkert borger" } });

describe("the next measurement", () => {
  it.each([
    [0, []],
    [1, ["2026-11-23 18:15"]],
    [2, ["2026-11-23 12:15"]],
    [3, ["2026-11-23 11:15"]],
    [5, ["2026-11-23 10:45"]],
  ] as const)("after a total of %i is due %j", (total, due) => {
    const episode = createEpisode();
    episode.open({ values: totalling(total), ...told });
    expect(repeats(episode)).toEqual(due.map(local));
  });

  it("is owed by the team, counts from when the last was taken, and stops the clock that ran", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1), measuredAt: local("2026-11-23 10:00") });
    expect(episode.openClocks("TOBS-REPEAT")).toMatchObject([
      { debtor: team, creditor: gp, due: local("2026-11-23 18:00") },
    ]);
    episode.measure({ values: totalling(1) }, "2026-11-23 17:00");
    expect(episode.common().clocks["TOBS-REPEAT.1.measurement-1"]?.status).toBe("met");
    expect(repeats(episode)).toEqual([local("2026-11-24 01:00")]);
  });

  it("is left to judgement after as many repeats in one tier as the tier asks for", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    for (const at of ["2026-11-23 17:00", "2026-11-24 00:00"]) {
      episode.measure({ values: totalling(1) }, at);
      expect(repeats(episode)).toHaveLength(1);
    }
    episode.measure({ values: totalling(1) }, "2026-11-24 07:00");
    expect(repeats(episode)).toEqual([]);
    expect(episode.last()?.meta.card?.awaits).toMatchObject([{ who: team, act: "measure-or-close" }]);
  });

  it("is counted anew after another tier", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    for (const total of [1, 1, 0, 1] as const) episode.measure({ values: totalling(total) });
    const owed = episode.facts().filter((fact) => fact.type === "RepeatOwed");
    expect(owed.map(({ left }) => left)).toEqual([2, 1, 0, 2]);
  });

  it("is not an incomplete one: the repeat is still owed", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    episode.measure({ values: { pulse: 72 } }, "2026-11-23 12:00");
    expect(repeats(episode)).toEqual([local("2026-11-23 18:15")]);
  });
});

describe("a doctor's order", () => {
  it("changes tier and repeat of what is measured while it is valid, never the raw score", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    order(episode, { repeatMinutes: 240 });
    const fact = factOf(
      episode.measure({ values: totalling(3), ...told }, "2026-11-23 12:00").facts,
      "Measured",
    );
    expect(fact.score).toMatchObject({
      total: 3,
      rawTier: "tier-3",
      adjusted: { total: 1, tier: "tier-1" },
      tier: "tier-1",
    });
    expect(episode.state().status).toBe("observing");
    expect(repeats(episode)).toEqual([local("2026-11-23 16:00")]);
    expect(episode.openClocks("TOBS-REPEAT")[0]?.warnAt).toBe(local("2026-11-23 14:00"));
  });

  it("replaces the repeat that was owed, from now on", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3), ...told });
    const ordered = order(episode, {}, "2026-11-23 10:30");
    expect(ordered.facts.map(({ type }) => type)).toEqual([
      "AdjustmentOrdered",
      "RepeatDropped",
      "RepeatOwed",
    ]);
    expect(repeats(episode)).toEqual([local("2026-11-23 18:30")]);
    expect(episode.openClocks("TOBS-MSG")).toHaveLength(1);
  });

  it("is over at its end: then the scheme's own tiers hold again", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    order(episode, { validTo: local("2026-11-23 12:00"), repeatMinutes: 600 });
    const at = (time: string) =>
      factOf(episode.measure({ values: totalling(3), ...told }, time).facts, "Measured").score.tier;
    expect([at("2026-11-23 11:59"), at("2026-11-23 12:00")]).toEqual(["tier-1", "tier-3"]);
    expect(repeats(episode)).toEqual([local("2026-11-23 13:00")]);
  });

  it("does not silence concern", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    order(episode, {});
    const decision = episode.measure({ values: totalling(0), concern: { text: "Bleg" }, ...told });
    expect(factOf(decision.facts, "DoctorAsked").tier).toBe("tier-3");
  });

  it("of no measurement that counts waits for the next one", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    retract(episode, 1);
    expect(order(episode, { repeatMinutes: 60 }).facts.map(({ type }) => type)).toEqual([
      "AdjustmentOrdered",
    ]);
  });
});

describe("a citizen who is declared terminal", () => {
  const terminal = () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3), ...told });
    episode.send({
      type: "observation.declareTerminal",
      by: gp,
      payload: { by: doctor, note: "Efter aftale" },
    });
    return episode;
  };

  it("has no clock and no alarm, and nothing is expected of anybody", () => {
    const episode = terminal();
    expect(episode.openClocks().filter(({ agreement }) => agreement.startsWith("TOBS"))).toEqual([]);
    expect(episode.common().alarms).toEqual({});
    expect(episode.last()?.meta.card).toMatchObject({ awaits: [], closed: false });
    expect(episode.last()?.meta.card).not.toHaveProperty("urgency");
  });

  it("may be measured all the same: it is kept, and asks nobody", () => {
    const episode = terminal();
    const decision = episode.measure({ values: totalling(5), ...told });
    expect(decision.facts.map(({ type }) => type)).toEqual(["Measured", "CallRecorded"]);
    expect(codesOf(decision)).toEqual(["scoring-not-requested"]);
    expect(episode.openClocks().filter(({ agreement }) => agreement.startsWith("TOBS"))).toEqual([]);
    retract(episode, 2);
    expect(episode.state().status).toBe("terminal");
  });

  it("is scored again when a doctor orders it", () => {
    const episode = terminal();
    episode.send({ type: "observation.orderScoring", by: gp });
    episode.measure({ values: totalling(3), ...told }, "2026-11-23 12:00");
    expect(episode.state().status).toBe("awaitingDoctor");
  });
});

describe("a measurement that was a mistake", () => {
  it("stays in the record, and its question and repeat fall away", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3), ...told });
    const decision = retract(episode, 1);
    expect(decision.facts.map(({ type }) => type)).toEqual([
      "MeasurementRetracted",
      "QuestionDropped",
      "RepeatDropped",
    ]);
    expect(episode.openClocks().filter(({ agreement }) => agreement.startsWith("TOBS"))).toEqual([]);
    expect(episode.facts().filter(({ type }) => type === "Measured")).toHaveLength(1);
    expect(decision.tell.map(({ to }) => to)).toEqual([gp]);
  });

  it("gives way to the measurement before it, which asks for its repeat again from now", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    episode.measure({ values: totalling(0) }, "2026-11-23 12:00");
    expect(repeats(episode)).toEqual([]);
    episode.at("2026-11-23 12:30");
    retract(episode, 2);
    expect(repeats(episode)).toEqual([local("2026-11-23 20:30")]);
  });

  it("that put the question more urgently gives it back as it was put before", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3), ...told });
    episode.measure({ values: totalling(5), ...told }, "2026-11-23 10:30");
    const decision = retract(episode, 2);
    expect(factOf(decision.facts, "DoctorAsked")).toMatchObject({ tier: "tier-3", measurement: 1 });
    expect(episode.openClocks("TOBS-MSG")).toMatchObject([{ due: local("2026-11-23 11:30") }]);
  });

  it("before the last one changes nothing that is owed", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    episode.measure({ values: totalling(1) }, "2026-11-23 11:00");
    expect(retract(episode, 1).facts.map(({ type }) => type)).toEqual(["MeasurementRetracted"]);
    expect(repeats(episode)).toEqual([local("2026-11-23 19:00")]);
  });

  it("and incomplete leaves the repeat that is owed alone", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    episode.measure({ values: { pulse: 72 } }, "2026-11-23 11:00");
    retract(episode, 2);
    expect(repeats(episode)).toEqual([local("2026-11-23 18:15")]);
  });
});
