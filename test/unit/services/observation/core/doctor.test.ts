import { describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import {
  awaited,
  call,
  codesOf,
  createEpisode,
  dueOf,
  factOf,
  gp,
  isbar,
  onDuty,
  opened,
  plans,
  team,
  told,
  totalling,
} from "../../../../support/observation-given.ts";

describe("a tier that asks for a doctor's plan", () => {
  it.each([
    [0, []],
    [1, []],
    [2, ["2026-11-23 15:00"]],
    [3, ["2026-11-23 11:15"]],
    [4, ["2026-11-23 11:15"]],
    [5, ["2026-11-23 10:30"]],
  ] as const)("of total %i gives the practice until %j", (total, due) => {
    // Four hours of the practice's own opening hours, with its lunch of 45 minutes.
    expect(dueOf(opened(total), "TOBS-MSG")).toEqual(due.map(local));
  });

  it("warns half-way", () => {
    expect(opened(3).openClocks("TOBS-MSG")[0]?.warnAt).toBe(local("2026-11-23 10:45"));
  });

  it("is owed by the doctor to the team", () => {
    const [clock] = opened(3).openClocks("TOBS-MSG");
    expect(clock).toMatchObject({ debtor: gp, creditor: team, about: "measurement-1" });
  });

  it("tells the doctor all of it in the question, and the practice of the measurement", () => {
    const episode = opened(3, "2026-11-23 20:00");
    const facts = episode.last()?.facts ?? [];
    expect(factOf(facts, "DoctorAsked")).toMatchObject({
      doctor: onDuty,
      name: "Lægevagten i Region Fjordlandet",
      phone: "90000051",
      why: "outsideHours",
      tier: "tier-3",
      phoneFirst: true,
      practice: gp,
      team,
      municipalityCode: "0890",
      isbar: { situation: isbar.situation },
      score: { total: 3 },
    });
    const owed = episode
      .last()
      ?.deliveries.flatMap((d) => (d.change === "owed" ? [[d.to, d.documentType]] : []));
    expect(owed).toEqual([
      [gp, "Measured"],
      [onDuty, "DoctorAsked"],
    ]);
    expect(episode.common().parties).toEqual([team, gp, onDuty]);
  });

  it("asks nobody where the tier is low: the practice is told, and nobody owes a plan", () => {
    const episode = opened(1);
    expect(episode.state().status).toBe("observing");
    expect(awaited(episode)).toEqual([[team, "measure"]]);
    const owed = episode
      .last()
      ?.deliveries.flatMap((d) => (d.change === "owed" ? [[d.to, d.documentType]] : []));
    expect(owed).toEqual([[gp, "Measured"]]);
  });

  it("is asked for by what is there of an incomplete measurement", () => {
    const episode = createEpisode();
    const decision = episode.open({ values: { respiration: 31 }, ...told });
    expect(factOf(decision.facts, "DoctorAsked").tier).toBe("tier-5");
    expect(dueOf(episode, "TOBS-REPEAT")).toEqual([]);
  });
});

describe("while a doctor owes a plan", () => {
  it("a measurement in the same tier or a lower one asks nobody anew: the first clock runs on", () => {
    const episode = opened(3);
    episode.measure({ values: totalling(4) }, "2026-11-23 10:45");
    episode.measure({ values: totalling(0) }, "2026-11-23 11:00");
    expect(dueOf(episode, "TOBS-MSG")).toEqual([local("2026-11-23 11:15")]);
    expect(episode.state().status).toBe("awaitingDoctor");
  });

  it("a higher tier asks anew, with its own shorter clock, and a new call is due", () => {
    const episode = opened(3);
    const worse = episode.measure({ values: totalling(5), isbar }, "2026-11-23 10:30");
    expect(factOf(worse.facts, "QuestionDropped")).toMatchObject({ doctor: gp, reason: "moreUrgent" });
    expect(dueOf(episode, "TOBS-MSG")).toEqual([local("2026-11-23 10:45")]);
    expect(codesOf(worse)).toEqual(["call-missing"]);
    expect(awaited(episode)).toEqual([
      [gp, "plan"],
      [team, "call"],
      [team, "measure"],
    ]);
  });

  it("an answered call is what the team owed; one that nobody answered is not", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3) });
    const record = (answered: boolean) =>
      episode.send({ type: "observation.recordCall", by: team, payload: { call: call(answered) } });
    record(false);
    expect(awaited(episode)).toContainEqual([team, "call"]);
    record(true);
    expect(awaited(episode)).not.toContainEqual([team, "call"]);
    const calls = episode.facts().filter(({ type }) => type === "CallRecorded");
    expect(calls).toHaveLength(2);
  });
});

describe("when the practice closes before it has made a plan", () => {
  const ring = { type: "observation.ring", by: "hub", payload: { alarmId: "doctor-closes" } };

  it("the alarm is set to its closing", () => {
    expect(opened(3, "2026-11-23 15:30").common().alarms).toEqual({
      "doctor-closes": local("2026-11-23 16:00"),
    });
    expect(opened(3, "2026-11-27 14:30").common().alarms).toEqual({
      "doctor-closes": local("2026-11-27 15:00"),
    });
    expect(opened(3, "2026-11-23 20:00").common().alarms).toEqual({});
    expect(opened(0).common().alarms).toEqual({});
  });

  it("the question moves to the out-of-hours doctor, with a new clock, and everybody is told", () => {
    const episode = opened(3, "2026-11-23 15:30");
    const moved = episode.send({ ...ring, at: "2026-11-23 16:00" });
    expect(moved.facts.map(({ type }) => type)).toEqual(["QuestionDropped", "DoctorAsked"]);
    expect(factOf(moved.facts, "DoctorAsked")).toMatchObject({
      doctor: onDuty,
      movedFrom: gp,
      why: "outsideHours",
    });
    expect(moved.tell).toEqual([
      { to: team, from: team, fact: 1 },
      { to: gp, from: team, fact: 0 },
      { to: onDuty, from: team, fact: 1 },
    ]);
    expect(episode.openClocks("TOBS-MSG")).toMatchObject([
      { debtor: onDuty, due: local("2026-11-23 17:00") },
    ]);
    expect(episode.common().alarms).toEqual({});
    expect(awaited(episode)).toEqual([
      [onDuty, "plan"],
      [team, "call"],
      [team, "measure"],
    ]);
  });

  it("an alarm that rings while the practice is open, by a directory that changed, is set anew", () => {
    const episode = opened(3);
    expect(episode.send({ ...ring, at: "2026-11-23 15:00" })).toMatchObject({
      facts: [],
      alarms: [{ change: "set", at: local("2026-11-23 16:00") }],
    });
  });

  it("an alarm of another name means nothing", () => {
    expect(opened(3).decide({ ...ring, payload: { alarmId: "other" } })).toEqual({
      kind: "ignore",
      reason: "not-asked",
    });
  });

  it("the practice that had the question may still make the plan, and so may the doctor on duty", () => {
    for (const by of [gp, onDuty]) {
      const episode = opened(3, "2026-11-23 15:30");
      episode.send({ ...ring, at: "2026-11-23 16:00" });
      plans(episode, by);
      expect(episode.openClocks("TOBS-MSG")).toEqual([]);
    }
  });
});
