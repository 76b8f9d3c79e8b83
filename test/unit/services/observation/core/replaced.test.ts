import { describe, expect, it } from "vitest";
import { local } from "../../../../support/clock-given.ts";
import {
  createEpisode,
  dueOf,
  factOf,
  gp,
  isbar,
  opened,
  type TestEpisode,
  team,
  totalling,
} from "../../../../support/observation-given.ts";
import { changed, oioxmlTaking, regionWith } from "../../../../support/region-view.ts";

const replace = (episode: TestEpisode, no: number, measurement: object) =>
  episode.decide({
    type: "observation.measure",
    by: team,
    payload: { measurement, replaces: { measurement: no, reason: "Tastefejl" } },
  });
const typesOf = (episode: TestEpisode): string[] => (episode.last()?.facts ?? []).map(({ type }) => type);
const countingIn = (episode: TestEpisode): number[] => {
  const state = episode.state();
  return state.status === "none" ? [] : state.taken.flatMap(({ no, retracted }) => (retracted ? [] : [no]));
};

describe("a measurement that stands instead of another", () => {
  it("takes the other out of force and is taken, in one record, and says which it replaces", () => {
    const episode = opened(0);
    replace(episode, 1, { values: totalling(1) });
    expect(typesOf(episode)).toEqual(["MeasurementRetracted", "Measured", "RepeatOwed"]);
    expect(factOf(episode.last()?.facts ?? [], "MeasurementRetracted")).toMatchObject({
      measurement: 1,
      reason: "Tastefejl",
    });
    expect(factOf(episode.last()?.facts ?? [], "Measured")).toMatchObject({ no: 2, replaces: 1 });
    expect(countingIn(episode)).toEqual([2]);
  });

  it("tells the practice of the new one, by which it sees that the other is replaced", () => {
    const episode = opened(0);
    replace(episode, 1, { values: totalling(1) });
    const owed = episode.last()?.deliveries.filter(({ change }) => change === "owed");
    expect(owed).toMatchObject([{ to: gp, documentType: "Measured", fact: 1 }]);
  });

  it("takes back the question that the other put, and puts none when it needs none", () => {
    const episode = opened(3);
    expect(episode.state().status).toBe("awaitingDoctor");
    replace(episode, 1, { values: totalling(0) });
    expect(typesOf(episode)).toEqual([
      "MeasurementRetracted",
      "QuestionDropped",
      "RepeatDropped",
      "Measured",
    ]);
    expect(episode.state().status).toBe("observing");
    expect([dueOf(episode, "TOBS-MSG"), dueOf(episode, "TOBS-REPEAT")]).toEqual([[], []]);
  });

  it("puts the question that the other did not", () => {
    const episode = opened(0);
    replace(episode, 1, { values: totalling(5), isbar });
    expect(episode.state()).toMatchObject({ status: "awaitingDoctor", question: { measurement: 2 } });
  });

  it("owes its own repeat, counted from when it was taken; that of the other is not said to be met", () => {
    const episode = opened(1);
    replace(episode, 1, { values: totalling(2), measuredAt: local("2026-11-23 10:05") });
    expect(dueOf(episode, "TOBS-REPEAT")).toEqual([local("2026-11-23 12:05")]);
    expect(episode.common().clocks["TOBS-REPEAT.1.measurement-1"]?.status).toBe("cancelled");
  });

  it("without a total leaves the repeat to the last that has one", () => {
    const episode = opened(2);
    episode.measure({ values: totalling(3), isbar }, "2026-11-23 12:00");
    replace(episode, 2, { values: { pulse: 80 } });
    expect(countingIn(episode)).toEqual([1, 3]);
    expect(dueOf(episode, "TOBS-REPEAT")).toHaveLength(1);
    const state = episode.state();
    expect(state.status === "none" ? undefined : state.repeat).toMatchObject({ tier: "tier-2", owed: true });
  });

  it("of a number that does not count is refused, and nothing is taken", () => {
    const episode = opened(0);
    replace(episode, 1, { values: totalling(1) });
    for (const no of [1, 7])
      expect(replace(episode, no, { values: totalling(1) })).toMatchObject({
        kind: "refuse",
        code: "measurement-unknown",
        problems: [{ path: "replaces.measurement" }],
      });
    expect(countingIn(episode)).toEqual([2]);
  });

  it("that cannot be scored is refused, and the other stands", () => {
    const episode = opened(0);
    expect(replace(episode, 1, { values: { pulse: 9999 } })).toMatchObject({ code: "measurement-invalid" });
    expect(countingIn(episode)).toEqual([1]);
  });
});

describe("results that no scheme scores", () => {
  const glucose = {
    codes: [
      { system: "urn:oid:1.2.208.176.2.1", code: "NPU22089", name: "P(kB)—Glucose; stofk. = ? mmol/L" },
    ],
    value: "6.80",
    unit: { text: "mmol/L" },
    measuredAt: local("2026-11-23 10:00"),
    note: "Ikke fastende",
  };

  it("are kept as they were measured, to the last digit, beside the score", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1), results: [glucose], messageId: "M-7" });
    expect(factOf(episode.facts(), "Measured")).toMatchObject({ messageId: "M-7", results: [glucose] });
  });

  it("alone are no measurement left unfinished: nobody is warned, and nothing is owed", () => {
    const episode = createEpisode();
    const decision = episode.open({ values: {}, results: [glucose] });
    expect(decision.warnings).toBeUndefined();
    expect(factOf(episode.facts(), "PartlyMeasured").results).toEqual([glucose]);
    expect([dueOf(episode, "TOBS-MSG"), dueOf(episode, "TOBS-REPEAT")]).toEqual([[], []]);
  });

  it("bring their pictures, which go to the practice in a letter of their own", () => {
    const digest = `sha256-${"0".repeat(64)}`;
    const picture = {
      objectId: "0".repeat(32),
      code: "billede",
      extension: "jpeg",
      sizeBytes: 5,
      digest,
      description: "Sår på hæl",
    };
    const directory = regionWith(changed(gp, { channels: oioxmlTaking("XDIS91", "XBIN01") }));
    const episode = createEpisode({ directory });
    episode.open({ values: totalling(0) }, { attachments: [picture] });
    expect(factOf(episode.facts(), "Measured").attachments).toEqual([picture]);
    const owed = episode
      .last()
      ?.deliveries.flatMap((one) => (one.change === "owed" ? [one.documentType] : []));
    expect(owed).toEqual(["XDIS91", "XBIN01"]);
  });
});
