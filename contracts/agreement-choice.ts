/** Which agreement binds: the most specific one that is in force, by an order that is written down here. */
import type { AgreementEntry, InBothLanguages, PartyFilter } from "./agreement.ts";
import { type Losing, type Measure, measures, wordsOfLosing } from "./codes/agreement-words.ts";
import { deliveryMatter } from "./codes/promises.ts";
import type { Family } from "./family.ts";
import type { OrganisationKind } from "./messages/directory.ts";

/** What a promise is about: a matter of a family, or a delivery of any. */
export type Matter = {
  family: Family;
  kind: string;
  speciality?: string | undefined;
  priority?: string | undefined;
  tier?: string | undefined;
};

/** A party as an agreement looks at it. `wholes`: what it is part of, the nearest first; without itself. */
export type PartyView = {
  gln: string;
  /** Absent: not in the directory, e.g. a citizen. */
  kind?: OrganisationKind | undefined;
  wholes: readonly string[];
  /** Four digits. */
  municipality?: string | undefined;
};

/** `date`: a Danish date, `yyyy-mm-dd`. `facts`: what has just happened; then only a clock that begins with one of them binds. */
export type AgreementQuestion = {
  matter: Matter;
  parties: { debtor: PartyView; creditor: PartyView };
  date: string;
  facts?: readonly string[] | undefined;
};

/** How closely an agreement fits, by each measure: more is closer, 0 where it names nothing, `undefined` where it does not fit. */
type Closeness = Readonly<Record<Measure, number | undefined>>;
type Judged = { fits: Closeness } | { loses: Losing };

/** Far more levels than any organisation has above it. */
const levels = 100;

/** The nearer the named organisation, the closer: itself before its hospital, its hospital before its region. */
const nearness = (filter: PartyFilter | undefined, { gln, wholes }: PartyView): number | undefined => {
  if (filter?.organisations === undefined) return 0;
  const level = [gln, ...wholes].findIndex((one) => filter.organisations?.includes(one) === true);
  return level === -1 ? undefined : levels - level;
};

/** 1 when a list holds the value, 0 when there is no list; `undefined` when the value is not in it. */
const named = (list: readonly string[] | undefined, value: string | undefined): 0 | 1 | undefined => {
  if (list === undefined) return 0;
  return value !== undefined && list.includes(value) ? 1 : undefined;
};

const kindOf = ({ appliesTo }: AgreementEntry, { kind }: Matter): 0 | 1 | undefined => {
  // A promise of a family about anything is still none about receipts.
  if (appliesTo.kinds === undefined && kind === deliveryMatter) return undefined;
  return named(appliesTo.kinds, kind);
};

const familyOf = ({ appliesTo: { family } }: AgreementEntry, matter: Matter): 0 | 1 | undefined => {
  if (family === "any") return 0;
  return family === matter.family ? 1 : undefined;
};

const fitOf = (entry: AgreementEntry, { matter, parties }: AgreementQuestion): Closeness => {
  const { tiers, priorities, specialities } = entry.appliesTo;
  const { debtor, creditor } = entry.parties;
  return {
    tier: named(tiers, matter.tier),
    priority: named(priorities, matter.priority),
    debtor: nearness(debtor, parties.debtor),
    creditor: nearness(creditor, parties.creditor),
    debtorMunicipality: named(debtor?.municipalities, parties.debtor.municipality),
    creditorMunicipality: named(creditor?.municipalities, parties.creditor.municipality),
    speciality: named(specialities, matter.speciality),
    kind: kindOf(entry, matter),
    debtorKind: named(debtor?.kinds, parties.debtor.kind),
    creditorKind: named(creditor?.kinds, parties.creditor.kind),
    family: familyOf(entry, matter),
  };
};

const beginsElsewhere = (entry: AgreementEntry, facts: readonly string[] | undefined): boolean =>
  facts !== undefined && entry.kind === "clock" && !entry.startsOn.some((fact) => facts.includes(fact));

/** From the day on which a version begins it is the one that counts, also after it has ended: an older one never comes back. */
const isReplaced = (
  { id, version }: AgreementEntry,
  entries: readonly AgreementEntry[],
  date: string,
): boolean => entries.some((other) => other.id === id && other.version > version && other.validFrom <= date);

const outOfForce = (
  entry: AgreementEntry,
  entries: readonly AgreementEntry[],
  { date, facts }: AgreementQuestion,
): Losing | undefined => {
  if (date < entry.validFrom) return { code: "begins-later" };
  if (isReplaced(entry, entries, date)) return { code: "replaced" };
  if (entry.validTo !== undefined && entry.validTo < date) return { code: "ended" };
  return beginsElsewhere(entry, facts) ? { code: "other-fact" } : undefined;
};

