import { fc, test as propertyTest } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { createTail, type Followed, type Tail } from "../../../../infra/nats/tail.ts";

const message = (seq: number, size = 4): Followed => ({
  seq,
  subject: `case.00.advice.${String(seq)}`,
  data: new Uint8Array(size),
});
const fill = (tail: Tail, from: number, to: number, size?: number): void => {
  for (let seq = from; seq <= to; seq++) tail.add(message(seq, size));
};
const seqs = (messages: readonly Followed[] | undefined): number[] | undefined =>
  messages?.map(({ seq }) => seq);

describe("the tail of a stream", () => {
  test("what was there before it began it does not have; what comes after it has in order", () => {
    const tail = createTail(7);
    tail.hold(7);
    fill(tail, 8, 10);
    expect(seqs(tail.after(7, 10))).toEqual([8, 9, 10]);
    expect(seqs(tail.after(8, 1))).toEqual([9]);
    expect(seqs(tail.after(10, 10))).toEqual([]);
    expect(tail.after(6, 10)).toBeUndefined();
    expect(tail.last()).toBe(10);
  });

  test("a reader that stands ahead of the stream waits until it is passed", () => {
    const tail = createTail(0);
    tail.hold(0);
    fill(tail, 1, 3);
    expect(seqs(tail.after(5, 10))).toEqual([]);
    fill(tail, 4, 6);
    expect(seqs(tail.after(5, 10))).toEqual([6]);
  });

  propertyTest.prop([
    fc.integer({ min: 1, max: 60 }).chain((n) =>
      fc
        .shuffledSubarray(
          Array.from({ length: n }, (_, i) => i + 1),
          { minLength: n, maxLength: n },
        )
        .chain((order) =>
          fc.array(fc.integer({ min: 1, max: n }), { maxLength: 20 }).map((again) => ({ n, order, again })),
        ),
    ),
  ])(
    "in whatever order and how often messages are added, they are read once, in order, without a gap",
    ({ n, order, again }) => {
      const tail = createTail(0);
      const place = tail.hold(0);
      const read: number[] = [];
      for (const seq of [...order, ...again]) {
        tail.add(message(seq));
        for (const one of tail.after(place.at, 5) ?? []) {
          read.push(one.seq);
          place.at = one.seq;
        }
      }
      for (
        let more = tail.after(place.at, 7);
        more !== undefined && more.length > 0;
        more = tail.after(place.at, 7)
      ) {
        read.push(...more.map(({ seq }) => seq));
        place.at = more.at(-1)?.seq ?? n;
      }
      expect(read).toEqual(Array.from({ length: n }, (_, i) => i + 1));
    },
  );

  test("what everybody has read is forgotten, and what somebody holds is kept", () => {
    const tail = createTail(0);
    const [quick, slow] = [tail.hold(0), tail.hold(0)];
    fill(tail, 1, 100);
    quick.at = 100;
    slow.at = 40;
    fill(tail, 101, 120);
    expect(tail.after(39, 1)).toBeUndefined();
    expect(seqs(tail.after(40, 2))).toEqual([41, 42]);
    tail.release(slow);
    fill(tail, 121, 140);
    expect(tail.after(40, 1)).toBeUndefined();
    expect(seqs(tail.after(100, 1))).toEqual([101]);
  });

  test("a reader that never moves costs no more than a bound, in messages and in bytes, and the newest is always there", () => {
    const many = createTail(0);
    many.hold(0);
    fill(many, 1, 5_000);
    expect(many.after(0, 1)).toBeUndefined();
    expect(seqs(many.after(4_999, 9))).toEqual([5_000]);
    expect(many.after(5_000 - 1_100, 9)).toBeUndefined();
    const large = createTail(0);
    large.hold(0);
    fill(large, 1, 20, 1024 * 1024);
    expect(large.after(14, 9)).toBeUndefined();
    large.add(message(21, 64 * 1024 * 1024));
    expect(seqs(large.after(20, 9))).toEqual([21]);
    expect(large.after(19, 9)).toBeUndefined();
  });

  test("whoever waits is woken by the next message in order, not by one that others come before, and by a rousing", async () => {
    const tail = createTail(0);
    tail.hold(0);
    let woken = 0;
    const wait = (): Promise<void> =>
      tail.grown().then(() => {
        woken += 1;
      });
    const first = wait();
    tail.add(message(2));
    await Promise.resolve();
    expect(woken).toBe(0);
    tail.add(message(1));
    await first;
    expect(seqs(tail.after(0, 9))).toEqual([1, 2]);
    const second = wait();
    tail.rouse();
    await second;
    expect(woken).toBe(2);
  });
});
