/** Which group a clock or a figure falls in, and whose it is. Organisations are what the directory says they are now. */
import { padMunicipalityCode } from "../../../../contracts/identifiers.ts";
import type { IndicatorDimension, IndicatorsQuery } from "../../../../contracts/messages/indicators.ts";
import { type DirectoryView, isOrIsPartOf } from "../../../case/directory-view.ts";
import { partyViewOf } from "../../../case/party-view.ts";
import type { Counted } from "./cells.ts";
import { eachRow, type Steps } from "./steps.ts";

/** What rows have in common: who was to act, who waited, and about what. */
export type Grouped = {
  month: string;
  debtor: string;
  creditor: string;
  family: string;
  kind: string;
  agreement?: string;
  speciality?: string;
  priority?: string;
  tier?: string;
};

type Place = { hospital: string; region: string; municipality: string; speciality: string };

/** An organisation's place, looked up once. */
export const placesIn = (directory: DirectoryView): ((gln: string) => Place) => {
  const known = new Map<string, Place>();
  const find = (gln: string): Place => {
    const { wholes, municipality = "" } = partyViewOf(directory, gln);
    const nearest = (kind: string): string =>
      [gln, ...wholes].find((one) => directory.organisation(one)?.kind === kind) ?? "";
    const code = municipality === "" ? "" : padMunicipalityCode(municipality);
    const speciality = directory.organisation(gln)?.specialities[0] ?? "";
    return { hospital: nearest("hospital"), region: nearest("region"), municipality: code, speciality };
  };
  return (gln) => {
    const place = known.get(gln) ?? find(gln);
    known.set(gln, place);
    return place;
  };
};

export type World = {
  directory: DirectoryView;
  places: (gln: string) => Place;
  /** Who asks, and so sees what it, or a unit of it, owed or was promised; absent: everything. */
  viewer?: string | undefined;
};

/** The codes of a row by dimension; `""` where there is none. A speciality that was not told is the debtor's own. */
export const codesOf = (row: Grouped, { places }: World): Readonly<Record<IndicatorDimension, string>> => {
  const { hospital, region, municipality, speciality } = places(row.debtor);
  const { agreement = "", speciality: told = "", priority = "", tier = "" } = row;
  const { debtor: organisation, creditor, family, kind, month } = row;
  const matter = { speciality: told === "" ? speciality : told, family, kind, priority, tier };
  return { agreement, organisation, creditor, municipality, hospital, region, ...matter, month };
};

const equal = [
  "agreement",
  "municipality",
  "hospital",
  "region",
  "speciality",
  "family",
  "kind",
  "priority",
  "tier",
] as const;

const isMine = (row: Grouped, { directory, viewer }: World): boolean =>
  viewer === undefined ||
  isOrIsPartOf(directory, row.debtor, viewer) ||
  isOrIsPartOf(directory, row.creditor, viewer);

/** Whether a row is asked for, and may be seen. One that has no such thing as is asked for is not. */
export const isAsked = (row: Grouped, query: IndicatorsQuery, world: World): boolean => {
  const codes = codesOf(row, world);
  const fits = equal.every(
    (dimension) => query[dimension] === undefined || query[dimension] === codes[dimension],
  );
  const { organisation, creditor } = query;
  const { directory } = world;
  return (
    fits &&
    (organisation === undefined || isOrIsPartOf(directory, row.debtor, organisation)) &&
    (creditor === undefined || isOrIsPartOf(directory, row.creditor, creditor)) &&
    isMine(row, world)
  );
};

export type Group<Row> = { by: Record<string, string>; rows: Counted<Row>[] };

/** Rows in groups, in the order of their codes. */
export function* groupsOf<Row>(
  rows: readonly Counted<Row>[],
  codes: (row: Row) => Readonly<Partial<Record<IndicatorDimension, string>>>,
  dimensions: readonly IndicatorDimension[],
): Steps<Group<Row>[]> {
  const groups = new Map<string, Group<Row>>();
  yield* eachRow(rows, (counted) => {
    const found = codes(counted.row);
    const named = dimensions.map((dimension) => found[dimension] ?? "");
    const key = JSON.stringify(named);
    const group = groups.get(key);
    if (group === undefined)
      groups.set(key, {
        by: Object.fromEntries(dimensions.map((dimension, i) => [dimension, named[i] ?? ""])),
        rows: [counted],
      });
    else group.rows.push(counted);
  });
  return [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

/** Rows by month, in the order of the months; of other months none. */
export const byMonth = <Row extends { month: string }>(
  rows: readonly Counted<Row>[],
  months: readonly string[],
): Counted<Row>[][] => {
  const parts = new Map<string, Counted<Row>[]>(months.map((month) => [month, []]));
  for (const counted of rows) parts.get(counted.row.month)?.push(counted);
  return [...parts.values()];
};

/** The months of a period in order. */
export const monthsOf = ({ from, to }: { from: string; to: string }): string[] => {
  const months: string[] = [];
  let [year, month] = [Number(from.slice(0, 4)), Number(from.slice(5))];
  for (let one = from; one <= to; ) {
    months.push(one);
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    one = `${String(year)}-${String(month).padStart(2, "0")}`;
  }
  return months;
};
