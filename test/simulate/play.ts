import { Fault } from "../../contracts/errors.ts";
import { type CaseRecord, caseRecordFrom } from "../../contracts/record.ts";
import type { Platform } from "../../infra/platform.ts";
import type { JournalLine } from "../support/journal-audit.ts";
import { kill, type Life, startLife } from "./hub.ts";
import type { Order } from "./orders.ts";
import type { Partner } from "./partner.ts";
import { isFailure, type Sent, send } from "./sender.ts";
import type { World } from "./world.ts";

/** A history while it is lived through. */
export type Play = {
  world: World;
  life: Life;
  lives: number;
  sent: Map<string, Sent>;
  numbers: number;
  partner: Partner;
  /** Documents that somebody took out of an inbox, and may say what became of. */
  fetched: { deliveryId: string; by: string }[];
  paused: boolean;
};

const read = new WeakMap<Buffer, CaseRecord>();
const recordOf = (data: Buffer): CaseRecord => {
  const record = read.get(data) ?? caseRecordFrom(data.toString("utf8"));
  read.set(data, record);
  return record;
};

/** Every record of the journal, stream by stream, as the server keeps it. */
export const journalOf = ({ world }: Pick<Play, "world">): JournalLine[] =>
  [...world.server().streams()].flatMap(([stream, { messages }]) =>
    stream.startsWith("JOURNAL_")
      ? [...messages.values()].map(({ seq, subject, data }) => ({
          stream,
          seq,
          subject,
          record: recordOf(data),
        }))
      : [],
  );

export const run = async ({ world: { scheduler } }: Pick<Play, "world">, ms: number): Promise<void> => {
  const until = scheduler.nowMs() + ms;
  while (await scheduler.step(until));
};

export const settleMs = 150;

/** Time goes by at once, and whatever that sets off happens. */
export const pass = async (play: Pick<Play, "world">, ms: number): Promise<void> => {
  play.world.scheduler.leap(ms);
  await run(play, settleMs);
};

/** Somebody outside has the hub do something, and does not wait for it here. */
export const within = async (
  { world, life }: Play,
  work: (platform: Platform) => Promise<void>,
): Promise<boolean> => {
  const { platform } = life;
  if (platform === undefined) return false;
  await world.scheduler.drain(life.owner, () => {
    work(platform).catch((error: unknown) => {
      if (error instanceof Fault) world.scheduler.count(`fault ${error.code}`);
      else world.bugs.push(`a question failed: ${String(error)}`);
    });
  });
  return true;
};

const sentOf = ({ sent, world }: Play, order: Order): Sent => {
  const known = sent.get(order.id);
  if (known !== undefined) return known;
  const one = { order, sentMs: world.calendarMs(), answers: [], failures: [], tries: 0 };
  sent.set(order.id, one);
  return one;
};

export const sendNow = async (play: Play, platform: Platform, order: Order): Promise<void> => {
  const { scheduler } = play.world;
  const one = sentOf(play, order);
  one.tries += 1;
  scheduler.count("sent");
  const answer = await send(platform, order).catch((error: unknown) => {
    if (!(error instanceof Fault)) throw error;
    one.failures.push(error.code);
    scheduler.count(`fault ${error.code}`);
    return undefined;
  });
  if (answer === undefined) return;
  if (isFailure(answer)) one.failures.push("failed");
  else one.answers.push(answer);
  scheduler.note(`answer to ${order.id} ${JSON.stringify(answer)}`);
};

export const ask = async (play: Play, order: Order): Promise<void> => {
  sentOf(play, order);
  const heard = await within(play, (platform) => sendNow(play, platform, order));
  if (!heard) play.world.scheduler.count("nobody there");
};

const startAnew = async (play: Play): Promise<void> => {
  play.lives += 1;
  play.life = await startLife(play.world, play.lives);
};

export const killAndStart = async (play: Play): Promise<void> => {
  kill(play.world, play.life);
  await startAnew(play);
};
