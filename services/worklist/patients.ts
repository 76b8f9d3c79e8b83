import { askerOf, mayI } from "../../contracts/access/may-i.ts";
import { localTimeOf } from "../../contracts/danish-time.ts";
import type { CasePatients, CasePatientsQuery } from "../../contracts/messages/case-patients.ts";
import { seenBy } from "../case/standing.ts";
import { patientOf } from "./core/patient-of.ts";
import type { WorklistPorts } from "./ports.ts";
import { readCase } from "./read-case.ts";
import { viewingOf } from "./viewing.ts";

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
      const relation = seenBy(records, viewingOf(ports, viewer))?.relation;
      const may = relation !== undefined && mayI(askerOf(viewer), { resource: "names", relation }).yes;
      return may ? patientOf(caseId, records, today) : undefined;
    }),
  );
  return { patients: found.filter((patient) => patient !== undefined) };
};
