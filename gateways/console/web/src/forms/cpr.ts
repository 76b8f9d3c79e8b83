/** A CPR number while it is typed: its form and its date, never modulus 11 (contracts/identifiers.ts). */

/** The century by the seventh digit (cpr.dk, "Personnummeret i CPR-systemet"). */
const centuryOf = (seventh: number, yy: number): number => {
  if (seventh <= 3) return 1900;
  if (seventh === 4 || seventh === 9) return yy <= 36 ? 2000 : 1900;
  return yy <= 57 ? 2000 : 1800;
};

const isDay = (year: number, month: number, day: number): boolean =>
  month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();

/** `short`: not all of it yet; `no-date`: it can be none, however it goes on; `replacement`: an eCPR number, which has letters. */
export type CprState =
  | { state: "empty" | "short" | "no-date" }
  | { state: "number"; cpr: string; born: string }
  | { state: "replacement"; alternativeId: string };

const bareCpr = (text: string): string => text.replaceAll(/[^0-9a-zA-Z]/g, "").toUpperCase();

/** As it is written: six, a hyphen, four. */
export const shownCpr = (text: string): string => {
  const bare = bareCpr(text).slice(0, 10);
  return bare.length > 6 ? `${bare.slice(0, 6)}-${bare.slice(6)}` : bare;
};

const canBeDate = (bare: string): boolean => {
  const [day, month] = [Number(bare.slice(0, 2)), Number(bare.slice(2, 4))];
  if (bare.length >= 2 && (day < 1 || day > 31)) return false;
  // A leap year is possible until the year is known.
  return bare.length < 4 || isDay(2000, month, day);
};

export const cprState = (text: string): CprState => {
  const bare = bareCpr(text);
  if (bare === "") return { state: "empty" };
  if (/[A-Z]/.test(bare))
    return /^\d{6}[0-9A-Z]{4}$/.test(bare)
      ? { state: "replacement", alternativeId: bare }
      : { state: "short" };
  if (!canBeDate(bare)) return { state: "no-date" };
  if (bare.length < 10) return { state: "short" };
  const [day, month, yy] = [Number(bare.slice(0, 2)), Number(bare.slice(2, 4)), Number(bare.slice(4, 6))];
  const year = centuryOf(Number(bare[6]), yy) + yy;
  if (bare.length > 10 || !isDay(year, month, day)) return { state: "no-date" };
  return { state: "number", cpr: bare, born: `${String(year)}-${bare.slice(2, 4)}-${bare.slice(0, 2)}` };
};

export type PatientTyped = { cpr: string; givenName: string; surname: string };
export const noPatient: PatientTyped = { cpr: "", givenName: "", surname: "" };

export type PatientId = { cpr: string } | { alternativeId: string };

/** How a message tells who the citizen is; `undefined`: not yet. */
export const patientIdOf = ({ cpr }: Pick<PatientTyped, "cpr">): PatientId | undefined => {
  const found = cprState(cpr);
  if (found.state === "number") return { cpr: found.cpr };
  return found.state === "replacement" ? { alternativeId: found.alternativeId } : undefined;
};

export type PatientSaid = PatientId & { surname: string; givenName?: string };

/** The citizen as a message names them; `undefined`: something lacks yet. */
export const patientOf = (typed: PatientTyped): PatientSaid | undefined => {
  const id = patientIdOf(typed);
  const [surname, givenName] = [typed.surname.trim(), typed.givenName.trim()];
  if (id === undefined || surname === "") return undefined;
  return { ...id, surname, ...(givenName === "" ? {} : { givenName }) };
};
