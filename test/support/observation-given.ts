import { expect } from "vitest";
import { agreements } from "../../contracts/codes/agreements.ts";
import { ObservationCommand } from "../../contracts/messages/observation.ts";
import type { ObservationFact } from "../../contracts/messages/observation-facts.ts";
import type { Measurement } from "../../contracts/messages/observation-parts.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseIdFor, sha256 } from "../../infra/ids.ts";
import { type CaseState, evolveCase, noCase } from "../../services/case/case-state.ts";
import { type ClockState, isOpenClock } from "../../services/case/clock-book.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import { acceptanceRecord } from "../../services/case/compose-record.ts";
import type { DecisionContext } from "../../services/case/core.ts";
import type { Decision } from "../../services/case/decision.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { observationCore } from "../../services/observation/core/decide.ts";
import type { ObservationState } from "../../services/observation/core/state.ts";
import { patient } from "./advice-given.ts";
import { local } from "./clock-given.ts";
import { regionView, who } from "./region-view.ts";

export const team = who.municipality;
export const gp = who.practice;
export const onDuty = who.outOfHours;
export const caseId = caseIdFor(team, "OBS-1");
/** Monday 23 November 2026, a quarter past ten: the practice is open. */
const monday = "2026-11-23 10:15";

/** A citizen to whom nothing is wrong, by TOBS. */
const usual = { respiration: 16, pulse: 72, systolic: 130, consciousness: "habituel" } as const;
const temperature = { value: 37, site: "rectal" } as const;
/** Values with a TOBS total of 0, changed as told. */
export const values = (change: Measurement["values"] = {}): Measurement["values"] => ({
  ...usual,
  temperature,
  ...change,
});
/** Values with the TOBS total that is asked for, none of them giving 3 points. */
export const totalling = (total: 0 | 1 | 2 | 3 | 4 | 5): Measurement["values"] => {
  const changes: readonly Measurement["values"][] = [
    {},
    { pulse: 92 },
    { pulse: 112 },
    { pulse: 112, systolic: 95 },
    { pulse: 112, systolic: 75 },
    { pulse: 112, systolic: 75, consciousness: "tiltale" },
  ];
  return values(changes[total]);
};

export const isbar = {
  identification: { unit: "Hjemmesygeplejen", name: "Test Sygeplejerske", callbackPhone: "90000030" },
  situation: { reason: "Tiltagende træt siden i går" },
  request: { asks: "Plan inden middag" },
} as const;
export const nurse = { name: "Test Sygeplejerske" } as const;
export const doctor = { name: "Test Læge", title: "Speciallæge i almen medicin" } as const;
export const call = (answered = true) => ({
  caller: nurse,
  called: { gln: gp, name: "Lægehuset Åparken" },
  number: "20109001",
  at: local(monday),
  ...(answered ? { answeredBy: doctor } : {}),
});
export const advicePlan = (change: object = {}) => ({
  kind: "advice",
  text: "Se an, mål igen i eftermiddag.",
  author: doctor,
  validUntil: local("2026-11-25 12:00"),
  ...change,
});
export const adjustment = (change: object = {}) => ({
  author: doctor,
  reason: "Kendt langsom puls",
  limits: { accepts: [{ parameter: "pulse", min: 40, max: 130 }], tiers: [] },
  validTo: local("2026-12-24 12:00"),
  ...change,
});

export const opening = (measurement: object = { values: totalling(0) }, change: object = {}) => ({
  messageId: "OBS-1",
  patient,
  practice: gp,
  measurement,
  ...change,
});

/** The payload of each command, as a party would send it. */
export const payloads: Readonly<Record<string, object>> = {
  "observation.open": opening(),
  "observation.measure": { measurement: { values: totalling(0) } },
  "observation.recordCall": { call: call() },
  "observation.makePlan": { plan: advicePlan() },
  "observation.acknowledgePlan": { by: nurse, readBack: "Mål igen kl. 15" },
  "observation.order": { adjustment: adjustment() },
  "observation.declareTerminal": { by: nurse },
  "observation.orderScoring": { by: doctor, reason: "Følges tæt" },
  "observation.retract": { measurement: 1, reason: "Forkert borger" },
  "observation.close": { outcome: "recovered" },
};

type Step = { type: string; by: string; payload?: object; at?: string };
type World = { directory?: DirectoryView; start?: string };

