import { type Archive, openArchive } from "../../infra/archive/archive.ts";
import { archivedCase, archivedCasesBy } from "../../infra/archive/archived-case.ts";
import { configFrom } from "../../infra/config/config.ts";
import { withHubBus } from "./ask-hub.ts";
import { sizeText } from "./backup-text.ts";
import { CommandFailed, exitCodes } from "./failure.ts";
import { columns, print, printJson } from "./say.ts";

export type ArchiveOptions = { data?: string; json?: boolean };
export type SearchOptions = ArchiveOptions & { message?: string; envelope?: string; intake?: string };

const withArchive = async (
  { data }: ArchiveOptions,
  work: (archive: Archive) => Promise<void>,
): Promise<void> => {
  const { archive: settings } = configFrom(process.env, { data });
  if (settings === undefined)
    throw new CommandFailed("There is no archive: say where it lies, SEKTORBRO_ARCHIVE.", exitCodes.usage);
  const archive = await openArchive(settings.dir, Date.now);
  try {
    await work(archive);
  } finally {
    await archive.close();
  }
};

/** Shows the files of the archive. */
export const listArchive = (options: ArchiveOptions): Promise<void> =>
  withArchive(options, async (archive) => {
    const segments = await archive.segments();
    if (options.json === true) printJson(segments);
    else if (segments.length === 0) print("The archive is empty.");
    else
      print(
        columns(
          segments.map(({ no, at, items, sizeBytes, purged }) => [
            String(no).padStart(6, "0"),
            at.slice(0, 10),
            `${items} items`,
            sizeText(sizeBytes),
            purged ? "left the journal" : "in the journal too",
          ]),
        ),
      );
  });

/** Prints one case with all its records. @throws CommandFailed when the archive does not have it */
export const showArchived = (caseId: string, options: ArchiveOptions): Promise<void> =>
  withArchive(options, async (archive) => {
    const found = await archivedCase(archive, caseId);
    if (found === undefined) throw new CommandFailed("The archive has no such case.");
    printJson(found);
  });

/** What a search asks for, as the archive keeps it. */
const keysIn = ({ message, envelope, intake }: SearchOptions): Parameters<Archive["find"]>[0][] => [
  ...(message === undefined ? [] : [`id|${message}` as const]),
  ...(envelope === undefined ? [] : [`envelope|${envelope}` as const]),
  ...(intake === undefined ? [] : [`from|${intake}` as const]),
];

/** Tells the ids of the cases that fit everything that was asked for. @throws CommandFailed */
export const searchArchive = (options: SearchOptions): Promise<void> =>
  withArchive(options, async (archive) => {
    const keys = keysIn(options);
    if (keys.length === 0)
      throw new CommandFailed("Say what to search for: --message, --envelope or --intake.", exitCodes.usage);
    const found = await Promise.all(keys.map((key) => archivedCasesBy(archive, key)));
    const [first = [], ...rest] = found.map((cases) => cases.map(({ caseId }) => caseId));
    const all = first.filter((caseId) => rest.every((ids) => ids.includes(caseId)));
    if (options.json === true) printJson(all);
    else print(all.length === 0 ? "Nothing was found." : all.join("\n"));
  });

/** Reads every file of the archive from end to end. @throws ArchiveDamaged at the first that is not what was written */
export const verifyArchive = (options: ArchiveOptions): Promise<void> =>
  withArchive(options, async (archive) => {
    let items = 0;
    for (const { no } of await archive.segments()) for await (const _item of archive.itemsOf(no)) items += 1;
    if (options.json === true) printJson({ items });
    else print(`${items} items, and every byte is what was written.`);
  });

/** Has the running hub look now for what may leave the journal. @throws CommandFailed, Fault */
export const runArchive = ({ data, json }: ArchiveOptions): Promise<void> =>
  withHubBus({ data, name: "sektorbro-archive" }, async (ask) => {
    const done = await ask("archive.run");
    if (json === true) printJson(done);
    else print(`Done: ${JSON.stringify(done)}`);
  });
