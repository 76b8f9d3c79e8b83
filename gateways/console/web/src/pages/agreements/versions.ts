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

/** What is edited of an agreement. `warnings`: one or several, each given once. */
export type Typed = {
  limit: Limit;
  warnings: readonly Limit[];
  calendar: Agreement["calendar"];
  validFrom: string;
};

export const typedOf = ({ limit, warnAt, calendar }: Agreement, validFrom: string): Typed => ({
  limit,
  warnings: "kind" in warnAt ? [warnAt] : warnAt,
  calendar,
  validFrom,
});

/** The next version. One warning stands by itself, as it did, and not in a list. */
export const nextVersion = (
  agreement: Agreement,
  newest: number,
  { warnings, ...typed }: Typed,
): Agreement => {
  const [only, ...others] = warnings;
  const isOne = only !== undefined && others.length === 0;
  return {
    ...agreement,
    ...typed,
    version: newest + 1,
    warnAt: isOne && "kind" in agreement.warnAt ? only : [...warnings],
  };
};
