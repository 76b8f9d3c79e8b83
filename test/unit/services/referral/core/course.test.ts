import fc from "fast-check";
import { expect, test } from "vitest";
import { isReferralFact, type ReferralFact } from "../../../../../contracts/messages/referral.ts";
import type { ReferralKind } from "../../../../../contracts/messages/referral-content.ts";
import type { CaseRecord } from "../../../../../contracts/record.ts";
import { isOpenClock } from "../../../../../services/case/clock-book.ts";
import { hubActor } from "../../../../../services/case/core.ts";
import { referralCore } from "../../../../../services/referral/core/decide.ts";
import { moves, type Turn } from "../../../../../services/referral/core/moves.ts";
import type { OpenCase } from "../../../../../services/referral/core/state.ts";
import { accepted, createTestCases, type TestCases } from "../../../../support/case-given.ts";
import { kinds, sending, units } from "../../../../support/referral-given.ts";
import { payloadsOf } from "../../../../support/referral-payloads.ts";
import { who } from "../../../../support/region-view.ts";

type Doer = "sender" | "receiver" | "former" | "hub";
type Step = { turn: Turn; doer: Doer; to: string; critical: boolean; minutes: number };

const targets = [who.endocrinology, who.cardiology, who.acuteTeam, ...Object.values(units)] as const;
// Alarms come from the hub's index when they are due; they are tested with the handler.
const turns = Object.keys(moves).filter((turn): turn is Turn => turn !== "referral.ring");

/** Mostly whoever may do it, so that courses get far; now and then anybody. */
const anyTurn = fc.oneof(
  { weight: 5, arbitrary: fc.constantFrom(...turns) },
  { weight: 2, arbitrary: fc.constantFrom<Turn>("referral.forward", "referral.accept") },
);
const step: fc.Arbitrary<Step> = anyTurn.chain((turn) =>
  fc.record({
    turn: fc.constant(turn),
    doer: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom<Doer>(...moves[turn].by) },
      { weight: 1, arbitrary: fc.constantFrom<Doer>("sender", "receiver", "hub") },
      { weight: 1, arbitrary: fc.constant<Doer>("former") },
    ),
    to: fc.oneof(fc.constantFrom(...targets), fc.constant(who.cardiology)),
    critical: fc.boolean(),
    minutes: fc.integer({ min: 0, max: 59 }),
  }),
);

const stateOf = (records: readonly CaseRecord[]): OpenCase => {
  const state = records
    .flatMap((record) => record.facts)
    .filter(isReferralFact)
    .reduce(referralCore.evolve, referralCore.initial);
  if (!("sender" in state)) throw new Error("Nothing was sent.");
  return state;
};

const glnOf = (state: OpenCase, doer: Doer): string => {
  if (doer === "hub") return hubActor;
  return doer === "former" ? (state.former[0] ?? who.otherPractice) : state[doer];
};

const payloadOf = (kind: ReferralKind, { turn, to, critical }: Step): object => {
  const payload = payloadsOf(kind)[turn];
  if (turn === "referral.forward") return { ...payload, to: { gln: to } };
  return turn === "referral.conclude" && critical ? { ...payload, critical, phoned: undefined } : payload;
};

const openClocks = (cases: TestCases, caseId: string) =>
  Object.values(cases.state(caseId).clocks).filter(
    (clock) => clock.deliveryId === undefined && isOpenClock(clock),
  );

/** What must hold of a referral at every moment. */
const check = (cases: TestCases, caseId: string): void => {
  const state = stateOf(cases.records(caseId));
  const { card } = cases.state(caseId);
  const open = openClocks(cases, caseId);
  expect(card?.awaits.length, "exactly one holder of the ball while open").toBe(
    card?.closed === true ? 0 : 1,
  );
  for (const { who: holder } of card?.awaits ?? []) expect([state.sender, state.receiver]).toContain(holder);
  expect([...state.former, state.receiver], "never back to the sender").not.toContain(state.sender);
  for (const { debtor } of open) expect([state.sender, state.receiver]).toContain(debtor);
  if (card?.closed === true) expect(open, "a closed case owes nothing").toEqual([]);
};

/** What a former receiver writes is told, and moves nothing. */
const addedOnly = ["ReferralClosingAdded", "ReferralBookingAdded"];
const bySomebodyElse = (record: CaseRecord, before: OpenCase): boolean =>
  !record.facts.every(({ type }) => addedOnly.includes(type)) &&
  ![before.receiver, before.sender, hubActor].includes(record.meta.actor);

const returnedOf = (record: CaseRecord) =>
  record.facts.filter(
    (fact): fact is Extract<ReferralFact, { type: "ReferralReturned" }> => fact.type === "ReferralReturned",
  );

/** A department where one may refer, so that a referral could come back to a unit that takes such referrals itself. */
const senderOf = (kind: ReferralKind): string =>
  kind === "imaging" || kind === "prevention" ? who.practice : who.cardiology;

const follow = async (kind: ReferralKind, steps: readonly Step[]): Promise<void> => {
  const cases = createTestCases();
  const sent = await cases.send({ type: "referral.send", by: senderOf(kind), payload: sending(kind) });
  const { caseId } = accepted(sent);
  check(cases, caseId);
  let hour = 10;
  for (const one of steps) {
    hour += 1;
    cases.at(
      `2026-11-${String(24 + Math.floor(hour / 20))} ${String(hour % 20).padStart(2, "0")}:${String(one.minutes).padStart(2, "0")}`,
    );
    const before = stateOf(cases.records(caseId));
    const known = cases.records(caseId).length;
    await cases.send({
      type: one.turn,
      by: glnOf(before, one.doer),
      payload: { caseId, ...payloadOf(kind, one) },
    });
    for (const record of cases.records(caseId).slice(known)) {
      if (record.meta.outcome === "refused") continue;
      expect(bySomebodyElse(record, before), "only the present receiver moves").toBe(false);
      for (const { reason, advice, doctor, phone } of returnedOf(record))
        expect([reason, advice.length > 0, doctor, phone].every(Boolean)).toBe(true);
    }
    check(cases, caseId);
  }
};

test.each(kinds)(
  "whatever is done to a referral of the kind %s, what must hold of it holds",
  async (kind) => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), (steps) => follow(kind, steps)),
      { numRuns: 40 },
    );
  },
);
