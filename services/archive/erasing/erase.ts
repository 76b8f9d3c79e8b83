import type { Erasure, Holdings } from "../../../contracts/messages/erasure.ts";
import { attachmentCasesIn, intakesIn, objectsIn } from "../core/named.ts";
import { ripenessOf } from "../core/ripe.ts";
import { isTombstone, tombstone } from "../core/tombstone.ts";
import { seenOf } from "../scan.ts";
import type { ErasePorts, Loaded } from "./ports.ts";

/** What cases consist of, as far as their records tell; tombstones are no part of it. */
type Whole = {
  caseIds: readonly string[];
  records: readonly Loaded[];
  intakes: ReadonlySet<string>;
  objects: ReadonlySet<string>;
  /** Objects that another case names too: they stay. */
  spared: ReadonlySet<string>;
};

/** A document that was refused and corrected was about the same: the first of them too. */
const documentsOf = async (
  ports: ErasePorts,
  named: readonly string[],
): Promise<Pick<Whole, "intakes" | "objects">> => {
  const [intakes, objects]: [Set<string>, Set<string>] = [new Set(), new Set()];
  const waiting = [...named];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (intakes.has(id)) continue;
    intakes.add(id);
    const document = await ports.document(id);
    if (document === undefined) continue;
    objects.add(document.object);
    if (document.corrects !== undefined) waiting.push(document.corrects);
  }
  return { intakes, objects };
};

const wholeOf = async (ports: ErasePorts, caseIds: readonly string[]): Promise<Whole> => {
  const all = (await Promise.all(caseIds.map(ports.load))).flat();
  const records = all.filter(({ record }) => !isTombstone(record));
  const read = records.flatMap(({ record }) => intakesIn(record));
  const { intakes, objects: large } = await documentsOf(ports, read);
  const objects = new Set([...records.flatMap(({ record }) => objectsIn(record)), ...large]);
  const spared =
    objects.size === 0 ? new Set<string>() : await ports.namedByOthers(objects, new Set(caseIds));
  return { caseIds, records, intakes, objects, spared };
};

const countOf = async (
  names: Iterable<string>,
  isThere: (name: string) => Promise<boolean>,
): Promise<number> => (await Promise.all([...names].map(isThere))).filter(Boolean).length;

/** Looks in each place. */
const holdingsOf = async (ports: ErasePorts, whole: Whole): Promise<Holdings> => {
  const { caseIds, intakes, objects, spared } = whole;
  const loaded = (await Promise.all(caseIds.map(ports.load))).flat();
  const copies = await Promise.all(caseIds.map(ports.archivedCopies));
  return {
    records: loaded.filter(({ record }) => !isTombstone(record)).length,
    documents: await countOf(intakes, async (id) => (await ports.document(id)) !== undefined),
    attachments: await countOf(
      [...objects].filter((digest) => !spared.has(digest)),
      ports.hasObject,
    ),
    archived: copies.reduce((sum, n) => sum + n, 0),
  };
};

/** Why a case may not be erased: something is still to be done about it, which erasing would have nobody do. */
const hindrance = (all: readonly Loaded[], now: string): string | undefined => {
  const [seen, last] = [seenOf(all), all.at(-1)];
  if (seen === undefined || last === undefined || isTombstone(last.record)) return undefined;
  const around = { now, lastAt: seen.lastAt, afterDays: 0, linkedToOpen: false };
  const ripeness = ripenessOf(seen.state, around);
  return ripeness.kind === "ripe" ? undefined : ripeness.why;
};

/**
 * The case and what goes with it: the attachments that were joined to it and to no other, and where people of its parties noted who
 * has it. Its records tell what that is, so it comes last.
 */
