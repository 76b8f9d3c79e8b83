import { describe, expect, test } from "vitest";
import { errorCodes } from "../../../../contracts/errors.ts";
import {
  type Facts,
  defaultPressureLimits as limits,
  reasonsAgainst,
  retryAfterOf,
} from "../../../../infra/pressure/judge.ts";
import {
  afterWrite,
  tried,
  type Writes,
  type Written,
  writesWell,
} from "../../../../infra/pressure/writes.ts";

const well: Facts = { natsAnswers: true, waiting: 0, lateMs: 0, indexAwayMs: 0 };

describe("what is refused", () => {
  test("nothing while all is well", () => {
    expect(reasonsAgainst("document", { ...well, freeBytes: limits.leastFreeBytes }, limits)).toEqual([]);
  });

  test.each([
    [{ natsAnswers: false }, "journal-unavailable", "journal-unavailable"],
    [{ writesFail: "journal-unavailable" }, "journal-unavailable", "journal-unavailable"],
    [{ writesFail: "journal-full" }, "journal-full", "journal-full"],
    [{ freeBytes: limits.leastFreeBytes - 1 }, "journal-full", "journal-full"],
    [{ lateMs: 2_001 }, "hub-busy", "hub-busy"],
    [{ waiting: limits.longestQueue + 1 }, "hub-busy", undefined],
    [{ indexAwayMs: 1 }, "index-unavailable", undefined],
    [{ indexAwayMs: limits.indexPatienceMs + 1 }, undefined, undefined],
  ] as [Partial<Facts>, string | undefined, string | undefined][])(
    "%o: a document %s, a command %s",
    (change, document, command) => {
      const facts = { ...well, ...change };
      expect(reasonsAgainst("document", facts, limits)[0]).toBe(document);
      expect(reasonsAgainst("command", facts, limits)[0]).toBe(command);
    },
  );

  test("of several reasons the most serious is told first", () => {
    const facts = { ...well, natsAnswers: false, freeBytes: 0, indexAwayMs: 1 };
    expect(reasonsAgainst("document", facts, limits)).toEqual([
      "journal-unavailable",
      "journal-full",
      "index-unavailable",
    ]);
  });

  test("every reason says that the message was surely not processed", () => {
    const facts = { natsAnswers: false, freeBytes: 0, waiting: 1e9, lateMs: 1e9, indexAwayMs: 1 };
    for (const code of reasonsAgainst("document", facts, limits)) expect(errorCodes[code].fate).toBe("retry");
  });

  test("those who were refused together come back spread over as long again", () => {
    expect([retryAfterOf("journal-unavailable", 0), retryAfterOf("journal-unavailable", 0.999)]).toEqual([
      2, 4,
    ]);
    expect([retryAfterOf("journal-full", 0), retryAfterOf("journal-full", 0.999)]).toEqual([15, 30]);
  });
});

describe("how writes fare", () => {
  const following = (...written: Written[]): Writes =>
    written.reduce((writes: Writes, one, i) => afterWrite(writes, one, i * 10), writesWell);

  test("a full store is known at once, a late answer at the second in a row", () => {
    expect(following("journal-full")).toMatchObject({ kind: "journal-full" });
    expect(following("late").kind).toBe("well");
    expect(following("late", "answered", "late").kind).toBe("well");
    expect(following("late", "late").kind).toBe("journal-unavailable");
  });

  test("one a second is let through to try, and when it is answered all are", () => {
    const full = afterWrite(writesWell, "journal-full", 0);
    expect(tried(full, 999).mayTry).toBe(false);
    const second = tried(full, 1_000);
    expect([second.mayTry, tried(second.writes, 1_500).mayTry]).toEqual([true, false]);
    expect(tried(afterWrite(second.writes, "answered", 1_600), 1_600).mayTry).toBe(true);
  });

  test("a late answer of a store that is full does not make it another trouble", () => {
    expect(following("journal-full", "late", "late").kind).toBe("journal-full");
  });
});
