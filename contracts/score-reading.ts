/** Reads measured values as a scheme says: site correction, rounding, plausibility, bands. */
import { decimalText, hasDecimals, roundHalfUp, tenThousandths } from "./decimal.ts";
import type { Problem } from "./problem.ts";
import { problem, warning } from "./problem-of.ts";
import type { Entry, Score, Values } from "./score-result.ts";
import type { Band, Parameter, ScoreScheme } from "./score-scheme.ts";

/** One value as it was scored. `size` is in ten-thousandths, after correction and rounding; absent for a code. */
export type Reading = {
  parameter: Parameter;
  measured: string;
  site?: string | undefined;
  size?: number;
  scored: string;
  points: number;
  confirmAt?: string | undefined;
};

type Read = { reading?: Reading; problems?: Problem[]; warnings?: Problem[] };
type Measured = Extract<Parameter, { kind: "measured" }>;
type Coded = Extract<Parameter, { kind: "coded" }>;
type Quantity = Pick<Measured, "name" | "unit" | "decimals" | "plausible">;

const partsOf = (entry: Entry): { measured: string; site?: string | undefined } =>
  typeof entry === "object"
    ? { measured: String(entry.value), site: entry.site }
    : { measured: String(entry) };

const pathOf = (name: string): string => `values.${name}`;

/** A number that a measurement can have given, in ten-thousandths; or why it cannot. */
const sizeOf = (quantity: Quantity, measured: string): { size: number } | { problem: Problem } => {
  const { name, unit, decimals, plausible } = quantity;
  const size = tenThousandths(measured);
  if (size === undefined)
    return { problem: problem(pathOf(name), "value-unreadable", `Give ${name} as a number in ${unit}.`) };
  if (decimals === 0 && !hasDecimals(size, 0))
    return { problem: problem(pathOf(name), "value-not-whole", `${name} is counted in whole ${unit}.`) };
  const [min, max] = [tenThousandths(plausible.min), tenThousandths(plausible.max)];
  if (min === undefined || max === undefined || size < min || size > max)
    return {
      problem: problem(
        pathOf(name),
        "value-not-plausible",
        `${name} is from ${plausible.min} to ${plausible.max} ${unit}. Measure again, or mend the typing.`,
      ),
    };
  return { size };
};

const isIn = ({ min, max }: Band, size: number): boolean =>
  (min === undefined || size >= (tenThousandths(min) ?? size)) &&
  (max === undefined || size <= (tenThousandths(max) ?? size));

type Placed = { correction: number; warnings?: Problem[]; problems?: Problem[] };

/** What a site does to a value. A place that the scheme has no correction for leaves it as it is, and is warned of. */
const placedAt = ({ name, sites }: Measured, site: string | undefined): Placed => {
  if (sites === undefined) return { correction: 0 };
  const uncorrected = warning(
    pathOf(name),
    "site-uncorrected",
    `There is no correction for where ${name} was measured: it is scored as it was read.`,
  );
  if (site === undefined) return { correction: 0, warnings: [uncorrected] };
  const known = sites.find((each) => each.site === site);
  if (known === undefined) {
    const names = sites.map((each) => each.site).join(", ");
    return {
      correction: 0,
      problems: [problem(pathOf(name), "site-unknown", `The site is one of: ${names}.`)],
    };
  }
  const correction = tenThousandths(known.correction) ?? 0;
  return known.warns ? { correction, warnings: [uncorrected] } : { correction };
};

const confirmAt = ({ confirm }: Measured, size: number, site: string | undefined): string | undefined => {
  if (confirm === undefined || site === confirm.site) return undefined;
  const [below, from] = [tenThousandths(confirm.below), tenThousandths(confirm.from)];
  const isOutside = (below !== undefined && size < below) || (from !== undefined && size >= from);
  return isOutside ? confirm.site : undefined;
};

const readMeasured = (parameter: Measured, entry: Entry): Read => {
  const { measured, site } = partsOf(entry);
  const found = sizeOf(parameter, measured);
  const { correction, warnings = [], problems = [] } = placedAt(parameter, site);
  if ("problem" in found) return { problems: [found.problem, ...problems] };
  if (problems.length > 0) return { problems };
  // Rounding comes after the correction (TOBS: half up, to one decimal): 34.95 in the armpit is 36.0, not 35.9.
  const size = roundHalfUp(found.size + correction, parameter.decimals);
  const at = confirmAt(parameter, size, site);
  const points = parameter.bands.find((band) => isIn(band, size))?.points ?? 0;
  const scored = decimalText(size, parameter.decimals);
  const advised =
    at === undefined
      ? []
      : [warning(pathOf(parameter.name), `confirm-${at}`, parameter.confirm?.advice.en ?? "Measure again.")];
  return {
    reading: { parameter, measured, site, size, scored, points, confirmAt: at },
    warnings: [...warnings, ...advised],
  };
};

const readCoded = (parameter: Coded, entry: Entry): Read => {
  const { measured } = partsOf(entry);
  const chosen = parameter.values.find(({ code }) => code === measured);
  if (chosen !== undefined)
    return { reading: { parameter, measured, scored: chosen.code, points: chosen.points } };
  const codes = parameter.values.map(({ code }) => code).join(", ");
  return {
    problems: [problem(pathOf(parameter.name), "code-unknown", `${parameter.name} is one of: ${codes}.`)],
  };
};

type AllRead = {
  readings: Reading[];
  carried: Score["carried"];
  problems: Problem[];
  warnings: Problem[];
};

const readParameter = (parameter: Parameter, entry: Entry): Read =>
  parameter.kind === "measured" ? readMeasured(parameter, entry) : readCoded(parameter, entry);

const entryOf = (values: Values, name: string): Entry | undefined =>
  Object.hasOwn(values, name) ? values[name] : undefined;

/** What of a scheme says how values are read. */
type Reads = Pick<ScoreScheme, "parameters" | "carried">;

const unknownNames = (scheme: Reads, values: Values): Problem[] => {
  const names = [...scheme.parameters, ...scheme.carried].map(({ name }) => name);
  return Object.keys(values).some((name) => !names.includes(name))
    ? [problem("values", "parameter-unknown", `This scheme knows: ${names.join(", ")}.`)]
    : [];
};

/** Every value of a measurement, in the scheme's order, and everything wrong with any of them. */
export const readParameters = (scheme: Reads, values: Values): AllRead => {
  const read = scheme.parameters.flatMap((parameter): Read[] => {
    const entry = entryOf(values, parameter.name);
    return entry === undefined ? [] : [readParameter(parameter, entry)];
  });
  const along = scheme.carried.flatMap((quantity) => {
    const entry = entryOf(values, quantity.name);
    if (entry === undefined) return [];
    const { measured } = partsOf(entry);
    return [{ parameter: quantity.name, measured, found: sizeOf(quantity, measured) }];
  });
  return {
    readings: read.flatMap(({ reading }) => (reading === undefined ? [] : [reading])),
    carried: along.map(({ parameter, measured }) => ({ parameter, measured })),
    problems: [
      ...unknownNames(scheme, values),
      ...read.flatMap(({ problems = [] }) => problems),
      ...along.flatMap(({ found }) => ("problem" in found ? [found.problem] : [])),
    ],
    warnings: read.flatMap(({ warnings = [] }) => warnings),
  };
};
