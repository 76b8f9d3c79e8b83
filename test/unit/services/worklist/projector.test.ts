import { beforeEach, describe, expect, it } from "vitest";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { sha256 } from "../../../../infra/ids.ts";
import type { Op } from "../../../../services/worklist/core/project.ts";
import { CheckpointMoved, createProjector, type Projector } from "../../../../services/worklist/projector.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";

const stream = "JOURNAL_0";
let checkpoint: number;
let written: { from: number; to: number; ops: readonly Op[] }[];
let projector: Projector;
let record: CaseRecord;
beforeEach(async () => {
  checkpoint = 0;
  written = [];
  projector = createProjector({
    digest: sha256,
    position: () => Promise.resolve(checkpoint),
    apply: (_stream, { from, to }, ops) => {
      if (from !== checkpoint) return Promise.resolve(false);
      checkpoint = to;
      written.push({ from, to, ops });
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
    expect(written[0]?.ops).toHaveLength(2 * (written[1]?.ops.length ?? 0));
  });

  it("begins where the index stands", async () => {
    checkpoint = 5;
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
