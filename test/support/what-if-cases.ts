/** Cases of several families lived through at random by their real cores, with the timers of the hub; and what a set would have meant for them. */
import fc from "fast-check";
import { type Agreement, isClock } from "../../contracts/agreement.ts";
import { agreements } from "../../contracts/codes/agreements.ts";
import type { WhatIfResult } from "../../contracts/messages/what-if.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import type { Trial } from "../../services/agreement/what-if/core/compare.ts";
import { runTrial } from "../../services/agreement/what-if/run.ts";
import { type Timer, timerOf } from "../../services/case/clock-book.ts";
import { instantOf, localDateTimeOf, msOf } from "../../services/case/clock-zone.ts";
import { createTestCases, question, type TestCases } from "./case-given.ts";
import { payloads } from "./observation-given.ts";
import { sending } from "./referral-given.ts";
import { payloadsOf } from "./referral-payloads.ts";
import { regionView, who } from "./region-view.ts";

/** Monday 23 November 2026. */
const begin = "2026-11-23T09:15:00.000Z";

const localTime = (ms: number): string => localDateTimeOf(instantOf(ms)).replace("T", " ");

/** When a timer rings: a warning at once, a breach when its due time is past; the tests' time goes by minutes. */
const ringsAt = ({ at, kind }: Timer): number => msOf(at) + (kind === "warn" ? 0 : 60_000);

/** The hub's time goes on, and every timer that is due before then rings. */
const ringAll = async (cases: TestCases, caseIds: readonly string[], untilMs: number): Promise<void> => {
  for (let rang = true; rang; ) {
    rang = false;
    for (const caseId of caseIds)
      for (const clock of Object.values(cases.state(caseId).clocks)) {
        const timer = timerOf(clock);
        if (timer === undefined || ringsAt(timer) >= untilMs) continue;
        cases.at(localTime(ringsAt(timer)));
        const reply = await cases.ring(caseId, clock.clockId);
        rang = rang || reply.status === "accepted";
      }
  }
};

type Turn = { minutes: number; on: number; type: string; by: string };

const openings = [
  { type: "advice.ask", by: who.practice, payload: (id: string) => question(id, { mayConvert: true }) },
  {
    type: "advice.ask",
    by: who.otherPractice,
    payload: (id: string) => question(id, { to: { gln: who.cardiology } }),
  },
  {
    type: "referral.send",
    by: who.practice,
    payload: (id: string) => ({ ...sending("hospital"), messageId: id }),
  },
  {
    type: "referral.send",
    by: who.practice,
    payload: (id: string) => ({ ...sending("acute-team"), messageId: id }),
  },
  {
    type: "observation.open",
    by: who.municipality,
    payload: (id: string) => ({ ...payloads["observation.open"], messageId: id }),
  },
] as const;

const said: Readonly<Record<string, object>> = {
  "advice.requestInformation": { text: "Hvad er T4?" },
  "advice.giveInformation": { text: "T4 er 12." },
  "advice.answer": { text: "Sæt dosis ned." },
  "advice.decline": { text: "Ikke her." },
  "advice.withdraw": { text: "Løst." },
  "advice.redirect": { to: { gln: who.cardiology }, text: "Til jer." },
  "advice.askFollowUp": { text: "Og nu?" },
  ...payloadsOf("hospital"),
  "observation.measure": payloads["observation.measure"] ?? {},
  "observation.makePlan": payloads["observation.makePlan"] ?? {},
  "observation.close": payloads["observation.close"] ?? {},
};
const steps = Object.keys(said);

export const anyLives = fc.record({
  openings: fc.array(fc.nat(openings.length - 1), { minLength: 1, maxLength: 3 }),
  turns: fc.array(
    fc.record({
      minutes: fc.oneof(fc.nat(90), fc.integer({ min: 300, max: 4000 })),
      on: fc.nat(2),
      type: fc.constantFrom(
        ...steps,
        "advice.answer",
        "advice.requestInformation",
        "advice.giveInformation",
        "receipt",
        "receipt",
      ),
      by: fc.constantFrom(
        who.practice,
        who.otherPractice,
        who.endocrinology,
        who.cardiology,
        who.municipality,
      ),
    }),
    { maxLength: 14 },
  ),
});

const receipts = async (cases: TestCases, caseId: string, by: string): Promise<void> => {
  const waiting = Object.values(cases.state(caseId).deliveries).filter(
    ({ to, status }) => to === by && status === "waiting",
  );
  for (const { deliveryId } of waiting) {
    await cases.send({ type: "delivery.markFetched", by, payload: { deliveryId } });
    await cases.send({ type: "delivery.settle", by, payload: { deliveryId, outcome: "positive" } });
  }
};

const turn = async (cases: TestCases, caseId: string, { type, by }: Turn): Promise<void> => {
  if (type === "receipt") await receipts(cases, caseId, by);
  else if (type.startsWith(`${cases.state(caseId).family ?? "none"}.`))
    await cases.send({ type, by, payload: { caseId, ...said[type] } });
};

export type Lived = { records: CaseRecord[]; asOf: string; cases: TestCases };

/** Many of the turns are refused, as they should be: what is left are lives that the cores allow. */
export const live = async (lives: { openings: number[]; turns: Turn[] }): Promise<Lived> => {
  const cases = createTestCases();
  const caseIds: string[] = [];
  for (const [i, which] of lives.openings.entries()) {
    const opening = openings[which] ?? openings[0];
    const reply = await cases.send({ ...opening, payload: opening.payload(`M-${String(i)}`) });
    if (reply.status === "accepted") caseIds.push(reply.caseId);
  }
  let ms = msOf(begin);
  for (const each of lives.turns) {
    ms += each.minutes * 60_000;
    await ringAll(cases, caseIds, ms);
    cases.at(localTime(ms));
    const caseId = caseIds[each.on % Math.max(1, caseIds.length)];
    if (caseId !== undefined) await turn(cases, caseId, each);
  }
  ms += 60_000;
  await ringAll(cases, caseIds, ms);
  return { records: cases.records(), asOf: instantOf(ms - 60_000), cases };
};

export const trialOf = (asOf: string, change: Partial<Trial> = {}): Trial => ({
  known: agreements.filter(isClock),
  tried: agreements.filter(isClock),
  on: "2026-11-23",
  from: "2026-11-01",
  to: "2026-12-31",
  asOf,
  directory: regionView,
  own: new Set(regionView.all().map(({ gln }) => gln)),
  ...change,
});

/** Reads records as if they were a journal of one shard. */
export const triedOn = (records: readonly CaseRecord[], trial: Trial): Promise<WhatIfResult> =>
  runTrial(trial, {
    shards: ["00"],
    readShard: async function* () {
      for (const record of records) yield await Promise.resolve(record);
    },
    nowMs: () => 0,
    breathe: () => Promise.resolve(),
    onProgress: () => undefined,
  });

/** The built-in set with some agreements changed. */
export const withAgreement = (id: string, change: Partial<Agreement>): Agreement[] =>
  agreements
    .filter(isClock)
    .map((agreement) => (agreement.id === id ? { ...agreement, ...change } : agreement));
