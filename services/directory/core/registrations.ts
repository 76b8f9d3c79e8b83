import type { Registration } from "../../../contracts/messages/directory.ts";

export type Registered = { gln: string; validFrom: string; validTo?: string | undefined };
type Digest = (text: string) => string;
type PatientId = { cpr?: string | undefined; alternativeId?: string | undefined };

/** A citizen's key among the registrations: of a keyed hash, so that the store tells nobody's number. */
export const citizenKey = ({ cpr, alternativeId }: PatientId, digest: Digest): string =>
  digest(`registration|${cpr ?? ""}|${alternativeId ?? ""}`);

/** All that a file tells of each citizen, without a number in it. */
export const registrationsByCitizen = (
  registrations: readonly Registration[],
  digest: Digest,
): { patient: string; with: Registered[] }[] => {
  const byCitizen = new Map<string, Registered[]>();
  for (const { gln, validFrom, validTo, ...patient } of registrations) {
    const key = citizenKey(patient, digest);
    const one = validTo === undefined ? { gln, validFrom } : { gln, validFrom, validTo };
    byCitizen.set(key, [...(byCitizen.get(key) ?? []), one]);
  }
  return [...byCitizen].map(([patient, registered]) => ({ patient, with: registered }));
};

/** The registration in force on a Danish date; of several, the one that began last. */
export const registeredOn = (registered: readonly Registered[], date: string): Registered | undefined =>
  registered
    .filter(({ validFrom, validTo }) => validFrom <= date && (validTo === undefined || date <= validTo))
    .toSorted((a, b) => (a.validFrom < b.validFrom ? -1 : 1))
    .at(-1);
