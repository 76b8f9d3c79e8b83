import { expect } from "vitest";
import { agreeWhenQuiet, neverTooMany, wholeRecords } from "./booking-laws.ts";
import {
  allBookings,
  bookAtOnce,
  type Draft,
  type Fitting,
  fittingDraft,
  slotIds,
} from "./booking-orders.ts";
import { believedPlace, slotBook, standings } from "./booking-reading.ts";
import type { BookingWorld, Order, Outcome } from "./booking-world.ts";
import { who } from "./region-view.ts";

export type Sent = { order: Order; outcome: Outcome };
export type Act =
  | { do: "send"; draft: Draft | Fitting }
  | { do: "again"; which: number }
  | { do: "ring" }
  | { do: "takeUp" };

/** The order as it is sent at this moment; its id is new, unless it is the one that its opening always has. */
export const orderOf = (world: BookingWorld, asked: Draft | Fitting, no: number): Order | undefined => {
  const draft = "type" in asked ? asked : fittingDraft(standings(world), asked);
  return draft === undefined ? undefined : { id: `${draft.by}:${String(no)}`, ...draft };
};

/** What is done in one world, and what was answered. */
export const createCourse = (world: BookingWorld) => {
  const sent: Sent[] = [];
  let count = 0;
  const sendOrder = async (order: Order, at: number): Promise<Outcome> => {
    const outcome = await world.send(at, order);
    sent.push({ order, outcome });
    return outcome;
  };
  const sendAny = (order: Order | undefined, at: number): Promise<unknown> =>
    order === undefined ? Promise.resolve() : sendOrder(order, at);
  return {
    sent,
    sendOrder,
    doAct: async ({ act, where }: { act: Act; where: number }): Promise<void> => {
      if (act.do === "ring") await world.ring(where);
      if (act.do === "takeUp") await world.takeUp(where);
      if (act.do === "again") await sendAny(sent[act.which % Math.max(1, sent.length)]?.order, where);
      if (act.do === "send") await sendAny(orderOf(world, act.draft, ++count), where);
    },
  };
};

/** Only what is in a record is an answer for ever. */
const isRecorded = (outcome: Outcome): outcome is Extract<Outcome, { status: string }> =>
  typeof outcome === "object" && "status" in outcome && "at" in outcome;
const plain = (outcome: Outcome): unknown =>
  isRecorded(outcome) && "duplicate" in outcome ? { ...outcome, duplicate: false } : outcome;

/** A command that was answered is answered so again, as a duplicate, and nothing more is written. */
const answersStand = async (world: BookingWorld, sent: readonly Sent[]): Promise<void> => {
  const written = world.records().length;
  for (const { order, outcome } of sent) {
    if (!isRecorded(outcome)) continue;
    const again = await world.send(1, order);
    expect(plain(again), "the answer to the same again").toEqual(plain(outcome));
    expect(again).toMatchObject({ duplicate: true });
  }
  expect(world.records().length, "records after what was said again").toBe(written);
};

/** Taken up once more, each step of each record is found done. */
const nothingIsDoneTwice = async (world: BookingWorld): Promise<void> => {
  const written = world.records().length;
  await world.takeUpAllAgain();
  expect(world.records().length, "records after all was taken up again").toBe(written);
};

/** Whatever place no booking has is free: it is given to others, one after the other, and no more than that. */
const restIsFree = async (world: BookingWorld): Promise<void> => {
  // Who asks now has a need of today, and may book until tomorrow: not the last slot.
  for (const [i, slotId] of slotIds.slice(0, 3).entries()) {
    const records = world.records(slotId);
    const { places, open, start } = slotBook(records);
    if (start === undefined || open !== "published" || start <= world.now()) continue;
    const taken = allBookings.filter((id) => believedPlace(world.records(id))?.slotId === slotId).length;
    let got = 0;
    for (let n = 0; n <= places; n++) {
      const order = bookAtOnce(who.practice, `rest-${String(i)}-${String(n)}`, slotId);
      const outcome = await world.send(0, order);
      if (typeof outcome === "object" && "status" in outcome && outcome.status === "accepted") got += 1;
    }
    expect(got, "places that no booking has").toBe(places - taken);
  }
};

/**
 * How long the hub was away before it came back, whether alarms ring before anything is taken up, and whether the journal fails
 * the first step that is.
 */
export type Rest = { minutes: number; alarmsFirst: boolean; outage: boolean };

/** The end of any course: all that was left undone is done, and everything must agree. */
export const comesToRest = async (
  world: BookingWorld,
  sent: readonly Sent[],
  { minutes, ...how }: Rest,
): Promise<void> => {
  world.pass(minutes);
  await world.settle(how);
  agreeWhenQuiet(world);
  await nothingIsDoneTwice(world);
  await answersStand(world, sent);
  await restIsFree(world);
  agreeWhenQuiet(world);
  wholeRecords(world);
  neverTooMany(world);
};

/** What happened, a line a record, so that a course that failed can be read. */
const story = (world: BookingWorld): string =>
  world
    .records()
    .map(({ caseId, meta, facts }) => {
      const what = facts.map((fact) => ("wish" in fact ? `${fact.type} ${String(fact.wish)}` : fact.type));
      const came = meta.outcome === "refused" ? (meta.refusal ?? "") : what.join(", ");
      return `${meta.at.slice(11, 16)} ${caseId.slice(0, 4)} ${meta.commandType} ${came}`;
    })
    .join("\n");

/** Tells the story of a course that fails. */
export const telling = async (world: BookingWorld, course: () => Promise<void>): Promise<void> => {
  try {
    await course();
  } catch (error) {
    const what = error instanceof Error ? error.message : "";
    throw new Error(`${what}\n${story(world)}`, { cause: error });
  }
};
