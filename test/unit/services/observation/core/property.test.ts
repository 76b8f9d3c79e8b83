import { test } from "@fast-check/vitest";
import fc from "fast-check";
import { expect } from "vitest";
import { schemeOf, scoreSchemes } from "../../../../../contracts/codes/schemes.ts";
import type { ObservationFact } from "../../../../../contracts/messages/observation-facts.ts";
import { rankOf, score } from "../../../../../contracts/score.ts";
import type { Values } from "../../../../../contracts/score-result.ts";
import type { ScoreScheme } from "../../../../../contracts/score-scheme.ts";
import { addDays } from "../../../../../services/case/calendar.ts";
import {
  adjustment,
  advicePlan,
  call,
  createEpisode,
  gp,
  onDuty,
  opening,
  payloads,
  type TestEpisode,
  team,
} from "../../../../support/observation-given.ts";
import { who } from "../../../../support/region-view.ts";

const scheme = schemeOf(scoreSchemes, { id: "tobs-dk-2013" }) as ScoreScheme;
const promises = (episode: TestEpisode) =>
  episode.openClocks().filter((clock) => clock.agreement !== "RECEIPT");

/** What the model knows: no more than what a reader of the facts could count. */
type Model = { taken: number; questionOpen: boolean; repeatOpen: boolean };

/** Which promises a state allows: one question while a doctor is awaited, one repeat while one is owed. */
const holdsAlways = (episode: TestEpisode): void => {
  const state = episode.state();
  if (state.status === "none") return;
  const questions = episode.openClocks("TOBS-MSG").map(({ debtor }) => debtor);
  expect(questions).toEqual(state.status === "awaitingDoctor" ? [state.question.doctor] : []);
  expect(episode.openClocks("TOBS-REPEAT")).toHaveLength(state.repeat?.owed === true ? 1 : 0);
  if (state.status !== "awaitingDoctor") expect(episode.common().alarms).toEqual({});
  const isOver = ["terminal", "closed"].includes(state.status);
  if (isOver) expect(promises(episode)).toEqual([]);
  expect(episode.last()?.meta.card?.awaits.length === 0).toBe(isOver);
};

const valuesAgain = (parts: { parameter: string; measured: string; site?: string | undefined }[]): Values =>
  Object.fromEntries(
    parts.map(({ parameter, measured, site }) => [
      parameter,
      site === undefined ? measured : { value: measured, site },
    ]),
  );

const holdsOfScores = (episode: TestEpisode): void => {
  for (const fact of episode.last()?.facts ?? []) {
    if (fact.type !== "Measured" && fact.type !== "PartlyMeasured") continue;
    const bare = score(scheme, valuesAgain(fact.score.parts));
    if (!bare.ok) throw new Error("It was not scored.");
    expect([fact.score.total, fact.score.rawTier]).toEqual([bare.score.total, bare.score.rawTier]);
    if (fact.score.adjusted === undefined)
      expect(rankOf(scheme, fact.score.tier)).toBeGreaterThanOrEqual(rankOf(scheme, fact.score.rawTier));
  }
};

/** What each fact does to the promises, told without the core. A repeat that follows is told after what ends the last one. */
const told: Partial<Record<ObservationFact["type"], Partial<Model>>> = {
  Measured: { repeatOpen: false },
  DoctorAsked: { questionOpen: true },
  PlanMade: { questionOpen: false },
  QuestionDropped: { questionOpen: false },
  RepeatOwed: { repeatOpen: true },
  RepeatDropped: { repeatOpen: false },
  TerminalDeclared: { repeatOpen: false },
  EpisodeClosed: { repeatOpen: false },
};

const follows = (model: Model, episode: TestEpisode, before: number): void => {
  for (const { type } of episode.facts().slice(before)) {
    Object.assign(model, told[type]);
    if (type === "Measured" || type === "PartlyMeasured") model.taken++;
  }
  const state = episode.state();
  expect(state.status === "none" ? 0 : state.taken.length).toBe(model.taken);
  expect(episode.openClocks("TOBS-MSG").length === 1).toBe(model.questionOpen);
  expect(episode.openClocks("TOBS-REPEAT").length === 1).toBe(model.repeatOpen);
};

type Told = { type: string; by: string; payload: object; wait: number };

