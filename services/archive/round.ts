import type { ArchiveRules } from "../../contracts/codes/archive-rules.ts";
import { mayLeave } from "./core/loose.ts";
import { intakesIn, objectsIn } from "./core/named.ts";
import { ripenessOf } from "./core/ripe.ts";
import type { ArchivePorts, Leaving, Shelf } from "./ports.ts";
import { type Scan, scanJournal, seenOf } from "./scan.ts";

/** How many cases, and documents of no case, a round put in the archive, and how many it took out of the store. */
export type Round = { archived: number; purged: number; documents: { archived: number; purged: number } };

/** Whether a case that is linked to still has something to be done about. One that nobody knows has not. */
const isOpen = async (ports: ArchivePorts, caseId: string): Promise<boolean> => {
  const seen = seenOf(await ports.load(caseId));
  if (seen === undefined) return false;
  // However young it is: only what is to be done counts here.
  const around = { now: ports.now(), lastAt: seen.lastAt, afterDays: 0, linkedToOpen: false };
  return ripenessOf(seen.state, around).kind === "unripe";
};

const linksToOpen = async (ports: ArchivePorts, links: ReadonlySet<string>): Promise<boolean> => {
  for (const link of links) if (await isOpen(ports, link)) return true;
  return false;
};

const unique = (texts: readonly string[]): string[] => [...new Set(texts)];

/** The case as it would leave now; `undefined`: it stays. The journal is asked again: it may have gone on since the scan. */
const leavingNow = async (
  { ports, rules, scan }: { ports: ArchivePorts; rules: ArchiveRules; scan: Scan },
  caseId: string,
): Promise<Leaving | undefined> => {
  if (scan.linkedFromOpen.has(caseId)) return undefined;
  const records = await ports.load(caseId);
  const seen = seenOf(records);
  if (seen === undefined || (await ports.archivedUpTo(caseId)) === records.at(-1)?.seq) return undefined;
  const { state, lastAt, links } = seen;
  const linkedToOpen = await linksToOpen(ports, links);
  const around = { now: ports.now(), lastAt, afterDays: rules.afterDays, linkedToOpen };
  if (ripenessOf(state, around).kind === "unripe") return undefined;
  const all = records.map(({ record }) => record);
  const [intakes, objects] = [unique(all.flatMap(intakesIn)), unique(all.flatMap(objectsIn))];
  return { caseId, records, intakes, objects };
};

const shelveRipe = async (ports: ArchivePorts, rules: ArchiveRules, scan: Scan): Promise<number> => {
  let archived = 0;
  for (let start = 0; start < scan.candidates.length; start += rules.shelfCases) {
    const run = scan.candidates.slice(start, start + rules.shelfCases);
    const cases = async function* (): AsyncGenerator<Leaving> {
      for (const caseId of run) {
        const leaving = await leavingNow({ ports, rules, scan }, caseId);
        if (leaving === undefined) continue;
        archived += 1;
        yield leaving;
      }
    };
    await ports.shelve(cases(), ports.now());
  }
  return archived;
};

/** Documents that became nothing, where nobody has anything to do about them any more. */
const shelveLoose = async (
  ports: ArchivePorts,
  rules: ArchiveRules,
  candidates: readonly string[],
): Promise<number> => {
  const around = { now: ports.now(), afterDays: rules.afterDays };
  const leaving: string[] = [];
  for (const intake of candidates) {
    const history = await ports.looseHistory(intake);
    if (history !== undefined && mayLeave(history, around)) leaving.push(intake);
  }
  for (let start = 0; start < leaving.length; start += rules.shelfCases)
    await ports.shelveLoose(leaving.slice(start, start + rules.shelfCases), ports.now());
  return leaving.length;
};

const isMature = (ports: ArchivePorts, { graceSeconds }: ArchiveRules, { at, purged }: Shelf): boolean =>
  !purged && Date.parse(ports.now()) - Date.parse(at) >= graceSeconds * 1_000;

/** Purges what one shelf holds. Done again after a crash, it finds less to do. `gone`: cases that have left in this round. */
const purgeShelf = async (
  ports: ArchivePorts,
  { no }: Shelf,
  { namedBy, gone, loose }: { namedBy: Scan["namedBy"]; gone: Set<string>; loose: Set<string> },
): Promise<void> => {
  const objects = new Set<string>();
  for await (const leaving of ports.casesOn(no)) {
    await ports.purgeCase(leaving);
    for (const intake of leaving.intakes) await ports.purgeOriginal(intake);
    for (const digest of leaving.objects) objects.add(digest);
    gone.add(leaving.caseId);
  }
  for await (const { intake, object } of ports.looseOn(no)) {
    await ports.purgeOriginal(intake);
    loose.add(intake);
    if (object !== undefined) objects.add(object);
  }
  for (const digest of objects)
    if ([...(namedBy.get(digest) ?? [])].every((caseId) => gone.has(caseId))) await ports.purgeObject(digest);
  await ports.notePurged(no);
};

/**
 * One look at the journal: what was put in the archive long enough ago leaves the store, and what has become ripe is put in the
 * archive. Nothing leaves that is not in the archive, on disk and read back; who dies between two steps has lost nothing, and
 * the next round goes on there.
 */
export const archiveRound = async (ports: ArchivePorts, rules: ArchiveRules): Promise<Round> => {
  const scan = await scanJournal(ports, rules);
  const mature = (await ports.shelves()).filter((shelf) => isMature(ports, rules, shelf));
  const [gone, loose] = [new Set<string>(), new Set<string>()];
  for (const shelf of mature) await purgeShelf(ports, shelf, { namedBy: scan.namedBy, gone, loose });
  const archived = await shelveRipe(ports, rules, scan);
  const leaving = await shelveLoose(
    ports,
    rules,
    [...scan.loose].filter((intake) => !loose.has(intake)),
  );
  return { archived, purged: gone.size, documents: { archived: leaving, purged: loose.size } };
};
