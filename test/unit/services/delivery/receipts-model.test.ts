import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { defaultReceiptRules } from "../../../../contracts/codes/receipt-rules.ts";
import { type Owed, owedQuestion } from "../../../support/delivery-given.ts";

type Outcome = "positive" | "negative" | "transient";
type Step =
  | { does: "fetch" | "ring" | "resend" | "handle" }
  | { does: "receipt"; sending: number; outcome: Outcome; level: "receiver" | "envelope" };

const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constantFrom("fetch", "ring", "ring") }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constantFrom("resend", "handle") }) },
  {
    weight: 1,
    arbitrary: fc.record({
      does: fc.constant("receipt" as const),
      sending: fc.integer({ min: 1, max: 4 }),
      outcome: fc.constantFrom<Outcome>("positive", "negative", "transient", "transient"),
      level: fc.constantFrom("receiver" as const, "envelope" as const),
    }),
  },
);

/** Minutes that pass before each step. */
const pause = fc.constantFrom(0, 1, 29, 30, 31, 120, 1_440);

const start = Date.UTC(2026, 10, 23, 9, 15);
const localText = (ms: number): string =>
  new Date(ms + 3_600_000).toISOString().slice(0, 16).replace("T", " ");

const take = (owed: Owed, one: Step): Promise<unknown> => {
  switch (one.does) {
    case "fetch":
      return owed.fetch();
    case "ring":
      return owed.ring();
    case "resend":
      return owed.resend();
    case "handle":
      return owed.handle();
    case "receipt":
      return owed.receipt(one.sending, { outcome: one.outcome, level: one.level });
  }
};

const play = async (steps: readonly (readonly [number, Step])[]): Promise<Owed> => {
  const owed = await owedQuestion();
  let now = start;
  for (const [minutes, one] of steps) {
    now += minutes * 60_000;
    owed.cases.at(localText(now));
    await take(owed, one);
  }
  return owed;
};

const isTroubled = (status: string): boolean => ["unconfirmed", "failed", "failedForNow"].includes(status);
/** Whether the hub will look after the delivery, and whether its sender is told. */
const noticed = (owed: Owed): { looked: boolean; shown: boolean } => ({
  looked: owed.alarm() !== undefined,
  shown: owed.expected().includes("followUpDelivery"),
});

describe("receipts, resends and late receipts in any order", () => {
  const course = fc.array(fc.tuple(pause, step), { maxLength: 25 });

  test.prop([course], { numRuns: 150 })(
    "come to one final outcome at most, and nothing after it",
    async (steps) => {
      const changes = (await play(steps)).changes();
      const settled = changes.findIndex(({ change }) => change === "acknowledged" || change === "failed");
      const after = settled === -1 ? [] : changes.slice(settled + 1).map(({ change }) => change);
      expect(after.filter((change) => change !== "handled")).toEqual([]);
    },
  );

  test.prop([course], { numRuns: 150 })(
    "number each sending once, and the hub sends no more than it may",
    async (steps) => {
      const resent = (await play(steps)).changes().flatMap((c) => (c.change === "resent" ? [c] : []));
      expect(resent.map(({ sending }) => sending)).toEqual(resent.map((_, at) => at + 2));
      const own = resent.filter(({ by }) => by === "hub");
      expect(own.length).toBeLessThanOrEqual(defaultReceiptRules.resends);
      expect(own.every(({ sending }) => sending <= defaultReceiptRules.resends + 1)).toBe(true);
    },
  );

  test.prop([course], { numRuns: 150 })(
    "leave nobody waiting unnoticed: what is not settled is looked after, or shown",
    async (steps) => {
      const owed = await play(steps);
      const delivery = owed.cases.state(owed.caseId).deliveries[owed.deliveryId];
      const status = delivery?.status ?? "";
      const onItsWay =
        status === "fetched" ||
        (status === "waiting" && owed.changes().length > 0) ||
        (status === "failedForNow" && delivery?.handled !== true);
      expect(noticed(owed)).toEqual({
        looked: onItsWay,
        shown: isTroubled(status) && delivery?.handled !== true,
      });
    },
  );
});
