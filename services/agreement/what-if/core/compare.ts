/** A clock of the period as it was and as it would have been. */
import type { Agreement } from "../../../../contracts/agreement.ts";
import type { ClockCalendars } from "../../../../contracts/clock-calendar.ts";
import type { WhatIfCalendars } from "../../../../contracts/messages/what-if.ts";
import type { Instant } from "../../../../contracts/time.ts";
import { type ClockState, evolveClock } from "../../../case/clock-book.ts";
import { localDateOf } from "../../../case/clock-zone.ts";
import type { DirectoryView } from "../../../case/directory-view.ts";
import { isSameContent } from "../../core/checks/versions.ts";
import { type CaseLine, type FollowedCase, isStarted, type StartedClock } from "./case-line.ts";
import { type Chooser, createChooser, remembered } from "./choose.ts";
import { type Hearing, reschedulings } from "./events.ts";
import { recordedCalendars, triedCalendars } from "./hours.ts";
import { type Weighed, weigh } from "./weigh.ts";

/**
 * `known`: every version that clocks have run by; `tried`: the set that is tried, as on the date `on`. `from`, `to`: Danish dates, both
 * included.
 */
export type Trial = {
  known: readonly Agreement[];
  tried: readonly Agreement[];
  on: string;
  calendars?: WhatIfCalendars | undefined;
  from: string;
  to: string;
  asOf: Instant;
  directory: DirectoryView;
  /** Whose clocks alone, as who owes or was promised; absent: all. */
  own?: ReadonlySet<string> | undefined;
};

/** In what the journal's own account of a clock is another: it ran under other rules, or nothing rang when it was due. */
export type Differs = "due" | "late" | "warned";

export type Compared = {
  caseId: string;
  clockId: string;
  promise: string;
  debtor: string;
  isReceipt: boolean;
  withoutMatter: boolean;
  now: Weighed & { agreement: string };
  /** Absent: no agreement of the tried set gives it a time. */
  tried?: (Weighed & { agreement: string }) | undefined;
  differs: readonly Differs[];
};

/** A clock of an agreement that the hub does not know any more. */
export type Unknown = { unknown: string };

const named = ({ id, version }: Agreement): string => `${id} v${String(version)}`;

const recordedState = (lines: readonly CaseLine[], clockId: string): ClockState | undefined =>
  lines
    .flatMap(({ clocks }) => clocks)
    .filter((change) => change.clockId === clockId)
    .reduce<ClockState | undefined>(evolveClock, undefined);

const differences = (lines: readonly CaseLine[], start: StartedClock, now: Weighed): Differs[] => {
  const state = recordedState(lines, start.clockId);
  const warned = lines.some(({ clocks }) =>
    clocks.some(({ change, clockId }) => change === "warned" && clockId === start.clockId),
  );
  return [
    ...(state?.due === now.due ? [] : (["due"] as const)),
    ...(state?.breached === (now.outcome === "late") ? [] : (["late"] as const)),
    ...(warned === now.warned ? [] : (["warned"] as const)),
  ];
};

type Place = { followed: FollowedCase; at: number; start: StartedClock };

/** What is looked up for thousands of clocks, and is but a few. */
type Known = {
  chooser: Chooser;
  versionsOf: (id: string) => readonly Agreement[];
  /** What is tried is mostly what was in force, and then needs no second reckoning. */
  isSame: (a: Agreement, b: Agreement) => boolean;
};

const knownOf = ({ known, tried, on, directory }: Trial): Known => {
  const same = new Map<string, boolean>();
  return {
    chooser: createChooser(tried, on, directory),
    versionsOf: remembered((id) => known.filter((agreement) => agreement.id === id)),
    isSame: (a, b) => {
      const key = `${named(a)} ${named(b)}`;
      const is = same.get(key) ?? isSameContent(a, b);
      same.set(key, is);
      return is;
    },
  };
};

type Own = {
  hearing: Omit<Hearing, "tried">;
  later: readonly CaseLine[];
  calendars: ClockCalendars;
  now: Weighed;
};

/** The clock under the agreement that would have bound instead. */
const triedFor = (
  other: Agreement,
  { hearing, later, calendars, now }: Own,
  { trial, known }: { trial: Trial; known: Known },
): Weighed | undefined => {
  const { start, agreement } = hearing;
  const otherHours = triedCalendars(calendars, trial.calendars, known.chooser.party(start.debtor));
  const asItWas =
    otherHours === calendars &&
    known.isSame(other, agreement) &&
    reschedulings(later, start.clockId).length === 0;
  if (asItWas) return now;
  const { asOf } = trial;
  return weigh({ ...hearing, agreement: other, tried: true }, later, { calendars: otherHours, asOf });
};

const compareOne = (
  trial: Trial,
  known: Known,
  { followed, at, start }: Place,
): Compared | Unknown | undefined => {
  const [line, ...later] = followed.lines.slice(at);
  const { debtor, clockId, agreement: id } = start;
  const versions = known.versionsOf(id);
  const agreement = versions.find(({ version }) => version === start.agreementVersion);
  if (line === undefined || agreement === undefined) return { unknown: id };
  const hearing = { agreement, start, line, versions };
  const calendars = recordedCalendars(start, later, trial.directory.organisation(debtor));
  const now = weigh({ ...hearing, tried: false }, later, { calendars, asOf: trial.asOf });
  if (now === undefined) return undefined;
  const { promise } = agreement;
  const other = known.chooser.agreementFor({ followed, line, start, promise });
  const own = { hearing, later, calendars, now };
  const tried = other === undefined ? undefined : triedFor(other, own, { trial, known });
  return {
    ...{ caseId: followed.caseId, clockId, promise, debtor },
    isReceipt: start.deliveryId !== undefined,
    withoutMatter: start.matter === undefined,
    now: { ...now, agreement: named(agreement) },
    ...(tried === undefined || other === undefined ? {} : { tried: { ...tried, agreement: named(other) } }),
    differs: differences(followed.lines, start, now),
  };
};

const isAsked = (start: StartedClock, { from, to, own }: Trial): boolean => {
  const date = localDateOf(start.at);
  if (date < from || date > to) return false;
  return own === undefined || own.has(start.debtor) || own.has(start.creditor);
};

/** Whether a record starts a clock that is asked about: from it on its case is followed. */
export const startsAsked = ({ clocks }: Pick<CaseLine, "clocks">, trial: Trial): boolean =>
  clocks.some((change) => isStarted(change) && isAsked(change, trial));

/** The clocks of a case that started in the period, as they were and as they would have been. */
export const createComparing = (trial: Trial): ((followed: FollowedCase) => (Compared | Unknown)[]) => {
  const known = knownOf(trial);
  return (followed) =>
    followed.lines.flatMap(({ clocks }, at) =>
      clocks
        .filter(isStarted)
        .filter((start) => isAsked(start, trial))
        .flatMap((start) => compareOne(trial, known, { followed, at, start }) ?? []),
    );
};
