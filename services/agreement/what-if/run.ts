import type { WhatIfProgress, WhatIfResult } from "../../../contracts/messages/what-if.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { createSlices } from "../slices.ts";
import { createComparing, startsAsked, type Trial } from "./core/compare.ts";
import { resultOf } from "./core/result.ts";
import { countClock, emptyTally } from "./core/tally.ts";
import { type ReadingPorts, readCases } from "./read-cases.ts";

export type RunPorts = ReadingPorts & {
  shards: readonly string[];
  /** Told when a shard begins, and at the end. */
  onProgress: (progress: WhatIfProgress) => void;
};

/** Lives the cases of the journal through once more, shard by shard. @throws what reading the journal throws */
export const runTrial = async (trial: Trial, ports: RunPorts): Promise<WhatIfResult> => {
  const { shards, onProgress } = ports;
  const tally = emptyTally();
  const compare = createComparing(trial);
  const slice = createSlices(ports);
  const progress = { shards: shards.length, shardsDone: 0, records: 0 };
  const reading = {
    begins: (record: CaseRecord) => startsAsked(record, trial),
    onRecord: () => {
      progress.records += 1;
    },
    slice,
  };
  for (const shard of shards) {
    onProgress({ ...progress });
    for (const followed of await readCases(ports, shard, reading)) {
      for (const compared of compare(followed)) countClock(tally, compared);
      await slice();
    }
    progress.shardsDone += 1;
  }
  onProgress({ ...progress });
  return resultOf(trial, tally, progress.records);
};
