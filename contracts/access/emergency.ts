import type { ErrorCode } from "../errors.ts";
import type { EmergencyGrant } from "../messages/emergency.ts";
import { type Assurance, assurances, PersonRole } from "../messages/session.ts";
import type { Instant } from "../time.ts";
import { mayI } from "./may-i.ts";
import type { AccessRole } from "./policy.ts";

/** A person is known at least so surely (NSIS). */
const least: Assurance = "Substantial";

const isSureEnough = (level: Assurance | undefined): boolean =>
  level !== undefined && assurances.indexOf(level) >= assurances.indexOf(least);

type Asker = {
  roles: readonly AccessRole[];
  person?: { assurance?: Assurance | undefined } | undefined;
};

/** Whether somebody may ask to see what they are no party to, and in which of their roles. */
export const mayAskEmergency = ({
  roles,
  person,
}: Asker):
  | { yes: true; role: PersonRole }
  | { yes: false; code: Extract<ErrorCode, "role-not-allowed" | "assurance-too-low"> } => {
  const may = mayI({ roles }, { resource: "emergency", relation: "emergency" });
  // A system has no role of a person, and no emergency.
  const role = may.yes ? PersonRole.safeParse(may.role).data : undefined;
  if (role === undefined || person === undefined) return { yes: false, code: "role-not-allowed" };
  return isSureEnough(person.assurance) ? { yes: true, role } : { yes: false, code: "assurance-too-low" };
};

/** Whether an emergency access is this person's, and has not ended. */
export const isInForce = (
  grant: EmergencyGrant | undefined,
  { gln, person, now }: { gln: string; person: string; now: Instant },
): grant is EmergencyGrant =>
  grant?.gln === gln && grant.person === person && grant.from <= now && now < grant.until;

/** When an access that begins now ends. */
export const emergencyEnd = (from: Instant, minutes: number): Instant =>
  new Date(Date.parse(from) + minutes * 60_000).toISOString();
