import type { CommandReply } from "../../contracts/envelope.ts";
import { Fault } from "../../contracts/errors.ts";
import type { BookingFact } from "../../contracts/messages/booking.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { caseIdFor } from "../../infra/ids.ts";
import { createContinuation, graceMs } from "../../services/booking/continuation.ts";
import { nextSteps } from "../../services/booking/core/continue.ts";
import { bookingRules } from "../../services/booking/core/rules.ts";
import { type BookingHandler, createBookingHandler } from "../../services/booking/handler.ts";
import { createUnfinished } from "../../services/booking/unfinished.ts";
import type { CasePorts } from "../../services/case/case-handler.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import { hubActor } from "../../services/case/core.ts";
import { createTestCases, type TestCases } from "./case-given.ts";

/** One command as somebody sends it. */
export type Order = { type: string; by: string; id: string; payload: object };
/** A process is killed at one of its next writes: before it, or when it is stored and nobody was told. */
export type Death = { afterWrites: number; stored: boolean };

/** What a process that was killed comes to, whatever it was about. No fault: nothing that it does may go on. */
const killed = new Error("The process was killed.");

type Shared = {
  cases: TestCases;
  /** What was written so far, in order. */
  written: CaseRecord<BookingFact>[];
  positions: Map<string, number>;
  nowMs: () => number;
};

/** How often the kernel tries one write before it gives up. */
const kernelTries = 8;

/** The journal is several streams, and a slot and its booking are seldom in the same one. */
const streamOf = ({ caseId }: CaseRecord): string => (/[0-7]$/.test(caseId) ? "one" : "other");

/** A record as it is read back. */
const readBack = (record: CaseRecord): CaseRecord<BookingFact> =>
  JSON.parse(JSON.stringify(record)) as CaseRecord<BookingFact>;

const mortalPorts = ({ cases, written }: Shared) => {
  let alive = true;
  let death: Death | undefined;
  let failing = 0;
  const living = (): void => {
    if (!alive) throw killed;
  };
  const ports: CasePorts = {
    ...cases.ports,
    append: async (record, expectedSeq) => {
      living();
      if (failing > 0) {
        failing -= 1;
        throw new Fault("journal-unavailable");
      }
      const dies = death?.afterWrites === 0 ? death : undefined;
      if (death !== undefined && dies === undefined) death = { ...death, afterWrites: death.afterWrites - 1 };
      if (dies?.stored === false) alive = false;
      living();
      const appended = await cases.ports.append(record, expectedSeq);
      if (appended.kind === "appended") written.push(readBack(record));
      if (dies !== undefined) alive = false;
      living();
      return appended;
    },
    load: async (caseId, family) => {
      living();
      const found = await cases.ports.load(caseId, family);
      living();
      return found;
    },
  };
  return {
    ports,
    isAlive: () => alive,
    dieSoon: (coming: Death) => {
      death = coming;
    },
    die: () => {
      alive = false;
    },
    /** The next so many writes fail, and are not made. */
    failWrites: (count: number) => {
      failing = count;
    },
  };
};

/** One process of the hub: the real handler, the real continuation, and the memory that it loses when it is killed. */
const createProcess = (shared: Shared) => {
  const mortal = mortalPorts(shared);
  const handler: BookingHandler = createBookingHandler({ ...mortal.ports, caseIdFor, rules: bookingRules });
  const unfinished = createUnfinished();
  const reached = new Map(shared.positions);
  const go = createContinuation(unfinished, {
    carryOn: handler.carryOn,
    nowMs: shared.nowMs,
    log: { warn: () => undefined },
  });
  // Read as if it were old: a booker's own process may be slower than the grace that it is given.
  const readStream = (stream: string, records: readonly CaseRecord[]): void => {
    const from = reached.get(stream) ?? 0;
    if (records.length <= from) return;
    records.slice(from).forEach((record, i) => {
      unfinished.read({ stream, seq: from + i + 1 }, record, shared.nowMs() - graceMs);
    });
    reached.set(stream, records.length);
    shared.positions.set(stream, unfinished.doneUpTo(stream));
  };
  const takeUp = async (): Promise<number> => {
    const records = shared.written;
    for (const stream of ["one", "other"])
      readStream(
        stream,
        records.filter((record) => streamOf(record) === stream),
      );
    return await go();
  };
  return {
    ...mortal,
    handler,
    takeUp,
    left: () => unfinished.dueBy(shared.nowMs()).length,
    /** The first step that is taken up fails, however often it is tried; what comes after it does not. */
    takeUpWhileJournalFails: async (): Promise<void> => {
      mortal.failWrites(kernelTries);
      await takeUp();
      mortal.failWrites(0);
    },
  };
};

