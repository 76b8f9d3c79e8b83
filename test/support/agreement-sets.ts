import type { Agreement, AgreementEntry, AgreementSet } from "../../contracts/agreement.ts";
import type { AgreementProblem } from "../../contracts/agreement-problem.ts";
import { builtInSet } from "../../contracts/codes/agreements.ts";
import { type CheckWorld, checkSet } from "../../services/agreement/core/check-set.ts";

export const today = "2026-11-23";

/** An agreement of the built-in set, changed. */
export const likeAgreement = (id: string, change: Partial<Agreement> = {}): Agreement => {
  const found = builtInSet.agreements.find((entry) => entry.id === id);
  if (found?.kind !== "clock") throw new Error(`No clock is called ${id}.`);
  return { ...found, ...change };
};

export const likeEntry = (id: string): AgreementEntry => {
  const found = builtInSet.agreements.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`No entry is called ${id}.`);
  return found;
};

/** The built-in set with some entries instead of those of the same id and version, and others added. */
export const setWith = (...changed: AgreementEntry[]): AgreementSet => {
  const isChanged = ({ id, version }: AgreementEntry) =>
    changed.some((one) => one.id === id && one.version === version);
  const rest = builtInSet.agreements.filter((entry) => !isChanged(entry));
  return { ...builtInSet, id: "region-test", agreements: [...rest, ...changed] };
};

export const setWithout = (...ids: string[]): AgreementSet => ({
  ...builtInSet,
  agreements: builtInSet.agreements.filter(({ id }) => !ids.includes(id)),
});

/** What is wrong with a set, by file, code and path. Paths of the one that was changed last are told from it on. */
export const problemsOf = (
  set: AgreementSet,
  world: Partial<CheckWorld> = {},
): { code: string; path: string }[] => {
  const last = `agreements.${String(set.agreements.length - 1)}.`;
  return checkSet([{ file: "region.json", set }], { today, ...world }).map(
    ({ code, path }: AgreementProblem) => ({
      code,
      path: path.replace(last, "~"),
    }),
  );
};
