import { expect, test } from "vitest";
import { createByteBudget } from "../../../../infra/nats/byte-budget.ts";

/** Work that is begun when the budget says so, and ended when the test does. */
const works = (total: number) => {
  const budget = createByteBudget(total);
  const begun: string[] = [];
  const ends = new Map<string, (error?: Error) => void>();
  const hold = (name: string, bytes: number): Promise<unknown> =>
    budget.hold(bytes, () => {
      begun.push(name);
      return new Promise<void>((resolve, reject) => {
        ends.set(name, (error) => {
          if (error === undefined) resolve();
          else reject(error);
        });
      });
    });
  const settled = (): Promise<void> =>
    new Promise((resolve) => {
      setImmediate(resolve);
    });
  return { begun, hold, end: (name: string, error?: Error) => ends.get(name)?.(error), settled };
};

test("what fits together is held together, and the next waits until there is room", async () => {
  const { begun, hold, end, settled } = works(100);
  const all = [hold("a", 60), hold("b", 40), hold("c", 50)];
  await settled();
  expect(begun).toEqual(["a", "b"]);
  end("b");
  await settled();
  expect(begun).toEqual(["a", "b"]);
  end("a");
  await settled();
  expect(begun).toEqual(["a", "b", "c"]);
  end("c");
  await Promise.all(all);
});

test("what needs no memory waits for nobody, and takes none", async () => {
  const { begun, hold, end, settled } = works(100);
  void hold("a", 100);
  void hold("large", 90);
  await settled();
  void hold("small", 0);
  await settled();
  expect(begun).toEqual(["a", "small"]);
  end("a");
  await settled();
  expect(begun).toEqual(["a", "small", "large"]);
});

test("a large one is not passed by small ones that came later", async () => {
  const { begun, hold, end, settled } = works(100);
  void hold("a", 60);
  void hold("large", 90);
  void hold("small", 10);
  await settled();
  expect(begun).toEqual(["a"]);
  end("a");
  await settled();
  expect(begun).toEqual(["a", "large", "small"]);
});

test("more than there is in all is held alone", async () => {
  const { begun, hold, end, settled } = works(100);
  void hold("huge", 1_000);
  void hold("small", 1);
  await settled();
  expect(begun).toEqual(["huge"]);
  end("huge");
  await settled();
  expect(begun).toEqual(["huge", "small"]);
});

test("work that fails gives back what it held, and tells why", async () => {
  const { begun, hold, end, settled } = works(100);
  const failing = hold("a", 100);
  void hold("b", 100);
  await settled();
  end("a", new Error("broken"));
  await expect(failing).rejects.toThrow("broken");
  await settled();
  expect(begun).toEqual(["a", "b"]);
});
