import { homeCareScheme, type ParameterCodes } from "../../../contracts/codes/fhir-observation-parameters.ts";
import { schemeOf, scoreSchemes } from "../../../contracts/codes/schemes.ts";
import { decimalText, tenThousandths } from "../../../contracts/decimal.ts";
import type { HomeCareResult } from "../../../contracts/fhir/home-care-observation.ts";
import type { MeasuredResult } from "../../../contracts/messages/observation-parts.ts";
import { readParameters } from "../../../contracts/score-reading.ts";
import type { Values } from "../../../contracts/score-result.ts";
import { instantOf, keptAs } from "./observation-kept.ts";
import type { ObservationNote } from "./observation-notes.ts";

/** What the results of a message are to a scheme: its values, the sender's total, and every result as it was measured. */
export interface ReadResults {
  readonly values: Values;
  readonly senderTotal: number | undefined;
  readonly results: MeasuredResult[];
  /** When what is scored was measured last, or else anything. */
  readonly measuredAt: string | undefined;
  readonly notes: readonly ObservationNote[];
}

const isCalled =
  ({ code, otherCodes }: HomeCareResult) =>
  (wanted: { readonly system: string; readonly code: string }): boolean =>
    [code, ...otherCodes].some((one) => one.system === wanted.system && one.code === wanted.code);

const parameterOf = (result: HomeCareResult): ParameterCodes | undefined =>
  homeCareScheme.parameters.find(({ codes }) => codes.some(isCalled(result)));

type Quantity = Extract<HomeCareResult["value"], { kind: "quantity" }>;

/** In the scheme's own unit, without a digit more or less where it is the same unit. */
const inUnit = ({ value, unit = "", code = "" }: Quantity, { units }: ParameterCodes): string | undefined => {
  const written = units.find(({ names }) => names.includes(unit) || names.includes(code));
  if (written === undefined) return undefined;
  return written.times === 1 ? value : multiplied(value, written.times);
};

const multiplied = (value: string, times: number): string | undefined => {
  const size = tenThousandths(value);
  return size === undefined ? undefined : decimalText(size * times, 4).replace(/\.?0+$/, "");
};

const scheme = schemeOf(scoreSchemes, { id: homeCareScheme.scheme });

/** Whether the scheme can read it: what no body can have is kept and shown, and not scored. */
const isReadable = (parameter: string, value: string): boolean =>
  scheme !== undefined && readParameters(scheme, { [parameter]: value }).problems.length === 0;

interface Scored {
  readonly value: string;
  readonly exact: boolean;
}

/** The value that a result is to the scheme; none where it only says "more than", or cannot be read. */
const scoredAs = ({ value }: HomeCareResult, codes: ParameterCodes): Scored | undefined => {
  if (value?.kind !== "quantity" || value.comparator !== undefined) return undefined;
  const measured = inUnit(value, codes);
  const scored = measured === undefined ? undefined : listedAs(measured, codes);
  return scored !== undefined && isReadable(codes.parameter, scored.value) ? scored : undefined;
};

const listedAs = (measured: string, { points: list }: ParameterCodes): Scored | undefined => {
  if (list === undefined) return { value: measured, exact: true };
  const listed = list.find(({ points }) => points === measured);
  return listed === undefined ? undefined : { value: listed.code, exact: listed.exact };
};

interface Found {
  readonly result: HomeCareResult;
  readonly codes: ParameterCodes | undefined;
  readonly scored: Scored | undefined;
}

const totalIn = ({ value }: HomeCareResult): number | undefined =>
  value?.kind === "quantity" && value.comparator === undefined && /^\d{1,2}$/.test(value.value)
    ? Number(value.value)
    : undefined;

/** The sender's own total is no value, and stands beside the hub's. */
const totalName = "total";

const latest = (times: readonly string[]): string | undefined => times.map(instantOf).toSorted().at(-1);

const when = (condition: boolean, note: ObservationNote): ObservationNote[] => (condition ? [note] : []);

/** Taken back before it was sent: it is kept, and nothing is scored by it. */
const counts = ({ status }: HomeCareResult): boolean => status !== "cancelled";

const found = (results: readonly HomeCareResult[]): Found[] =>
  results.map((result) => {
    const codes = counts(result) ? parameterOf(result) : undefined;
    return { result, codes, scored: codes === undefined ? undefined : scoredAs(result, codes) };
  });

/** The last of each parameter: in time, and of the same time the last that the message names. */
const lastOfEach = (all: readonly Found[]): ReadonlyMap<string, Found> => {
  const last = new Map<string, Found>();
  const inTime = all.toSorted((a, b) => Date.parse(a.result.at) - Date.parse(b.result.at));
  for (const one of inTime)
    if (one.codes !== undefined && one.scored !== undefined) last.set(one.codes.parameter, one);
  return last;
};

/**
 * Reads the results of a message (guide to MedCom FHIR, section 7). Every one of them is kept; those that the scheme knows by
 * code, unit and what can be measured are its values.
 */
export const readResults = (results: readonly HomeCareResult[]): ReadResults => {
  const all = found(results);
  const last = lastOfEach(all);
  const totals = results.filter((one) => counts(one) && isCalled(one)(homeCareScheme.total));
  const total = totals.at(-1);
  const isValue = (one: Found): boolean => one.codes !== undefined && last.get(one.codes.parameter) === one;
  const senderTotal = total === undefined ? undefined : totalIn(total);
  /** One that is not exact stands for itself too. */
  const parameterSaid = (one: Found): string | undefined => {
    if (one.result === total && senderTotal !== undefined) return totalName;
    return isValue(one) && one.scored?.exact === true ? one.codes?.parameter : undefined;
  };
  const scored = [...last.values()];
  const times = (scored.length === 0 ? results : scored.map(({ result }) => result)).map(({ at }) => at);
  return {
    values: Object.fromEntries(scored.map((one) => [one.codes?.parameter ?? "", one.scored?.value ?? ""])),
    senderTotal,
    results: all.map((one) => keptAs(one.result, parameterSaid(one))),
    measuredAt: latest(times),
    notes: [
      ...when(
        all.some(({ codes, scored: value }) => codes !== undefined && value === undefined),
        "value-not-scored",
      ),
      ...when(
        all.some((one) => one.scored !== undefined && !isValue(one)),
        "value-twice",
      ),
      ...when(
        scored.some((one) => one.scored?.exact === false),
        "consciousness-by-points",
      ),
      ...when(total !== undefined && senderTotal === undefined, "total-unreadable"),
      ...when(
        results.some(({ performingOrganisation }) => performingOrganisation !== undefined),
        "organisation-measured",
      ),
    ],
  };
};
