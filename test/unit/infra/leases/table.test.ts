import { fc, test as property } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import {
  emptyTable,
  heldBy,
  type LeaseTable,
  livingOf,
  see,
  takeTurn,
  withoutHub,
} from "../../../../infra/leases/table.ts";

const idle = (): boolean => false;
const turn = (
  table: LeaseTable,
  me: string,
  living: string[],
  isBusy: (part: number) => boolean = idle,
): LeaseTable => takeTurn(table, { me, living: new Set(living), isBusy });

describe("taking turns", () => {
  test("a hub alone takes every part", () => {
    expect(heldBy(turn(emptyTable(4), "a", []), "a")).toEqual([0, 1, 2, 3]);
  });

  test("a second hub gets its half as soon as the first has let it go", () => {
    const alone = turn(emptyTable(4), "a", []);
    const joined = turn(alone, "b", ["a"]);
    expect(heldBy(joined, "b")).toEqual([]);
    const left = turn(joined, "a", ["b"]);
    expect(heldBy(left, "a")).toEqual([0, 1]);
    expect(heldBy(turn(left, "b", ["a"]), "b")).toEqual([2, 3]);
  });

  test("a part in which something is under way is kept until it is not", () => {
    const joined = turn(turn(emptyTable(4), "a", []), "b", ["a"]);
    const busy = turn(joined, "a", ["b"], (part) => part === 3);
    expect(heldBy(busy, "a")).toEqual([0, 1, 3]);
    expect(heldBy(turn(busy, "a", ["b"]), "a")).toEqual([0, 1]);
  });

  test("the parts of a hub that is gone are taken, and it is forgotten", () => {
    const both = { beats: { a: 5, b: 7 }, parts: ["a", "a", "b", "b"] };
    const after = turn(both, "b", []);
    expect(after).toEqual({ beats: { b: 8 }, parts: ["b", "b", "b", "b"] });
  });

  test("a hub that stops leaves its parts free", () => {
    expect(withoutHub({ beats: { a: 5, b: 7 }, parts: ["a", "b"] }, "a")).toEqual({
      beats: { b: 7 },
      parts: [null, "b"],
    });
  });

  property.prop([fc.integer({ min: 1, max: 6 }), fc.array(fc.nat(5), { maxLength: 60 })])(
    "however hubs take turns, no part has two, no living hub loses one to another, and in the end all are shared out fairly",
    (hubs, order) => {
      const names = Array.from({ length: hubs }, (_, i) => `h${String(i)}`);
      let table = emptyTable(16);
      const step = (me: string): void => {
        const before = table;
        table = turn(table, me, Object.keys(table.beats));
        before.parts.forEach((holder, part) => {
          const now = table.parts[part];
          if (holder !== null && holder !== me && Object.hasOwn(before.beats, holder))
            expect(now).toBe(holder);
        });
      };
      for (const n of order) step(names[n % hubs] ?? "h0");
      for (let round = 0; round < 4; round++) for (const name of names) step(name);
      expect(table.parts).not.toContain(null);
      const counts = names.map((name) => heldBy(table, name).length);
      expect(Math.max(...counts)).toBeLessThanOrEqual(Math.ceil(16 / hubs));
    },
  );
});

describe("who lives", () => {
  const table = (beat: number): LeaseTable => ({ beats: { a: beat }, parts: [] });
  const at = (nowMs: number, readingSinceMs = 0) => ({ nowMs, readingSinceMs, silentMs: 3_000 });

  test("a hub that beats lives, and one that was silent for long enough does not", () => {
    const seen = see(see(new Map(), table(1), 0), table(2), 1_000);
    expect([...livingOf(seen, at(3_999))]).toEqual(["a"]);
    expect([...livingOf(see(seen, table(2), 3_000), at(4_000))]).toEqual([]);
  });

  test("while this hub itself could read nothing nobody is taken for gone", () => {
    const seen = see(new Map(), table(1), 0);
    expect([...livingOf(seen, at(60_000, 59_000))]).toEqual(["a"]);
    expect([...livingOf(seen, at(62_000, 59_000))]).toEqual([]);
  });
});
