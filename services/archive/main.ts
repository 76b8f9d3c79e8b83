import type { ArchiveRules } from "../../contracts/codes/archive-rules.ts";
import { shardNames, shardOf } from "../../contracts/derived-ids.ts";
import { anyFamilyCaseSubject, commandSubject } from "../../contracts/subjects.ts";
import type { Archive, ArchiveKey, NewItem } from "../../infra/archive/archive.ts";
import { archivedCase, packCase, unpackCase } from "../../infra/archive/archived-case.ts";
import { noteNeeded } from "../../infra/archive/needed.ts";
import { itemKinds } from "../../infra/archive/segment-file.ts";
import { overJson } from "../../infra/nats/json.ts";
import { readShard } from "../../infra/nats/read-shard.ts";
import { streamFor } from "../../infra/nats/streams.ts";
import type { Part, Platform } from "../../infra/platform.ts";
import { startRepeating } from "../../infra/repeat.ts";
import { type Names, namesOf } from "./core/keys.ts";
import { type InTurn, renewIndexes, startErasing } from "./erasing/main.ts";
import { loosePorts, objectItem, originalItem } from "./loose/main.ts";
import type { ArchivePorts, Leaving } from "./ports.ts";
import { archiveRound, type Round } from "./round.ts";

/** What only one hub at a time does: its name among such things. */
const lease = "archive";

const keysOf = (leaving: Leaving, names: Names): ArchiveKey[] => [
  `case|${leaving.caseId}`,
  ...leaving.intakes.map((id) => `from|${id}` as const),
  ...names.messages.map((id) => `id|${id}` as const),
  ...names.patients.map((hash) => `patient|${hash}` as const),
  ...names.envelopes.map(({ id }) => `envelope|${id}` as const),
];

const caseItem = async (
  { indexDigest }: Platform,
  leaving: Leaving,
  archivedAt: string,
): Promise<NewItem> => {
  const { caseId, records, intakes, objects } = leaving;
  const names = namesOf(
    records.map(({ record }) => record),
    indexDigest,
  );
  const lists = { records: [...records], intakes: [...intakes], objects: [...objects] };
  const packed = await packCase({ version: 1, caseId, archivedAt, ...lists, envelopes: names.envelopes });
  return { kind: itemKinds.case, bytes: packed, keys: keysOf(leaving, names) };
};

/** The items of one case: its documents and attachments first, so that it names nothing that is not there. */
async function* itemsOf(platform: Platform, leaving: Leaving, archivedAt: string): AsyncGenerator<NewItem> {
  const digests = new Set(leaving.objects);
  for (const id of leaving.intakes) {
    const found = await originalItem(platform, id);
    if (found?.object !== undefined) digests.add(found.object);
    if (found !== undefined) yield found.item;
  }
  const objects: string[] = [];
  for (const digest of digests) {
    const item = await objectItem(platform, digest);
    if (item === undefined) continue;
    objects.push(digest);
    yield item;
  }
  yield await caseItem(platform, { ...leaving, objects }, archivedAt);
}

async function* casesOn(archive: Archive, shelf: number): AsyncGenerator<Leaving> {
  for await (const { kind, bytes } of archive.itemsOf(shelf))
    if (kind === itemKinds.case) yield await unpackCase(bytes);
}

/**
 * The server removes what is below a sequence: what came after the last that is archived stays. So does the very last record of
 * a stream: where a stream ends is what followers are measured by, and what is gone can be reached by none.
 */
const purgeCase =
  ({ jsm, link, layout }: Platform): ArchivePorts["purgeCase"] =>
  async ({ caseId, records }) => {
    const last = records.at(-1)?.seq;
    if (last === undefined) return;
    const stream = streamFor("case", shardOf(caseId), layout);
    const { state } = await link.hold(() => jsm.streams.info(stream));
    const seq = last === state.last_seq ? last : last + 1;
    await link.hold(() => jsm.streams.purge(stream, { filter: anyFamilyCaseSubject(caseId), seq }));
  };

/** What a round works with. */
export const archivePorts = (platform: Platform, archive: Archive): ArchivePorts => ({
  shards: shardNames,
  recordsOf: (shard) => readShard(platform, shard),
  load: platform.journal.load,
  archivedUpTo: async (caseId) => (await archivedCase(archive, caseId))?.records.at(-1)?.seq,
  shelve: async (cases, at) => {
    const items = async function* (): AsyncGenerator<NewItem> {
      for await (const leaving of cases) yield* itemsOf(platform, leaving, at);
    };
    await archive.add(items(), at);
  },
  ...loosePorts(platform, archive),
  shelves: archive.segments,
  casesOn: (shelf) => casesOn(archive, shelf),
  purgeCase: purgeCase(platform),
  purgeObject: platform.objects.remove,
  notePurged: archive.notePurged,
  now: platform.effects.now,
});

const dayMs = 24 * 60 * 60 * 1_000;
/** Between two looks whether it is time. */
const restMs = 60_000;
/** A hub that was just started has more urgent things to do. */
const firstAfterMs = 10 * 60 * 1_000;

/** One thing at a time: what is asked for by hand waits for what runs. */
const inTurns = (): InTurn => {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const turn = last.then(work);
    last = turn.catch(() => undefined);
    return turn;
  };
};

const startRounds = (
  platform: Platform,
  { archive, rules }: { archive: Archive; rules: ArchiveRules },
  inTurn: InTurn,
): Part => {
  const { bus, leases, log } = platform;
  const ports = archivePorts(platform, archive);
  const round = async (): Promise<Round> => {
    const done = await leases.during(lease, async () => {
      await noteNeeded(platform.js, platform.layout.replicas, archive);
      return archiveRound(ports, rules);
    });
    const { archived, purged, documents } = done;
    log.info("archived", { cases: archived, count: purged, documents: documents.purged });
    if (purged > 0) await renewIndexes(platform, ["worklist"]);
    return done;
  };
  const run = (): Promise<Round> => inTurn(round);
  const commands = bus.serve(commandSubject("archive.run"), "archive", overJson(run));
  // A wait, and no instant: a clock that is set neither hastens nor holds up a round.
  let dueMs = performance.now() + firstAfterMs;
  const daily = startRepeating(
    async () => {
      if (performance.now() < dueMs || !leases.holds(lease)) return false;
      dueMs = performance.now() + dayMs;
      await run();
      return false;
    },
    restMs,
    (error) => {
      log.warn("archive waits", { error });
    },
  );
  return {
    stop: async () => {
      await commands.stop();
      await daily.stop();
    },
  };
};

/** Once a day, and when it is asked to. Without an archive nothing leaves the journal but what is erased. */
export const startArchive = async (platform: Platform, rules: ArchiveRules | undefined): Promise<Part> => {
  const { archive } = platform;
  const inTurn = inTurns();
  const erasing = await startErasing(platform, (work) => inTurn(() => platform.leases.during(lease, work)));
  const rounds =
    archive === undefined || rules === undefined || rules.afterDays === 0
      ? undefined
      : startRounds(platform, { archive, rules }, inTurn);
  return {
    stop: async () => {
      await rounds?.stop();
      await erasing.stop();
    },
  };
};
