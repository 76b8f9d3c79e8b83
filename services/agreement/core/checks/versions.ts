/** Whether ids, versions and dates of a set hold together, and with what was in use before. */
import type { AgreementEntry } from "../../../../contracts/agreement.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import { at, type CheckWorld, type Placed, type SetFile } from "./placed.ts";

const sameVersion = (a: AgreementEntry, b: AgreementEntry): boolean =>
  a.id === b.id && a.version === b.version;

/** The same value, whatever the order of its fields. */
const canonical = (value: unknown): string =>
  JSON.stringify(value, (_key, inner: unknown) =>
    typeof inner === "object" && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
export const isSameContent = (a: AgreementEntry, b: AgreementEntry): boolean => canonical(a) === canonical(b);

const dateProblems = (placed: Placed): AgreementProblem[] => {
  const { entry, set } = placed;
  const { id, validFrom, validTo } = entry;
  return [
    ...(validFrom < set.validFrom
      ? [agreementProblem(at(placed, "validFrom"), "before-set", { id, date: set.validFrom })]
      : []),
    ...(validTo !== undefined && validTo < validFrom
      ? [agreementProblem(at(placed, "validTo"), "ends-before-it-begins", { id })]
      : []),
  ];
};

const versionProblems = (placed: Placed, all: readonly Placed[]): AgreementProblem[] => {
  const { id, version, validFrom } = placed.entry;
  const values = { id, version: String(version), date: validFrom };
  const first = all.find(({ entry }) => sameVersion(entry, placed.entry));
  const older = all.some(
    ({ entry }) => entry.id === id && entry.version < version && entry.validFrom > validFrom,
  );
  return [
    ...(first === placed ? [] : [agreementProblem(at(placed, "version"), "version-twice", values)]),
    ...(older ? [agreementProblem(at(placed, "validFrom"), "version-order", values)] : []),
  ];
};

/** Who is told of what runs out was not promised to anybody: a version may come to tell others, and running clocks with it. */
const promiseOf = (entry: AgreementEntry): unknown =>
  entry.kind === "clock" ? { ...entry, escalation: undefined } : entry;
const isSamePromise = (a: AgreementEntry, b: AgreementEntry): boolean =>
  canonical(promiseOf(a)) === canonical(promiseOf(b));

/** A clock may have started under a version from the day on which it began. */
const changedProblems = (placed: Placed, { before = [], today }: CheckWorld): AgreementProblem[] => {
  const known = before.find((entry) => sameVersion(entry, placed.entry));
  if (known === undefined || known.validFrom > today || isSamePromise(known, placed.entry)) return [];
  const { id, version } = placed.entry;
  return [agreementProblem(at(placed, "version"), "version-changed", { id, version: String(version) })];
};

export const versionsProblems = (all: readonly Placed[], world: CheckWorld): AgreementProblem[] =>
  all.flatMap((placed) => [
    ...dateProblems(placed),
    ...versionProblems(placed, all),
    ...changedProblems(placed, world),
  ]);

export const setProblems = (files: readonly SetFile[]): AgreementProblem[] =>
  files.flatMap(({ file, set: { id } }, i) =>
    files.findIndex(({ set }) => set.id === id) === i
      ? []
      : [agreementProblem({ file, path: "id" }, "set-twice", { id })],
  );
