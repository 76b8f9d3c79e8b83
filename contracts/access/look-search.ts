import type { AuditEntry, AuditSearch } from "../messages/audit.ts";

type Wanted = Pick<AuditSearch, "caseId" | "organisation" | "person" | "outcome" | "from" | "to">;

/** Conditions that were not given fit everything. */
const fits = <Value>(wanted: Value | undefined, found: readonly (Value | undefined)[]): boolean =>
  wanted === undefined || found.includes(wanted);

export const isWantedLook = (entry: AuditEntry, wanted: Wanted): boolean =>
  fits(wanted.caseId, entry.cases) &&
  fits(wanted.organisation, [entry.gln, entry.acting]) &&
  fits(wanted.person, [entry.person]) &&
  fits(wanted.outcome, [entry.outcome]) &&
  (wanted.from ?? "") <= entry.at &&
  entry.at < (wanted.to ?? "9999");

/** Who a citizen is to the audit: a keyed hash, and the cases that are about them. */
export type CitizenKnown = { patient: string; caseIds: ReadonlySet<string> };

/** Whether a look was at this citizen: asked for by their number, or a case of theirs was named. */
export const isAbout = ({ patient, cases }: AuditEntry, citizen: CitizenKnown): boolean =>
  patient === citizen.patient || cases.some((caseId) => citizen.caseIds.has(caseId));
