import type { Check, Condition, ContentRule } from "../../../contracts/codes/referral-rules/rule.ts";
import { FormattedText, toPlainText } from "../../../contracts/formatted-text.ts";
import { birthDateOfCpr } from "../../../contracts/identifiers.ts";
import type { SendReferral } from "../../../contracts/messages/referral-commands.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import type { Problem } from "../../../contracts/problem.ts";

/** Clocks of different houses differ: a call that was made "in a minute" was made now. */
const clockDifferenceMs = 5 * 60_000;

type Standard = SendReferral["standard"];
type Day = { now: string; today: string };
export type Checked = { errors: Problem[]; warnings: Problem[] };

const fieldOf = (value: unknown, path: string): unknown =>
  path
    .split(".")
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === "object" && inner !== null
          ? new Map<string, unknown>(Object.entries(inner)).get(key)
          : undefined,
      value,
    );

const isBlankText = (value: unknown[]): boolean => {
  const text = FormattedText.safeParse(value);
  return text.success && toPlainText(text.data).trim() === "";
};

const isThere = (value: unknown): boolean => {
  if (value === undefined || value === null) return false;
  if (typeof value === "string") return value.trim() !== "";
  return !Array.isArray(value) || (value.length > 0 && !isBlankText(value));
};

/** Whether somebody with this birth date has had that birthday; on 29 February it is had on 1 March of other years. */
const hasTurned = (birthDate: string, years: number, today: string): boolean =>
  `${String(Number(birthDate.slice(0, 4)) + years)}${birthDate.slice(4)}` <= today;

const isPast = (value: unknown, { now, today }: Day): boolean => {
  if (typeof value !== "string") return false;
  return value.length === 10 ? value <= today : Date.parse(value) <= Date.parse(now) + clockDifferenceMs;
};

const isAdult = (cpr: unknown, years: number, today: string): boolean => {
  const birthDate = typeof cpr === "string" ? birthDateOfCpr(cpr) : undefined;
  return birthDate === undefined || hasTurned(birthDate, years, today);
};

const passes = (check: Check, content: unknown, { field, day }: { field: string; day: Day }): boolean => {
  const value = fieldOf(content, field);
  switch (check.kind) {
    case "present":
      return isThere(value);
    case "oneOf":
      return typeof value === "string" && check.values.includes(value);
    case "anyOf":
      return [field, ...check.fields].some((path) => isThere(fieldOf(content, path)));
    case "ageAtLeast":
      return isAdult(value, check.years, day.today);
    case "past":
      return isPast(value, day);
    case "future":
      return typeof value === "string" && value > day.now;
  }
};

const holds = (condition: Condition, content: ReferralContent, { today }: Day): boolean => {
  if ("ageBelow" in condition) {
    const birthDate = birthDateOfCpr(content.patient.cpr ?? "");
    return birthDate !== undefined && !hasTurned(birthDate, condition.ageBelow, today);
  }
  const value = fieldOf(content, condition.field);
  return "in" in condition ? typeof value === "string" && condition.in.includes(value) : isThere(value);
};

/**
 * What a letter lacks is told and never refuses it: its sender's system has no field for much of it, and its schema asks for
 * less. What a letter says wrongly is refused as anybody's.
 */
const problemIn =
  (standard: Standard) =>
  ({ field, code, text, demand, check }: ContentRule): Problem => {
    const told = standard === "oioxml" && (check.kind === "present" || check.kind === "anyOf");
    const message = `${text.en} / ${text.da}`;
    return { path: field, code, message, severity: demand === "required" && !told ? "error" : "warning" };
  };

/**
 * Every demand of the rules that a referral does not meet, all at once. `receiver`: GLN, since some demands are one unit's own.
 * Age and what has been are judged on the Danish day and the instant that are given.
 */
export const checkContent = (
  rules: readonly ContentRule[],
  asked: {
    kind: ReferralKind;
    receiver: string | undefined;
    content: ReferralContent;
    standard?: Standard;
  },
  day: Day,
): Checked => {
  const { kind, receiver, content } = asked;
  const failed = rules.filter(
    (rule) =>
      rule.kinds.includes(kind) &&
      (rule.receivers === undefined || (receiver !== undefined && rule.receivers.includes(receiver))) &&
      (rule.when ?? []).every((condition) => holds(condition, content, day)) &&
      !passes(rule.check, content, { field: rule.field, day }),
  );
  const problems = failed.map(problemIn(asked.standard ?? "json"));
  return {
    errors: problems.filter(({ severity }) => severity === "error"),
    warnings: problems.filter(({ severity }) => severity === "warning"),
  };
};
