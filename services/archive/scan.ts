import type { ArchiveRules } from "../../contracts/codes/archive-rules.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type CaseState, evolveCase, noCase } from "../case/case-state.ts";
import { intakesIn, linksIn, objectsIn } from "./core/named.ts";
import { ripenessOf } from "./core/ripe.ts";
import type { ArchivePorts } from "./ports.ts";

/** What one look at the whole journal tells. Of cases that stay nothing is kept but what they link to and name. */
export type Scan = {
  /** Cases that are ripe by their own records. */
  candidates: string[];
  /** Cases that an open one links to. */
  linkedFromOpen: Set<string>;
  /** Which cases name an object. */
  namedBy: Map<string, Set<string>>;
  /** Documents that are old, and that no case of the journal was read from. */
  loose: Set<string>;
};

type Seen = { state: CaseState; lastAt: string; links: Set<string> };

const seenWith = (seen: Seen | undefined, record: CaseRecord): Seen => {
  const before = seen ?? { state: noCase(record.caseId), lastAt: "", links: new Set<string>() };
  for (const link of linksIn(record)) before.links.add(link);
  return { state: evolveCase(before.state, record), lastAt: record.meta.at, links: before.links };
};

/** A case from all its records. */
export const seenOf = (records: readonly { record: CaseRecord }[]): Seen | undefined =>
  records.reduce<Seen | undefined>((seen, { record }) => seenWith(seen, record), undefined);

const noteNamed = ({ namedBy, loose }: Scan, record: CaseRecord): void => {
  for (const intake of intakesIn(record)) loose.delete(intake);
  for (const digest of objectsIn(record)) {
    const cases = namedBy.get(digest) ?? new Set<string>();
    namedBy.set(digest, cases.add(record.caseId));
  }
};

type Looking = { ports: ArchivePorts; rules: ArchiveRules; scan: Scan };

/** A case that came back from the archive, or left its last record behind, has its first records there: alone, the others tell nothing. */
const wholeCase = async (
  { load }: ArchivePorts,
  caseId: string,
  seen: Seen | undefined,
): Promise<Seen | undefined> => seen ?? seenOf(await load(caseId));

const judge = ({ ports, rules, scan }: Looking, { state, lastAt, links }: Seen): void => {
  const around = { now: ports.now(), lastAt, afterDays: rules.afterDays, linkedToOpen: false };
  const ripeness = ripenessOf(state, around);
  if (ripeness.kind === "ripe") scan.candidates.push(state.caseId);
  // What is closed and merely young holds nothing back.
  else if (ripeness.why !== "too-young") for (const link of links) scan.linkedFromOpen.add(link);
};

const scanShard = async (looking: Looking, shard: string): Promise<void> => {
  const cases = new Map<string, Seen | undefined>();
  for await (const record of looking.ports.recordsOf(shard)) {
    const { caseId, meta } = record;
    const known = cases.get(caseId);
    cases.set(caseId, known !== undefined || meta.no === 1 ? seenWith(known, record) : undefined);
    noteNamed(looking.scan, record);
  }
  for (const [caseId, known] of cases) {
    const seen = await wholeCase(looking.ports, caseId, known);
    if (seen !== undefined) judge(looking, seen);
  }
};

const dayMs = 86_400_000;

/** Looks at every record of the journal, a shard at a time. */
export const scanJournal = async (ports: ArchivePorts, rules: ArchiveRules): Promise<Scan> => {
  const before = new Date(Date.parse(ports.now()) - rules.afterDays * dayMs).toISOString();
  const loose = new Set<string>();
  for await (const intake of ports.olderDocuments(before)) loose.add(intake);
  const scan: Scan = { candidates: [], linkedFromOpen: new Set(), namedBy: new Map(), loose };
  for (const shard of ports.shards) await scanShard({ ports, rules, scan }, shard);
  return scan;
};
