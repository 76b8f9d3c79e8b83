import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  advicePlan,
  codesOf,
  createEpisode,
  factOf,
  gp,
  isbar,
  onDuty,
  opening,
  payloads,
  type TestEpisode,
  team,
  totalling,
} from "../../../../support/observation-given.ts";
import { changed, regionWith, who } from "../../../../support/region-view.ts";

const evening = "2026-11-23 20:00";
const opened = (total: 0 | 3 | 5, start = evening): TestEpisode => {
  const episode = createEpisode({ start });
  episode.open({ values: totalling(total), isbar }, { restricted: true });
  return episode;
};
const acuteTeam = {
  ...advicePlan({ kind: "acute-team" }),
  directNumber: "20109001",
  responsible: { name: "Test Læge", role: "doctor", until: "2026-11-25T11:00:00.000Z" },
};

describe("a citizen who refuses that what was measured is passed on", () => {
  it("is asked about to the practice at any hour, and the team is warned to phone and ask again", () => {
    const episode = createEpisode({ start: evening });
    const decision = episode.open({ values: totalling(3), isbar }, { restricted: true });
    expect(factOf(episode.facts(), "DoctorAsked")).toMatchObject({
      doctor: gp,
      why: "sharingRefused",
      restricted: true,
    });
    expect(codesOf(decision)).toContain("sharing-refused");
    expect(episode.common().alarms).toEqual({});
  });

  it("is asked about to the practice in its hours as any other, without a warning", () => {
    const episode = createEpisode();
    const decision = episode.open({ values: totalling(3), isbar }, { restricted: true });
    expect(factOf(episode.facts(), "DoctorAsked")).toMatchObject({ doctor: gp, why: "practiceOpen" });
    expect(codesOf(decision)).not.toContain("sharing-refused");
  });

  it("is not measured on consent, which is refused: nothing is sent, and on treatment it is", () => {
    const open = (basis: object) =>
      createEpisode().decide({
        type: "observation.open",
        by: team,
        payload: opening({ values: totalling(3), isbar }, { restricted: true, basis }),
      });
    const decision = open({ kind: "consent", givenTo: "Test Sygeplejerske" });
    expect(decision).toMatchObject({ kind: "refuse", code: "consent-refused" });
    expect(codesOf(decision)).toEqual(["basis.kind consent-refused"]);
    expect(open({ kind: "treatment" })).toMatchObject({ kind: "record" });
    expect(open({ kind: "valueSpring", reason: "Bevidstløs" })).toMatchObject({ kind: "record" });
  });

  it("is not told of to a substitute with an address of its own", () => {
    const substitute = { gln: who.otherPractice, name: "Vikar", phone: "90000099", validFrom: "2026-01-01" };
    const directory = regionWith(changed(gp, { substitutes: [substitute] }));
    const episode = createEpisode({ directory });
    episode.open({ values: totalling(3), isbar }, { restricted: true });
    expect(factOf(episode.facts(), "DoctorAsked").doctor).toBe(gp);
    expect(episode.common().parties).toEqual([team, gp]);
  });

  it("is marked on every measurement and question, so that whoever reads them sees it", () => {
    const episode = opened(3);
    episode.measure({ values: totalling(5), isbar });
    episode.measure({ values: { pulse: 92 } });
    const shown = episode
      .facts()
      .flatMap((fact) =>
        fact.type === "Measured" || fact.type === "PartlyMeasured" || fact.type === "DoctorAsked"
          ? [fact.restricted]
          : [],
      );
    expect(shown).toEqual([true, true, true, true, true]);
    expect(factOf(episode.facts(), "EpisodeOpened").restricted).toBe(true);
  });

  it("is not referred to an acute team by a plan: that would pass it on", () => {
    const episode = opened(3);
    const plan = (by: string, payload: object) =>
      episode.decide({ type: "observation.makePlan", by, payload });
    expect(plan(gp, { plan: acuteTeam })).toMatchObject({ kind: "refuse", code: "sharing-refused" });
    expect(plan(gp, { plan: advicePlan() })).toMatchObject({ kind: "record" });
  });

  it("may be referred to one where nothing was refused", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(3), isbar });
    expect(
      episode.decide({ type: "observation.makePlan", by: gp, payload: { plan: acuteTeam } }),
    ).toMatchObject({ kind: "record" });
  });

  it("leaves no mark where nothing was refused", () => {
    const episode = createEpisode({ start: evening });
    episode.open({ values: totalling(3), isbar });
    expect(factOf(episode.facts(), "DoctorAsked").doctor).toBe(onDuty);
    expect(JSON.stringify(episode.records)).not.toContain('"restricted":true');
  });
});

describe("whatever happens in such an episode", () => {
  const command = fc.record({
    type: fc.constantFrom(...Object.keys(payloads).filter((type) => type !== "observation.open")),
    by: fc.constantFrom(team, gp, onDuty, who.otherPractice),
    wait: fc.constantFrom(0, 30, 400, 1_440),
    total: fc.constantFrom(0 as const, 2 as const, 3 as const, 5 as const),
  });

  it("nobody but the team and the practice is told, asked or made a party", () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 15 }), (commands) => {
        const episode = opened(5);
        for (const { type, by, wait, total } of commands) {
          episode.pass(wait);
          const measured = { measurement: { values: totalling(total), isbar } };
          const payload = type === "observation.measure" ? measured : (payloads[type] ?? {});
          episode.decide({ type, by, payload });
          episode.decide({ type: "observation.ring", by: "hub", payload: { alarmId: "doctor-closes" } });
        }
        const told = episode.records.flatMap(({ deliveries }) =>
          deliveries.flatMap((one) => (one.change === "owed" ? [one.to] : [])),
        );
        expect([team, gp]).toEqual(expect.arrayContaining([...new Set(told)]));
        expect(episode.common().parties).toEqual([team, gp]);
        expect(episode.openClocks("TOBS-MSG").every(({ debtor }) => debtor === gp)).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
