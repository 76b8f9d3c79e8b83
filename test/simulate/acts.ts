import { InboxPage } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { DeliveryInRecord } from "../../gateways/http/query-answer.ts";
import { askServices } from "../../infra/nats/ask-services.ts";
import { document, next, opening, placing } from "./orders.ts";
import { type Manner, manners } from "./partner.ts";
import { ask, journalOf, killAndStart, type Play, pass, sendNow, within } from "./play.ts";
import { who } from "./region.ts";
import type { Step } from "./script.ts";
import { calm } from "./world.ts";

const dayMs = 24 * 3_600_000;

const recordsOf = (play: Play): CaseRecord[] => journalOf(play).map(({ record }) => record);

const openedIn = (play: Play): CaseRecord[] => recordsOf(play).filter(({ meta }) => meta.no === 1);

const partiesOf = (play: Play, caseId: string): string[] => [
  ...new Set(
    recordsOf(play)
      .filter((record) => record.caseId === caseId)
      .flatMap(({ meta }) => meta.parties ?? []),
  ),
];

const newNumber = (play: Play): number => ++play.numbers;

/** A system looks into its inbox, takes one document out, and has it printed in its own standard. */
const visit = async (play: Play, n: number): Promise<void> => {
  const owed = recordsOf(play).flatMap(({ deliveries }) =>
    deliveries.flatMap((one) => (one.change === "owed" && one.to !== who.pushed ? [one.to] : [])),
  );
  const by = owed[n % Math.max(1, owed.length)] ?? who.practice;
  await within(play, async (platform) => {
    const services = askServices(platform);
    const page = await services.query("worklist.inbox", by, { gln: by });
    const items = page.status === "ok" ? InboxPage.parse(page.value).items : [];
    const item = items[n % Math.max(1, items.length)];
    if (item === undefined) return;
    const { deliveryId, standard } = item;
    const found = await services.query("worklist.delivery", by, { gln: by, deliveryId });
    if (found.status !== "ok") return;
    const { record, sending } = DeliveryInRecord.parse(found.value);
    const order = { record, deliveryId };
    if (standard !== "json")
      await services.print(standard, { ...order, ...(sending === undefined ? {} : { sending }) });
    play.fetched.push({ deliveryId, by });
    play.world.scheduler.count(`fetched ${standard}`);
    await sendNow(play, platform, {
      kind: "command",
      id: `fetched:${deliveryId}${sending === undefined || sending.no === 1 ? "" : `:${String(sending.no)}`}`,
      type: "delivery.markFetched",
      sender: by,
      payload: { deliveryId },
    });
  });
};

const settle = async (play: Play, n: number): Promise<void> => {
  const one = play.fetched[n % Math.max(1, play.fetched.length)];
  if (one === undefined) return;
  const negative = n % 4 === 0;
  await ask(play, {
    kind: "command",
    id: `receipt:${one.deliveryId}:${negative ? "no" : "yes"}`,
    type: "delivery.settle",
    sender: one.by,
    payload: negative
      ? { deliveryId: one.deliveryId, outcome: "negative", code: "ukendt-patient", text: "Kendes ikke." }
      : { deliveryId: one.deliveryId, outcome: "positive" },
  });
};

const again = async (play: Play, n: number): Promise<void> => {
  const all = [...play.sent.values()];
  const one = all[n % Math.max(1, all.length)];
  if (one === undefined) return;
  play.world.scheduler.count("sent again");
  await ask(play, one.order);
};

/** The id of a message that was sent, with other content: never a duplicate. */
const forge = async (play: Play, n: number): Promise<void> => {
  const all = [...play.sent.values()].filter(
    ({ order, answers: [first] }) =>
      order.kind === "command" &&
      order.type.startsWith("advice.") &&
      first?.kind === "command" &&
      first.reply.status === "accepted",
  );
  const order = all[n % Math.max(1, all.length)]?.order;
  if (order?.kind !== "command") return;
  const payload = { ...(order.payload as object), subject: "Et andet", text: "Et andet", reason: "En anden" };
  await within(play, async (platform) => {
    const time = platform.effects.now();
    const reply = await askServices(platform).command({ ...order, version: 1, time, payload });
    play.world.scheduler.note(`forged ${order.id} ${JSON.stringify(reply)}`);
    if (reply.status === "accepted")
      play.world.bugs.push(`${order.id} was accepted with other content than it had before`);
    play.world.scheduler.count("forged");
  });
};

