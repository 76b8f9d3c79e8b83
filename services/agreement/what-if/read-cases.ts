import type { CaseRecord } from "../../../contracts/record.ts";
import type { SlicePorts } from "../slices.ts";
import { type FollowedCase, lineOf } from "./core/case-line.ts";

export type ReadingPorts = SlicePorts & {
  /** Every record of the cases of a shard, in the order in which each case was written. */
  readShard: (shard: string) => AsyncIterable<CaseRecord>;
};

type Reading = {
  /** Whether a record is one from which its case is followed on. */
  begins: (record: CaseRecord) => boolean;
  onRecord: () => void;
  slice: () => Promise<void>;
};

/**
 * The cases of one shard that are followed, with what clocks hear of them. Of the others nothing is kept: memory holds a sixty-fourth of a
 * period's cases, without their content.
 */
export const readCases = async (
  { readShard }: Pick<ReadingPorts, "readShard">,
  shard: string,
  { begins, onRecord, slice }: Reading,
): Promise<FollowedCase[]> => {
  const cases = new Map<string, FollowedCase>();
  for await (const record of readShard(shard)) {
    onRecord();
    const { caseId, family } = record;
    const known = cases.get(caseId) ?? (begins(record) ? { caseId, family, lines: [] } : undefined);
    if (known !== undefined) {
      known.lines.push(lineOf(record));
      cases.set(caseId, known);
    }
    await slice();
  }
  return [...cases.values()];
};
