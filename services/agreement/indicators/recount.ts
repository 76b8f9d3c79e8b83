import type { CaseRecord } from "../../../contracts/record.ts";
import type { Instant } from "../../../contracts/time.ts";
import { createComparison, type Difference } from "../core/indicators/differences.ts";
import { inSlices, type SlicePorts } from "../slices.ts";
import { type Read, readMonths, tallySteps } from "./query.ts";

export type RecountPorts = SlicePorts & {
  read: Read;
  caughtUp: () => Promise<void>;
  now: () => Instant;
  streams: readonly string[];
  /** Every shard, and the stream that it stands in. */
  shards: readonly { shard: string; stream: string }[];
  /** The records of a shard, in order, none behind that sequence of its stream. */
  readShard: (shard: string, upTo: number) => AsyncIterable<CaseRecord>;
};

/** What a recount found. `more`: differences that are not listed. */
export type Recounted = {
  equal: boolean;
  clocks: number;
  figures: number;
  differences: Difference[];
  more: number;
};

const mostListed = 100;
const casesAtOnce = 100;

/** The whole of what is counted, at one moment: a month that began meanwhile is read too. */
const readAll = async (
  ports: RecountPorts,
  months: readonly string[] = [],
): Promise<{ months: readonly string[]; positions: number[]; hashes: Record<string, string>[] }> => {
  const { positions, members, hashes } = await readMonths(ports, { streams: ports.streams, months });
  return members.every((month) => months.includes(month))
    ? { months, positions, hashes }
    : readAll(ports, members);
};

const casesOf = async (records: AsyncIterable<CaseRecord>): Promise<CaseRecord[][]> => {
  const cases = new Map<string, CaseRecord[]>();
  for await (const record of records) {
    const known = cases.get(record.caseId);
    if (known === undefined) cases.set(record.caseId, [record]);
    else known.push(record);
  }
  return [...cases.values()];
};

/**
 * Counts every record of the journal once more, by other code, and tells in what the count that is kept differs. Shard by shard: one
 * 64th of the journal is in memory. The hub goes on meanwhile; what comes in later is in neither.
 */
export const recount = async (ports: RecountPorts): Promise<Recounted> => {
  await ports.caughtUp();
  const asOf = ports.now();
  const { months, positions, hashes } = await readAll(ports);
  const comparison = createComparison();
  comparison.keep(await inSlices(tallySteps(months, hashes, asOf), ports));
  for (const { shard, stream } of ports.shards) {
    const upTo = positions[ports.streams.indexOf(stream)] ?? 0;
    const cases = await casesOf(ports.readShard(shard, upTo));
    for (const [i, records] of cases.entries()) {
      comparison.recount(records, asOf);
      if (i % casesAtOnce === 0) await ports.breathe();
    }
  }
  const { differences, ...counted } = comparison.result();
  const listed = differences.slice(0, mostListed);
  const equal = differences.length === 0;
  return { equal, ...counted, differences: listed, more: differences.length - listed.length };
};