/** An episode in memory: the core, and the kernel's records of it, so that clocks and alarms are real. */
export const createEpisode = ({ directory = regionView, start = monday }: World = {}) => {
  let now = local(start);
  let own: ObservationState = observationCore.initial;
  let common: CaseState = noCase(caseId);
  let count = 0;
  const records: CaseRecord<ObservationFact>[] = [];
  const contextOf = (actor: string): DecisionContext => {
    const here = localDateTimeOf(now);
    return { caseId, actor, now, local: here, today: here.slice(0, 10), directory, common };
  };
  const keep = (
    type: string,
    by: string,
    decision: Extract<Decision<ObservationFact>, { kind: "record" }>,
  ) => {
    const after = decision.facts.reduce(observationCore.evolve, own);
    const id = `c-${String(++count)}`;
    const envelope = { id, type, version: 1, time: now, sender: by, payload: {} } as const;
    const circumstances = {
      family: "observation" as const,
      caseId,
      before: common,
      envelope,
      digest: sha256(id),
      at: now,
      agreements,
      directory,
    };
    const record = acceptanceRecord(circumstances, decision, {
      status: observationCore.statusOf?.(after) ?? "",
      card: observationCore.cardOf?.(after),
    });
    own = after;
    common = evolveCase(common, record);
    records.push({ ...record, facts: decision.facts });
  };
  const decide = ({ type, by, payload = payloads[type] ?? {}, at }: Step): Decision<ObservationFact> => {
    if (at !== undefined) now = local(at);
    const withCase = type === "observation.open" ? payload : { caseId, ...payload };
    const command = ObservationCommand.parse({ type, id: "c", payload: withCase });
    const decision = observationCore.decide(own, command, contextOf(by));
    if (decision.kind === "record") keep(type, by, decision);
    return decision;
  };
  const send = (step: Step): Extract<Decision<ObservationFact>, { kind: "record" }> => {
    const decision = decide(step);
    if (decision.kind !== "record") throw new Error(`Not recorded: ${JSON.stringify(decision)}`);
    return decision;
  };
  const openClocks = (agreement?: string): ClockState[] =>
    Object.values(common.clocks).filter(
      (clock) => isOpenClock(clock) && (agreement === undefined || clock.agreement === agreement),
    );
  return {
    decide,
    send,
    openClocks,
    records,
    state: () => own,
    common: () => common,
    now: () => now,
    at: (time: string) => {
      now = local(time);
    },
    /** Lets minutes pass. */
    pass: (minutes: number) => {
      now = new Date(Date.parse(now) + minutes * 60_000).toISOString();
    },
    facts: () => records.flatMap((record) => record.facts),
    last: () => records.at(-1),
    open: (measurement?: object, change?: object) =>
      send({ type: "observation.open", by: team, payload: opening(measurement, change) }),
    measure: (measurement: object, at?: string) =>
      send({
        type: "observation.measure",
        by: team,
        payload: { measurement },
        ...(at === undefined ? {} : { at }),
      }),
  };
};
export type TestEpisode = ReturnType<typeof createEpisode>;

/** The one fact of a type that a decision records. */
export const factOf = <Type extends ObservationFact["type"]>(
  facts: readonly ObservationFact[],
  type: Type,
): Extract<ObservationFact, { type: Type }> => {
  const found = facts.filter((fact): fact is Extract<ObservationFact, { type: Type }> => fact.type === type);
  expect(found).toHaveLength(1);
  return found[0] as Extract<ObservationFact, { type: Type }>;
};

export const codesOf = (decision: Decision<unknown>): string[] => {
  if (decision.kind === "refuse") return decision.problems.map(({ path, code }) => `${path} ${code}`);
  return decision.kind === "record" ? (decision.warnings ?? []).map(({ code }) => code) : [];
};

export const told = { isbar, call: call() };
export const opened = (total: 0 | 1 | 2 | 3 | 4 | 5, start = "2026-11-23 10:15"): TestEpisode => {
  const episode = createEpisode({ start });
  episode.open({ values: totalling(total), ...told });
  return episode;
};
export const dueOf = (episode: TestEpisode, agreement: string) =>
  episode.openClocks(agreement).map(({ due }) => due);
export const awaited = (episode: TestEpisode) =>
  episode.last()?.meta.card?.awaits.map(({ who: gln, act }) => [gln, act]) ?? [];
export const plans = (episode: TestEpisode, by: string, change: object = {}) =>
  episode.send({ type: "observation.makePlan", by, payload: { plan: advicePlan(change) } });
