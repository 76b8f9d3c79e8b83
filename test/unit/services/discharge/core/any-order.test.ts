import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { DischargeFact } from "../../../../../contracts/messages/discharge-facts.ts";
import { StayEventKind } from "../../../../../contracts/messages/discharge-stay.ts";
import { isOpenClock } from "../../../../../services/case/clock-book.ts";
import { practiceShift, responsibleFor } from "../../../../../services/discharge/core/responsible.ts";
import { isOpen } from "../../../../../services/discharge/core/state.ts";
import {
  assess,
  cancel,
  consent,
  correct,
  hubAsks,
  marked,
  notify,
  on,
  onCase,
  parties,
  type Run,
  run,
  runAsked,
  runOn,
  summary,
} from "../../../../support/discharge-given.ts";
import { who } from "../../../../support/region-view.ts";

const { hospital, practice, municipality, ward, otherWard } = parties;
const hour = 3_600_000;
const start = Date.parse(on("fri 00:00"));
const end = start + 6 * 24 * hour;
const instants = fc.integer({ min: 0, max: 6 * 24 }).map((h) => new Date(start + h * hour).toISOString());
const now = new Date(end).toISOString();

const events = fc.record({
  event: fc.constantFrom(...StayEventKind.options),
  at: instants,
  department: fc.constantFrom(ward, otherWard),
});
type Told = ReturnType<typeof notify>;

