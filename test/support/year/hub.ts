/**
 * The hub of the simulated year: the cores and the case handler that the product runs, on a journal in memory that keeps records
 * as their text, with the rules of coordination and the timers of the index. Time stands until it is set.
 */
import { agreements } from "../../../contracts/codes/agreements.ts";
import type { CommandReply } from "../../../contracts/envelope.ts";
import { timersKey } from "../../../contracts/index-keys.ts";
import { type CaseRecord, caseRecordFrom } from "../../../contracts/record.ts";
import { caseIdFor, sha256 } from "../../../infra/ids.ts";
import { createAdviceHandler } from "../../../services/advice/handler.ts";
import { agreementCore } from "../../../services/agreement/core/fire.ts";
import { createNoticeHandler } from "../../../services/agreement/notices.ts";
import { bookingRules } from "../../../services/booking/core/rules.ts";
import { createBookingHandler } from "../../../services/booking/handler.ts";
import { type CasePorts, createCaseHandler } from "../../../services/case/case-handler.ts";
import { localDateTimeOf } from "../../../services/case/clock-zone.ts";
import { hubActor } from "../../../services/case/core.ts";
import { rules } from "../../../services/coordination/core/rules.ts";
import { createRuleFollower } from "../../../services/coordination/follow-rules.ts";
import { createDeliveryHandler } from "../../../services/delivery/handler.ts";
import { createDischargeHandler } from "../../../services/discharge/handler.ts";
import { createObservationHandler } from "../../../services/observation/handler.ts";
import { createReferralHandler } from "../../../services/referral/handler.ts";
import { project } from "../../../services/worklist/core/project.ts";
import { viewOf } from "../region-view.ts";
import { instantAt } from "./days.ts";
import { createHeap } from "./heap.ts";
import type { YearRegion } from "./region.ts";

type Order = { type: string; by: string; payload: object };

export type YearHub = {
  /** Milliseconds since 1970, UTC. */
  setTime: (ms: number) => void;
  time: () => number;
  send: (order: Order) => Promise<CommandReply>;
  /** When the next timer rings, and rings it. */
  nextTimer: () => number;
  ring: () => Promise<void>;
  /** Records since it was last asked, in the order of writing. */
  news: () => CaseRecord[];
  /** Every record, in the order of writing; each is read from its text anew. */
  records: () => Generator<CaseRecord>;
  ofCase: (caseId: string) => CaseRecord[];
  caseIds: () => string[];
  counts: { records: number; bytes: number; rang: number; idle: number; refused: Map<string, number> };
  view: ReturnType<typeof viewOf>;
};

/** The hub looks at the timers five times a second. */
const lookMs = 200;
/** A timer that rang and changed nothing is looked at again, as the hub does. */
const againMs = 2_000;

type Journal = Pick<CasePorts, "append" | "load"> & {
  news: YearHub["news"];
  records: YearHub["records"];
  ofCase: YearHub["ofCase"];
  caseIds: YearHub["caseIds"];
};

const createJournal = (counts: YearHub["counts"]): Journal => {
  const texts: string[] = [];
  const places = new Map<string, number[]>();
  let told = 0;
  const read = (place: number): CaseRecord => caseRecordFrom(texts[place] ?? "");
  return {
    append: (record, expectedSeq) => {
      const known = places.get(record.caseId) ?? [];
      if ((known.at(-1) ?? -1) + 1 !== expectedSeq) return Promise.resolve({ kind: "conflict" });
      const text = JSON.stringify(record);
      known.push(texts.push(text) - 1);
      places.set(record.caseId, known);
      counts.records += 1;
      counts.bytes += text.length;
      return Promise.resolve({ kind: "appended", seq: texts.length });
    },
    load: (caseId) =>
      Promise.resolve((places.get(caseId) ?? []).map((place) => ({ record: read(place), seq: place + 1 }))),
    caseIds: () => [...places.keys()],
    ofCase: (caseId) => (places.get(caseId) ?? []).map(read),
    news: () => {
      const fresh: CaseRecord[] = [];
      for (; told < texts.length; told++) fresh.push(read(told));
      return fresh;
    },
    records: function* () {
      for (let place = 0; place < texts.length; place++) yield read(place);
    },
  };
};

/** The sorted set of timers, as the projection writes it. */
const createTimers = () => {
  const scores = new Map<string, number>();
  const heap = createHeap<string>();
  const put = (member: string, at: number): void => {
    scores.set(member, at);
    if (Number.isFinite(at)) heap.push(at, member);
  };
  const add = (args: readonly string[]): void => {
    const onlyKnown = args[0] === "XX";
    const pairs = onlyKnown ? args.slice(1) : args;
    for (let i = 0; i + 1 < pairs.length; i += 2) {
      const [score = "", member = ""] = pairs.slice(i, i + 2);
      if (!onlyKnown || scores.has(member)) put(member, Number(score.replace("inf", "Infinity")));
    }
  };
  return {
    take: (record: CaseRecord): void => {
      if (record.clocks.length === 0 && record.alarms === undefined) return;
      for (const [name, key, ...args] of project(record, (text) => text)) {
        if (key !== timersKey) continue;
        if (name === "ZADD") add(args);
        else for (const member of args) scores.delete(member);
      }
    },
    /** The first that still stands where it was put. */
    first: (): number => heap.first(),
    pop: (): string | undefined => {
      const found = heap.pop();
      return found === undefined || scores.get(found.one) !== found.at ? undefined : found.one;
    },
    again: (member: string, at: number): void => {
      if (scores.has(member)) put(member, at);
    },
  };
};

