/** Whether two agreements are about the same matter at the same time and neither is more specific. */
import type { AgreementEntry, PartyFilter } from "../../../../contracts/agreement.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import { addDays } from "../../../case/calendar.ts";
import { at, type Placed } from "./placed.ts";

type List = readonly string[] | undefined;

const never = "9999-12-31";

const earliest = (dates: readonly string[]): string => dates.toSorted()[0] ?? never;

/** ISO dates are in the order of their letters. */
const latest = (a: string, b: string): string => [a, b].toSorted().at(-1) ?? a;

/** From when until when a version is the one that counts: until it ends, or a newer one begins. */
const inForce = (
  { id, version, validFrom, validTo = never }: AgreementEntry,
  all: readonly Placed[],
): { from: string; to: string } => {
  const newer = all
    .filter(({ entry }) => entry.id === id && entry.version > version)
    .map(({ entry }) => addDays(entry.validFrom, -1));
  return { from: validFrom, to: earliest([validTo, ...newer]) };
};

/** Both name nothing, or both name something in common: only then does a list not tell two agreements apart. */
const meets = (a: List, b: List): boolean =>
  a === undefined || b === undefined ? a === b : a.some((one) => b.includes(one));

const partiesMeet = (a: PartyFilter = {}, b: PartyFilter = {}): boolean =>
  meets(a.organisations, b.organisations) &&
  meets(a.municipalities, b.municipalities) &&
  meets(a.kinds, b.kinds);

const matterMeets = ({ appliesTo: a }: AgreementEntry, { appliesTo: b }: AgreementEntry): boolean =>
  a.family === b.family &&
  meets(a.kinds, b.kinds) &&
  meets(a.specialities, b.specialities) &&
  meets(a.priorities, b.priorities) &&
  meets(a.tiers, b.tiers);

const beginAlike = (a: AgreementEntry, b: AgreementEntry): boolean =>
  a.kind !== "clock" || b.kind !== "clock" || a.startsOn.some((fact) => b.startsOn.includes(fact));

const areAlike = (a: AgreementEntry, b: AgreementEntry): boolean =>
  a.promise === b.promise &&
  a.id !== b.id &&
  beginAlike(a, b) &&
  matterMeets(a, b) &&
  partiesMeet(a.parties.debtor, b.parties.debtor) &&
  partiesMeet(a.parties.creditor, b.parties.creditor);

/** Each pair once, at the one that stands later. */
export const overlapProblems = (all: readonly Placed[]): AgreementProblem[] =>
  all.flatMap((placed, i) =>
    all.slice(0, i).flatMap((other): AgreementProblem[] => {
      if (!areAlike(placed.entry, other.entry)) return [];
      const [a, b] = [inForce(placed.entry, all), inForce(other.entry, all)];
      const date = latest(a.from, b.from);
      if (date > earliest([a.to, b.to])) return [];
      const values = { id: placed.entry.id, other: other.entry.id, date };
      return [agreementProblem(at(placed, "appliesTo"), "overlap", values)];
    }),
  );