export const setPause = async (play: Play, paused: boolean): Promise<void> => {
  const done = await within(play, async (platform) => {
    const id = `pause-${String(newNumber(play))}`;
    const type = paused ? "delivery.pauseReceiver" : "delivery.resumeReceiver";
    const time = platform.effects.now();
    const payload = { gln: who.pushed };
    const reply = await askServices(platform).command({
      id,
      type,
      version: 1,
      time,
      sender: "operator",
      payload,
    });
    if (reply.status === "accepted") play.paused = paused;
  });
  if (done) play.world.scheduler.count(paused ? "paused" : "resumed");
};

/** Longer than a claim is held, and than a server waits for what it gave out. */
const waits: readonly number[] = [50, 400, 2_200, 6_000, 11_000];
const jumps: readonly number[] = [
  ...[60_000, 30 * 60_000, 3 * 3_600_000],
  ...[dayMs, 3 * dayMs, 30 * dayMs, 200 * dayMs, 366 * dayMs],
];

/** Half an hour before the clocks are changed on the last Sunday of a month (1 is January). */
const lastSunday = (year: number, month: number): number => {
  const last = Date.UTC(year, month, 0, 0, 30);
  return last - new Date(last).getUTCDay() * dayMs;
};

/** Where the calendar has its edges: summer time begins and ends, the closing days of Christmas, the turn of the year. */
const edgesOf = (year: number): number[] => [
  lastSunday(year, 3),
  lastSunday(year, 10),
  Date.UTC(year, 11, 23, 14, 30),
  Date.UTC(year, 11, 31, 22, 30),
];

/** A while, or up to one of the calendar's next edges. */
const jumpOf = (nowMs: number, n: number): number => {
  const year = new Date(nowMs).getUTCFullYear();
  const edges = [...edgesOf(year), ...edgesOf(year + 1)].filter((at) => at > nowMs).slice(0, 4);
  const ways = [...jumps, ...edges.map((at) => at - nowMs)];
  return ways[n % ways.length] ?? 0;
};

const placeIn = async (play: Play, n: number): Promise<void> => {
  const slots = openedIn(play).filter(({ facts }) => facts[0]?.type === "SlotPublished");
  const slot = slots[n % Math.max(1, slots.length)];
  if (slot === undefined) return;
  const nowMs = play.world.calendarMs();
  await ask(play, placing(newNumber(play), { slotId: slot.caseId, direct: n % 3 === 0, nowMs }));
};

const nextIn = async (play: Play, n: number): Promise<void> => {
  const cases = openedIn(play);
  const record = cases[n % Math.max(1, cases.length)];
  if (record === undefined) return;
  const parties = partiesOf(play, record.caseId);
  const at = { which: Math.floor(n / 7), parties, nowMs: play.world.calendarMs() };
  const order = next(newNumber(play), record, at);
  if (order !== undefined) await ask(play, order);
};

export const acts: Record<Step["do"], (play: Play, n: number) => Promise<void> | void> = {
  open: (play, n) => ask(play, opening(newNumber(play), { which: n, nowMs: play.world.calendarMs() })),
  place: placeIn,
  next: nextIn,
  document: (play, n) => ask(play, document(newNumber(play), { which: n, nowMs: play.world.calendarMs() })),
  again,
  forge,
  visit,
  settle,
  pause: (play, n) => setPause(play, n % 2 === 0),
  partner: ({ partner }, n) => {
    partner.behave(manners[n % manners.length] as Manner);
  },
  kill: killAndStart,
  cut: ({ world, life }) => {
    world.scheduler.count("cut off");
    world.network.cut(life.owner);
  },
  server: ({ world }) => {
    world.scheduler.count("server restarted");
    world.restartServer();
  },
  index: ({ world }, n) => {
    world.scheduler.count("index away");
    world.redis.setUp(n % 2 === 0);
  },
  wipe: ({ world }) => {
    world.scheduler.count("index emptied");
    world.redis.store.wipe();
  },
  jump: ({ world }, n) => {
    world.scheduler.count("calendar jumped");
    world.jump(jumpOf(world.calendarMs(), n));
  },
  weather: ({ world }, n) => {
    world.weather(n % 2 === 0 ? calm : { slow: 0.1, store: n % 4 === 1 ? 0.2 : 0, index: 0.03 });
  },
  wait: (play, n) => pass(play, waits[n % waits.length] ?? 0),
};