export const createYearHub = (region: YearRegion): YearHub => {
  const counts: YearHub["counts"] = { records: 0, bytes: 0, rang: 0, idle: 0, refused: new Map() };
  const journal = createJournal(counts);
  const timers = createTimers();
  const view = viewOf(region.organisations);
  const snapshots = new Map<string, unknown>();
  const cases = new Map<string, string[]>();
  const unread: CaseRecord[] = [];
  let now = 0;
  let count = 0;
  const ports: CasePorts = {
    append: journal.append,
    load: journal.load,
    recall: (caseId) => Promise.resolve(snapshots.get(caseId)),
    remember: (caseId, snapshot) => {
      snapshots.set(caseId, snapshot);
    },
    digest: sha256,
    now: () => instantAt(now),
    localTime: localDateTimeOf,
    pause: () => Promise.resolve(),
    directory: view,
    agreements: () => agreements,
  };
  const nowhere = () => Promise.resolve(undefined);
  const notices = createNoticeHandler({
    ...ports,
    digestCaseId: (gln, date) => caseIdFor(gln, `digest:${date}`),
  });
  const handlers: Readonly<Record<string, (message: unknown) => Promise<CommandReply>>> = {
    advice: createAdviceHandler({
      ...ports,
      caseIdFor,
      indexDigest: sha256,
      findThread: () => Promise.resolve({}),
    }),
    discharge: createDischargeHandler({ ...ports, caseIdFor }),
    observation: createObservationHandler({ ...ports, caseIdFor }),
    referral: createReferralHandler({ ...ports, caseIdFor }),
    booking: createBookingHandler({ ...ports, caseIdFor, rules: bookingRules }).handle,
    delivery: createDeliveryHandler({ ...ports, deliveryOfEnvelope: nowhere }),
    clock: notices,
    digest: notices,
  };
  const clocks = createCaseHandler(agreementCore, ports);
  const handle = async (envelope: { type: string }): Promise<CommandReply> => {
    const reply = await handlers[envelope.type.split(".")[0] ?? ""]?.(envelope);
    if (reply === undefined) throw new Error(`Nobody takes ${envelope.type}.`);
    if (reply.status === "refused") {
      const why = `${envelope.type} ${reply.code} ${reply.problems.map(({ path }) => path).join()}`;
      counts.refused.set(why, (counts.refused.get(why) ?? 0) + 1);
    }
    return reply;
  };
  const follow = createRuleFollower(rules, {
    send: async (command) => {
      const reply = await handle({ ...command, version: 1, time: instantAt(now), sender: hubActor } as {
        type: string;
      });
      if (reply.status === "failed") throw new Error("A rule's command failed.");
      return reply;
    },
    casesOfPatient: ({ cpr }) => Promise.resolve((cases.get(cpr ?? "") ?? []).toReversed().slice(0, 50)),
    load: journal.load,
    index: {
      get: () => Promise.resolve(null),
      hgetall: () => Promise.resolve({}),
      highest: (keys) => Promise.resolve(keys.map(() => undefined)),
    },
    digest: sha256,
    nowMs: () => now,
    log: { info: () => undefined, warn: () => undefined },
  });
  const index = (record: CaseRecord): void => {
    timers.take(record);
    const { card } = record.meta;
    if (card?.closed === true) snapshots.delete(record.caseId);
    const cpr = card?.patient?.cpr;
    if (cpr === undefined || record.meta.no > 1) return;
    cases.set(cpr, [...(cases.get(cpr) ?? []), record.caseId]);
  };
  /** What every record sets off, until nothing more comes of it. */
  const settle = async (): Promise<void> => {
    for (let fresh = journal.news(); fresh.length > 0; fresh = journal.news())
      for (const record of fresh) {
        index(record);
        unread.push(record);
        if (record.meta.outcome === "accepted") await follow(record);
      }
  };
  const messageOf = (type: string, payload: object, sender: string) =>
    ({ id: `y-${String(++count)}`, type, version: 1, time: instantAt(now), sender, payload }) as const;
  const fire = (caseId: string, clockId: string): Promise<CommandReply> => {
    const command = { type: "fire", clockId } as const;
    return clocks({
      caseId,
      opens: false,
      envelope: messageOf("agreement.fire", command, hubActor),
      command,
    });
  };
  return {
    counts,
    view,
    setTime: (ms) => {
      now = ms;
    },
    time: () => now,
    send: async ({ type, by, payload }) => {
      const reply = await handle(messageOf(type, payload, by));
      await settle();
      return reply;
    },
    nextTimer: () => timers.first() + lookMs,
    ring: async () => {
      const member = timers.pop();
      if (member === undefined) return;
      const [caseId = "", id = "", _kind, family] = member.split("|");
      const reply = await (family === undefined
        ? fire(caseId, id)
        : handle(messageOf(`${family}.ring`, { caseId, alarmId: id }, hubActor)));
      counts.rang += 1;
      await settle();
      if (reply.status === "accepted") return;
      counts.idle += 1;
      timers.again(member, now + againMs);
    },
    news: () => unread.splice(0),
    records: journal.records,
    ofCase: journal.ofCase,
    caseIds: journal.caseIds,
  };
};
