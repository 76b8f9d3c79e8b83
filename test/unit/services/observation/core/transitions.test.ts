import { describe, expect, it } from "vitest";
import { observationCore } from "../../../../../services/observation/core/decide.ts";
import { moves, openings, type Role } from "../../../../../services/observation/core/moves.ts";
import {
  adjustment,
  caseId,
  codesOf,
  createEpisode,
  gp,
  onDuty,
  payloads,
  type TestEpisode,
  team,
  totalling,
} from "../../../../support/observation-given.ts";
import { who } from "../../../../support/region-view.ts";

/** An episode in each state. The out-of-hours doctor was asked first, so the roles are three organisations. */
const into: Record<string, (episode: TestEpisode) => void> = {
  observing: (e) => {
    e.open({ values: totalling(3) });
    e.send({ type: "observation.makePlan", by: onDuty });
    e.send({ type: "observation.acknowledgePlan", by: team });
  },
  awaitingDoctor: (e) => {
    e.open({ values: totalling(3) });
  },
  planned: (e) => {
    e.open({ values: totalling(3) });
    e.send({ type: "observation.makePlan", by: onDuty });
  },
  terminal: (e) => {
    e.open({ values: totalling(3) });
    e.send({
      type: "observation.declareTerminal",
      by: gp,
      payload: payloads["observation.declareTerminal"] ?? {},
    });
  },
  closed: (e) => {
    e.open({ values: totalling(3) });
    e.send({ type: "observation.close", by: team });
  },
};
const statuses = Object.keys(into);
const actors: Record<Role, string> = { team, doctor: onDuty, practice: gp };
const roles = Object.keys(actors) as Role[];
const evening = { start: "2026-11-23 20:00" };
const episodeIn = (status: string): TestEpisode => {
  const episode = createEpisode(evening);
  into[status]?.(episode);
  expect(episode.state().status).toBe(status);
  return episode;
};

const commands = [...new Set(Object.keys(moves).map((name) => name.split(".").slice(0, 2).join(".")))];
const lines = Object.entries(moves) as [
  string,
  { by: readonly Role[]; when: readonly string[]; leadsTo: readonly string[] },
][];
const linesOf = (type: string) => lines.filter(([name]) => name === type || name.startsWith(`${type}.`));

const everything = commands.flatMap((type) =>
  statuses.flatMap((status) => roles.map((role) => [type, status, role] as const)),
);

describe("every command in every state by every role", () => {
  it("is all of them", () => {
    expect(commands.length).toBe(Object.keys(payloads).length - 1);
    expect(everything.length).toBe(commands.length * statuses.length * 3);
  });

  it.each(everything)("%s while %s by the %s does what the table says", (type, status, role) => {
    const episode = episodeIn(status);
    const decision = episode.decide({ type, by: actors[role] });
    const own = linesOf(type);
    const line = own.find(([, { when }]) => when.includes(status))?.[1];
    if (!own.some(([, { by }]) => by.includes(role)))
      expect(decision).toMatchObject({ kind: "refuse", code: "not-your-turn" });
    else if (line === undefined) expect(decision).toMatchObject({ kind: "refuse", code: "wrong-state" });
    else {
      expect(decision.kind).toBe("record");
      const allowed: readonly string[] = line.leadsTo.length === 0 ? [status] : line.leadsTo;
      expect(allowed).toContain(episode.state().status);
    }
  });

  it.each(everything)("%s while %s by the %s is said to be taken if it is", (type, status, role) => {
    const [episode, actor] = [episodeIn(status), actors[role]];
    const asking = { actor, now: "2026-11-23T19:00:00.000Z", today: "2026-11-23" };
    const said = observationCore.can?.(episode.state(), asking) ?? [];
    expect(said.includes(type)).toBe(episode.decide({ type, by: actor }).kind === "record");
  });

  it("nothing is said to be taken from a stranger, nor back what counts no more", () => {
    const asking = { now: "2026-11-23T19:00:00.000Z", today: "2026-11-23" };
    const episode = episodeIn("awaitingDoctor");
    expect(observationCore.can?.(episode.state(), { ...asking, actor: who.otherPractice })).toEqual([]);
    const ours = () => observationCore.can?.(episode.state(), { ...asking, actor: team }) ?? [];
    expect(ours()).toContain("observation.retract");
    const payload = { measurement: 1, reason: "Forkert borger" };
    expect(episode.decide({ type: "observation.retract", by: team, payload }).kind).toBe("record");
    expect(ours()).not.toContain("observation.retract");
  });

  it.each(commands)("%s by a stranger is refused in every state", (type) => {
    for (const status of statuses)
      expect(episodeIn(status).decide({ type, by: who.otherPractice })).toMatchObject({
        kind: "refuse",
        code: "not-your-turn",
      });
  });

  it.each(commands)("%s of a case that is none is refused", (type) => {
    expect(createEpisode().decide({ type, by: team })).toMatchObject({
      kind: "refuse",
      code: "case-unknown",
    });
  });

  it.each(statuses)(
    "opening again while %s is refused: the message id names this episode for ever",
    (status) => {
      expect(episodeIn(status).decide({ type: "observation.open", by: team })).toMatchObject({
        code: "content-differs",
      });
    },
  );

  it.each(statuses)("an alarm rung by a party while %s is refused", (status) => {
    const ring = { type: "observation.ring", payload: { alarmId: "doctor-closes" } };
    for (const by of [team, gp, onDuty])
      expect(episodeIn(status).decide({ ...ring, by })).toMatchObject({ code: "not-your-turn" });
  });

  it.each(["observing", "planned", "terminal", "closed"])(
    "an alarm that rings while %s means nothing",
    (status) => {
      const ring = { type: "observation.ring", by: "hub", payload: { alarmId: "doctor-closes" } };
      expect(episodeIn(status).decide(ring)).toEqual({ kind: "ignore", reason: "not-asked" });
    },
  );
});

