/**
 * A year of a region: every case of every family lived through by the cores and the case handler of the product, in the order of
 * time, with the timers of the hub. Nothing of it is drawn from real messages.
 */
import type { CaseRecord } from "../../../contracts/record.ts";
import { arrivals, datesOf, msAt } from "./days.ts";
import { createHeap, type Heap } from "./heap.ts";
import { createYearHub, type YearHub } from "./hub.ts";
import * as advice from "./lives/advice.ts";
import * as booking from "./lives/booking.ts";
import { delivery, owedIn } from "./lives/delivery.ts";
import * as discharge from "./lives/discharge.ts";
import * as municipal from "./lives/municipal.ts";
import { observation } from "./lives/observation.ts";
import * as referral from "./lives/referral.ts";
import { createRandom, type Random } from "./random.ts";
import { createYearRegion, type YearRegion } from "./region.ts";
import { type Kind, kinds, type Profile, perCitizen, regionCitizens } from "./volumes.ts";
import type { Life, Scene, World } from "./world.ts";

const lifeOf: Readonly<Record<Kind, { live: (scene: Scene) => Life; profile: Profile }>> = {
  specialistAdvice: { live: advice.specialistAdvice, profile: "office" },
  correspondence: { live: advice.correspondence, profile: "office" },
  hospitalReferral: { live: referral.hospitalReferral, profile: "office" },
  imagingReferral: { live: referral.imagingReferral, profile: "office" },
  psychiatryReferral: { live: referral.psychiatryReferral, profile: "office" },
  cancerReferral: { live: referral.cancerReferral, profile: "office" },
  preventionReferral: { live: municipal.preventionReferral, profile: "office" },
  acuteTeamReferral: { live: municipal.acuteTeamReferral, profile: "always" },
  stay: { live: discharge.stay, profile: "always" },
  outpatientSummary: { live: discharge.outpatientSummary, profile: "office" },
  observation: { live: observation, profile: "always" },
  slotBookedDirectly: { live: booking.slotBookedDirectly, profile: "office" },
  slotRequested: { live: booking.slotRequested, profile: "office" },
};

export type YearOptions = {
  year: number;
  /** Of a region of 1.3 million citizens: 0.001 is 1,300 of them. */
  share: number;
  seed: string;
  onBegin?: (hub: YearHub) => void;
  /** Each record once, in the order of writing. */
  onRecord?: (record: CaseRecord) => unknown;
  /** Once a simulated day. */
  onDay?: (date: string) => void;
};

export type LivedYear = {
  hub: YearHub;
  region: YearRegion;
  citizens: number;
  /** Cases that were begun, by kind. */
  begun: Record<Kind, number>;
  /** When it ended: the first instant of the next year, UTC. */
  end: string;
};

const sizeOf = (share: number) => ({
  practices: Math.max(10, Math.min(400, Math.round(400 * Math.sqrt(share)))),
  municipalities: Math.max(4, Math.min(19, Math.round(19 * Math.sqrt(share * 4)))),
  hospitals: Math.max(2, Math.min(5, Math.round(5 * Math.sqrt(share * 8)))),
});

type Stage = { world: World; random: Random; waiting: Heap<() => Promise<void>> };

/** Lets a life go on from now: it waits until each moment that it yields. */
const follow = ({ world: { hub }, waiting }: Stage, life: Life): void => {
  const step = async (): Promise<void> => {
    const next = await life.next();
    if (next.done !== true) waiting.push(Math.max(next.value, hub.time()), step);
  };
  waiting.push(hub.time(), step);
};

/** Every case of the year waits for its moment. */
const bringForth = (stage: Stage, dates: readonly string[], begun: Record<Kind, number>): void => {
  const { world, random, waiting } = stage;
  for (const kind of kinds) {
    const { live, profile } = lifeOf[kind];
    const count = Math.round(world.citizens * perCitizen[kind]);
    const times = arrivals(dates, profile, { count, random: random.fork(kind) });
    for (const [n, at] of times.entries()) {
      const id = `${kind}-${String(n)}`;
      waiting.push(at, () => {
        begun[kind] += 1;
        follow(stage, live({ ...world, id, random: random.fork(id) }));
        return Promise.resolve();
      });
    }
  }
};

/** What a record sets off outside the hub: systems fetch their documents. */
const goOut = (stage: Stage, record: CaseRecord): void => {
  const { world, random } = stage;
  for (const owed of owedIn(record)) {
    const id = owed.deliveryId;
    const chance = random.fork(`${id}@${String(world.hub.time())}`);
    follow(stage, delivery({ ...world, id, random: chance }, owed));
  }
};

/** Whatever comes first, a life or a timer, until there is nothing more before the end. */
const runUntil = async (stage: Stage, end: number, onRecord: YearOptions["onRecord"]): Promise<void> => {
  const { waiting } = stage;
  const { hub } = stage.world;
  for (;;) {
    const at = Math.min(waiting.first(), hub.nextTimer());
    if (at >= end) return;
    hub.setTime(at);
    if (waiting.first() <= hub.nextTimer()) await waiting.pop()?.one();
    else await hub.ring();
    for (const record of hub.news()) {
      await onRecord?.(record);
      goOut(stage, record);
    }
  }
};

export const liveAYear = async ({
  year,
  share,
  seed,
  onBegin,
  onRecord,
  onDay,
}: YearOptions): Promise<LivedYear> => {
  const random = createRandom(seed);
  const region = createYearRegion(sizeOf(share), random.fork("region"));
  const hub = createYearHub(region);
  onBegin?.(hub);
  const citizens = Math.round(regionCitizens * share);
  const dates = datesOf(year);
  const begun = Object.fromEntries(kinds.map((kind) => [kind, 0])) as Record<Kind, number>;
  const stage: Stage = { world: { hub, region, citizens, slots: [] }, random, waiting: createHeap() };
  bringForth(stage, dates, begun);
  for (const { visitation: id } of region.hospitals)
    follow(stage, booking.publishing({ ...stage.world, id, random: random.fork(id) }, dates, id));
  for (const date of dates)
    stage.waiting.push(msAt(date, "00:00"), () => {
      onDay?.(date);
      return Promise.resolve();
    });
  const end = msAt(`${String(year + 1)}-01-01`, "00:00");
  await runUntil(stage, end, onRecord);
  hub.setTime(end);
  return { hub, region, citizens, begun, end: new Date(end).toISOString() };
};
