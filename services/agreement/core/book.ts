/** How the book of agreements changes: by the files at a start, and by a version that an operator puts. */
import type { AgreementEntry, AgreementSet } from "../../../contracts/agreement.ts";
import type { AgreementBook, KeptAgreement } from "../../../contracts/agreement-book.ts";
import { type AgreementProblem, agreementProblem } from "../../../contracts/agreement-problem.ts";
import { builtInSet } from "../../../contracts/codes/agreements.ts";
import type { VersionStatus } from "../../../contracts/messages/agreement.ts";
import type { Organisation } from "../../../contracts/messages/directory.ts";
import { addDays } from "../../case/calendar.ts";
import { checkSet, type SetFile } from "./check-set.ts";
import { isSameContent } from "./checks/versions.ts";

/** Who changes the book and when. `today`: a Danish date. `organisation` absent: the directory is empty yet. */
export type BookChange = {
  by: string;
  at: string;
  today: string;
  organisation?: ((gln: string) => Organisation | undefined) | undefined;
};

/** The set of what was put while the hub ran. It has no file. */
const operatorSet = "operator";
const operatorFile = "(put at run time)";

const sameVersion = (a: AgreementEntry, b: AgreementEntry): boolean =>
  a.id === b.id && a.version === b.version;

/** The set that the hub was built with, as if it were a file. */
export const builtInFile: SetFile = { file: "(built in)", set: builtInSet };

/** A book that was never written is that of the set that the hub was built with. */
export const grounded = (book: AgreementBook): AgreementBook => {
  if (book.kept.length > 0) return book;
  const { id, version, validFrom, agreements } = builtInSet;
  const since = `${validFrom}T00:00:00.000Z`;
  return {
    sets: [{ id, version, validFrom, file: builtInFile.file, readAt: since }],
    kept: agreements.map((agreement) => ({ agreement, set: id, changedBy: id, changedAt: since })),
  };
};

/** What operators put, and no file has taken over since, as a set of its own. */
const putSet = ({ kept }: AgreementBook, files: readonly SetFile[]): SetFile[] => {
  const inFiles = files.flatMap(({ set }) => set.agreements);
  const put = kept
    .filter(({ set }) => set === operatorSet)
    .map(({ agreement }) => agreement)
    .filter((agreement) => !inFiles.some((entry) => sameVersion(entry, agreement)));
  if (put.length === 0) return [];
  const validFrom = put.map((agreement) => agreement.validFrom).toSorted()[0] ?? "";
  const set: AgreementSet = {
    format: "sektorbro-agreements",
    id: operatorSet,
    version: 1,
    validFrom,
    agreements: put,
  };
  return [{ file: operatorFile, set }];
};

const checked = (book: AgreementBook, files: readonly SetFile[], change: BookChange): AgreementProblem[] =>
  checkSet([...files, ...putSet(book, files)], {
    today: change.today,
    organisation: change.organisation,
    before: book.kept.map(({ agreement }) => agreement),
  });

/** An agreement of a set that no longer has it stops counting yesterday; what operators put stays. */
const retired = (one: KeptAgreement, today: string): KeptAgreement =>
  one.set === operatorSet || one.until !== undefined ? one : { ...one, until: addDays(today, -1) };

type Kept = Omit<KeptAgreement, "agreement" | "set">;

const keptAfter = (book: AgreementBook, files: readonly SetFile[], change: BookChange): KeptAgreement[] => {
  const brought = files.flatMap(({ set }) =>
    set.agreements.map((agreement): KeptAgreement => {
      const known = book.kept.find((one) => isSameContent(one.agreement, agreement));
      const { until: _until, ...kept }: Kept = known ?? { changedBy: change.by, changedAt: change.at };
      return { ...kept, agreement, set: set.id };
    }),
  );
  const others = book.kept.filter(
    (one) => !brought.some(({ agreement }) => sameVersion(agreement, one.agreement)),
  );
  return [...others.map((one) => retired(one, change.today)), ...brought];
};

/**
 * What the files at a start mean. `older`: another process has put a later version of a file in force, so these are left;
 * `other-set`: nobody named files, and the region's own set stays in force.
 */
export type Loaded =
  | { kind: "loaded" | "unchanged" | "older" | "other-set" }
  | { kind: "refused"; problems: AgreementProblem[] };

const isOlder = ({ sets }: AgreementBook, files: readonly SetFile[]): boolean =>
  files.some(({ set }) => sets.some(({ id, version }) => id === set.id && version > set.version));

const isOther = ({ sets }: AgreementBook, files: readonly SetFile[]): boolean =>
  sets.length > 0 && !sets.some(({ id }) => files.some(({ set }) => set.id === id));

