/** The set that is tried, and everything that is wrong with it. */
import {
  type Agreement,
  type AgreementEntry,
  type AgreementSet,
  isClock,
} from "../../../../contracts/agreement.ts";
import { type AgreementBook, entriesOf } from "../../../../contracts/agreement-book.ts";
import type { AgreementProblem } from "../../../../contracts/agreement-problem.ts";
import type { Organisation } from "../../../../contracts/messages/directory.ts";
import type { WhatIf } from "../../../../contracts/messages/what-if.ts";
import { checkSet, type SetFile } from "../../core/check-set.ts";

type TriedSet =
  | { ok: true; entries: readonly Agreement[]; on: string }
  | { ok: false; problems: AgreementProblem[] };

type World = {
  book: AgreementBook;
  today: string;
  organisation?: ((gln: string) => Organisation | undefined) | undefined;
};

const setOf = (id: string, agreements: AgreementEntry[]): AgreementSet => ({
  format: "sektorbro-agreements",
  id,
  version: 1,
  validFrom: agreements.map(({ validFrom }) => validFrom).toSorted()[0] ?? "",
  agreements,
});

/** What is in force, but for what the changes take the place of: the same version of an agreement, and later ones. */
const besides = ({ kept }: AgreementBook, changes: readonly AgreementEntry[]): AgreementEntry[] =>
  kept
    .filter(({ until }) => until === undefined)
    .map(({ agreement }) => agreement)
    .filter(({ id, version }) => !changes.some((change) => change.id === id && change.version <= version));

const filesOf = ({ sets, changes }: WhatIf, book: AgreementBook): SetFile[] | undefined => {
  if (sets !== undefined) return sets.map((set, i) => ({ file: `sets.${String(i)}`, set }));
  if (changes === undefined) return undefined;
  const rest = besides(book, changes);
  return [
    ...(rest.length === 0 ? [] : [{ file: "(in force)", set: setOf("in-force", rest) }]),
    { file: "changes", set: setOf("changes", changes) },
  ];
};

/** When all of it has begun, and no earlier than the period ends. */
const lastDate = (entries: readonly AgreementEntry[], to: string): string =>
  [to, ...entries.map(({ validFrom }) => validFrom)].toSorted().at(-1) ?? to;

/** Checked as it would be before it is in force; versions that are in use may have other content, since nothing is put. */
export const triedSet = (asked: WhatIf, { book, today, organisation }: World): TriedSet => {
  const files = filesOf(asked, book);
  const problems = files === undefined ? [] : checkSet(files, { today, organisation });
  if (problems.length > 0) return { ok: false, problems };
  const entries = files?.flatMap(({ set }) => set.agreements) ?? entriesOf(book);
  return { ok: true, entries: entries.filter(isClock), on: asked.on ?? lastDate(entries, asked.to) };
};
