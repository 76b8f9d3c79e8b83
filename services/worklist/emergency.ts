import { isInForce } from "../../contracts/access/emergency.ts";
import { mayI } from "../../contracts/access/may-i.ts";
import type { Resource } from "../../contracts/access/policy.ts";
import { patientHash, patientKey } from "../../contracts/index-keys.ts";
import type { CaseList } from "../../contracts/messages/case-list.ts";
import type { EmergencyGrant, UnderEmergency } from "../../contracts/messages/emergency.ts";
import type { CaseView } from "../../contracts/messages/worklist.ts";
import { viewOf } from "./core/case-view.ts";
import { patientOf } from "./core/patient-of.ts";
import { indexedCases, listItem } from "./list-cases.ts";
import type { WorklistPorts } from "./ports.ts";
import { readCase } from "./read-case.ts";

type Refused = { refused: "emergency-over" | "case-unknown" };
type Asked = UnderEmergency & { viewer: string };

/** More than any person has. */
const mostCases = 10_000;

/** Every case of a citizen, by the keyed hash, whoever its parties are. */
export const citizenKnown = async (
  ports: Pick<WorklistPorts, "page" | "archived">,
  patient: string,
): Promise<{ patient: string; caseIds: string[] }> => {
  const kept = await ports.page(patientKey(patient), undefined, mostCases);
  return { patient, caseIds: [...new Set([...kept, ...(await ports.archived("patient", patient))])] };
};

/** The access that somebody names, if it is theirs, in force, and opens this. */
const grantFor = async (
  ports: WorklistPorts,
  { emergency, person, viewer }: Asked,
  resource: Resource,
): Promise<EmergencyGrant | undefined> => {
  const grant = await ports.emergency(emergency);
  if (!isInForce(grant, { gln: viewer, person, now: ports.now() })) return undefined;
  return mayI({ roles: [grant.role] }, { resource, relation: "emergency" }).yes ? grant : undefined;
};

/**
 * A case of the citizen that an access is for, whole: who needs it now needs what the parties wrote to one another too. Nothing can be
 * done on it. A case of anybody else does not exist.
 */
export const caseInEmergency = async (
  ports: WorklistPorts,
  asked: Asked & { caseId: string },
): Promise<{ found: CaseView } | Refused> => {
  const grant = await grantFor(ports, asked, "case");
  if (grant === undefined) return { refused: "emergency-over" };
  const records = await readCase(ports, asked.caseId);
  const citizen = patientOf(asked.caseId, records, ports.now().slice(0, 10));
  const isTheirs = citizen !== undefined && patientHash(citizen, ports.digest) === grant.patient;
  const view = isTheirs ? viewOf(records[0]?.caseId ?? asked.caseId, records, ports.kindOf) : undefined;
  return view === undefined ? { refused: "case-unknown" } : { found: { ...view, can: [] } };
};

/** The cases of the citizen that an access is for, the latest change first, whoever their parties are. */
export const casesInEmergency = async (
  ports: WorklistPorts,
  asked: Asked,
): Promise<{ found: CaseList } | Refused> => {
  const grant = await grantFor(ports, asked, "list");
  if (grant === undefined) return { refused: "emergency-over" };
  await ports.caughtUp();
  const { caseIds } = await citizenKnown(ports, grant.patient);
  const cases = (await indexedCases(ports, caseIds)).filter((of) => of !== undefined);
  return { found: { items: cases.map((of) => listItem(ports, of)) } };
};
