import { plainUuid, shortId } from "../../../contracts/derived-ids.ts";
import { isReferralFact, type ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import type { LocalDateTime } from "../../../contracts/time.ts";
import type { SeenCases } from "../../families/order.ts";

/** A referral as its records tell it, with every name that a letter may know it by. */
export interface KnownReferral {
  readonly caseId: string;
  readonly kind: ReferralKind;
  readonly sender: string;
  /** Who has it now. */
  readonly receiver: string;
  readonly open: boolean;
  readonly receivedAt: string;
  readonly patient: Person;
  /** The number of the letter that opened it. */
  readonly openedBy: string | undefined;
  /** Numbers of the letters that it was told by. */
  readonly letterIds: ReadonlySet<string>;
  /** Forløbs-ids, and the case's own, plain. */
  readonly episodes: ReadonlySet<string>;
}

interface Person {
  readonly cpr?: string | undefined;
  readonly alternativeId?: string | undefined;
}

type Sent = Extract<ReferralFact, { type: "ReferralSent" }>;
type WithContent = Extract<ReferralFact, { referral: ReferralContent }>;

const factsOf = (records: readonly CaseRecord[]): ReferralFact[] =>
  records.flatMap(({ facts }) => facts.filter(isReferralFact));

const isSent = (fact: ReferralFact): fact is Sent => fact.type === "ReferralSent";
const hasContent = (fact: ReferralFact): fact is WithContent => "referral" in fact;

const writtenIdOf = ({ written }: CaseRecord): string | undefined =>
  written !== undefined && "letterId" in written ? written.letterId : undefined;

/** The letter that its sender wrote, and those that the hub wrote of it. */
const letterIdsOf = (records: readonly CaseRecord[]): Set<string> =>
  new Set(
    records.flatMap((record) => [
      ...[writtenIdOf(record)].flatMap((id) => id ?? []),
      ...record.deliveries.flatMap((d) => (d.change === "owed" ? [shortId(`letter:${d.deliveryId}`)] : [])),
    ]),
  );

const episodesOf = (caseId: string, facts: readonly ReferralFact[]): Set<string> =>
  new Set([
    plainUuid(caseId),
    ...facts
      .filter(hasContent)
      .flatMap(({ referral: { episodeOfCareId, episodesOfCare } }) => [
        ...(episodeOfCareId === undefined ? [] : [plainUuid(episodeOfCareId)]),
        ...(episodesOfCare ?? []).map(({ id }) => plainUuid(id)),
      ]),
  ]);

const referralIn = ({ caseId, card, records }: CaseView): KnownReferral | undefined => {
  const facts = factsOf(records);
  const sent = facts.find(isSent);
  const last = facts.findLast(hasContent);
  if (sent === undefined || last === undefined) return undefined;
  const { kind, sender, receivedAt } = sent;
  return {
    caseId,
    kind,
    sender,
    receivedAt,
    receiver: last.receiver,
    open: card?.closed === false,
    patient: last.referral.patient,
    openedBy: records[0] === undefined ? undefined : writtenIdOf(records[0]),
    letterIds: letterIdsOf(records),
    episodes: episodesOf(caseId, facts),
  };
};

export const referralsIn = (cases: SeenCases): KnownReferral[] =>
  cases.flatMap((view) => (view.family === "referral" ? (referralIn(view) ?? []) : []));

/** The record that a letter became before: whatever the cases look like now, the same letter is the same command. */
export const recordedAs = (
  commandId: string,
  cases: SeenCases,
): { caseId: string; commandType: string; opened: boolean } | undefined => {
  for (const { caseId, records } of cases) {
    const record = records.find(({ meta }) => meta.commandId === commandId);
    if (record !== undefined)
      return { caseId, commandType: record.meta.commandType, opened: record.meta.no === 1 };
  }
  return undefined;
};

const isSamePerson = (a: Person, b: Person): boolean =>
  a.cpr === b.cpr && a.alternativeId === b.alternativeId && (a.cpr ?? a.alternativeId) !== undefined;

/** What an answer says of the referral that it answers. */
export interface Answering {
  /** GLN of who answers, and of who referred. */
  readonly from: string;
  readonly to: string;
  readonly patient: Person;
  /** The referral's number in the answer (Referral/Identifier). Senders write a forløbs-id there too. */
  readonly identifier?: string | undefined;
  readonly episodeOfCareId?: string | undefined;
  /** When the answering side got it, Danish local time. */
  readonly received?: LocalDateTime | undefined;
  /** Kinds of referral that such a letter answers. */
  readonly kinds: readonly ReferralKind[];
  /** Whether it may answer a referral that it does not name: the only open one between the two. */
  readonly unnamed: boolean;
}

export type Match =
  | { readonly found: KnownReferral; readonly by: "identifier" | "episode" | "only-open" }
  | { readonly found?: undefined; readonly why: "none" | "several" };

const oneOf = (
  candidates: readonly KnownReferral[],
  by: "identifier" | "episode" | "only-open",
): Match | undefined => {
  const [first, ...more] = candidates;
  if (first === undefined) return undefined;
  if (more.length === 0) return { found: first, by };
  const [open, ...others] = candidates.filter((one) => one.open);
  return open !== undefined && others.length === 0 ? { found: open, by } : { why: "several" };
};

/** A referral that came after the one that is answered had been received is another one. */
const mayBeIt = ({ receivedAt }: KnownReferral, received: LocalDateTime | undefined, local: Local): boolean =>
  received === undefined || local(receivedAt).slice(0, 10) <= received.slice(0, 10);

type Local = (instant: string) => string;

/**
 * The referral that a letter answers, among the citizen's: only one that the answering side has now, of who gets the answer,
 * and of a kind that such a letter answers. By its number; else by its forløbs-id; else, where the letter may leave that out,
 * because no other is open between the two. Of several that fit the only open one is meant; of several open ones none is,
 * since a wrong one would be closed.
 */
export const matchReferral = (
  answering: Answering,
  referrals: readonly KnownReferral[],
  local: Local,
): Match => {
  const { from, to, patient, kinds, identifier, episodeOfCareId, received, unnamed } = answering;
  const between = referrals.filter(
    (one) =>
      one.receiver === from &&
      one.sender === to &&
      kinds.includes(one.kind) &&
      isSamePerson(one.patient, patient),
  );
  const named = between.filter(
    ({ letterIds, episodes }) =>
      identifier !== undefined && (letterIds.has(identifier) || episodes.has(plainUuid(identifier))),
  );
  const inEpisode = between.filter(
    ({ episodes }) => episodeOfCareId !== undefined && episodes.has(plainUuid(episodeOfCareId)),
  );
  const open = between.filter((one) => unnamed && one.open && mayBeIt(one, received, local));
  return (
    oneOf(named, "identifier") ?? oneOf(inEpisode, "episode") ?? oneOf(open, "only-open") ?? { why: "none" }
  );
};