/** Notifications with ids of their own; some are corrected, once or twice, and some cancelled. */
const messages = fc
  .array(
    fc.record({
      first: events,
      corrections: fc.array(fc.record({ at: instants, issued: instants }), { maxLength: 2 }),
      cancelled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((all) =>
    all.map(({ first, corrections, cancelled }, i) => {
      const id = `adv-${String(i)}`;
      const own: Told[] = [
        notify(first.event, first.at, { messageId: id, department: first.department }),
        ...corrections.map(({ at, issued }, n) =>
          correct(id, at, { messageId: `${id}-ret-${String(n)}`, issuedAt: issued }),
        ),
      ];
      return { own, cancellations: cancelled ? [cancel(id)] : [] };
    }),
  );

const shuffled = fc.gen().map((gen) => <T>(list: readonly T[]): T[] => {
  const left = [...list];
  const out: T[] = [];
  while (left.length > 0) out.push(...left.splice(gen(fc.nat, { max: left.length - 1 }), 1));
  return out;
});

/** Every message, and then what the hub asks because of them. */
const inTheEnd = (told: readonly Told[]) =>
  hubAsks(run(...told.map((command) => ({ by: hospital, at: now, command }))), now);

describe("whatever the order in which messages on a stay come", () => {
  test.prop([messages, shuffled, fc.boolean()], { numRuns: 150 })(
    "the state is the same in the end, and the same things are awaited",
    (all, shuffle, assessed) => {
      const told = [...all.flatMap(({ own, cancellations }) => [...own, ...cancellations])];
      // Whoever assesses the stay knows it, so that message comes first or last, not before the case is there.
      const assessment = assessed ? [assess()] : [];
      const one = inTheEnd([...told, ...assessment]);
      const other = inTheEnd([...shuffle(told), ...assessment]);
      expect(other.state).toEqual(one.state);
      expect(other.common.card?.awaits.map(({ who: by, act }) => `${by} ${act}`)).toEqual(
        one.common.card?.awaits.map(({ who: by, act }) => `${by} ${act}`),
      );
      expect(other.common.alarms).toEqual(one.common.alarms);
    },
  );

  test.prop([messages], { numRuns: 100 })("a cancelled event has no effect", (all) => {
    const kept = all.filter(({ cancellations }) => cancellations.length === 0);
    const whole = inTheEnd(all.flatMap(({ own, cancellations }) => [...own, ...cancellations]));
    const only = inTheEnd(kept.flatMap(({ own }) => own));
    if (!isOpen(only.state) || !isOpen(whole.state)) return;
    expect(whole.state.position).toEqual(only.state.position);
    expect(whole.state.owed).toEqual(only.state.owed);
  });

  const arriving = fc.constantFrom("acute-ambulant", "admitted", "leave-started", "leave-ended");
  test.prop([messages, instants, arriving], { numRuns: 150 })(
    "a message that comes after the patient has left, of what happened before, is history alone",
    (all, at, event) => {
      const told = all.flatMap(({ own }) => own);
      const before = inTheEnd(told);
      if (!isOpen(before.state)) return;
      const { status, at: since = "" } = before.state.position;
      if ((status !== "discharged" && status !== "dead") || at >= since) return;
      const late = inTheEnd([...told, notify(event, at, { messageId: "sent" })]);
      expect(isOpen(late.state) && late.state.position).toMatchObject({ status, at: since });
    },
  );
});

const acts = fc.oneof(
  events.map(({ event, at, department }) => ({
    by: hospital,
    command: notify(event, at, { messageId: `${event} ${at}`, department }),
  })),
  events.map(({ event, at }) => ({ by: hospital, command: cancel(`${event} ${at}`) })),
  fc.boolean().map((psychiatric) => ({ by: hospital, command: assess({ psychiatric }) })),
  fc
    .record({
      id: fc.constantFrom("epi-1", "epi-2", "epi-3"),
      priority: fc.constantFrom("akut", "subakut", "rutine"),
      wish: fc.constantFrom({}, { asksHomeVisit: { reason: "Skrøbelig", consent } }),
    })
    .map(({ id, priority, wish }) => ({
      by: ward,
      command: summary({ summaryId: id, ...marked(priority), ...wish }),
    })),
  fc
    .record({ id: fc.constantFrom("epi-2", "epi-3"), corrects: fc.constantFrom("epi-1", "epi-2") })
    .map(({ id, corrects }) => ({
      by: hospital,
      command: onCase("discharge.correctSummary", {
        ...summary({ summaryId: id, ...marked("akut") }).payload,
        corrects,
      }),
    })),
  fc.constantFrom("epi-1", "epi-2", "epi-3").map((summaryId) => ({
    by: hospital,
    command: onCase("discharge.cancelSummary", { summaryId, reason: "Fejl" }),
  })),
  fc.constantFrom("epi-1", "epi-2", "epi-3").map((summaryId) => ({
    by: practice,
    command: onCase("discharge.review", { summaryId, reviewer: "D. Testgaard", verdict: "agrees" }),
  })),
  fc
    .record({
      item: fc.constantFrom("medication", "rehabilitation-plan"),
      status: fc.constantFrom("needed", "done", "not-needed"),
    })
    .map((item) => ({ by: ward, command: onCase("discharge.tick", { ...item, person: "A. Testlund" }) })),
  fc.constantFrom(
    { by: municipality, command: onCase("discharge.sendAdmissionReport", { text: "Pleje" }) },
    { by: hospital, command: onCase("discharge.sendCarePlan", { text: "Pleje" }) },
    { by: practice, command: onCase("discharge.askHomeVisit", { reason: "Skrøbelig", consent }) },
    { by: practice, command: onCase("discharge.bookHomeVisit", { startsAt: now }) },
    { by: practice, command: onCase("discharge.holdHomeVisit", { heldAt: now, place: "home", note: "Set" }) },
    {
      by: municipality,
      command: onCase("discharge.declineHomeVisit", { declinedBy: "citizen", reason: "Nej" }),
    },
    { by: "hub", command: onCase("discharge.requestAdmissionReport") },
    { by: "hub", command: onCase("discharge.askWishedVisit", { summaryId: "epi-1" }) },
    { by: "hub", command: onCase("discharge.ring", { alarmId: "responsibility-end" }) },
  ),
);

/**
 * What is owed, since and until when. The ids of clocks tell in which record they started, and their parties are those of that
 * moment: a report that is asked for later is promised to the ward that has the patient then.
 */
const openOf = ({ common }: Run): string[] =>
  Object.values(common.clocks)
    .filter((clock) => clock.deliveryId === undefined && isOpenClock(clock))
    .map(({ agreement, about, startedAt, due }) => [agreement, about, startedAt, due].join(" "))
    .toSorted();

const isDead = (state: ReturnType<typeof run>["state"]): boolean => state.status === "dead";

describe("whatever is done to a stay", () => {
  test.prop([fc.array(acts, { maxLength: 25 })], { numRuns: 150 })(
    "at most one review is awaited, what is awaited has its clock, and of a dead patient nothing is",
    (sequence) => {
      const after = run(
        ...sequence.map((act, i) => ({ ...act, at: new Date(end + i * hour).toISOString() })),
      );
      for (const fact of after.facts) expect(DischargeFact.safeParse(fact).error).toBeUndefined();
      const open = Object.values(after.common.clocks).filter(
        (c) => c.deliveryId === undefined && isOpenClock(c),
      );
      const reviews = open.filter(({ agreement }) => agreement.startsWith("EPI-REVIEW"));
      expect(reviews.length).toBeLessThanOrEqual(1);
      if (!isOpen(after.state)) return;
      const { owed } = after.state;
      expect(reviews.length).toBe(owed.review === undefined ? 0 : 1);
      const items = open.filter(({ agreement }) => agreement === "EPI-DISCHARGE").map(({ about }) => about);
      expect(items.toSorted()).toEqual(Object.keys(owed.items).toSorted());
      expect(open.filter(({ agreement }) => agreement === "ADM-REPORT")).toHaveLength(owed.report ? 1 : 0);
      expect(open.filter(({ agreement }) => agreement === "CARE-PLAN")).toHaveLength(owed.carePlan ? 1 : 0);
      expect(open.filter(({ agreement }) => agreement === "HOMEVISIT")).toHaveLength(owed.visit ? 1 : 0);
      if (isDead(after.state)) {
        expect(after.common.card?.awaits).toEqual([]);
        expect(open).toEqual([]);
        expect(after.common.alarms).toEqual({});
      }
    },
  );

  const timed = fc.record({ act: acts, asked: fc.boolean() });
  test.prop([fc.array(timed, { maxLength: 25 })], { numRuns: 150 })(
    "it makes no difference when the hub asks, nor how often: the state and every due time are the same",
    (sequence) => {
      const steps = sequence.map(({ act, asked }, i) => ({
        asked,
        step: { ...act, at: new Date(end + i * hour).toISOString() },
      }));
      const last = new Date(end + sequence.length * hour).toISOString();
      const prompt = runAsked(...steps.map(({ step }) => step));
      const late = steps.reduce(
        (before, { step, asked }) => (asked ? hubAsks(runOn(before, step), step.at) : runOn(before, step)),
        run(),
      );
      const [one, other] = [hubAsks(prompt, last), hubAsks(late, last)];
      expect(other.state).toEqual(one.state);
      expect(openOf(other)).toEqual(openOf(one));
      expect(other.common.card?.closed).toBe(one.common.card?.closed);
      expect(hubAsks(other, last).records).toEqual(other.records);
    },
  );

  const care = { practice, outOfHours: who.outOfHours, gpOpen: practiceShift };
  test.prop([messages, messages, instants], { numRuns: 150 })(
    "exactly one party is responsible at any instant, from its first moment to its last",
    (first, second, instant) => {
      const stays = [first, second].map(
        (all) => inTheEnd([...all.flatMap(({ own }) => own), assess()]).state,
      );
      const found = responsibleFor(stays, care, instant);
      expect(found.who.gln).toBeDefined();
      expect(found.since <= instant).toBe(true);
      expect(responsibleFor(stays, care, found.since).who).toEqual(found.who);
      if (found.until === undefined) return;
      expect(found.until > instant).toBe(true);
      const lastMoment = new Date(Date.parse(found.until) - 1).toISOString();
      expect(responsibleFor(stays, care, lastMoment).who).toEqual(found.who);
      expect(responsibleFor(stays, care, found.until).who).not.toEqual(found.who);
    },
  );
});
