import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CommandReply } from "../../../../contracts/envelope.ts";
import { Fault } from "../../../../contracts/errors.ts";
import { AdviceFact } from "../../../../contracts/messages/advice.ts";
import { CaseRecord } from "../../../../contracts/record.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { createAdviceCore } from "../../../../services/advice/core/decide.ts";
import type { AdviceState } from "../../../../services/advice/core/state.ts";
import { letter } from "../../../support/advice-given.ts";
import { createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { type Mishap, mishaps } from "../../../support/memory-journal.ts";
import { who } from "../../../support/region-view.ts";

const caseId = caseIdFor(who.practice, "M-1");
type Order = Parameters<TestCases["send"]>[0] & { id: string };

const people = [who.practice, who.endocrinology, who.cardiology, who.otherPractice];
const text = fc.constantFrom("Ja", "Nej");
const id = fc.integer({ min: 1, max: 12 }).map((n) => `command-${String(n)}`);
const order = (type: string, payload: fc.Arbitrary<object>): fc.Arbitrary<Order> =>
  fc.record({ type: fc.constant(type), by: fc.constantFrom(...people), payload, id });
const saying = text.map((words) => ({ caseId, text: words }));

/** Everything that may be sent about one case, by its parties and by others, rightly and wrongly. */
const anyOrder: fc.Arbitrary<Order> = fc.oneof(
  order(
    "advice.ask",
    text.map((subject) => question("M-1", { subject, mayConvert: true })),
  ).map((o) => ({ ...o, by: who.practice })),
  ...["requestInformation", "giveInformation", "answer", "convert", "decline", "askFollowUp"].map((verb) =>
    order(`advice.${verb}`, saying),
  ),
  order(
    "advice.redirect",
    fc
      .constantFrom(who.endocrinology, who.cardiology, who.practice)
      .map((gln) => ({ caseId, to: { gln }, reason: "x" })),
  ),
  order(
    "advice.withdraw",
    text.map((reason) => ({ caseId, reason })),
  ),
  order("advice.markHandled", fc.constant({ caseId })),
  fc
    .record({
      by: fc.constantFrom(who.practice, who.endocrinology),
      letterId: fc.constantFrom("B1", "B2", "B3"),
      status: fc.constantFrom("new" as const, "corrected" as const),
    })
    .map(({ by, letterId, status }) => ({
      type: "advice.receiveLetter",
      by,
      payload: {
        letter: letter(by, by === who.practice ? who.endocrinology : who.practice, { letterId, status }),
        standard: "oioxml",
      },
      id: `letter:${by}:${letterId}:${status}`,
    })),
  order(
    "delivery.settle",
    fc
      .integer({ min: 1, max: 4 })
      .map((n) => ({ deliveryId: `${caseId}.${String(n)}.0`, outcome: "positive" })),
  ),
  order(
    "delivery.markFetched",
    fc.integer({ min: 1, max: 4 }).map((n) => ({ deliveryId: `${caseId}.${String(n)}.0` })),
  ),
);
/** A course mostly begins with the question, so that what follows has a case to be about. */
const course = fc
  .tuple(
    fc.constant<Order>({
      type: "advice.ask",
      by: who.practice,
      payload: question("M-1", { mayConvert: true }),
      id: "command-1",
    }),
    fc.array(anyOrder, { minLength: 1, maxLength: 14 }),
  )
  .map(([first, rest]) => [first, ...rest]);
const bad: fc.Arbitrary<Mishap[]> = fc.array(fc.constantFrom("none" as const, "none" as const, ...mishaps), {
  maxLength: 30,
});

const newCases = (step?: () => Promise<unknown>): TestCases => {
  const cases = createTestCases(step === undefined ? {} : { step });
  // A letter continues the case as soon as there is one.
  cases.threadIs(() => (cases.records(caseId).length > 0 ? caseId : undefined));
  return cases;
};

const isRecorded = (reply: CommandReply): boolean => "at" in reply;
const plain = (reply: CommandReply): object => ({ ...reply, duplicate: false });
const idsOf = (cases: TestCases): string[] =>
  cases.records().map(({ meta, caseId: of }) => `${of} ${meta.commandId}`);
const inJournal = (cases: TestCases, { id: wanted }: Order): number =>
  cases.records().filter(({ meta }) => meta.commandId === wanted).length;

/** What must hold of any journal: each command once, records in one row, and facts that lead to the status that is told. */
const expectWhole = (cases: TestCases): void => {
  expect(new Set(idsOf(cases)).size).toBe(idsOf(cases).length);
  const ids = new Set(cases.records().map((record) => record.caseId));
  for (const of of ids) {
    const records = cases.records(of);
    expect(records.map(({ meta }) => meta.no)).toEqual(records.map((_, i) => i + 1));
    for (const record of records) CaseRecord.parse(record);
    const facts = records.flatMap((record) => record.facts.map((fact) => AdviceFact.parse(fact)));
    const adviceCore = createAdviceCore();
    const { status } = facts.reduce<AdviceState>(adviceCore.evolve, adviceCore.initial);
    if (facts.length > 0) expect(records.at(-1)?.meta.status).toBe(status);
    cases.state(of);
  }
};

/** Sends an order; what came of it, or the fault that it ended in. */
const attempt = async (cases: TestCases, sent: Order): Promise<CommandReply | Fault> => {
  try {
    return await cases.send(sent);
  } catch (error) {
    if (error instanceof Fault) return error;
    throw error;
  }
};

describe("whatever is sent about a case", () => {
  it("the journal can be replayed, and stands where it says that it stands", async () => {
    await fc.assert(
      fc.asyncProperty(course, async (orders) => {
        const cases = newCases();
        for (const sent of orders) await cases.send(sent);
        expectWhole(cases);
      }),
      { numRuns: 150 },
    );
  });

  it("the same command again has the first answer, as a duplicate, for ever", async () => {
    await fc.assert(
      fc.asyncProperty(course, async (orders) => {
        const cases = newCases();
        const answers: [Order, CommandReply][] = [];
        for (const sent of orders) answers.push([sent, await cases.send(sent)]);
        const written = cases.records().length;
        for (const [sent, first] of answers.filter(([, reply]) => isRecorded(reply)))
          expect(await cases.send(sent)).toEqual({ ...first, duplicate: true });
        expect(cases.records()).toHaveLength(written);
      }),
      { numRuns: 100 },
    );
  });

  it("other content under an id that was used on the case is refused", async () => {
    await fc.assert(
      fc.asyncProperty(course, async (orders) => {
        const cases = newCases();
        for (const sent of orders) {
          const reply = await cases.send(sent);
          if (!isRecorded(reply) || !sent.type.startsWith("advice.") || !("text" in sent.payload)) continue;
          const other = await cases.send({ ...sent, payload: { ...sent.payload, text: "Noget helt andet" } });
          expect(other).toMatchObject({ status: "refused", code: "content-differs" });
          expect(other).not.toHaveProperty("at");
        }
      }),
      { numRuns: 100 },
    );
  });
});

describe("exactly once per command id", () => {
  it("holds whatever befalls the journal, and a fault never says `retry` of what was stored", async () => {
    await fc.assert(
      fc.asyncProperty(course, bad, async (orders, befalling) => {
        const cases = newCases();
        cases.journal.befall(...befalling);
        const answers: [Order, CommandReply][] = [];
        for (const sent of orders) {
          const known = inJournal(cases, sent);
          const reply = await attempt(cases, sent);
          if (reply instanceof Fault) {
            if (reply.fate === "retry") expect(inJournal(cases, sent)).toBe(known);
          } else answers.push([sent, reply]);
        }
        expectWhole(cases);
        for (const [sent, first] of answers.filter(([, reply]) => isRecorded(reply))) {
          expect(inJournal(cases, sent)).toBeGreaterThanOrEqual(1);
          expect(plain(await cases.send(sent))).toEqual(plain(first));
          expect(await cases.send(sent)).toMatchObject({ duplicate: true });
        }
        expectWhole(cases);
      }),
      { numRuns: 150 },
    );
  });

  it("holds when a silent command is sent again and again", async () => {
    await fc.assert(
      fc.asyncProperty(anyOrder, bad, async (sent, befalling) => {
        const cases = newCases();
        await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-1"), id: "ask" });
        cases.journal.befall(...befalling, ...befalling);
        const replies = [];
        for (let n = 0; n < 4; n++) replies.push(await attempt(cases, sent));
        const recorded = replies.filter(
          (reply): reply is CommandReply => !(reply instanceof Fault) && isRecorded(reply),
        );
        for (const reply of recorded) expect(plain(reply)).toEqual(plain(recorded[0] as CommandReply));
        expectWhole(cases);
      }),
      { numRuns: 100 },
    );
  });

  it("holds for handlers that race on one case, in any order of their looks and writes", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(anyOrder, { minLength: 2, maxLength: 5 }),
        bad,
        async (s, orders, befalling) => {
          let racing = false;
          const cases = newCases(() => (racing ? s.schedule(Promise.resolve()) : Promise.resolve()));
          await cases.send({
            type: "advice.ask",
            by: who.practice,
            payload: question("M-1", { mayConvert: true }),
            id: "ask",
          });
          cases.journal.befall(...befalling);
          racing = true;
          // Everybody sends everything twice: two gateways with the same message.
          const sent = [...orders, ...orders];
          const replies = await s.waitFor(Promise.all(sent.map((each) => attempt(cases, each))));
          racing = false;
          expectWhole(cases);
          const settled = new Map<string, object>();
          replies.forEach((reply, i) => {
            if (reply instanceof Fault || !isRecorded(reply)) return;
            const { id: name, type, by, payload } = sent[i] as Order;
            const key = JSON.stringify([name, type, by, payload]);
            expect(plain(reply)).toEqual(settled.get(key) ?? plain(reply));
            settled.set(key, plain(reply));
          });
          for (const reply of replies)
            if (!(reply instanceof Fault) && "at" in reply && reply.caseId !== undefined)
              expect(cases.records(reply.caseId).length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it("of two that race to open a case, one record is the question and both have its answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (s) => {
        const cases = newCases(() => s.schedule(Promise.resolve()));
        const sent = { type: "advice.ask", by: who.practice, payload: question("M-1"), id: "ask" };
        const [one, two] = await s.waitFor(Promise.all([cases.send(sent), cases.send(sent)]));
        expect(cases.records()).toHaveLength(1);
        expect(plain(one)).toEqual(plain(two));
        const flags = [one, two].map((reply) => reply.status === "accepted" && reply.duplicate);
        expect(flags.sort()).toEqual([false, true]);
      }),
      { numRuns: 30 },
    );
  });
});
