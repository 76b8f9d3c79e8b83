import { describe, expect, it } from "vitest";
import { patient } from "../../../../support/advice-given.ts";
import { local } from "../../../../support/clock-given.ts";
import {
  call,
  codesOf,
  createEpisode,
  factOf,
  isbar,
  nurse,
  team,
  totalling,
  values,
} from "../../../../support/observation-given.ts";
import { organisation } from "../../../../support/region-view.ts";

const told = { isbar, call: call() };

describe("a measurement", () => {
  it("is recorded with its score, its citizen, and all that was told beside it", () => {
    const episode = createEpisode();
    const along = { performer: nurse, delegation: "Rammedelegation Åparken", comment: "Målt i seng", isbar };
    const decision = episode.open({ values: totalling(0), ...along });
    const fact = factOf(decision.facts, "Measured");
    expect(fact).toMatchObject({
      no: 1,
      by: team,
      patient,
      measuredAt: episode.now(),
      ...along,
      warnings: [],
    });
    expect(fact.score).toMatchObject({ scheme: "tobs-dk-2013", version: 1, total: 0, tier: "tier-0" });
  });

  it("keeps the sender's own total, and warns in reply and fact where it is another", () => {
    const episode = createEpisode();
    const opened = episode.open({
      values: values({ respiration: 19, pulse: 92, temperature: { value: 38.7, site: "rectal" } }),
      senderTotal: 3,
    });
    const fact = factOf(opened.facts, "Measured");
    expect([fact.senderTotal, fact.score.total]).toEqual([3, 2]);
    expect(fact.warnings.map(({ code }) => code)).toEqual(["total-differs"]);
    expect(codesOf(opened)).toEqual(["total-differs"]);
    expect(episode.last()?.meta.problems?.map(({ path }) => path)).toEqual(["measurement.senderTotal"]);
    const same = episode.measure({ values: totalling(2), senderTotal: 2 });
    expect(codesOf(same)).toEqual([]);
  });

  it("that lacks a value is recorded as such, without a total, and with a warning", () => {
    const episode = createEpisode();
    const decision = episode.open({ values: { pulse: 92, respiration: 16 } });
    const fact = factOf(decision.facts, "PartlyMeasured");
    expect(fact.score.missing).toEqual(["systolic", "temperature", "consciousness"]);
    expect(fact.score).not.toHaveProperty("total");
    expect(codesOf(decision)).toEqual(["measurement-incomplete"]);
    expect(episode.openClocks()).toHaveLength(1);
  });

  it("at a time to come is refused, but for the minutes by which clocks differ", () => {
    const at = (time: string) =>
      createEpisode().decide({
        type: "observation.open",
        by: team,
        payload: {
          messageId: "M",
          patient,
          practice: organisation("5790000100019").gln,
          measurement: { values: totalling(0), measuredAt: local(time) },
        },
      }).kind;
    expect([at("2026-11-23 10:20"), at("2026-11-23 10:21")]).toEqual(["record", "refuse"]);
  });

  it("that is older than one that was there is kept, and warned of", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(0) });
    const earlier = episode.measure({ values: totalling(0), measuredAt: local("2026-11-23 09:00") });
    expect(codesOf(earlier)).toEqual(["measured-earlier"]);
  });

  it("of a tier that is phoned first is taken without a call, and warned of; so is one without ISBAR", () => {
    expect(codesOf(createEpisode().open({ values: totalling(3) }))).toEqual([
      "call-missing",
      "isbar-missing",
    ]);
    expect(codesOf(createEpisode().open({ values: totalling(3), ...told }))).toEqual([]);
    expect(codesOf(createEpisode().open({ values: totalling(3), isbar, call: call(false) }))).toEqual([
      "call-missing",
    ]);
    expect(codesOf(createEpisode().open({ values: totalling(2) }))).toEqual([]);
  });

  it("by another scheme is scored and followed by it: nothing but data differs", () => {
    const episode = createEpisode();
    const news = {
      respiration: 25,
      spo2: 91,
      oxygen: "oxygen",
      systolic: 120,
      pulse: 70,
      consciousness: "alert",
      temperature: 37,
    };
    const decision = episode.open({ values: news, ...told }, { scheme: { id: "news2" } });
    expect(factOf(decision.facts, "Measured").score).toMatchObject({ total: 8, tier: "news-7" });
    expect(factOf(decision.facts, "DoctorAsked").tier).toBe("news-7");
    expect(episode.openClocks("TOBS-MSG")[0]?.due).toBe(local("2026-11-23 10:30"));
    expect(episode.last()?.meta.card?.kind).toBe("news2");
  });
});

describe("the trend", () => {
  it("is none for the first measurement", () => {
    expect(factOf(createEpisode().open().facts, "Measured")).not.toHaveProperty("trend");
  });

  it("tells what changed since the last one, by value and by points", () => {
    const episode = createEpisode();
    episode.open({ values: values({ temperature: { value: 37.4, site: "rectal" } }) });
    const next = episode.measure(
      {
        values: values({
          pulse: 112,
          temperature: { value: 36.9, site: "rectal" },
          consciousness: "tiltale",
        }),
        ...told,
      },
      "2026-11-23 11:15",
    );
    expect(factOf(next.facts, "Measured").trend).toEqual({
      since: 1,
      at: local("2026-11-23 10:15"),
      difference: 3,
      direction: "rising",
      parameters: [
        { parameter: "respiration", difference: "0", points: 0, direction: "same" },
        { parameter: "pulse", difference: "40", points: 2, direction: "rising" },
        { parameter: "systolic", difference: "0", points: 0, direction: "same" },
        { parameter: "temperature", difference: "-0.5", points: 0, direction: "falling" },
        { parameter: "consciousness", points: 1, direction: "rising" },
      ],
    });
  });

  it("compares with the last complete measurement that counts", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(2) });
    episode.measure({ values: totalling(5) });
    episode.measure({ values: { pulse: 72 } });
    episode.send({
      type: "observation.retract",
      by: team,
      payload: { measurement: 2, reason: "Forkert borger" },
    });
    const trend = factOf(episode.measure({ values: totalling(1) }).facts, "Measured").trend;
    expect(trend).toMatchObject({ since: 1, difference: -1, direction: "falling" });
  });

  it("is none for an incomplete measurement, and the same where nothing changed", () => {
    const episode = createEpisode();
    episode.open({ values: totalling(1) });
    expect(factOf(episode.measure({ values: { pulse: 72 } }).facts, "PartlyMeasured")).not.toHaveProperty(
      "trend",
    );
    const same = factOf(episode.measure({ values: totalling(1) }).facts, "Measured").trend;
    expect(same).toMatchObject({ difference: 0, direction: "same" });
  });
});
