/** Whether every promise has an agreement, in every matter that it is given in, whoever owes it, on every date from now on. */
import { agreementFor } from "../../../../contracts/agreement-choice.ts";
import { type AgreementProblem, agreementProblem } from "../../../../contracts/agreement-problem.ts";
import { type Promised, type PromisedMatter, promises } from "../../../../contracts/codes/promises.ts";
import { OrganisationKind } from "../../../../contracts/messages/directory.ts";
import { addDays } from "../../../case/calendar.ts";
import type { Placed, SetFile } from "./placed.ts";

type Case = { promise: string; matter: PromisedMatter; tier: string | undefined; kind: OrganisationKind };

const casesOf = ({ id: promise, matters }: Promised): Case[] =>
  matters.flatMap((matter) =>
    (matter.tiers ?? [undefined]).flatMap((tier) =>
      (matter.debtors ?? OrganisationKind.options).map((kind) => ({ promise, matter, tier, kind })),
    ),
  );

/** Somebody whom no agreement names, and who waits for an answer from somebody whom none names. */
const nobody = { gln: "", wholes: [] };

const bound = (own: readonly Placed[], { promise, matter, tier, kind }: Case, date: string): boolean => {
  const family = matter.family === "any" ? "advice" : matter.family;
  const entries = own.map(({ entry }) => entry);
  const parties = { debtor: { ...nobody, kind }, creditor: nobody };
  const question = { matter: { family, kind: matter.kind, tier }, parties, date };
  return agreementFor(entries, promise, question).agreement !== undefined;
};

/** The dates on which anything changes: what holds on each holds until the next. */
const datesOf = (own: readonly Placed[], from: string): string[] => {
  const dates = own.flatMap(({ entry: { validFrom, validTo } }) => [
    validFrom,
    ...(validTo === undefined ? [] : [addDays(validTo, 1)]),
  ]);
  return [...new Set([from, ...dates.filter((date) => date > from)])].toSorted();
};

const wordsOf = ({ matter, tier }: Case, kinds: readonly string[]): string =>
  [`${matter.family} ${matter.kind}`, ...(tier === undefined ? [] : [tier]), kinds.join("/")].join(", ");

/** The agreement that ended the day before, if that is why there is none. */
const endedBefore = (own: readonly Placed[], date: string): Placed | undefined =>
  own.find(({ entry: { validTo } }) => validTo !== undefined && addDays(validTo, 1) === date);

const firstGap = (own: readonly Placed[], one: Case, from: string): string | undefined =>
  datesOf(own, from).find((date) => !bound(own, one, date));

type Gap = { one: Case; date: string; kinds: string[] };

/** Kinds of debtor for whom the same is missing from the same date are told together. */
const gapsOf = (own: readonly Placed[], promised: Promised, from: string): Gap[] => {
  const gaps = new Map<string, Gap>();
  for (const one of casesOf(promised)) {
    const date = firstGap(own, one, from);
    if (date === undefined) continue;
    const key = `${date} ${one.matter.family} ${one.matter.kind} ${one.tier ?? ""}`;
    const gap = gaps.get(key) ?? { one, date, kinds: [] };
    gaps.set(key, { ...gap, kinds: [...gap.kinds, one.kind] });
  }
  return [...gaps.values()];
};

export const gapProblems = (files: readonly SetFile[], all: readonly Placed[]): AgreementProblem[] => {
  const from = files.map(({ set }) => set.validFrom).toSorted()[0];
  if (from === undefined) return [];
  return promises.flatMap((promised) => {
    const own = all.filter(({ entry }) => entry.promise === promised.id);
    return gapsOf(own, promised, from).map(({ one, date, kinds }) => {
      const values = { promise: promised.id, matter: wordsOf(one, kinds), date };
      const ended = endedBefore(own, date);
      if (ended === undefined) return agreementProblem({ file: "", path: promised.id }, "gap", values);
      const place = { file: ended.file, path: `${ended.path}.validTo` };
      return agreementProblem(place, "ended-without-successor", { ...values, id: ended.entry.id });
    });
  });
};