class Sent implements fc.Command<Model, TestEpisode> {
  readonly told: Told;
  constructor(told: Told) {
    this.told = told;
  }
  check = (): boolean => true;
  run(model: Model, episode: TestEpisode): void {
    const { type, by, payload, wait } = this.told;
    episode.pass(wait);
    const before = episode.facts().length;
    const decision = episode.decide({ type, by, payload });
    if (decision.kind !== "record") return;
    expect(decision.facts.length + (decision.alarms?.length ?? 0)).toBeGreaterThan(0);
    holdsAlways(episode);
    holdsOfScores(episode);
    follows(model, episode, before);
    if (type === "observation.makePlan") expect(episode.openClocks("TOBS-MSG")).toEqual([]);
  }
  toString = (): string => JSON.stringify(this.told);
}

const anyValues = fc.record(
  {
    respiration: fc.integer({ min: 5, max: 35 }),
    pulse: fc.integer({ min: 30, max: 150 }),
    systolic: fc.integer({ min: 50, max: 220 }),
    temperature: fc.record({
      value: fc.integer({ min: 330, max: 412 }).map((tenths) => tenths / 10),
      site: fc.constantFrom("rectal", "oral", "axillary", "tympanic"),
    }),
    consciousness: fc.constantFrom("habituel", "agiteret", "tiltale", "smerte", "ingen"),
  },
  { requiredKeys: ["pulse", "respiration", "systolic"] },
);
const anyMeasurement = fc.record(
  {
    values: anyValues,
    concern: fc.record({ tier: fc.constantFrom("tier-0", "tier-2", "tier-5") }),
    call: fc.constantFrom(call(true), call(false)),
    senderTotal: fc.integer({ min: 0, max: 15 }),
  },
  { requiredKeys: ["values"] },
);
const later = fc.constantFrom(...[1, 3, 30].map((days) => `${addDays("2026-11-23", days)}T12:00:00.000Z`));
const anyPayload: Readonly<Record<string, fc.Arbitrary<object>>> = {
  "observation.measure": fc.record(
    {
      measurement: anyMeasurement,
      replaces: fc.record({ measurement: fc.integer({ min: 1, max: 4 }), reason: fc.constant("Tastefejl") }),
    },
    { requiredKeys: ["measurement"] },
  ),
  "observation.makePlan": later.map((validUntil) => ({ plan: advicePlan({ validUntil }) })),
  "observation.order": fc
    .record({ validTo: later, repeatMinutes: fc.constantFrom(30, 240) }, { requiredKeys: ["validTo"] })
    .map((change) => ({ adjustment: adjustment(change) })),
  "observation.retract": fc.record({
    measurement: fc.integer({ min: 1, max: 6 }),
    reason: fc.constant("Fejl"),
  }),
  "observation.ring": fc.constant({ alarmId: "doctor-closes" }),
};
const types = [...Object.keys(payloads).filter((type) => type !== "observation.open"), "observation.ring"];
const wait = fc.constantFrom(0, 10, 90, 400, 1_440);
const actor = (type: string) =>
  type === "observation.ring"
    ? fc.constant("hub")
    : fc.constantFrom(team, team, gp, onDuty, who.otherPractice);
/** Measurements make the others interesting: every second command is one. */
const anyType = fc.oneof(fc.constant("observation.measure"), fc.constantFrom(...types));
const anyCommand = anyType.chain((type) =>
  fc
    .record({
      type: fc.constant(type),
      by: actor(type),
      payload: anyPayload[type] ?? fc.constant(payloads[type] ?? {}),
      wait,
    })
    .map((told) => new Sent(told)),
);

test.prop(
  [
    anyMeasurement,
    fc.constantFrom("2026-11-23 10:15", "2026-11-23 15:40", "2026-12-24 22:00"),
    fc.commands([anyCommand], { maxCommands: 12 }),
  ],
  { numRuns: 150 },
)(
  "any commands leave at most one question and one repeat open, and none for who is terminal or whose episode is closed",
  (measurement, start, commands) => {
    fc.modelRun(() => {
      const episode = createEpisode({ start });
      const model: Model = { taken: 0, questionOpen: false, repeatOpen: false };
      const first = { type: "observation.open", by: team, payload: opening(measurement) };
      new Sent({ ...first, wait: 0 }).run(model, episode);
      return { model, real: episode };
    }, commands);
  },
);

test.prop([fc.array(anyMeasurement, { minLength: 1, maxLength: 6 })])(
  "the same commands at the same times decide the same, whoever looks again",
  (measurements) => {
    const played = () => {
      const episode = createEpisode();
      const [first, ...rest] = measurements;
      episode.open(first);
      for (const measurement of rest) episode.measure(measurement);
      return episode.records;
    };
    expect(played()).toEqual(played());
  },
);
