/** Lives through a year and looks whether what the hub tells of it is true. */

import { agreements } from "../../../contracts/codes/agreements.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { type ReportAnswers, reportQuestions } from "../../../gateways/http/pages/report/answers.ts";
import { reportPage } from "../../../gateways/http/pages/report/report.ts";
import {
  createComparison,
  type Difference,
} from "../../../services/agreement/core/indicators/differences.ts";
import { explainClock } from "../../../services/agreement/explain/explain-clock.ts";
import { localDateTimeOf } from "../../../services/case/clock-zone.ts";
import { createYearCount, type YearCount } from "./count.ts";
import { type LivedYear, liveAYear, type YearOptions } from "./live-a-year.ts";

/** `processorSeconds`: of this process, whatever else the machine did meanwhile. */
type Speed = {
  seconds: number;
  processorSeconds: number;
  recordsASecond: number;
  rssMegabytes: number;
};

export type ProvenYear = {
  lived: LivedYear;
  count: YearCount;
  speed: Speed;
  /** How long the recount took, in seconds. */
  recountSeconds: number;
  recounted: { clocks: number; figures: number; differences: Difference[] };
  /** Clocks that were explained from the records of their case, and those whose explanation says something else. */
  explained: { clocks: number; warned: number; breached: number; wrong: string[] };
  /** The hour of the year in which the most was written, and how many records. */
  busiest: { hour: string; records: number };
};

const now = (): number => performance.now() / 1000;
const processorSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Of so many cases one is explained. */
const explainOne = 7;

const rangIn = (records: readonly CaseRecord[], clockId: string, change: "warned" | "breached"): boolean =>
  records.some(({ clocks }) => clocks.some((one) => one.change === change && one.clockId === clockId));

const explainedIn = ({ hub, end }: LivedYear): ProvenYear["explained"] => {
  const found: ProvenYear["explained"] = { clocks: 0, warned: 0, breached: 0, wrong: [] };
  const hoursOf = (gln: string) => {
    const { openingHours = [], closingDays = [] } = hub.view.organisation(gln) ?? {};
    return { openingHours, closingDays };
  };
  for (const [i, caseId] of hub.caseIds().entries()) {
    if (i % explainOne !== 0) continue;
    const records = hub.ofCase(caseId);
    const begun = records.flatMap(({ clocks }) => clocks.filter(({ change }) => change === "started"));
    for (const { clockId } of begun) {
      const told = explainClock(records, clockId, { agreements, hoursOf, asOf: end });
      const breached = rangIn(records, clockId, "breached");
      found.clocks += 1;
      found.warned += rangIn(records, clockId, "warned") ? 1 : 0;
      found.breached += breached ? 1 : 0;
      // A clock that was answered between its due time and the next look of the timers is late without having rung.
      const agrees = told?.agrees === true && (!breached || told.clock.breached);
      if (!agrees) found.wrong.push(`${caseId} ${clockId}`);
    }
  }
  return found;
};

const recountedIn = async ({ hub, end }: LivedYear, count: YearCount): Promise<ProvenYear["recounted"]> => {
  const comparison = createComparison();
  comparison.keep(await count.tallied(end));
  for (const caseId of hub.caseIds()) comparison.recount(hub.ofCase(caseId), end);
  return comparison.result();
};

type Asked = Pick<YearOptions, "year" | "share" | "seed" | "onDay">;

export const proveYear = async (asked: Asked): Promise<ProvenYear> => {
  const hours = new Map<string, number>();
  let count: YearCount | undefined;
  const [from, usedBefore] = [now(), processorSeconds()];
  const lived = await liveAYear({
    ...asked,
    onBegin: (hub) => {
      count = createYearCount(hub.ofCase);
    },
    onRecord: async (record) => {
      const hour = localDateTimeOf(record.meta.at).slice(0, 13);
      hours.set(hour, (hours.get(hour) ?? 0) + 1);
      await count?.take(record);
    },
  });
  if (count === undefined) throw new Error("The year never began.");
  await count.flush();
  const [seconds, used] = [now() - from, processorSeconds() - usedBefore];
  const { records } = lived.hub.counts;
  const speed = {
    seconds,
    processorSeconds: used,
    recordsASecond: records / used,
    rssMegabytes: process.memoryUsage().rss / 1e6,
  };
  const recountFrom = now();
  const recounted = await recountedIn(lived, count);
  const recountSeconds = now() - recountFrom;
  const [hour = "", most = 0] = [...hours].toSorted(([, a], [, b]) => b - a)[0] ?? [];
  return {
    lived,
    count,
    speed,
    recountSeconds,
    recounted,
    explained: explainedIn(lived),
    busiest: { hour, records: most },
  };
};

/** The answers that the report of a month is made of, as the hub would give them to an operator. */
export const answersOf = async ({ lived, count }: ProvenYear, month: string): Promise<ReportAnswers> => {
  const ask = async (which: keyof ReportAnswers) =>
    [
      which,
      await count.answer(reportQuestions(month, undefined)[which], {
        asOf: lived.end,
        directory: lived.hub.view,
      }),
    ] as const;
  const all = await Promise.all(
    (Object.keys(reportQuestions(month, undefined)) as (keyof ReportAnswers)[]).map(ask),
  );
  return Object.fromEntries(all) as ReportAnswers;
};

export const reportOf = async (proven: ProvenYear, month: string): Promise<string> =>
  reportPage({ answers: await answersOf(proven, month), language: "da", about: undefined });