const withoutTimes = ({ kept, sets }: AgreementBook): string =>
  JSON.stringify([
    kept.map(({ agreement: { id, version }, set, until }) => [id, version, set, until]).toSorted(),
    sets.map(({ id, version }) => [id, version]),
  ]);

/** Puts the set of files in force: all of it, or with a problem anywhere nothing. */
export const withFiles = (
  book: AgreementBook,
  { files, named }: { files: readonly SetFile[]; named: boolean },
  change: BookChange,
): { book?: AgreementBook; result: Loaded } => {
  if (!named && isOther(book, files)) return { result: { kind: "other-set" } };
  if (isOlder(book, files)) return { result: { kind: "older" } };
  const problems = checked(book, files, change);
  if (problems.length > 0) return { result: { kind: "refused", problems } };
  const sets = files.map(({ file, set: { id, version, validFrom } }) => ({
    id,
    version,
    validFrom,
    file,
    readAt: change.at,
  }));
  const after: AgreementBook = { sets, kept: keptAfter(book, files, change) };
  if (withoutTimes(after) === withoutTimes(book)) return { result: { kind: "unchanged" } };
  return { book: after, result: { kind: "loaded" } };
};

/** The files as the book has them: what counts of each set, and in its set. */
const filesOf = ({ sets, kept }: AgreementBook): SetFile[] =>
  sets.flatMap(({ id, version, validFrom, file }): SetFile[] => {
    const own = kept.filter(({ set, until }) => set === id && until === undefined);
    if (own.length === 0) return [];
    const agreements = own.map(({ agreement }) => agreement);
    return [{ file, set: { format: "sektorbro-agreements", id, version, validFrom, agreements } }];
  });

export type PutOutcome =
  | { kind: "put" | "again" }
  | { kind: "differs" }
  | { kind: "refused"; problems: AgreementProblem[] };

/** What is wrong with the new version itself is told by its own path; it stands last among those that were put. */
const ownPath = (problem: AgreementProblem, { kept }: AgreementBook): AgreementProblem => {
  const last = `agreements.${String(kept.filter(({ set }) => set === operatorSet).length - 1)}.`;
  return problem.file === operatorFile && problem.path.startsWith(last)
    ? { ...problem, file: "", path: problem.path.slice(last.length) }
    : problem;
};

const newVersionProblems = (
  book: AgreementBook,
  agreement: AgreementEntry,
  { today }: BookChange,
): AgreementProblem[] => {
  const { id, version, validFrom } = agreement;
  const newest = Math.max(
    0,
    ...book.kept.filter((one) => one.agreement.id === id).map((one) => one.agreement.version),
  );
  const place = (path: string): { file: string; path: string } => ({ file: "", path });
  return [
    ...(version === newest + 1
      ? []
      : [agreementProblem(place("version"), "version-skipped", { id, version: String(newest + 1) })]),
    ...(validFrom >= today ? [] : [agreementProblem(place("validFrom"), "starts-in-past", { date: today })]),
  ];
};

/** Puts one more version in force from its date on, when the whole set is still sound with it. */
export const withVersion = (
  book: AgreementBook,
  { agreement, runningClocks }: Pick<KeptAgreement, "agreement" | "runningClocks">,
  change: BookChange,
): { book?: AgreementBook; result: PutOutcome } => {
  const known = book.kept.find((one) => sameVersion(one.agreement, agreement));
  if (known !== undefined)
    return { result: { kind: isSameContent(known.agreement, agreement) ? "again" : "differs" } };
  const one: KeptAgreement = {
    agreement,
    set: operatorSet,
    changedBy: change.by,
    changedAt: change.at,
    ...(runningClocks === undefined ? {} : { runningClocks }),
  };
  const after: AgreementBook = { ...book, kept: [...book.kept, one] };
  const problems = [
    ...newVersionProblems(book, agreement, change),
    ...checked(after, filesOf(after), change).map((problem) => ownPath(problem, after)),
  ];
  if (problems.length > 0) return { result: { kind: "refused", problems } };
  return { book: after, result: { kind: "put" } };
};

/** Whether a version counts on a date. */
export const statusOf = (book: AgreementBook, one: KeptAgreement, date: string): VersionStatus => {
  const { id, version, validFrom, validTo } = one.agreement;
  if (date < validFrom) return "coming";
  const replaced = book.kept.some(
    ({ agreement }) => agreement.id === id && agreement.version > version && agreement.validFrom <= date,
  );
  if (replaced) return "replaced";
  const last = [validTo, one.until].flatMap((day) => day ?? []).toSorted()[0];
  return last !== undefined && last < date ? "ended" : "in-force";
};