const attempt = async (work: Promise<CommandReply>): Promise<CommandReply | Fault | "killed"> => {
  try {
    return await work;
  } catch (error) {
    if (error === killed) return "killed";
    if (error instanceof Fault) return error;
    throw error;
  }
};
export type Outcome = Awaited<ReturnType<typeof attempt>>;

const envelopeOf = ({ type, by, id, payload }: Order, nowMs: number): object => ({
  id,
  type,
  version: 1,
  time: new Date(nowMs).toISOString(),
  sender: by,
  payload,
});

/** The alarms that are set, as the index of the timers has them. */
const alarmsOf = (records: readonly CaseRecord[]): { caseId: string; alarmId: string; due: string }[] => {
  const alarms = new Map<string, { caseId: string; alarmId: string; due: string }>();
  for (const { caseId, alarms: changes = [] } of records)
    for (const change of changes) {
      const key = `${caseId}|${change.alarmId}`;
      if (change.change === "cleared") alarms.delete(key);
      else alarms.set(key, { caseId, alarmId: change.alarmId, due: change.at });
    }
  return [...alarms.values()];
};

/** Rounds after which nothing may be left to do: an alarm sets off steps, and these may set off others. */
const patience = 20;

/**
 * The booking service as it runs: two processes on one journal in memory, a clock that is moved, alarms that ring when they
 * are due, processes that are killed and started anew. `schedule` is awaited at each look and each write.
 */
export const createBookingWorld = (schedule: () => Promise<unknown> = () => Promise.resolve()) => {
  const cases = createTestCases({ step: schedule });
  let ms = Date.parse(cases.ports.now());
  const written: CaseRecord<BookingFact>[] = [];
  const shared: Shared = { cases, written, positions: new Map(), nowMs: () => ms };
  let rings = 0;
  const processes = [createProcess(shared), createProcess(shared)];
  const at = (i: number) => processes[i % 2] ?? createProcess(shared);
  const records = (caseId?: string): CaseRecord<BookingFact>[] =>
    written.filter((record) => caseId === undefined || record.caseId === caseId);
  const send = (i: number, order: Order): Promise<Outcome> =>
    attempt(at(i).handler.handle(envelopeOf(order, ms)));
  const dueAlarms = (): Order[] =>
    alarmsOf(records())
      .filter(({ due }) => Date.parse(due) <= ms)
      .map(({ caseId, alarmId }) => ({
        type: "booking.ring",
        by: hubActor,
        id: `ring-${String(++rings)}`,
        payload: { caseId, alarmId },
      }));
  const ring = async (i: number): Promise<number> => {
    const due = dueAlarms();
    for (const order of due) await send(i, order);
    return due.length;
  };
  const restart = (i: number): void => {
    at(i).die();
    processes[i % 2] = createProcess(shared);
  };
  return {
    records,
    send,
    ring,
    restart,
    now: (): string => new Date(ms).toISOString(),
    pass: (minutes: number): void => {
      ms += minutes * 60_000;
      cases.at(localDateTimeOf(new Date(ms).toISOString()).replace("T", " "));
    },
    dieSoon: (i: number, death: Death): void => {
      at(i).dieSoon(death);
    },
    buryTheDead: (): void => {
      processes.forEach((one, i) => {
        if (!one.isAlive()) restart(i);
      });
    },
    takeUp: (i: number): Promise<number> => at(i).takeUp(),
    /**
     * Every process starts anew and does all that is left to do. Which comes first, alarms that were due meanwhile or steps that
     * were left undone, nobody can say.
     */
    settle: async ({ alarmsFirst, outage }: { alarmsFirst: boolean; outage: boolean }): Promise<void> => {
      restart(0);
      restart(1);
      if (alarmsFirst) await ring(0);
      if (outage) await at(0).takeUpWhileJournalFails();
      // After a fault the same process must find by itself what it owes: no other reads the journal anew.
      const working = outage ? processes.slice(0, 1) : processes;
      for (let round = 0; round < patience; round++) {
        const before = records().length;
        await working[round % working.length]?.takeUp();
        const rang = await ring(round % working.length);
        if (rang === 0 && records().length === before && working.every((one) => one.left() === 0)) return;
      }
      throw new Error("There is always something left to do.");
    },
    /** Does every step of every record once more, as if a process had read the whole journal and knew nothing. */
    takeUpAllAgain: async (): Promise<void> => {
      const { handler } = createProcess(shared);
      for (const record of records())
        for (const step of nextSteps(record)) await handler.carryOn(step, record);
    },
  };
};
export type BookingWorld = ReturnType<typeof createBookingWorld>;
