import { expect, test } from "vitest";
import { Fault } from "../../../contracts/errors.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { caseIdFor } from "../../../infra/ids.ts";
import { bareRecord as record } from "../../support/bare-record.ts";
import { describeBoth } from "../../support/both-platforms.ts";

const numbers = (found: readonly { record: CaseRecord }[]): number[] =>
  found.map((one) => one.record.meta.no);

describeBoth("the journal", (within) => {
  test("records of a case are read back in the order in which they were written", async () => {
    const caseId = caseIdFor("journal", "order");
    const found = await within(async ({ journal }) => {
      const first = await journal.append(record(caseId, 1), 0);
      if (first.kind === "conflict") throw new Error("Nobody else writes here.");
      await journal.append(record(caseId, 2), first.seq);
      return journal.load(caseId, "advice");
    });
    expect(numbers(found)).toEqual([1, 2]);
  });

  test("of two that write on the same look, one is told of the other", async () => {
    const caseId = caseIdFor("journal", "race");
    const kinds = await within(async ({ journal }) => {
      const both = await Promise.all([
        journal.append(record(caseId, 1), 0),
        journal.append(record(caseId, 1), 0),
      ]);
      return both.map(({ kind }) => kind).toSorted();
    });
    expect(kinds).toEqual(["appended", "conflict"]);
  });

  test("a case is found whichever family it is of, and after a sequence", async () => {
    const caseId = caseIdFor("journal", "family");
    const [any, rest, none] = await within(async ({ journal }) => {
      const first = await journal.append(record(caseId, 1), 0);
      if (first.kind === "conflict") throw new Error("Nobody else writes here.");
      await journal.append(record(caseId, 2), first.seq);
      return [
        await journal.load(caseId),
        await journal.load(caseId, "advice", first.seq),
        await journal.load(caseId, "referral"),
      ];
    });
    expect([any, rest, none].map(numbers)).toEqual([[1, 2], [2], []]);
  });

  test("what is larger than the server takes is parked", async () => {
    const caseId = caseIdFor("journal", "large");
    const code = await within(async ({ journal }) => {
      const large = { ...record(caseId, 1), facts: [{ type: "x".repeat(9 * 1024 * 1024) }] };
      return journal.append(large, 0).then(
        () => "written",
        (error: unknown) => (error instanceof Fault ? error.code : "no fault"),
      );
    });
    expect(code).toBe("record-too-large");
  });
});
