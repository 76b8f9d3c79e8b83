import { describe, expect, test } from "vitest";
import { backlogBytes, backlogMessages, createBacklog } from "../../../../infra/nats/backlog.ts";
import { followedFrom } from "../../../../infra/nats/followed.ts";

const message = (seq: number, bytes = 10) => followedFrom({ seq, subject: "s", data: new Uint8Array(bytes) });
const seqs = (run: readonly { seq: number }[] | undefined) => run?.map(({ seq }) => seq);
const holding = (from: number, ...held: number[]) => {
  const backlog = createBacklog(from);
  for (const seq of held) backlog.add(message(seq));
  return backlog;
};

describe("what waits to be applied", () => {
  test("is given in order, a run at a time, and gaps between sequences are no gaps in it", () => {
    const backlog = holding(3, 5, 6, 90);
    expect(seqs(backlog.take(3, 2))).toEqual([5, 6]);
    expect(seqs(backlog.take(6, 2))).toEqual([90]);
    expect(seqs(backlog.take(90, 2))).toEqual([]);
    expect(backlog.since()).toBe(90);
  });

  test("begins after the sequence that is asked for: what was read elsewhere meanwhile is passed over", () => {
    expect(seqs(holding(3, 4, 5, 6, 7).take(5, 10))).toEqual([6, 7]);
    expect(seqs(holding(3, 4, 5).take(9, 10))).toEqual([]);
  });

  test("is not given where something before it is not here", () => {
    expect(holding(3, 4, 5).take(2, 10)).toBeUndefined();
  });

  test("is limited: of too many messages the older half is forgotten, and that is told", () => {
    const backlog = createBacklog(0);
    for (let seq = 1; seq <= backlogMessages; seq++) backlog.add(message(seq));
    expect([backlog.isFull(), backlog.since()]).toEqual([true, 0]);
    backlog.add(message(backlogMessages + 1));
    expect([backlog.size(), backlog.since()]).toEqual([backlogMessages / 2 + 1, backlogMessages / 2]);
    expect(backlog.take(0, 1)).toBeUndefined();
    expect(seqs(backlog.take(backlogMessages / 2, 1))).toEqual([backlogMessages / 2 + 1]);
  });

  test("is limited in bytes, and one message that is larger than that is taken all the same", () => {
    const backlog = createBacklog(0);
    backlog.add(message(1, backlogBytes));
    expect(backlog.isFull()).toBe(false);
    backlog.add(message(2));
    expect(backlog.isFull()).toBe(true);
    backlog.add(message(3));
    expect([backlog.size(), backlog.since()]).toEqual([2, 1]);
    expect(backlog.isFull()).toBe(false);
  });

  test("wakes whoever waits for it as soon as it is so, and not before", async () => {
    const backlog = createBacklog(0);
    let woken = false;
    const waiting = backlog
      .until(() => backlog.size() === 2)
      .then(() => {
        woken = true;
      });
    backlog.add(message(1));
    await Promise.resolve();
    expect(woken).toBe(false);
    backlog.add(message(2));
    await waiting;
    expect(woken).toBe(true);
  });
});

describe("a message that several follow", () => {
  const text = JSON.stringify({ version: 1, meta: {}, facts: [] });
  const of = (data: string) => followedFrom({ seq: 1, subject: "s", data: new TextEncoder().encode(data) });

  test("is read once for all of them", () => {
    const one = of(text);
    expect(one.record()).toBe(one.record());
  });

  test("that cannot be read tells so to each who asks, by a code, without a word of what it says", () => {
    const broken = of('{"cpr":"0101010101');
    for (const _ of [1, 2]) expect(() => broken.record()).toThrow(/^A record of the journal cannot be read/);
    expect(() => of(text.replace("1", "2")).record()).toThrow("a version that this program does not know");
  });
});
