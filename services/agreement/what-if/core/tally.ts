/** The figures of a trial, counted clock by clock; no clock is kept but the first of those that change sides. */
import type { ChangedClock } from "../../../../contracts/messages/what-if.ts";
import type { Compared, Differs, Unknown } from "./compare.ts";
import type { Weighed } from "./weigh.ts";

type Figures = {
  clocks: number;
  inTime: number;
  late: number;
  lateOpen: number;
  open: number;
  cancelled: number;
  warned: number;
  unbound: number;
};
export type Sides = { now: Figures; tried: Figures };
type PromiseTally = Sides & { agreements: { now: Set<string>; tried: Set<string> } };

export type Tally = {
  answers: Sides;
  promises: Map<string, PromiseTally>;
  /** By `<promise> <debtor>`. */
  parties: Map<string, Sides & { promise: string; debtor: string }>;
  changed: { worse: number; better: number; cases: ChangedClock[] };
  recorded: { clocks: number; differing: number } & Record<Differs, number>;
  withoutMatter: number;
  unknown: number;
};

const maxCases = 1000;

const none = (): Figures => ({
  clocks: 0,
  inTime: 0,
  late: 0,
  lateOpen: 0,
  open: 0,
  cancelled: 0,
  warned: 0,
  unbound: 0,
});
const sides = (): Sides => ({ now: none(), tried: none() });

export const emptyTally = (): Tally => ({
  answers: sides(),
  promises: new Map(),
  parties: new Map(),
  changed: { worse: 0, better: 0, cases: [] },
  recorded: { clocks: 0, differing: 0, due: 0, late: 0, warned: 0 },
  withoutMatter: 0,
  unknown: 0,
});

const countSide = (figures: Figures, weighed: Weighed | undefined): void => {
  if (weighed === undefined) {
    figures.unbound += 1;
    return;
  }
  figures.clocks += 1;
  figures[weighed.outcome] += 1;
  if (weighed.unanswered) figures.lateOpen += 1;
  if (weighed.warned) figures.warned += 1;
};

const countSides = ({ now, tried }: Sides, compared: Compared): void => {
  countSide(now, compared.now);
  countSide(tried, compared.tried);
};

const keptIn = <Value>(map: Map<string, Value>, key: string, make: () => Value): Value => {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
};

const changeOf = ({ now, tried }: Compared): ChangedClock["change"] | undefined => {
  const [was, would] = [now.outcome === "late", tried?.outcome === "late"];
  if (was === would) return undefined;
  return would ? "worse" : "better";
};

const countChange = ({ changed }: Tally, compared: Compared): void => {
  const change = changeOf(compared);
  if (change === undefined) return;
  changed[change] += 1;
  if (changed.cases.length >= maxCases) return;
  const { caseId, clockId, promise, debtor, now, tried } = compared;
  const due = { now: now.due, ...(tried === undefined ? {} : { tried: tried.due }) };
  changed.cases.push({ caseId, clockId, promise, debtor, change, due });
};

/** Adds a clock to the tally. */
export const countClock = (tally: Tally, compared: Compared | Unknown): void => {
  if ("unknown" in compared) {
    tally.unknown += 1;
    return;
  }
  const { promise, debtor, now, tried, differs } = compared;
  if (!compared.isReceipt) countSides(tally.answers, compared);
  const ofPromise = keptIn(tally.promises, promise, () => ({
    ...sides(),
    agreements: { now: new Set<string>(), tried: new Set<string>() },
  }));
  countSides(ofPromise, compared);
  ofPromise.agreements.now.add(now.agreement);
  if (tried !== undefined) ofPromise.agreements.tried.add(tried.agreement);
  countSides(
    keptIn(tally.parties, `${promise} ${debtor}`, () => ({ ...sides(), promise, debtor })),
    compared,
  );
  countChange(tally, compared);
  tally.recorded.clocks += 1;
  if (differs.length > 0) tally.recorded.differing += 1;
  for (const what of differs) tally.recorded[what] += 1;
  if (compared.withoutMatter) tally.withoutMatter += 1;
};
