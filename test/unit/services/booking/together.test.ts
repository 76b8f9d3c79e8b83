import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import {
  type Act,
  comesToRest,
  createCourse,
  orderOf,
  type Rest,
  telling,
} from "../../../support/booking-course.ts";
import { agreeWhenQuiet, neverTooMany } from "../../../support/booking-laws.ts";
import { anyDraft, type Draft, type Fitting, published } from "../../../support/booking-orders.ts";
import { createPaperBook, type Wish } from "../../../support/booking-paper.ts";
import {
  type BookingWorld,
  createBookingWorld,
  type Death,
  type Order,
} from "../../../support/booking-world.ts";
import { local } from "../../../support/clock-given.ts";
import { howOften } from "../../../support/how-often.ts";

/** As many runs of each as `SEKTORBRO_BOOKING_RUNS` says, from `SEKTORBRO_BOOKING_SEED`: a run that failed is done again by it. */
const runs = howOften("SEKTORBRO_BOOKING_RUNS", { short: 40, long: 80 });
const seed = Number(process.env["SEKTORBRO_BOOKING_SEED"] ?? Date.now() % 1_000_000_000);
process.stderr.write(
  `slots and bookings together: ${String(runs)} runs, SEKTORBRO_BOOKING_SEED=${String(seed)}\n`,
);
const parameters = { numRuns: runs, seed };
/** A run takes some fiftieth of a second; shrinking one that fails, a minute. */
const timeout = 120_000 + runs * 200;

/** What happens at one moment, each in one of two processes; at the end of it one of them may be dead. */
type Turn = {
  minutes: number;
  acts: { act: Act; where: number }[];
  death: (Death & { where: number }) | undefined;
};

const where = fc.integer({ min: 0, max: 1 });
const minutes = fc.oneof(
  { weight: 20, arbitrary: fc.constant(0) },
  { weight: 10, arbitrary: fc.integer({ min: 1, max: 12 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30, max: 90 }) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 12, arbitrary: anyDraft.map((draft): Act => ({ do: "send", draft })) },
  { weight: 1, arbitrary: fc.nat(60).map((which): Act => ({ do: "again", which })) },
  { weight: 2, arbitrary: fc.constant<Act>({ do: "ring" }) },
  { weight: 1, arbitrary: fc.constant<Act>({ do: "takeUp" }) },
);
const turn: fc.Arbitrary<Turn> = fc.record({
  minutes,
  acts: fc.array(fc.record({ act, where }), { minLength: 1, maxLength: 3 }),
  death: fc.option(fc.record({ where, afterWrites: fc.integer({ min: 0, max: 4 }), stored: fc.boolean() }), {
    nil: undefined,
    freq: 2,
  }),
});
const turns = fc.array(turn, { minLength: 1, maxLength: 24, size: "max" });
const rest: fc.Arbitrary<Rest> = fc.record({
  minutes: fc.constantFrom(0, 1, 10, 60),
  alarmsFirst: fc.boolean(),
  outage: fc.boolean(),
});

describe("slots and bookings together", () => {
  it(
    "agree whenever nothing is under way, whoever asks at once, whatever is killed, and whoever takes up the rest",
    async () => {
      const property = fc.asyncProperty(
        fc.scheduler(),
        published,
        turns,
        rest,
        async (s, atFirst, moments, atRest) => {
          let racing = false;
          const world = createBookingWorld(() =>
            racing ? s.schedule(Promise.resolve()) : Promise.resolve(),
          );
          const course = createCourse(world);
          await telling(world, async () => {
            for (const order of atFirst) await course.sendOrder(order, 0);
            for (const moment of moments) {
              world.pass(moment.minutes);
              if (moment.death !== undefined) world.dieSoon(moment.death.where, moment.death);
              racing = true;
              await s.waitFor(Promise.all(moment.acts.map(course.doAct)));
              racing = false;
              world.buryTheDead();
              neverTooMany(world);
            }
            await comesToRest(world, course.sent, atRest);
          });
        },
      );
      await fc.assert(property, parameters);
    },
    timeout,
  );
});

/** The wish for a place that an order is, if it is one. */
const wishOf = (
  { type, by, payload }: Order,
  whereIs: (caseId: string) => string | undefined,
): Wish | undefined => {
  const named = payload as { caseId?: string; messageId?: string; slotId?: string };
  const caseId = named.caseId ?? caseIdFor(by, named.messageId ?? "");
  const accepts = type === "booking.book" || type === "booking.acceptOffer";
  const slotId = named.slotId ?? (accepts ? whereIs(caseId) : undefined);
  const limited = ["booking.hold", "booking.bookDirectly", "booking.choose"].includes(type);
  return slotId === undefined ? undefined : { caseId, slotId, limited };
};

const isOfSlot = (code: string): boolean => code === "given" || code.startsWith("slot-");

/** One order, answered as the book foretold; a refusal that is not the slot's is not its affair. */
const byTheBook = async (
  world: BookingWorld,
  { sent, sendOrder }: ReturnType<typeof createCourse>,
  { paper, draft }: { paper: ReturnType<typeof createPaperBook>; draft: Draft | Fitting },
): Promise<void> => {
  const order = orderOf(world, draft, sent.length);
  if (order === undefined) return;
  const now = Date.parse(world.now());
  const wish = wishOf(order, paper.whereIs);
  const foretold = wish && paper.foretell(wish, now);
  const outcome = await sendOrder(order, 0);
  if (typeof outcome !== "object" || !("duplicate" in outcome) || outcome.duplicate) return;
  const code = outcome.status === "refused" ? outcome.code : "given";
  if (foretold !== undefined && isOfSlot(code)) expect(code, order.type).toBe(foretold);
  paper.learn(order, outcome, { slotId: wish?.slotId, now });
};

describe("one order after the other", () => {
  it(
    "is answered as a receptionist with a paper book would, place by place",
    async () => {
      const orders = fc.array(fc.tuple(minutes, anyDraft), { minLength: 1, maxLength: 50, size: "max" });
      const property = fc.asyncProperty(published, orders, async (atFirst, drafts) => {
        const world = createBookingWorld();
        const course = createCourse(world);
        await telling(world, async () => {
          const paper = createPaperBook(Date.parse(local("2026-11-25 00:00")));
          for (const draft of atFirst) await byTheBook(world, course, { paper, draft });
          for (const [passed, draft] of drafts) {
            world.pass(passed);
            await world.ring(0);
            await byTheBook(world, course, { paper, draft });
            agreeWhenQuiet(world);
          }
          await comesToRest(world, course.sent, { minutes: 0, alarmsFirst: false, outage: false });
        });
      });
      await fc.assert(property, parameters);
    },
    timeout,
  );
});
