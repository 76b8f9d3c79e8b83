import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { claimsOf } from "./claims.ts";
import { isGlnName, isLeftAlone } from "./core/names.ts";
import { codeOf, inside, namesIn, readTail, seeIn, textNamesIn, touchedMs } from "./files.ts";
import { troublesOf } from "./organisation-folders.ts";

/** One thing that was looked at. `whatToDo` is empty when it is `ok`. No file is named: a name may hold a CPR number. */
export type FolderCheck = {
  name: string;
  status: "ok" | "warn" | "bad";
  detail: string;
  whatToDo: string;
};

/** A document that is in hand this long is held up by something. */
const lateMs = 600_000;

const check = (gln: string, status: "warn" | "bad", [detail, whatToDo]: [string, string]): FolderCheck => ({
  name: `folders ${gln}`,
  status,
  detail,
  whatToDo,
});

const troubleTexts = {
  missing:
    "Start the hub: it makes the folders that are missing. Or make them, with rights for hub and partner.",
  "no-folder": "Put a real folder there: a file or a link in its place is never followed.",
  "other-file-system": "Keep all folders of an organisation on one file system: a rename must be atomic.",
} as const;

const stuckIn = async (dir: string, nowMs: number): Promise<number> => {
  let stuck = 0;
  for (const owner of await textNamesIn(join(dir, ".work")))
    for (const claim of await claimsOf(join(dir, ".work", owner)))
      if (nowMs - ((await touchedMs(claim.dir)) ?? nowMs) > lateMs) stuck += 1;
  return stuck;
};

const isReadable = async (place: Parameters<typeof readTail>[0]): Promise<boolean> =>
  readTail(place).then(
    () => true,
    (error: unknown) => codeOf(error) !== "EACCES" && codeOf(error) !== "EPERM",
  );

/** What lies in `in` and will never be taken as it is. */
const oddIn = async (dir: string): Promise<{ notFiles: number; unreadable: number }> => {
  const names = await namesIn(dir);
  const beside = new Set(names.map((raw) => raw.toString("utf8")));
  const found = { notFiles: 0, unreadable: 0 };
  for (const raw of names) {
    const entry = await seeIn(dir, raw);
    if (entry === undefined || isLeftAlone(entry.name, beside)) continue;
    if (entry.kind !== "file") found.notFiles += 1;
    else if (!(await isReadable(inside(dir, raw)))) found.unreadable += 1;
  }
  return found;
};

const inspectOrganisation = async (root: string, gln: string, nowMs: number): Promise<FolderCheck[]> => {
  const dir = join(root, gln);
  const troubles = (await troublesOf(root, gln)).filter(
    // The hub's own place is there while it runs; the partner's folders are always.
    ({ folder, trouble }) => !(folder === ".work" && trouble === "missing"),
  );
  if (troubles.length > 0)
    return troubles.map(({ folder, trouble }) =>
      check(gln, trouble === "missing" ? "warn" : "bad", [`${folder}: ${trouble}`, troubleTexts[trouble]]),
    );
  const { notFiles, unreadable } = await oddIn(join(dir, "in"));
  const stuck = await stuckIn(dir, nowMs);
  const refused = (await textNamesIn(join(dir, "refused"))).filter((n) => n.endsWith(".problems.txt")).length;
  const found: [number, string, string][] = [
    [
      notFiles,
      "in `in` that are no files",
      "Take folders and links out of `in`; put the files themselves there.",
    ],
    [
      unreadable,
      "in `in` that the hub may not read",
      "Give the hub's user the right to read what partners put there.",
    ],
    [
      stuck,
      "in hand for more than ten minutes",
      "See folder-document-waits in the hub's log: the code says why.",
    ],
    [
      refused,
      "refused",
      "Somebody must read the texts in `refused`, mend the documents and put them into `in` again.",
    ],
  ];
  return found
    .filter(([count]) => count > 0)
    .map(([count, detail, whatToDo]) => check(gln, "warn", [`${String(count)} ${detail}`, whatToDo]));
};

/** Looks at every organisation's folders, whether a hub runs or not. Changes nothing. */
export const inspectFolders = async (root: string, nowMs: number): Promise<FolderCheck[]> => {
  const names = await readdir(root).catch((error: unknown) => codeOf(error));
  if (typeof names === "string")
    return [
      {
        name: "folders",
        status: "bad",
        detail: `${root} cannot be read (${names})`,
        whatToDo: "Make the folder, or mount it, with rights for the hub; or mend SEKTORBRO_FOLDERS.",
      },
    ];
  const glns = names.filter(isGlnName).toSorted();
  const others = names.filter((name) => !isGlnName(name) && !name.startsWith(".")).length;
  const checks: FolderCheck[] = [];
  for (const gln of glns) checks.push(...(await inspectOrganisation(root, gln, nowMs)));
  if (others > 0)
    checks.push({
      name: "folders",
      status: "warn",
      detail: `${String(others)} names in the root are no GLN`,
      whatToDo:
        "An organisation's folder is named by its GLN and nothing else; what is called otherwise is not looked at.",
    });
  const summary = `${root}: ${String(glns.length)} organisations`;
  return [{ name: "folders", status: "ok", detail: summary, whatToDo: "" }, ...checks];
};
