import type { Organisation } from "../../../contracts/messages/directory.ts";
import { isReferralFact, type ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type {
  PatternDimension,
  ReferralPatterns,
  ReferralPatternsQuery,
} from "../../../contracts/messages/referral-patterns.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { localDateOf } from "../../case/clock-zone.ts";
import { type DirectoryView, isOrIsPartOf } from "../../case/directory-view.ts";
import { evolve, initial, type ReferralState } from "./state.ts";

/** One referral as a number: no citizen, no text, only what is counted by. */
export type Row = Readonly<Record<PatternDimension, string>>;

/** A case on its way through the journal. `done`: nothing that is counted can change any more. */
export type Followed = { state: ReferralState; row: Row | undefined; done: boolean };

const fresh: Followed = { state: initial, row: undefined, done: false };

const ended = new Set(["concluded", "returned", "declined", "withdrawn", "expired"]);

/** What was referred to, in the narrowest word that the referral has. */
const offerOf = (kind: ReferralKind, content: ReferralContent): string =>
  content.imaging?.examination ?? content.prevention?.topic ?? content.cancer?.package ?? kind;

type Sent = Extract<ReferralFact, { type: "ReferralSent" }>;

const rowOf = (fact: Sent): Row => ({
  kind: fact.kind,
  practice: fact.sender,
  municipality: fact.referral.municipality ?? "unknown",
  receiver: fact.receiver,
  offer: offerOf(fact.kind, fact.referral),
  outcome: "open",
  noShow: "no",
  month: localDateOf(fact.receivedAt).slice(0, 7),
});

const after = (followed: Followed, fact: ReferralFact): Followed => {
  const state = evolve(followed.state, fact);
  const row = fact.type === "ReferralSent" ? rowOf(fact) : followed.row;
  if (row === undefined || !("sender" in state)) return { ...followed, state };
  const done = ended.has(state.status);
  const noShow = fact.type === "PatientNoShow" ? "yes" : row.noShow;
  const outcome = done ? state.status : "open";
  return { state, row: { ...row, receiver: state.receiver, noShow, outcome }, done };
};

/** What is known of a case after one more record. A refused record has no facts and counts nothing. */
export const followRecord = (before: Followed | undefined, record: CaseRecord): Followed =>
  record.facts.filter(isReferralFact).reduce(after, before ?? fresh);

/** Rows that are alike, and how many: what is kept of cases that have ended. */
export type Counted = { row: Row; count: number };

/** A municipality code and a GLN are not personal; a practice's own numbers are its own affair. */
type World = { directory: DirectoryView; viewer: string };

const isOwnSide = (row: Row, viewer: Organisation, directory: DirectoryView): boolean => {
  if (row.practice === viewer.gln) return true;
  if (isOrIsPartOf(directory, row.receiver, viewer.gln)) return true;
  const own = viewer.kind === "municipality" ? viewer.identifiers.municipalityCode : undefined;
  return own !== undefined && row.municipality === own;
};

/** A practice sees what it sent; a municipality, a hospital or a region what it, or a unit of it, received. */
const isSeenBy = (row: Row, { directory, viewer }: World): boolean => {
  const organisation = directory.organisation(viewer);
  if (organisation === undefined) return false;
  return organisation.kind === "practice" ? row.practice === viewer : isOwnSide(row, organisation, directory);
};

/** Fewer than this are not told: a number that small may tell of a person. */
const fewest = 5;
const told = (count: number): number | "<5" => (count > 0 && count < fewest ? "<5" : count);

const keyOf = (row: Row, groupBy: readonly PatternDimension[]): string =>
  JSON.stringify(groupBy.map((dimension) => row[dimension]));

type Group = { by: Record<string, string>; count: number; noShows: number };

const grouped = (counted: readonly Counted[], groupBy: readonly PatternDimension[]): Group[] => {
  const groups = new Map<string, Group>();
  for (const { row, count } of counted) {
    const key = keyOf(row, groupBy);
    const by = Object.fromEntries(groupBy.map((dimension) => [dimension, row[dimension]]));
    const group = groups.get(key) ?? { by, count: 0, noShows: 0 };
    const noShows = group.noShows + (row.noShow === "yes" ? count : 0);
    groups.set(key, { ...group, count: group.count + count, noShows });
  }
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
};

/** The counts that a viewer may see, in the order of their dimensions; groups of none are not told. */
export const patternsOf = (
  counted: readonly Counted[],
  query: ReferralPatternsQuery,
  world: World,
): ReferralPatterns => {
  const { from, to, groupBy, practice } = query;
  const seen = counted.filter(
    ({ row }) =>
      from <= row.month &&
      row.month <= to &&
      (practice === undefined || row.practice === practice) &&
      isSeenBy(row, world),
  );
  return {
    from,
    to,
    groupBy,
    groups: grouped(seen, groupBy).map(({ by, count, noShows }) => ({
      by,
      count: told(count),
      noShows: told(noShows),
    })),
  };
};
