/** What a measurement comes to while it is typed, without a connection: the hub's own scoring, which is the contract's. */
import { score, tierOf } from "../../../../../../contracts/score.ts";
import { readParameters } from "../../../../../../contracts/score-reading.ts";
import type { Entry, OrderedLimits } from "../../../../../../contracts/score-result.ts";
import type { Parameter, Rule, ScoreScheme, Tier } from "../../../../../../contracts/score-scheme.ts";

/** What was typed or chosen for one value, and where on the body it was measured. */
export type Typed = { value: string; site?: string | undefined };
export type TypedValues = Readonly<Record<string, Typed | undefined>>;

/** `empty`: nothing yet; `wrong`: it cannot be what was measured. */
export type Reading =
  | { state: "empty" | "wrong"; parameter: Parameter }
  | { state: "read"; parameter: Parameter; entry: Entry; points: number; confirmAt?: string | undefined };

export type Outcome = {
  readings: Reading[];
  /** Present when all values are there. */
  total?: number | undefined;
  /** What the total, the rules and concern ask for; absent: nothing yet. */
  tier?: Tier | undefined;
  flags: Rule[];
};

const entryOf = ({ value, site }: Typed): Entry => (site === undefined ? value : { value, site });

const readingOf = (parameter: Parameter, typed: Typed | undefined): Reading => {
  if (typed === undefined || typed.value.trim() === "") return { state: "empty", parameter };
  const entry = entryOf(typed);
  const alone = { parameters: [parameter], carried: [] };
  const [read] = readParameters(alone, { [parameter.name]: entry }).readings;
  if (read === undefined) return { state: "wrong", parameter };
  return { state: "read", parameter, entry, points: read.points, confirmAt: read.confirmAt };
};

type Circumstances = { isWorried: boolean; ordered?: OrderedLimits | undefined };

/** The score of what is typed so far, with what a doctor has ordered, and with the measurer's concern. What is wrong counts as not typed. */
export const outcomeOf = (
  scheme: ScoreScheme,
  typed: TypedValues,
  { isWorried, ordered }: Circumstances,
): Outcome => {
  const readings = scheme.parameters.map((parameter) => readingOf(parameter, typed[parameter.name]));
  const values = Object.fromEntries(
    readings.flatMap((one) => (one.state === "read" ? [[one.parameter.name, one.entry] as const] : [])),
  );
  const scored = score(scheme, values, { ordered, concern: isWorried ? {} : undefined });
  if (!scored.ok) return { readings, flags: [] };
  const { total, tier, flags } = scored.score;
  const rules = flags.flatMap((id) => scheme.rules.filter((rule) => rule.id === id));
  return { readings, total, tier: tierOf(scheme, tier), flags: rules };
};

/** Whether it matters where a value was measured: another place would give other points, or ask for it to be confirmed. */
export const siteMatters = (parameter: Parameter, value: string): boolean => {
  if (parameter.kind !== "measured" || parameter.sites === undefined || value.trim() === "") return false;
  const said = parameter.sites.map(({ site }) => {
    const reading = readingOf(parameter, { value, site });
    return reading.state === "read" ? `${String(reading.points)} ${reading.confirmAt ?? ""}` : "";
  });
  return new Set(said).size > 1;
};
