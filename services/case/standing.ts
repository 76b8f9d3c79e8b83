import type { CaseRecord } from "../../contracts/record.ts";

/** Facts by which a party passes its case on: `from` knows it until then, `to` from then. */
const passingOn: ReadonlySet<string> = new Set(["AdviceRedirected", "ReferralForwarded"]);

type Passed = { type: string; from: string; to: string };
const isPassing = (fact: { type: string }): fact is Passed =>
  passingOn.has(fact.type) &&
  "from" in fact &&
  typeof fact.from === "string" &&
  "to" in fact &&
  typeof fact.to === "string";

/** Who has passed a case on, after a record: a unit that gets it back is a party again. */
export const leftAfter = (left: readonly string[], { facts }: Pick<CaseRecord, "facts">): readonly string[] =>
  facts
    .filter(isPassing)
    .reduce<readonly string[]>(
      (gone, { from, to }) => [...gone.filter((gln) => gln !== to && gln !== from), from],
      left,
    );

/** What the policy needs of a viewer: whether a party is the viewer or a unit of it, and whether they are of one house. */
export type Viewing = { isOurs: (gln: string) => boolean; isOfOurHouse: (gln: string) => boolean };

/** How a viewer stands to a case, and what there is of it for them: a former party knows it until it passed it on. */
type Seen = { relation: "party" | "former"; records: readonly CaseRecord[] };

/**
 * Facts that are a letter from one party to another, and not everybody's who has to do with the case: a summary is between hospital
 * and practice, an admission report between municipality and ward (sundhedsloven § 41: no more than is necessary).
 */
const lettersOfTwo: ReadonlySet<string> = new Set([
  "AdmissionReportSent",
  "CarePlanSent",
  "LoneSummaryReceived",
  "SummarySent",
  "SummaryCorrected",
  "SummaryCancelled",
  "SummaryReviewed",
]);

/** In place of a fact that is not for the viewer: that it happened is no secret among parties, what it says is. */
const withheld = ({ type }: { type: string }): { type: string; fact: string } => ({
  type: "Withheld",
  fact: type,
});

const isForUs = (
  { facts, deliveries, meta }: CaseRecord,
  index: number,
  us: Viewing["isOfOurHouse"],
): boolean => {
  const fact = facts[index];
  if (fact === undefined || !lettersOfTwo.has(fact.type)) return true;
  const by = "by" in fact && typeof fact.by === "string" ? [fact.by] : [];
  const told = deliveries.flatMap((d) => (d.change === "owed" && d.fact === index ? [d.to, d.from] : []));
  return [meta.actor, ...by, ...told].some(us);
};

/** A record with what it says to others left out. */
export const recordFor = (
  record: CaseRecord,
  { isOfOurHouse }: Pick<Viewing, "isOfOurHouse">,
): CaseRecord => {
  const hidden = record.facts.map((_, i) => !isForUs(record, i, isOfOurHouse));
  if (!hidden.includes(true)) return record;
  const { written: _written, ...rest } = record;
  return { ...rest, facts: record.facts.map((fact, i) => (hidden[i] === true ? withheld(fact) : fact)) };
};

/** What a viewer knows of a case by its records. `undefined`: nothing, it was never a party. */
export const seenBy = (records: readonly CaseRecord[], viewing: Viewing): Seen | undefined => {
  let parties: readonly string[] = [];
  let left: readonly string[] = [];
  let known = 0;
  let present = false;
  for (const [i, record] of records.entries()) {
    const before = present;
    parties = [...parties, ...(record.meta.parties ?? [])];
    left = leftAfter(left, record);
    present = parties.some((gln) => !left.includes(gln) && viewing.isOurs(gln));
    // Who passes it on knows what it itself did.
    if (present || before) known = i + 1;
  }
  if (known === 0) return undefined;
  const seen = records.slice(0, known).map((record) => recordFor(record, viewing));
  return { relation: present ? "party" : "former", records: seen };
};