describe("opening", () => {
  it("leads where its table says", () => {
    const leadsTo = openings["observation.open"].leadsTo;
    const found = ([0, 1, 2, 3, 4, 5] as const).map((total) => {
      const episode = createEpisode();
      episode.open({ values: totalling(total) });
      return episode.state().status;
    });
    expect(new Set(found)).toEqual(new Set(leadsTo));
  });

  it.each([who.practice, who.endocrinology, who.region, who.outOfHours])("by %s is refused", (by) => {
    expect(createEpisode().decide({ type: "observation.open", by })).toMatchObject({
      code: "care-team-measures",
    });
  });

  it("by nobody the directory knows is refused", () => {
    expect(createEpisode().decide({ type: "observation.open", by: who.nobody })).toMatchObject({
      code: "sender-unknown",
    });
  });

  it("tells everything that is wrong at once", () => {
    const payload = {
      ...payloads["observation.open"],
      practice: who.endocrinology,
      measurement: {
        values: { pulse: 700, consciousness: "sover" },
        measuredAt: "2026-11-23T23:00:00.000Z",
        concern: { tier: "tier-9" },
      },
    };
    const decision = createEpisode().decide({ type: "observation.open", by: who.nobody, payload });
    expect(codesOf(decision)).toEqual([
      "sender sender-unknown",
      "practice receiver-unknown",
      "measurement.values.pulse value-not-plausible",
      "measurement.values.consciousness code-unknown",
      "measurement.measuredAt measured-in-future",
      "measurement.concern.tier tier-unknown",
      "municipalityCode municipality-unknown",
    ]);
  });

  it("by an unknown scheme or version is refused", () => {
    for (const scheme of [{ id: "mews" }, { id: "tobs-dk-2013", version: 9 }]) {
      const payload = { ...payloads["observation.open"], scheme };
      expect(createEpisode().decide({ type: "observation.open", by: team, payload })).toMatchObject({
        code: "scheme-unknown",
      });
    }
  });

  it("takes the municipality from the sender, or as it is told", () => {
    const codeOf = (by: string, change: object = {}) => {
      const episode = createEpisode({ start: "2027-01-04 10:00" });
      episode.decide({
        type: "observation.open",
        by,
        payload: { ...payloads["observation.open"], ...change },
      });
      const state = episode.state();
      return state.status === "none" ? undefined : state.municipalityCode;
    };
    expect(codeOf(who.municipality)).toBe("0890");
    expect(codeOf(who.acuteTeam, { municipalityCode: "891" })).toBe("0891");
    // The region's team serves several municipalities: it must say which.
    expect(codeOf("5790000410101")).toBeUndefined();
    expect(codeOf("5790000410101", { municipalityCode: "0890" })).toBe("0890");
  });

  it("keeps what it relates to, and shows it as links", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) }, { relatesTo: [caseId] });
    expect(episode.last()?.meta.card?.links).toEqual([{ caseId, relation: "relatesTo" }]);
  });
});

describe("refusals of what a doctor sends", () => {
  const send = (type: string, payload: object) => {
    const decision = episodeIn("awaitingDoctor").decide({ type, by: onDuty, payload });
    return [decision.kind === "refuse" ? decision.code : decision.kind, ...codesOf(decision)];
  };
  const past = "2026-11-23T10:00:00.000Z";

  it("a plan that is valid no more, with nobody responsible any more", () => {
    const plan = {
      kind: "acute-team",
      text: "Se borgeren",
      author: { name: "Test Læge" },
      validUntil: past,
      directNumber: "20109001",
      responsible: { name: "Test Læge", role: "doctor", until: past },
    };
    expect(send("observation.makePlan", { plan })).toEqual([
      "valid-until-past",
      "plan.validUntil valid-until-past",
      "plan.responsible.until valid-until-past",
    ]);
  });

  it("an order that fits no scheme, has no limit, and is over", () => {
    const limits = {
      accepts: [{ parameter: "consciousness", max: 1 }, { parameter: "pulse" }],
      tiers: [{ from: "tier-4", as: "tier-0" }],
    };
    expect(send("observation.order", { adjustment: adjustment({ limits, validTo: past }) })).toEqual([
      "adjustment-invalid",
      "adjustment.limits.accepts.0.parameter parameter-unknown",
      "adjustment.limits.accepts.1 limits-empty",
      "adjustment.limits.tiers.0.from tier-unknown",
      "adjustment.validTo valid-until-past",
    ]);
  });

  it("a measurement that is none, or was taken back before", () => {
    const episode = episodeIn("awaitingDoctor");
    const retract = (measurement: number) =>
      episode.decide({
        type: "observation.retract",
        by: team,
        payload: { measurement, reason: "Forkert borger" },
      });
    expect(retract(2)).toMatchObject({ code: "measurement-unknown" });
    expect(retract(1).kind).toBe("record");
    expect(retract(1)).toMatchObject({ code: "measurement-unknown" });
  });

  it("a measurement with impossible values, with every problem", () => {
    const decision = episodeIn("observing").decide({
      type: "observation.measure",
      by: team,
      payload: { measurement: { values: { pulse: 5, systolic: 999 } } },
    });
    expect(decision).toMatchObject({ code: "measurement-invalid" });
    expect(codesOf(decision)).toEqual([
      "measurement.values.pulse value-not-plausible",
      "measurement.values.systolic value-not-plausible",
    ]);
  });
});
