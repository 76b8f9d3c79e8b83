/** Whether what an agreement names exists: its promise, kinds of matter, tiers, organisations. */
import { type AgreementEntry, keeps, type PartyFilter } from "../../../../contracts/agreement.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import { matterKinds, promises, tiersOf } from "../../../../contracts/codes/promises.ts";
import { at, type CheckWorld, type Placed } from "./placed.ts";

const promiseProblems = (placed: Placed): AgreementProblem[] => {
  const { id, promise, kind } = placed.entry;
  const known = promises.find((one) => one.id === promise);
  if (known === undefined) return [agreementProblem(at(placed, "promise"), "promise-unknown", { promise })];
  return [
    ...(keeps(id, promise) ? [] : [agreementProblem(at(placed, "id"), "promise-not-in-id", { promise })]),
    ...(known.kind === kind
      ? []
      : [agreementProblem(at(placed, "kind"), "promise-of-another-kind", { promise, kind: known.kind })]),
  ];
};

const kindProblems = (placed: Placed): AgreementProblem[] => {
  const { family, kinds = [] } = placed.entry.appliesTo;
  const known = matterKinds(family);
  return kinds.flatMap((kind, i) =>
    known.includes(kind)
      ? []
      : [agreementProblem(at(placed, `appliesTo.kinds.${String(i)}`), "kind-unknown", { family, kind })],
  );
};

/** A tier is known when any of the kinds has it, or has tiers that are others' to name, e.g. a score scheme's. */
const isTier = ({ appliesTo: { kinds } }: AgreementEntry, tier: string): boolean =>
  kinds === undefined || kinds.some((kind) => tiersOf(kind)?.includes(tier) ?? true);

const tierProblems = (placed: Placed): AgreementProblem[] => {
  const { kinds = [], tiers = [] } = placed.entry.appliesTo;
  return tiers.flatMap((tier, i) =>
    isTier(placed.entry, tier)
      ? []
      : [
          agreementProblem(at(placed, `appliesTo.tiers.${String(i)}`), "tier-unknown", {
            kind: kinds.join(", "),
            tier,
          }),
        ],
  );
};

const partyProblems = (
  placed: Placed,
  side: "debtor" | "creditor",
  { organisation }: CheckWorld,
): AgreementProblem[] => {
  const filter: PartyFilter = placed.entry.parties[side] ?? {};
  if (organisation === undefined) return [];
  return (filter.organisations ?? []).flatMap((gln, i) =>
    organisation(gln) === undefined
      ? [
          agreementProblem(at(placed, `parties.${side}.organisations.${String(i)}`), "organisation-unknown", {
            gln,
          }),
        ]
      : [],
  );
};

export const nameProblems = (placed: Placed, world: CheckWorld): AgreementProblem[] => [
  ...promiseProblems(placed),
  ...kindProblems(placed),
  ...tierProblems(placed),
  ...partyProblems(placed, "debtor", world),
  ...partyProblems(placed, "creditor", world),
];
