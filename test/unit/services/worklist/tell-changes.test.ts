import { beforeEach, describe, expect, it } from "vitest";
import type { CaseEvent } from "../../../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { type ChangesTold, createChangesTold } from "../../../../services/worklist/tell-changes.ts";
import { now } from "../../../support/advice-given.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";

const stream = "JOURNAL_0";
let told: CaseEvent[];
let age: number;
let changes: ChangesTold;
let record: CaseRecord;
beforeEach(async () => {
  told = [];
  age = 0;
  changes = createChangesTold(
    (event) => told.push(event),
    () => Date.parse(now) + age,
  );
  const cases = createTestCases();
  await asking(cases);
  [record] = cases.records() as [CaseRecord];
});
const run = (...seqs: number[]) => seqs.map((seq) => ({ seq, value: record }));

describe("whoever listens", () => {
  it("is told of each record that the index holds", () => {
    changes.tell(stream, run(3, 4));
    expect(told.map(({ no, caseId }) => [no, caseId])).toEqual([
      [1, record.caseId],
      [1, record.caseId],
    ]);
  });

  it("is not told again when the index is made anew", () => {
    changes.tell(stream, run(3));
    changes.tell(stream, run(3));
    changes.tell(stream, run(3, 4));
    expect(told).toHaveLength(2);
  });

  it("is not told what is long past", () => {
    age = 11 * 60_000;
    changes.tell(stream, run(3));
    expect(told).toEqual([]);
  });

  it("is told what an index that was made beside held first, once that one answers, and nothing twice", () => {
    changes.tell(stream, run(3));
    changes.keep(stream, run(3, 4));
    changes.keep(stream, run(5));
    expect(told).toHaveLength(1);
    changes.tellKept();
    expect(told).toHaveLength(3);
    changes.tellKept();
    changes.tell(stream, run(4, 5, 6));
    expect(told).toHaveLength(4);
  });

  it("is not told what was long past when an index was made beside; how far that index was is known all the same", () => {
    age = 11 * 60_000;
    changes.keep(stream, run(3, 4));
    age = 0;
    changes.tellKept();
    expect(told).toEqual([]);
    changes.tell(stream, run(4, 5));
    expect(told).toHaveLength(1);
  });
});
