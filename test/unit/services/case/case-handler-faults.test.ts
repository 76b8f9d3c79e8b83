import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { agreementCore } from "../../../../services/agreement/core/fire.ts";
import { createCaseHandler } from "../../../../services/case/case-handler.ts";
import { accepted, asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import type { Mishap } from "../../../support/memory-journal.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});

const times = (count: number, mishap: Mishap): Mishap[] => Array.from({ length: count }, () => mishap);
const codeOf = async (work: Promise<unknown>): Promise<[string, string]> => {
  const error: unknown = await work.catch((e: unknown) => e);
  if (!(error instanceof Fault)) throw new Error("It did not end in a fault.");
  return [error.code, error.fate];
};
/** Any command's append fails in this way, for ever. */
const always = (error: Error): TestCases["ports"] => ({
  ...cases.ports,
  append: () => Promise.reject(error),
});
const ringing = (ports: TestCases["ports"], caseId: string) =>
  createCaseHandler(
    agreementCore,
    ports,
  )({
    caseId,
    opens: false,
    envelope: {
      id: "r",
      type: "agreement.fire",
      version: 1,
      time: cases.ports.now(),
      sender: "hub",
      payload: {},
    },
    command: { type: "fire", clockId: "ADVICE-MSG.1" },
  });

describe("a fault on the way", () => {
  it.each(["conflict", "unavailable", "full", "timeout-before", "timeout-late"] as const)(
    "%s, once, is overcome, and the command is recorded once",
    async (mishap) => {
      cases.journal.befall(mishap);
      expect(accepted(await asking(cases)).recordNo).toBe(1);
      expect(cases.records()).toHaveLength(1);
    },
  );

  it("that hid a write is found out by the next look: the answer is that of the record", async () => {
    cases.journal.befall("timeout-after");
    expect(await asking(cases)).toMatchObject({ status: "accepted", recordNo: 1, duplicate: true });
    expect(cases.records()).toHaveLength(1);
  });

  it("is waited out longer each time, together under three seconds", async () => {
    cases.journal.befall(...times(7, "unavailable"));
    await asking(cases);
    expect(cases.pauses).toEqual([20, 40, 80, 160, 320, 640, 1280]);
    expect(cases.pauses.reduce((a, b) => a + b)).toBeLessThan(3_000);
  });

  it("may befall the look as well as the write", async () => {
    const { caseId } = await asking(cases);
    cases.journal.failLoads(2);
    const reply = await cases.send({
      type: "advice.answer",
      by: who.endocrinology,
      payload: { caseId, text: "Ja" },
    });
    expect(accepted(reply).recordNo).toBe(2);
  });
});

describe("a journal that does not come back", () => {
  it("is a fault after eight attempts, with no pause after the last", async () => {
    cases.journal.befall(...times(99, "unavailable"));
    expect(await codeOf(asking(cases))).toEqual(["journal-unavailable", "retry"]);
    expect(cases.journal.asked.append).toBe(8);
    expect(cases.pauses).toHaveLength(7);
    expect(cases.records()).toEqual([]);
  });

  it("that is full is a fault of its own, and surely nothing was processed", async () => {
    cases.journal.befall(...times(99, "full"));
    expect(await codeOf(asking(cases))).toEqual(["journal-full", "retry"]);
  });

  it("that is silent may have processed: the sender asks again under the same id", async () => {
    cases.journal.befall(...times(7, "timeout-before"), "timeout-after");
    expect(await codeOf(asking(cases))).toEqual(["journal-timeout", "ask"]);
    expect(await asking(cases)).toMatchObject({ status: "accepted", duplicate: true });
    expect(cases.records()).toHaveLength(1);
  });

  it("that was silent once may have processed, whatever fails afterwards", async () => {
    cases.journal.befall("timeout-late", ...times(99, "unavailable"));
    cases.journal.failLoads(99);
    expect(await codeOf(asking(cases))).toEqual(["journal-timeout", "ask"]);
  });
});

describe("a case that keeps changing", () => {
  it("is busy after eight attempts, and nothing was processed", async () => {
    cases.journal.befall(...times(99, "conflict"));
    expect(await codeOf(asking(cases))).toEqual(["journal-busy", "retry"]);
    expect(cases.journal.asked.append).toBe(8);
    expect(cases.pauses).toEqual([]);
  });

  it("seven times is overcome", async () => {
    cases.journal.befall(...times(7, "conflict"));
    expect(accepted(await asking(cases)).recordNo).toBe(1);
  });
});

describe("what no repetition mends", () => {
  it("is thrown at once: a fault that parks", async () => {
    const { caseId } = await asking(cases);
    cases.at("2026-11-27 10:00");
    await expect(ringing(always(new Fault("message-invalid")), caseId)).rejects.toMatchObject({
      fate: "park",
    });
    expect(cases.pauses).toEqual([]);
  });

  it("is thrown at once: a bug", async () => {
    const { caseId } = await asking(cases);
    cases.at("2026-11-27 10:00");
    await expect(ringing(always(new TypeError("bug")), caseId)).rejects.toThrow("bug");
    expect(cases.pauses).toEqual([]);
  });
});
