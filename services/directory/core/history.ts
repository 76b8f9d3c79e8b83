import type { Organisation } from "../../../contracts/messages/directory.ts";
import type { DirectoryHistory } from "../../../contracts/messages/directory-query.ts";

export type Version = { organisation: Organisation; changedBy: string; changedAt: string };

const differing = (now: Organisation, before: Organisation | undefined): string[] => {
  if (before === undefined) return [];
  const old = new Map<string, unknown>(Object.entries(before));
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  const fresh = new Map<string, unknown>(Object.entries(now));
  return [...names].filter((name) => JSON.stringify(fresh.get(name)) !== JSON.stringify(old.get(name)));
};

/** Who changed what and when: each version with the fields that differ from the one before. Newest first, as given. */
export const historyOf = (gln: string, versions: readonly Version[]): DirectoryHistory => ({
  gln,
  versions: versions.map((version, i) => ({
    ...version,
    changed: differing(version.organisation, versions[i + 1]?.organisation),
  })),
});