const judge = (
  entry: AgreementEntry,
  question: AgreementQuestion,
  entries: readonly AgreementEntry[],
): Judged => {
  const out = outOfForce(entry, entries, question);
  if (out !== undefined) return { loses: out };
  const fit = fitOf(entry, question);
  const misses = measures.find((measure) => fit[measure] === undefined);
  if (misses !== undefined) return { loses: { code: "differs", measure: misses } };
  return { fits: fit };
};

/** The first measure in which two differ decides. */
const decidingMeasure = (a: Closeness, b: Closeness): Measure | undefined =>
  measures.find((measure) => a[measure] !== b[measure]);

/** In the order of the ids when nothing else tells them apart: such a set is refused, and yet each hub must choose the same. */
const isCloser = (a: Fitting, b: Fitting): boolean => {
  const measure = decidingMeasure(a.fits, b.fits);
  return measure === undefined ? a.entry.id < b.entry.id : (a.fits[measure] ?? 0) > (b.fits[measure] ?? 0);
};

type Fitting<Entry extends AgreementEntry = AgreementEntry> = { entry: Entry; fits: Closeness };

const closestOf = <Entry extends AgreementEntry>(
  fitting: readonly Fitting<Entry>[],
): Fitting<Entry> | undefined => fitting.toSorted((a, b) => (isCloser(a, b) ? -1 : 1))[0];

type JudgedEntry<Entry extends AgreementEntry> = { entry: Entry; outcome: Judged };

const fittingIn = <Entry extends AgreementEntry>(judged: readonly JudgedEntry<Entry>[]): Fitting<Entry>[] =>
  judged.flatMap(({ entry, outcome }) => ("fits" in outcome ? [{ entry, fits: outcome.fits }] : []));

/** One agreement that was considered: whether it binds, else why not. `code` is stable. */
type Considered = InBothLanguages & {
  id: string;
  version: number;
  binds: boolean;
  code: "binds" | Losing["code"];
  /** In what it differs, or names less. */
  measure?: Measure;
};

const bindingWords: InBothLanguages = {
  da: "Den gælder: ingen anden aftale er mere præcis.",
  en: "It binds: no other agreement is more specific.",
};

const losing = ({ id, version }: AgreementEntry, reason: Losing, than = ""): Considered => ({
  id,
  version,
  binds: false,
  ...reason,
  ...wordsOfLosing(reason, than),
});

const lost = ({ entry, fits }: Fitting, best: Fitting): Considered => {
  const measure = decidingMeasure(best.fits, fits);
  if (measure === undefined) return losing(entry, { code: "as-specific" });
  return losing(entry, { code: "less-specific", measure }, best.entry.id);
};

const consideredAs = (entry: AgreementEntry, outcome: Judged, best: Fitting | undefined): Considered => {
  if ("loses" in outcome) return losing(entry, outcome.loses);
  if (best !== undefined && best.entry !== entry) return lost({ entry, fits: outcome.fits }, best);
  const { id, version } = entry;
  return { id, version, binds: true, code: "binds", ...bindingWords };
};

type Chosen = { agreement: AgreementEntry | undefined; why: Considered[] };

/**
 * The agreement that gives a promise its time in this matter, between these parties, on this date; and for each agreement of
 * the promise why it does or does not. The answer does not depend on the order of the entries.
 */
export const agreementFor = (
  entries: readonly AgreementEntry[],
  promise: string,
  question: AgreementQuestion,
): Chosen => {
  const own = entries
    .filter((entry) => entry.promise === promise)
    .toSorted((a, b) => (a.id === b.id ? a.version - b.version : a.id < b.id ? -1 : 1));
  const judged = own.map((entry) => ({ entry, outcome: judge(entry, question, own) }));
  const best = closestOf(fittingIn(judged));
  const why = judged.map(({ entry, outcome }) => consideredAs(entry, outcome, best));
  return { agreement: best?.entry, why };
};

/** Seen at a glance, and true of most: looked at first, since this is asked for every clock that starts. */
const isAboutElse = (entry: AgreementEntry, { matter, facts }: AgreementQuestion): boolean =>
  familyOf(entry, matter) === undefined || beginsElsewhere(entry, facts);

/** The agreements that bind in a matter: for each promise the most specific one, in the order of the promises' names. */
export const bindingAgreements = <Entry extends AgreementEntry>(
  entries: readonly Entry[],
  question: AgreementQuestion,
): Entry[] => {
  const candidates = entries.filter((entry) => !isAboutElse(entry, question));
  const fitting = fittingIn(candidates.map((entry) => ({ entry, outcome: judge(entry, question, entries) })));
  const promises = new Set(fitting.map(({ entry }) => entry.promise));
  return [...promises].toSorted().flatMap((promise) => {
    const best = closestOf(fitting.filter(({ entry }) => entry.promise === promise));
    return best === undefined ? [] : [best.entry];
  });
};
