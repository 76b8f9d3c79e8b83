/** What is told of the agreements: what is in force, every version of one, and which binds whom and why. */
import type { AgreementEntry } from "../../../contracts/agreement.ts";
import { type AgreementBook, entriesOf } from "../../../contracts/agreement-book.ts";
import { agreementFor, type PartyView } from "../../../contracts/agreement-choice.ts";
import { matterKinds, promises } from "../../../contracts/codes/promises.ts";
import type {
  AgreementReasons,
  AgreementsInForce,
  AgreementsQuery,
  AgreementVersions,
  WhyAgreement,
} from "../../../contracts/messages/agreement.ts";
import { statusOf } from "./book.ts";

type On = { date: string };

export const inForceOn = (
  book: AgreementBook,
  { family }: AgreementsQuery,
  { date }: On,
): AgreementsInForce => ({
  date,
  sets: book.sets,
  agreements: book.kept
    .filter((one) => statusOf(book, one, date) === "in-force")
    .map(({ agreement }) => agreement)
    .filter(
      ({ appliesTo }) => family === undefined || appliesTo.family === family || appliesTo.family === "any",
    )
    .toSorted((a, b) => (a.id < b.id ? -1 : 1)),
});

/** `undefined`: there is no such agreement. */
export const versionsOf = (book: AgreementBook, id: string, { date }: On): AgreementVersions | undefined => {
  const versions = book.kept
    .filter(({ agreement }) => agreement.id === id)
    .toSorted((a, b) => b.agreement.version - a.agreement.version)
    .map((one) => ({ ...one, status: statusOf(book, one, date) }));
  return versions.length === 0 ? undefined : { id, date, versions };
};

type Asked = { query: WhyAgreement; parties: { debtor: PartyView; creditor: PartyView }; date: string };
type Reason = AgreementReasons["promises"][number];

const reasonOf = (
  entries: readonly AgreementEntry[],
  { promise, kind }: { promise: string; kind: string },
  { query, parties, date }: Asked,
): Reason => {
  const { family, speciality, priority, tier } = query;
  const matter = { family, kind, speciality, priority, tier };
  const { agreement, why } = agreementFor(entries, promise, { matter, parties, date });
  return { promise, kind, ...(agreement === undefined ? {} : { agreement }), why };
};

const promisedIn = ({ family, promise }: WhyAgreement, kind: string): string[] =>
  promises
    .filter(({ id }) => promise === undefined || promise === id)
    .filter(({ matters }) =>
      matters.some((matter) => matter.kind === kind && (matter.family === family || matter.family === "any")),
    )
    .map(({ id }) => id);

/** For each promise of the matter, or of every kind of matter of the family, which agreement binds and why no other does. */
export const reasonsFor = (book: AgreementBook, asked: Asked): AgreementReasons => {
  const { query, date } = asked;
  const kinds = query.kind === undefined ? matterKinds(query.family) : [query.kind];
  const entries = entriesOf(book);
  return {
    date,
    promises: kinds.flatMap((kind) =>
      promisedIn(query, kind).map((promise) => reasonOf(entries, { promise, kind }, asked)),
    ),
  };
};