const groupOf = async (
  ports: ErasePorts,
  caseId: string,
  all: readonly Loaded[],
): Promise<readonly string[]> => {
  const joined = new Set(all.flatMap(({ record }) => attachmentCasesIn(record)));
  const shared = joined.size === 0 ? new Set<string>() : await ports.namedByOthers(joined, new Set([caseId]));
  const parties = seenOf(all)?.state.parties ?? [];
  const desks = [...new Set(parties.flatMap((party) => ports.desksOf(party, caseId)))];
  const there = await Promise.all(desks.map(async (desk) => (await ports.load(desk)).length > 0));
  return [...[...joined].filter((one) => !shared.has(one)), ...desks.filter((_, i) => there[i]), caseId];
};

type Judged = { kind: "refused"; erasure: Erasure } | { kind: "settled"; group: readonly string[] };

/** Whether nothing is to be done any more about the case, and about what goes with it. */
const judged = async (ports: ErasePorts, caseId: string): Promise<Judged> => {
  const all = await ports.load(caseId);
  const refused = { outcome: "refused", caseId } as const;
  if (all.length === 0) return { kind: "refused", erasure: { ...refused, code: "case-unknown" } };
  const group = await groupOf(ports, caseId, all);
  for (const one of group) {
    const why = hindrance(one === caseId ? all : await ports.load(one), ports.now());
    if (why !== undefined) return { kind: "refused", erasure: { ...refused, code: "case-not-settled", why } };
  }
  return { kind: "settled", group };
};

/** Puts the tombstone on a case: from then on nobody writes to it. `undefined`: somebody did meanwhile. @returns since when */
const buried = async (ports: ErasePorts, caseId: string): Promise<string | undefined> => {
  const all = await ports.load(caseId);
  const last = all.at(-1);
  if (last === undefined || hindrance(all, ports.now()) !== undefined) return undefined;
  if (isTombstone(last.record)) return last.record.meta.at;
  const stone = tombstone({ ...last.record, no: last.record.meta.no }, ports.now());
  return (await ports.append(stone, last.seq)).kind === "appended" ? stone.meta.at : undefined;
};

/** What tells of the rest goes last: who dies on the way finds it again. */
const removeAll = async (ports: ErasePorts, { caseIds, intakes, objects, spared }: Whole): Promise<void> => {
  for (const digest of objects) if (!spared.has(digest)) await ports.purgeObject(digest);
  for (const intake of intakes) await ports.purgeIntake(intake);
  for (const caseId of caseIds) {
    await ports.forget(caseId);
    await ports.eraseArchived(caseId);
    await ports.purgeRecords(caseId);
  }
};

/**
 * Erases one case, and what goes with it, wherever the hub keeps it, and looks in each place afterwards. Tombstones come first; documents
 * and attachments, the archive and the journal follow. Done again, after a crash or for a second look, it comes to the same.
 */
export const eraseCase = async (ports: ErasePorts, caseId: string): Promise<Erasure> => {
  const found = await judged(ports, caseId);
  if (found.kind === "refused") return found.erasure;
  const whole = await wholeOf(ports, found.group);
  const held = await holdingsOf(ports, whole);
  const fingerprint = ports.fingerprint(JSON.stringify(whole.records.map(({ record }) => record)));
  let erasedAt = "";
  for (const one of found.group) {
    const since = await buried(ports, one);
    if (since === undefined)
      return { outcome: "refused", caseId, code: "case-not-settled", why: "written-to" };
    erasedAt = since;
  }
  await removeAll(ports, whole);
  return {
    outcome: "erased",
    caseId,
    erasedAt,
    found: held,
    left: await holdingsOf(ports, whole),
    spared: whole.spared.size,
    fingerprint,
  };
};

/** The same without doing it. */
export const wouldErase = async (ports: ErasePorts, caseId: string): Promise<Erasure> => {
  const found = await judged(ports, caseId);
  if (found.kind === "refused") return found.erasure;
  const whole = await wholeOf(ports, found.group);
  return { outcome: "would-be-erased", caseId, found: await holdingsOf(ports, whole) };
};
