import { join } from "node:path";
import { stepOf } from "./core/after-crash.ts";
import type { Result } from "./core/finish.ts";
import { refusedOf } from "./core/names.ts";
import { isSame, type Look } from "./core/ready.ts";
import {
  type Entry,
  inside,
  makeOwn,
  move,
  namesIn,
  type RawName,
  remove,
  removeEmpty,
  removeTree,
  seeIn,
  syncFolder,
  textNamesIn,
  unlessGone,
  writeSynced,
} from "./files.ts";
import { claimsIn, folderIn, type OrganisationFolders } from "./organisation-folders.ts";

/** A file that was taken out of `in`: a folder of its own, in which it lies under its own name until it is settled. */
export type Claim = { id: string; dir: string };

const documentIn = ({ dir }: Claim): string => join(dir, "document");
const draftIn = ({ dir }: Claim): string => join(dir, "draft");
const resultsIn = ({ dir }: Claim): string => join(dir, "results");

/**
 * Takes a file out of `in` by one rename: of several gateways that see it, one gets it. `undefined`: another was quicker,
 * or its owner took it away.
 */
export const claimFile = async (
  folders: OrganisationFolders,
  raw: RawName,
  id: string,
): Promise<Claim | undefined> => {
  const claim = { id, dir: join(claimsIn(folders.own), id) };
  await makeOwn(documentIn(claim));
  try {
    if (await move(inside(folderIn(folders, "in"), raw), inside(documentIn(claim), raw))) return claim;
  } finally {
    // A claim without a file is nobody's; one that has its file stays.
    if (await removeEmpty(documentIn(claim))) await removeEmpty(claim.dir);
  }
  return undefined;
};

export const claimsOf = async (place: string): Promise<Claim[]> =>
  (await textNamesIn(claimsIn(place))).map((id) => ({ id, dir: join(claimsIn(place), id) }));

export const documentOf = async (claim: Claim): Promise<Entry | undefined> => {
  const [raw] = (await unlessGone(namesIn(documentIn(claim)))) ?? [];
  return raw === undefined ? undefined : await seeIn(documentIn(claim), raw);
};
export const placeOf = (claim: Claim, { raw }: Entry): RawName => inside(documentIn(claim), raw);

/** What to do with a claim now, by what is on disk. */
export const nextStep = async (claim: Claim): Promise<ReturnType<typeof stepOf>> =>
  stepOf({
    document: (await documentOf(claim)) !== undefined,
    results: (await textNamesIn(claim.dir)).includes("results"),
  });

/**
 * Puts down for good what is due to the sender: the results are written beside one another and become valid together, by one
 * rename. `false`: the file is not what was read any more, since its writer was not done; nothing is decided then.
 */
export const commit = async (claim: Claim, document: Entry, results: readonly Result[]): Promise<boolean> => {
  await removeTree(draftIn(claim));
  await makeOwn(draftIn(claim));
  for (const { name, bytes } of results) await writeSynced(join(draftIn(claim), name), bytes);
  await syncFolder(draftIn(claim));
  const now = await seeIn(documentIn(claim), document.raw);
  if (now === undefined || !isSame(now, document satisfies Omit<Look, "sinceMs">)) return false;
  await move(draftIn(claim), resultsIn(claim));
  await syncFolder(claim.dir);
  return true;
};

/** A refused document goes where the text that tells why will lie; any other is in INTAKE and may go. */
const settleDocument = async (
  folders: OrganisationFolders,
  claim: Claim,
  results: readonly string[],
): Promise<void> => {
  const refused = results.map(refusedOf).find((name) => name !== undefined);
  for (const raw of (await unlessGone(namesIn(documentIn(claim)))) ?? []) {
    const place = inside(documentIn(claim), raw);
    if (refused === undefined) await remove(place);
    else await move(place, join(folderIn(folders, "refused"), refused));
  }
};

/**
 * Puts every result in its place, each by one rename that happens once, and forgets the claim. Begun again after a crash it
 * does what is left.
 */
export const handOver = async (folders: OrganisationFolders, claim: Claim): Promise<void> => {
  const results = await textNamesIn(resultsIn(claim));
  await settleDocument(folders, claim, results);
  for (const name of results) {
    const target = folderIn(folders, refusedOf(name) === undefined ? "receipts" : "refused");
    await move(join(resultsIn(claim), name), join(target, name));
    await syncFolder(target);
  }
  await sweep(claim);
};

/** Removes what is left of a claim that has neither file nor results. Another gateway's rename keeps what it put there. */
export const sweep = async (claim: Claim): Promise<void> => {
  await removeTree(draftIn(claim));
  for (const dir of [resultsIn(claim), documentIn(claim), claim.dir]) await removeEmpty(dir);
};
