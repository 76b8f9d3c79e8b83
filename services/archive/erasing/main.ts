import { shardNames, shardOf } from "../../../contracts/derived-ids.ts";
import { deskMessageId } from "../../../contracts/messages/desk.ts";
import {
  EraseCases as Asked,
  type EraseCases,
  type Erasure,
  type Erasures,
} from "../../../contracts/messages/erasure.ts";
import { anyFamilyCaseSubject, anyIntakeSubject, commandSubject } from "../../../contracts/subjects.ts";
import { caseIdFor, newId, sha256 } from "../../../infra/ids.ts";
import { overJson } from "../../../infra/nats/json.ts";
import { openObjects } from "../../../infra/nats/objects.ts";
import { readShard } from "../../../infra/nats/read-shard.ts";
import { streamFor } from "../../../infra/nats/streams.ts";
import type { Part, Platform } from "../../../infra/platform.ts";
import type { IndexName } from "../../../infra/redis/index-names.ts";
import { attachmentCasesIn, objectsIn } from "../core/named.ts";
import { eraseCase, wouldErase } from "./erase.ts";
import type { ErasePorts } from "./ports.ts";

const namedByOthers =
  (platform: Platform): ErasePorts["namedByOthers"] =>
  async (names, group) => {
    const named = new Set<string>();
    for (const shard of shardNames)
      for await (const record of readShard(platform, shard)) {
        if (group.has(record.caseId)) continue;
        for (const name of [...objectsIn(record), ...attachmentCasesIn(record)])
          if (names.has(name)) named.add(name);
      }
    return named;
  };

/** The last record is the tombstone, and stays: it is what the server is told to keep. */
const purgeRecords =
  ({ jsm, link, layout }: Platform): ErasePorts["purgeRecords"] =>
  async (caseId) => {
    const stream = streamFor("case", shardOf(caseId), layout);
    await link.hold(() => jsm.streams.purge(stream, { filter: anyFamilyCaseSubject(caseId), keep: 1 }));
  };

const purgeIntake =
  ({ jsm, link, layout }: Platform): ErasePorts["purgeIntake"] =>
  async (id) => {
    const stream = streamFor("intake", shardOf(id), layout);
    await link.hold(() => jsm.streams.purge(stream, { filter: anyIntakeSubject(id) }));
  };

/** An organisation, and those that it is a unit of, from below. */
const housesOf = ({ directory }: Platform, gln: string): string[] => {
  const houses = [gln];
  for (
    let above = directory.organisation(gln)?.partOf;
    above !== undefined && !houses.includes(above);
    above = directory.organisation(above)?.partOf
  )
    houses.push(above);
  return houses;
};

/** What cases are erased with on real servers. Objects are those of the store itself: what another archived case holds is its own. */
export const erasePorts = async (platform: Platform): Promise<ErasePorts> => {
  const { archive, effects, indexDigest, intake, journal, js, layout, snapshots } = platform;
  const objects = await openObjects(js, layout.replicas);
  return {
    load: (caseId) => journal.load(caseId),
    append: journal.append,
    document: async (id) => {
      const found = await intake.original(id);
      return found && { object: `sha256-${sha256(found.bytes)}`, corrects: found.corrects };
    },
    hasObject: async (digest) => (await objects.stat(digest)) !== undefined,
    archivedCopies: async (caseId) => (await archive?.find(`case|${caseId}`))?.length ?? 0,
    namedByOthers: namedByOthers(platform),
    purgeObject: objects.remove,
    purgeIntake: purgeIntake(platform),
    forget: snapshots.forget,
    eraseArchived: async (caseId) => archive?.erase(caseId),
    purgeRecords: purgeRecords(platform),
    desksOf: (party, caseId) =>
      housesOf(platform, party).map((house) => caseIdFor(house, deskMessageId(caseId))),
    fingerprint: (text) => indexDigest(sha256(text)),
    now: effects.now,
  };
};

/** Indexes are made again from what the journal holds now, beside those in use: what has left it is in them no more. */
export const renewIndexes = async ({ bus }: Platform, names: readonly IndexName[]): Promise<void> => {
  for (const name of names) await bus.ask(commandSubject(`${name}.rebuild`), { digest: false }, 30 * 60_000);
};

/** In the chain of looks, which nobody can change: who erased what, and for which reason. */
const note = (platform: Platform, { by, reason }: EraseCases, erasure: Erasure): Promise<void> =>
  platform.audit.write({
    at: platform.effects.now(),
    resource: "case",
    door: "archive erase",
    outcome: erasure.outcome === "erased" ? "erased" : "refused",
    ...(erasure.outcome === "refused" ? { code: erasure.code } : {}),
    gln: platform.operations ?? "operator",
    person: by,
    role: "operator",
    reason,
    cases: [erasure.caseId],
    request: newId(),
  });

const eraseOne = async (platform: Platform, ports: ErasePorts, asked: { caseId: string; of: EraseCases }) => {
  const erasure = await eraseCase(ports, asked.caseId);
  await note(platform, asked.of, erasure);
  return erasure;
};

const eraseAll = async (platform: Platform, ports: ErasePorts, of: EraseCases): Promise<Erasures> => {
  const cases: Erasure[] = [];
  for (const caseId of new Set(of.caseIds)) cases.push(await eraseOne(platform, ports, { caseId, of }));
  platform.log.info("erased", { count: cases.filter(({ outcome }) => outcome === "erased").length });
  if (cases.some(({ outcome }) => outcome === "erased"))
    await renewIndexes(platform, ["worklist", "message-log"]);
  return { cases };
};

const lookAll = async (ports: ErasePorts, { caseIds }: EraseCases): Promise<Erasures> => ({
  cases: await Promise.all([...new Set(caseIds)].map((caseId) => wouldErase(ports, caseId))),
});

/** Does one thing after the other. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;

/** Erases cases when it is asked to; not while the archive is written. */
export const startErasing = async (platform: Platform, inTurn: InTurn): Promise<Part> => {
  const { bus } = platform;
  const ports = await erasePorts(platform);
  return bus.serve(
    commandSubject("archive.erase"),
    "archive",
    overJson((payload: unknown) => {
      const asked = Asked.parse(payload);
      return asked.confirmed === true
        ? inTurn(() => eraseAll(platform, ports, asked))
        : lookAll(ports, asked);
    }),
  );
};
