/** Versions beside each other, and the next one from what was typed. */
import type { Agreement, AgreementEntry } from "../../../../../../contracts/agreement.ts";
import type { Limit } from "../../../../../../contracts/limits.ts";

export type Difference = { field: string; before: string; after: string };

const shown = (value: unknown): string => {
  if (value === undefined) return "–";
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** The fields in which two versions differ, in the order of the newer one; its number is not one of them. */
export const differencesOf = (before: AgreementEntry, after: AgreementEntry): Difference[] => {
  const [old, now] = [
    new Map<string, unknown>(Object.entries(before)),
    new Map<string, unknown>(Object.entries(after)),
  ];
  return [...new Set([...now.keys(), ...old.keys()])].flatMap((field) => {
    const was = shown(old.get(field));
    const is = shown(now.get(field));
    return field === "version" || was === is ? [] : [{ field, before: was, after: is }];
  });
};

/** A limit of one number. */
export type Countable = Extract<
  Limit,
  { kind: "workingDays" | "calendarDays" | "elapsed" | "openingMinutes" }
>;

export const isCountable = (limit: Limit): limit is Countable =>
  "minutes" in limit || limit.kind === "workingDays" || limit.kind === "calendarDays";

export const numberOf = (limit: Countable): number => ("minutes" in limit ? limit.minutes : limit.days);

const withNumber = (limit: Countable, number: number): Countable =>
  "minutes" in limit ? { ...limit, minutes: number } : { ...limit, days: number };

export type Typed = { limit: number; warn: number; calendar: Agreement["calendar"]; validFrom: string };

/** The next version. A warning of several, or of another kind than one number, stays as it is. */
export const nextVersion = (agreement: Agreement, newest: number, typed: Typed): Agreement => {
  const { limit, warnAt } = agreement;
  const canWarn = "kind" in warnAt && isCountable(warnAt);
  return {
    ...agreement,
    version: newest + 1,
    validFrom: typed.validFrom,
    calendar: typed.calendar,
    limit: isCountable(limit) ? withNumber(limit, typed.limit) : limit,
    warnAt: canWarn ? withNumber(warnAt, typed.warn) : warnAt,
  };
};
