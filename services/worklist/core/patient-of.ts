import { birthDateOfCpr } from "../../../contracts/identifiers.ts";
import type { CasePatient } from "../../../contracts/messages/case-patients.ts";
import type { CaseRecord } from "../../../contracts/record.ts";

type Named = { name?: string; cpr?: string; alternativeId?: string };
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const textOf = (fields: Fields, name: string): string | undefined => {
  const value = fields[name];
  return typeof value === "string" && value !== "" ? value : undefined;
};

/** Facts hold a message, or a part of one: a citizen stands no deeper than this. */
const deepest = 4;

/** Every citizen that a fact names: under `patient` in all families but attachments, which tell what they are about. */
const citizensIn = (value: unknown, depth: number): Fields[] => {
  if (!isFields(value) || depth > deepest) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (!isFields(inner)) return [];
    const isCitizen = name === "patient" || inner["kind"] === "patient";
    return isCitizen ? [inner] : citizensIn(inner, depth + 1);
  });
};

const namedBy = (citizen: Fields): Named => {
  const [surname, givenName] = [textOf(citizen, "surname"), textOf(citizen, "givenName")];
  const [cpr, alternativeId] = [textOf(citizen, "cpr"), textOf(citizen, "alternativeId")];
  const name = [givenName, surname].filter((part) => part !== undefined).join(" ");
  return {
    ...(name === "" ? {} : { name }),
    ...(cpr === undefined ? {} : { cpr }),
    ...(alternativeId === undefined ? {} : { alternativeId }),
  };
};

/** Whole years from one Danish date to another. */
const yearsBetween = (birthDate: string, today: string): number =>
  Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4)) - (today.slice(5) < birthDate.slice(5) ? 1 : 0);

const aged = (cpr: string | undefined, today: string): Pick<CasePatient, "birthDate" | "age"> => {
  const birthDate = cpr === undefined ? undefined : birthDateOfCpr(cpr);
  if (birthDate === undefined) return {};
  const age = yearsBetween(birthDate, today);
  return age < 0 ? { birthDate } : { birthDate, age };
};

/**
 * The citizen of a case, by what its messages said last; the card's number counts, since a letter may name relatives. `undefined`: the
 * case is about nobody, e.g. a slot. `today`: a Danish date.
 */
export const patientOf = (
  caseId: string,
  records: readonly CaseRecord[],
  today: string,
): CasePatient | undefined => {
  const all = records.flatMap(({ facts }) => facts.flatMap((fact) => citizensIn(fact, 0))).map(namedBy);
  const card = records.findLast(({ meta }) => meta.card?.patient !== undefined)?.meta.card?.patient;
  const known: Named = card === undefined ? (all[0] ?? {}) : namedBy(card);
  const { cpr, alternativeId } = known;
  const name = all.findLast(
    (one) => one.name !== undefined && one.cpr === cpr && one.alternativeId === alternativeId,
  )?.name;
  if (name === undefined && cpr === undefined && alternativeId === undefined) return undefined;
  return { caseId, ...known, ...(name === undefined ? {} : { name }), ...aged(cpr, today) };
};
