/** What is told of a trial, and to whom how much of it. */
import type { Agreement } from "../../../../contracts/agreement.ts";
import type { WhatIfResult } from "../../../../contracts/messages/what-if.ts";
import type { DirectoryView } from "../../../case/directory-view.ts";
import type { Trial } from "./compare.ts";
import { hiddenAmong, isFew } from "./hide.ts";
import type { Sides, Tally } from "./tally.ts";

type Shown = Pick<WhatIfResult["answers"], "now" | "tried">;

/** Clocks that ran in the period, whatever would have become of them. */
const sizeOf = ({ now }: Sides): number => now.clocks;

const nothing: Shown = { now: null, tried: null };
const shownUnless = ({ now, tried }: Sides, isHidden: boolean): Shown =>
  isHidden ? nothing : { now, tried };

const nameOf = (directory: DirectoryView, gln: string): string => {
  const found = directory.organisation(gln);
  if (found === undefined) return gln;
  return found.department === undefined ? found.name : `${found.name}, ${found.department}`;
};

const byKey = <Value>(map: ReadonlyMap<string, Value>): [string, Value][] =>
  [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));

/** `own`: the asker is a party to all of it, and nothing is hidden. */
type Telling = { own: boolean; directory: DirectoryView };

const hiddenIn = <Group extends Sides>(groups: readonly Group[], { own }: Telling): ReadonlySet<Group> =>
  own ? new Set() : hiddenAmong(groups, sizeOf);

const partiesOf = (tally: Tally, hidden: ReadonlySet<string>, telling: Telling): WhatIfResult["parties"] => {
  const parties = byKey(tally.parties).map(([, party]) => party);
  return [...tally.promises.keys()].toSorted().flatMap((promise) => {
    const own = parties.filter((party) => party.promise === promise);
    const few = hiddenIn(own, telling);
    return own.map((party) => ({
      promise,
      debtor: party.debtor,
      name: nameOf(telling.directory, party.debtor),
      // Of a promise that is hidden nothing may be added up again.
      ...shownUnless(party, hidden.has(promise) || few.has(party)),
    }));
  });
};

const promisesOf = (tally: Tally, telling: Telling): WhatIfResult["promises"] => {
  const promises = byKey(tally.promises);
  const few = hiddenIn(
    promises.map(([, each]) => each),
    telling,
  );
  return promises.map(([promise, each]) => ({
    promise,
    agreements: {
      now: [...each.agreements.now].toSorted(),
      tried: [...each.agreements.tried].toSorted(),
    },
    ...shownUnless(each, few.has(each)),
  }));
};

/** What the tried set gives a time to, and was promised to nobody in the period. */
const notTried = (tried: readonly Agreement[], { promises }: Tally): string[] =>
  [...new Set(tried.filter(({ notYet }) => notYet === undefined).map(({ promise }) => promise))]
    .filter((promise) => !promises.has(promise))
    .toSorted();

const changedOf = ({ changed }: Tally, { own }: Telling): WhatIfResult["changed"] => {
  if (own) return changed;
  const { worse, better } = changed;
  return { worse: isFew(worse) ? null : worse, better: isFew(better) ? null : better };
};

export const resultOf = (trial: Trial, tally: Tally, records: number): WhatIfResult => {
  const { from, to, on, asOf, tried, directory } = trial;
  const telling = { own: trial.own !== undefined, directory };
  const promises = promisesOf(tally, telling);
  const hidden = new Set(promises.filter(({ now }) => now === null).map(({ promise }) => promise));
  return {
    scope: telling.own ? "own" : "all",
    ...{ from, to, on, asOf },
    answers: shownUnless(tally.answers, !telling.own && isFew(sizeOf(tally.answers))),
    promises,
    parties: partiesOf(tally, hidden, telling),
    changed: changedOf(tally, telling),
    recorded: tally.recorded,
    withoutMatter: tally.withoutMatter,
    unknown: tally.unknown,
    notTried: notTried(tried, tally),
    records,
  };
};
