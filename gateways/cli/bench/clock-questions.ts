import type { Agreement } from "../../../contracts/agreement.ts";
import { agreements } from "../../../contracts/codes/agreements.ts";
import { CommandFailed } from "../failure.ts";
import { asker, askPayload } from "./messages.ts";

/** A clock of the bench is due so long after it began, and warns so long before. */
const limitMs = 72 * 3_600_000;
export const warningMs = 30 * 60_000;
const minuteMs = 60_000;

/**
 * The agreement on advice, with a time that is counted in minutes: working days all end at a closing time, and then nothing would be
 * spread.
 */
const benchAgreements: readonly Agreement[] = agreements
  .filter(({ id }) => id === "ADVICE-MSG")
  .map((agreement) => ({
    ...agreement,
    calendar: "clock",
    limit: { kind: "elapsed", minutes: limitMs / minuteMs },
    warnAt: { kind: "elapsed", minutes: (limitMs - warningMs) / minuteMs },
  }));

export type Plan = {
  clocks: number;
  /** Written before anything is planned, to know how long the rest will take: due late, whatever is planned. */
  early: number;
  /** Clocks that were late before the hub starts. */
  overdue: number;
  /** How many warn at one instant, each number at an instant of its own: where a day's promises end is closing time. */
  bursts: readonly number[];
  /** Over which time the others warn, from `from` on. */
  spreadMs: number;
};

/** A working day of three, over which a region's clocks are due; of few clocks so many that enough ring in what is measured. */
const longestSpreadMs = 24 * 3_600_000;
const leastASecond = 20;

export const planOf = (clocks: number): Plan => ({
  clocks,
  early: Math.min(2_000, Math.floor(clocks / 4)),
  overdue: Math.min(1_000, Math.floor(clocks / 20)),
  bursts: [1_000, 10_000].map((burst) => Math.min(burst, Math.floor(clocks / 4))),
  spreadMs: Math.min(longestSpreadMs, (clocks / leastASecond) * 1_000),
});

/** From when on the others warn, and when each burst is. */
export type Times = { fromMs: number; burstsMs: readonly number[] };

/** 0: one that was late before; from 1 on: of which burst; -1: one of those that are spread. */
const sortOf = (n: number, { clocks, overdue, bursts }: Plan): number =>
  [overdue, ...bursts].findIndex((share, sort) => share > 0 && n % Math.floor(clocks / share) === sort);

/** How many ring in each burst, of those that are written as planned. */
export const sizesOf = (plan: Plan): number[] => {
  const sizes = plan.bursts.map(() => 0);
  for (let n = plan.early; n < plan.clocks; n++) {
    const burst = sortOf(n, plan) - 1;
    if (burst >= 0) sizes[burst] = (sizes[burst] ?? 0) + 1;
  }
  return sizes;
};

/** When the nth clock is due, half an hour after its warning: each sort stands all through the journal, so that no part of it is warmer than another. */
export const dueOf = (n: number, plan: Plan, { fromMs, burstsMs }: Times): number => {
  const { clocks, spreadMs } = plan;
  const sort = sortOf(n, plan);
  if (sort === 0) return fromMs - spreadMs / 10 - ((n * 7_919) % 3_600) * 1_000;
  const burstMs = burstsMs[sort - 1];
  // The warning of each is what rings first: half an hour of them would be a backlog of its own, which is not what is measured.
  if (burstMs !== undefined) return burstMs + warningMs;
  return fromMs + warningMs + Math.floor((((n * 7_919) % clocks) * spreadMs) / clocks);
};

type Ask = (message: unknown) => Promise<{ status: string }>;

/** Asks the nth question, at the time from which on it is due as planned. */
export const askQuestion = async (
  at: (time: string, agreements: readonly Agreement[]) => Ask,
  n: number,
  dueMs: number,
): Promise<void> => {
  const time = new Date(dueMs - limitMs).toISOString();
  const messageId = `clock-${String(n)}`;
  const payload = askPayload(messageId);
  const envelope = { id: `ask:${messageId}`, type: "advice.ask", version: 1, time, sender: asker, payload };
  const { status } = await at(time, benchAgreements)(envelope);
  if (status !== "accepted") throw new CommandFailed(`A question was ${status}, so no clock runs for it.`);
};

const atOnce = 512;

/** Does something for each number from `from` up to, and not with, `to`, many at the same time. @returns how many a second */
export const forEachOf = async (
  { from, to }: { from: number; to: number },
  work: (n: number) => Promise<void>,
): Promise<number> => {
  const begun = performance.now();
  let next = from;
  const worker = async (): Promise<void> => {
    for (let n = next++; n < to; n = next++) await work(n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return ((to - from) * 1_000) / (performance.now() - begun);
};
