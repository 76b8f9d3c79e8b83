import { describe, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { comesToRest, createCourse, type Rest, telling } from "../../../support/booking-course.ts";
import { gp, otherGp, visitation } from "../../../support/booking-given.ts";
import {
  bookAtOnce,
  type Draft,
  holdPlace,
  publishing,
  requestSlot,
  slotIds,
} from "../../../support/booking-orders.ts";
import { createBookingWorld, type Death } from "../../../support/booking-world.ts";

const [slotId = "", elsewhere = ""] = slotIds;
const caseId = caseIdFor(gp, "B-1");

const booker = (verb: string, more: object = {}): Draft => ({
  type: `booking.${verb}`,
  by: gp,
  payload: { caseId, ...more },
});
const onSlot = (verb: string, more: object, of = slotId): Draft => ({
  type: `booking.${verb}`,
  by: visitation,
  payload: { caseId: of, ...more },
});

const hold = holdPlace(gp, "B-1", slotId);
const bookNow = bookAtOnce(gp, "B-1", slotId);
const request = requestSlot(gp, "B-1", visitation);
const offer: Draft = { type: "booking.offer", by: visitation, payload: { caseId, slotId } };
const moved = onSlot("changeSlot", { place: "Indgang 8" });
const cancelled = onSlot("cancelSlot", { reason: "Sygdom" });

/** What a process was about when it was killed, after what had gone before. `ring`: alarms that were due in ten minutes. */
const cutOff: Record<string, { before: Draft[]; order: Draft | "ring" }> = {
  "a hold": { before: [], order: hold },
  "a booking at once": { before: [], order: bookNow },
  "the booking of what is held": { before: [hold], order: booker("book") },
  "the release of what is held": { before: [hold], order: booker("release") },
  "the release of what is booked": { before: [bookNow], order: booker("release") },
  "an offer": { before: [request], order: offer },
  "the acceptance of an offer": { before: [request, offer], order: booker("acceptOffer") },
  "the refusal of an offer": { before: [request, offer], order: booker("declineOffer", { reason: "Nej" }) },
  "a choice after a loss": {
    before: [holdPlace(gp, "B-1", elsewhere), onSlot("cancelSlot", { reason: "Sygdom" }, elsewhere)],
    order: booker("choose", { slotId }),
  },
  "another room for what is booked": { before: [bookNow], order: moved },
  "the cancellation of what is held": { before: [hold], order: cancelled },
  "the cancellation of what is booked": { before: [bookNow], order: cancelled },
  "the end of a hold": { before: [hold], order: "ring" },
  "the end of an offer": { before: [request, offer], order: "ring" },
};

type Then = { orders?: Draft[]; minutes?: number; again?: boolean };
/** What happens then in another process, before anything is taken up. */
const then: Record<string, Then> = {
  "nothing happens": {},
  "the same is sent again": { again: true },
  "ten minutes pass": { minutes: 10 },
  "an hour passes": { minutes: 60 },
  "the slot begins and ends": { minutes: 140 },
  "the slot is cancelled": { orders: [cancelled] },
  "the room is changed": { orders: [onSlot("changeSlot", { place: "Indgang 9" })] },
  "the room is changed, and the slot cancelled": {
    orders: [onSlot("changeSlot", { place: "Indgang 9" }), cancelled],
  },
  "somebody else asks for the place": { orders: [bookAtOnce(otherGp, "B-1", slotId)] },
  "its booker lets go of it": { orders: [booker("release")] },
  "its booker books it": { orders: [booker("book")] },
  "it is offered anew": { orders: [offer] },
};

/** Killed between two writes: no order makes more than three. */
const deaths: Death[] = [1, 2].map((afterWrites) => ({ afterWrites, stored: false }));
const rests: Rest[] = [
  { minutes: 0, alarmsFirst: false, outage: false },
  { minutes: 0, alarmsFirst: true, outage: true },
];

type Case = { before: Draft[]; order: Draft | "ring"; next: Then; death: Death; rest: Rest };
type Course = ReturnType<typeof createCourse>;

const send = ({ doAct }: Course, draft: Draft, where: number): Promise<void> =>
  doAct({ act: { do: "send", draft }, where });

const goOn = async (course: Course, { orders = [], again = false }: Then): Promise<void> => {
  const said = course.sent.at(-1)?.order;
  if (again && said !== undefined) await course.sendOrder(said, 1);
  for (const one of orders) await send(course, one, 1);
};

const run = async ({ before, order, next, death, rest }: Case): Promise<void> => {
  const world = createBookingWorld();
  const course = createCourse(world);
  await telling(world, async () => {
    for (const one of [...publishing, ...before]) await send(course, one, 0);
    if (order === "ring") world.pass(60);
    world.dieSoon(0, death);
    if (order === "ring") await world.ring(0);
    else await send(course, order, 0);
    world.restart(0);
    world.pass(next.minutes ?? 0);
    await goOn(course, next);
    await comesToRest(world, course.sent, rest);
  });
};

describe.each(Object.entries(cutOff))(
  "%s, cut off between any two of its writes",
  (_what, { before, order }) => {
    it.each(Object.entries(then))(
      "while %s leaves all in agreement as soon as it is taken up",
      async (_then, next) => {
        for (const death of deaths) for (const rest of rests) await run({ before, order, next, death, rest });
      },
    );
  },
);
