import { beforeEach, describe, expect, it } from "vitest";
import { Fault } from "../../../../contracts/errors.ts";
import { indexKeyMark, setAsideKey } from "../../../../contracts/index-keys.ts";
import type { CaseRecord } from "../../../../contracts/record.ts";
import { sha256 } from "../../../../infra/ids.ts";
import {
  CheckpointMoved,
  type Op,
  type Projector,
  type SetAside,
} from "../../../../services/case/projector.ts";
import { createListProjector } from "../../../../services/worklist/projector.ts";
import { asking, createTestCases } from "../../../support/case-given.ts";

const stream = "JOURNAL_0";
let checkpoint: number;
let written: { from: number; to: number; ops: readonly Op[] }[];
let told: number[];
let aside: SetAside[];
let mark: string | null;
let secret: string;
let projector: Projector;
let record: CaseRecord;
beforeEach(async () => {
  checkpoint = 0;
  written = [];
  told = [];
  mark = null;
  aside = [];
  secret = "first";
  projector = createListProjector({
    digest: (text) => sha256(`${secret}${text}`),
    index: {
      get: () => Promise.resolve(mark),
      wipe: () => {
        checkpoint = 0;
        mark = null;
        return Promise.resolve();
      },
      position: () => Promise.resolve(checkpoint),
      apply: (_stream, { from, to }, ops) => {
        if (from !== checkpoint) return Promise.resolve(false);
        checkpoint = to;
        written.push({ from, to, ops });
        mark = ops.find(([, key]) => key === indexKeyMark)?.[2] ?? null;
        return Promise.resolve(true);
      },
    },
    onSetAside: (one) => void aside.push(one),
    afterRun: (_stream, written) => void told.push(...written.map(({ seq }) => seq)),
  });
  const cases = createTestCases();
  await asking(cases);
  [record] = cases.records() as [CaseRecord];
});
const run = (...seqs: number[]) => seqs.map((seq) => ({ seq, record: () => record }));
const throwing = (seq: number, error: Error) => ({
  seq,
  record: () => {
    throw error;
  },
});

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

  it("is told of once the index holds it, and one that was not written is not", async () => {
    await projector.apply(stream, run(3, 4));
    checkpoint = 9;
    await expect(projector.apply(stream, run(5))).rejects.toBeInstanceOf(CheckpointMoved);
    expect(told).toEqual([3, 4]);
  });
});

describe("a record that cannot be taken in", () => {
  const asideOps = () => written.flatMap(({ ops }) => ops.filter(([, key]) => key === setAsideKey));

  it("is set aside in the step in which those around it are written", async () => {
    const unknown = throwing(4, new Fault("record-version-unknown"));
    await projector.apply(stream, [...run(3), unknown, ...run(5)]);
    expect(written).toHaveLength(1);
    expect(checkpoint).toBe(5);
    expect(told).toEqual([3, 5]);
    expect(asideOps()).toEqual([["HSET", setAsideKey, `${stream}:4`, "record-version-unknown"]]);
    expect(aside).toEqual([{ stream, seqs: [4], code: "record-version-unknown" }]);
  });

  it("is set aside, too, when it is the projection that throws: nothing of it is written", async () => {
    const { clocks: _clocks, ...broken } = record;
    await projector.apply(stream, [{ seq: 3, record: () => broken as CaseRecord }]);
    expect(written[0]?.ops.map(([, key]) => key)).toEqual([indexKeyMark, setAsideKey]);
    expect(aside).toEqual([{ stream, seqs: [3], code: "projection-failed" }]);
  });

  it("for the reason that a server is away says nothing of the record: the run is tried again", async () => {
    const away = throwing(3, new Fault("journal-unavailable"));
    await expect(projector.apply(stream, [away, ...run(4)])).rejects.toThrow(Fault);
    expect(written).toEqual([]);
    expect(aside).toEqual([]);
    await projector.apply(stream, run(3, 4));
    expect(told).toEqual([3, 4]);
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
