/** What an owing makes of the clocks of its case: one that starts, or one that there was and that goes on or started at another time. */
import { type Agreement, keeps } from "../../contracts/agreement.ts";
import type { Matter } from "../../contracts/agreement-choice.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import { type ClockState, startClock } from "./clock-book.ts";
import { moveStart, reopenClock } from "./clock-recount.ts";
import {
  agreementOf,
  agreementsOf,
  type ClockWorld,
  type Happened,
  hoursOf,
  keptMatter,
} from "./clock-world.ts";
import type { Owing } from "./decision.ts";

type Started = { clocks: readonly ClockState[]; changes: readonly ClockChange[]; world: ClockWorld };

type Starting = { happened: Happened; started: Started };

const matterOf = ({ debtor, kind, priority, tier }: Owing, { directory, family }: ClockWorld): Matter => {
  const speciality = directory.organisation(debtor)?.specialities[0];
  return { family, kind, speciality, priority, tier };
};

/** The clock that was kept for such an owing before: the same promise between the same parties, about the same. */
const keptFor = (owing: Owing, promise: string, clocks: readonly ClockState[]): ClockState | undefined =>
  clocks.findLast(
    ({ agreement, debtor, creditor, about }) =>
      keeps(agreement, promise) &&
      debtor === owing.debtor &&
      creditor === owing.creditor &&
      about === owing.about,
  );

/** What ends and is owed again in one breath, from a time that was told, started at that time all the while. */
const isCorrected = ({ clockId }: ClockState, changes: readonly ClockChange[]): boolean =>
  changes.some((c) => c.clockId === clockId && c.change === "cancelled");

/** Other limits, e.g. a repeat that a doctor orders, are another promise. */
const hasOwnLimits = ({ limits }: Owing, clock: ClockState): boolean =>
  JSON.stringify(limits ?? null) === JSON.stringify(clock.limits ?? null);

/** What an owing makes of the clock that there was: another start, or going on; else a clock of its own starts. */
const goesOn = (
  owing: Owing,
  before: ClockState,
  { at, changes, world }: Started & { at: string },
): ClockChange | "as-it-was" | undefined => {
  const agreement = agreementOf(before, world.agreements);
  if (agreement === undefined) return undefined;
  const on = { at, agreement, directory: hoursOf(world.directory, owing.debtor) };
  if (owing.from !== undefined && isCorrected(before, changes) && hasOwnLimits(owing, before))
    return moveStart(before, { ...on, startedAt: owing.from }) ?? "as-it-was";
  return agreement.onReopen === "continue" ? reopenClock(before, on) : undefined;
};

type Outcome = { instead?: string; added: ClockChange[] };

const outcomeOf = (owing: Owing, agreement: Agreement, { happened, started }: Starting): Outcome => {
  const { clocks, world } = started;
  const { debtor, creditor, about, limits, from = happened.at } = owing;
  const before = keptFor(owing, agreement.promise, clocks);
  const next = before && goesOn(owing, before, { ...started, at: happened.at });
  if (before !== undefined && next !== undefined)
    return { instead: before.clockId, added: next === "as-it-was" ? [] : [next] };
  const suffix = about === undefined ? "" : `.${about}`;
  const clockId = `${agreement.id}.${String(happened.recordNo)}${suffix}`;
  const hours = hoursOf(world.directory, debtor);
  const own = { about, limits, matter: keptMatter(matterOf(owing, world)) };
  return { added: [startClock(agreement, { clockId, debtor, creditor, at: from, hours, ...own })] };
};

/** Starts a clock for each agreement of an owing that none is kept for, and lets those go on that are. */
export const owed = (owing: Owing, happened: Happened, started: Started): ClockChange[] => {
  const { debtor, creditor, promises } = owing;
  const { world, changes } = started;
  const matter = matterOf(owing, world);
  const facts = happened.factTypes;
  const outcomes = agreementsOf(world, { matter, debtor, creditor, at: happened.at, facts })
    .filter(({ promise }) => promises === undefined || promises.includes(promise))
    .map((agreement) => outcomeOf(owing, agreement, { happened, started }));
  return [
    ...changes.filter(({ clockId }) => outcomes.every(({ instead }) => instead !== clockId)),
    ...outcomes.flatMap(({ added }) => added),
  ];
};

/** A correction moves the starts of open clocks, and starts none. */
export const corrected = (
  owing: Owing,
  happened: Happened,
  { clocks, changes, world }: Started,
): ClockChange[] => {
  const { debtor, creditor, about, from, promises } = owing;
  const directory = hoursOf(world.directory, debtor);
  const moved = clocks
    .filter((clock) => clock.debtor === debtor && clock.creditor === creditor && clock.about === about)
    .filter(
      ({ agreement }) => promises === undefined || promises.some((promise) => keeps(agreement, promise)),
    )
    .flatMap((clock) => {
      const agreement = agreementOf(clock, world.agreements);
      if (agreement === undefined || from === undefined) return [];
      return moveStart(clock, { at: happened.at, agreement, directory, startedAt: from }) ?? [];
    });
  return [...changes, ...moved];
};
