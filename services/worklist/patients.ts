import { localTimeOf } from "../../contracts/danish-time.ts";
import type { CasePatients, CasePatientsQuery } from "../../contracts/messages/case-patients.ts";
import { viewOf } from "./core/case-view.ts";
import { patientOf } from "./core/patient-of.ts";
import type { WorklistPorts } from "./ports.ts";
import { readCase } from "./read-case.ts";

type Ports = Pick<WorklistPorts, "load" | "isPartOf" | "now">;

/**
 * Whom cases are about, read from the cases themselves: no index holds a name. What the viewer is no party to is left out, like what
 * there is not.
 */
export const patientsOfCases = async (
  ports: Ports,
  viewer: string,
  { caseIds }: CasePatientsQuery,
): Promise<CasePatients> => {
  const today = localTimeOf(ports.now()).slice(0, 10);
  const found = await Promise.all(
    [...new Set(caseIds)].map(async (caseId) => {
      const records = await readCase(ports, caseId);
      const parties = viewOf(caseId, records)?.parties ?? [];
      const maySee = parties.some((party) => ports.isPartOf(party, viewer));
      return maySee ? patientOf(caseId, records, today) : undefined;
    }),
  );
  return { patients: found.filter((patient) => patient !== undefined) };
};
