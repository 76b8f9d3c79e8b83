import { beforeEach, describe, expect, it } from "vitest";
import type { CaseEvent } from "../../../../contracts/messages/case-list.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { sha256 } from "../../../../infra/ids.ts";
import type { Op } from "../../../../services/worklist/core/project.ts";
import { CheckpointMoved, createProjector, type Projector } from "../../../../services/worklist/projector.ts";
import { now } from "../../../support/advice-given.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";

const stream = "JOURNAL_0";
let checkpoint: number;
let written: { from: number; to: number; ops: readonly Op[] }[];
let told: CaseEvent[];
let mark: string | null;
let age: number;
let secret: string;
let projector: Projector;
let record: CaseRecord;
beforeEach(async () => {
  checkpoint = 0;
  written = [];
  told = [];
  mark = null;
  age = 0;
  secret = "first";
  projector = createProjector({
    digest: (text) => sha256(`${secret}${text}`),
    get: () => Promise.resolve(mark),
    wipe: () => {
      checkpoint = 0;
      mark = null;
      return Promise.resolve();
    },
    tell: (event) => {
      told.push(event);
    },
    nowMs: () => Date.parse(now) + age,
    position: () => Promise.resolve(checkpoint),
    apply: (_stream, { from, to }, ops) => {
      if (from !== checkpoint) return Promise.resolve(false);
      checkpoint = to;
      written.push({ from, to, ops });
      mark = ops.at(-1)?.[2] ?? null;
      return Promise.resolve(true);
    },
  });
  const cases = createTestCases();
  await asking(cases);
  [record] = cases.records() as [CaseRecord];
});
const run = (...seqs: number[]) =>
  seqs.map((seq) => ({ seq, data: new TextEncoder().encode(JSON.stringify(record)) }));

describe("a run of records", () => {
  it("is written with its checkpoint in one step, after the one before", async () => {
    await projector.apply(stream, run(3, 4));
    await projector.apply(stream, run(7));
    expect(written.map(({ from, to }) => [from, to])).toEqual([
      [0, 4],
      [4, 7],
    ]);
    // Besides the records' own writes each run says which key it was made with.
    expect((written[0]?.ops.length ?? 0) - 1).toBe(2 * ((written[1]?.ops.length ?? 0) - 1));
  });

  it("begins where the index stands", async () => {
    await projector.apply(stream, run(5));
    expect(await projector.position(stream)).toBe(5);
    await projector.apply(stream, run(6));
    expect(checkpoint).toBe(6);
  });

  it("is not written when somebody else moved the checkpoint", async () => {
    await projector.apply(stream, run(3));
    checkpoint = 9;
    await expect(projector.apply(stream, run(4))).rejects.toBeInstanceOf(CheckpointMoved);
    expect(written).toHaveLength(1);
  });

  it("that was written before is not written again", async () => {
    await projector.apply(stream, run(3, 4));
    await expect(projector.apply(stream, run(4))).rejects.toBeInstanceOf(CheckpointMoved);
    expect(checkpoint).toBe(4);
  });

  it("of another version is a bug, and nothing is written", async () => {
    const data = new TextEncoder().encode(JSON.stringify({ ...record, version: 2 }));
    await expect(projector.apply(stream, [{ seq: 3, data }])).rejects.toThrow("version");
    expect(written).toEqual([]);
  });
});

describe("an index that was emptied", () => {
  it("is seen, since it stands further back than it was left", async () => {
    await projector.apply(stream, run(3));
    expect(await projector.intact(stream)).toBe(true);
    checkpoint = 0;
    expect(await projector.intact(stream)).toBe(false);
    expect(await projector.position(stream)).toBe(0);
    expect(await projector.intact(stream)).toBe(true);
  });

  it("is whole when somebody else is ahead", async () => {
    await projector.apply(stream, run(3));
    checkpoint = 8;
    expect(await projector.intact(stream)).toBe(true);
  });
});

describe("the key of the hashes", () => {
  it("is marked in the index, and an index made with another is forgotten and made anew", async () => {
    await projector.apply(stream, run(3));
    expect(await projector.position(stream)).toBe(3);
    mark = "made with another key";
    expect(await projector.position(stream)).toBe(0);
    await projector.apply(stream, run(3));
    expect(await projector.position(stream)).toBe(3);
  });

  it("is not looked for in an index that is empty", async () => {
    expect(await projector.position(stream)).toBe(0);
    expect(mark).toBeNull();
  });
});

describe("whoever listens", () => {
  it("is told of a record once the index holds it, and of one that was not written nothing", async () => {
    await projector.apply(stream, run(3, 4));
    expect(told.map(({ no, caseId }) => [no, caseId])).toEqual([
      [1, record.caseId],
      [1, record.caseId],
    ]);
    checkpoint = 9;
    await expect(projector.apply(stream, run(5))).rejects.toBeInstanceOf(CheckpointMoved);
    expect(told).toHaveLength(2);
  });

  it("is not told again when the index is made anew", async () => {
    await projector.apply(stream, run(3));
    checkpoint = 0;
    await projector.position(stream);
    await projector.apply(stream, run(3));
    await projector.apply(stream, run(4));
    expect(told).toHaveLength(2);
  });

  it("is not told what is long past", async () => {
    age = 11 * 60_000;
    await projector.apply(stream, run(3));
    expect(told).toEqual([]);
  });
});
