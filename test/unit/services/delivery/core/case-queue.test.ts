import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type CaseQueue,
  mapped,
  valueIn,
  valuesIn,
  without,
  withValue,
} from "../../../../../services/delivery/core/case-queue.ts";

const key = fc.integer({ min: 0, max: 400 }).map((n) => `case-${String(n)}`);
const step = fc.oneof(
  { weight: 3, arbitrary: fc.record({ put: key, value: fc.nat() }) },
  fc.record({ drop: key }),
);

describe("a queue of cases", () => {
  it("is a map in the order in which its keys came, whatever is done to it", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 900, minLength: 300 }), (steps) => {
        const model = new Map<string, number>();
        let queue: CaseQueue<number> = [];
        for (const one of steps) {
          if ("put" in one) {
            model.set(one.put, one.value);
            queue = withValue(queue, one.put, one.value);
          } else {
            model.delete(one.drop);
            queue = without(queue, one.drop);
          }
        }
        expect([...valuesIn(queue)]).toEqual([...model.values()]);
        for (const [name, value] of model) expect(valueIn(queue, name)).toBe(value);
        expect(valueIn(queue, "case-no")).toBeUndefined();
        expect(queue.length === 0).toBe(model.size === 0);
        expect([...valuesIn(mapped(queue, (n) => n + 1))]).toEqual([...model.values()].map((n) => n + 1));
      }),
      { numRuns: 50 },
    );
  });

  it("leaves what it was made from as it was", () => {
    const before = withValue(withValue<number>([], "a", 1), "b", 2);
    withValue(before, "a", 9);
    without(before, "a");
    expect([...valuesIn(before)]).toEqual([1, 2]);
  });
});
