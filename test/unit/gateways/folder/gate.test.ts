import { expect, test } from "vitest";
import { createGate } from "../../../../gateways/folder/gate.ts";

test("so many run at once, the others in their order, and a failure frees its place", async () => {
  const gate = createGate(2);
  let running = 0;
  let most = 0;
  const order: number[] = [];
  const work = (n: number) => async (): Promise<number> => {
    running += 1;
    most = Math.max(most, running);
    order.push(n);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    if (n % 3 === 0) throw new Error("broke");
    return n;
  };
  const done = await Promise.allSettled(Array.from({ length: 9 }, (_, n) => gate(work(n))));
  expect(most).toBe(2);
  expect(order).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  expect(done.map(({ status }) => status === "rejected")).toEqual(
    Array.from({ length: 9 }, (_, n) => n % 3 === 0),
  );
});
