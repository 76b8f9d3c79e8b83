import { describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import {
  advicePlan,
  awaited,
  call,
  codesOf,
  doctor,
  dueOf,
  factOf,
  gp,
  onDuty,
  opened,
  plans,
  type TestEpisode,
  team,
  told,
  totalling,
} from "../../../../support/observation-given.ts";

const acknowledge = (episode: TestEpisode) => episode.send({ type: "observation.acknowledgePlan", by: team });

describe("the doctor's plan", () => {
  it("stops the clock in time, clears the alarm, and goes to the team", () => {
    const episode = opened(3);
    episode.at("2026-11-23 11:00");
    const made = plans(episode, gp);
    expect(episode.common().clocks["TOBS-MSG.1.measurement-1"]?.status).toBe("met");
    expect(episode.common().alarms).toEqual({});
    expect(made.tell).toEqual([{ to: team, from: gp, fact: 0 }]);
    expect(awaited(episode)).toEqual([
      [team, "acknowledge-plan"],
      [team, "measure"],
    ]);
  });

  it("holds all that a referral to an acute team needs", () => {
    const episode = opened(5, "2026-11-23 20:00");
    const acute = {
      kind: "acute-team",
      directNumber: "20109051",
      responsible: { name: "Test Stedfortræder", role: "substitute", until: local("2026-11-24 08:00") },
    };
    const without = plans(episode, onDuty, acute);
    expect(codesOf(without)).toEqual(["call-missing"]);
    const made = episode.send({
      type: "observation.makePlan",
      by: onDuty,
      payload: { plan: advicePlan(acute), call: call() },
    });
    expect(codesOf(made)).toEqual([]);
    expect(factOf(made.facts, "PlanMade")).toMatchObject({
      by: onDuty,
      plan: acute,
      call: call(),
      patient: { surname: "Prøvesen" },
      practice: gp,
      team,
      municipalityCode: "0890",
      tier: "tier-5",
      measurement: 1,
      score: { total: 5 },
    });
  });

  it("with a prescription that is not in FMK is taken, and warned of", () => {
    const inFmk = (told: boolean) => codesOf(plans(opened(3), gp, { kind: "prescription", inFmk: told }));
    expect([inFmk(true), inFmk(false)]).toEqual([[], ["fmk-not-updated"]]);
  });

  it.each(["advice", "visit", "admit"])("may be %s", (kind) => {
    expect(factOf(plans(opened(3), gp, { kind }).facts, "PlanMade").plan).toMatchObject({
      kind,
      author: doctor,
    });
  });

  it("answers a tier no higher than it was made for, while it is valid", () => {
    const episode = opened(3);
    plans(episode, gp, { validUntil: local("2026-11-23 14:00") });
    acknowledge(episode);
    episode.measure({ values: totalling(4), ...told }, "2026-11-23 12:00");
    expect(episode.state().status).toBe("observing");
    episode.measure({ values: totalling(3), ...told }, "2026-11-23 14:00");
    expect(episode.state().status).toBe("awaitingDoctor");
  });

  it("is overtaken by a higher tier, before the team has read it too", () => {
    const episode = opened(3);
    plans(episode, gp);
    episode.measure({ values: totalling(5), ...told }, "2026-11-23 10:40");
    expect(episode.state().status).toBe("awaitingDoctor");
    expect(dueOf(episode, "TOBS-MSG")).toEqual([local("2026-11-23 10:55")]);
  });

  it("that the team has read is told to who made it, in the team's own words", () => {
    const episode = opened(3, "2026-11-23 20:00");
    plans(episode, onDuty);
    const read = acknowledge(episode);
    expect(factOf(read.facts, "PlanAcknowledged")).toMatchObject({ by: team, readBack: "Mål igen kl. 15" });
    expect(read.tell.map(({ to }) => to)).toEqual([gp, onDuty]);
    expect(awaited(episode)).toEqual([[team, "measure"]]);
  });
});

describe("closing", () => {
  it("ends every promise, tells the others, and waits for nobody", () => {
    const episode = opened(3);
    const closed = episode.send({ type: "observation.close", by: team, payload: { outcome: "admitted" } });
    expect(closed.facts.map(({ type }) => type)).toEqual(["EpisodeClosed", "QuestionDropped"]);
    expect(closed.tell).toEqual([{ to: gp, from: team, fact: 0 }]);
    expect(episode.openClocks("TOBS-MSG").concat(episode.openClocks("TOBS-REPEAT"))).toEqual([]);
    expect(episode.common().alarms).toEqual({});
    expect(episode.last()?.meta.card).toMatchObject({ closed: true, awaits: [] });
  });
});
