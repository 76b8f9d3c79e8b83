import { z } from "zod";

const caseIds = z.array(z.uuid()).min(1).max(100);

/** Whom the cases of a list are about: asked for the lines that somebody looks at, since the lists themselves hold no names. */
export const CasePatientsQuery = z.object({ caseIds }).meta({ id: "CasePatientsQuery" });
export type CasePatientsQuery = z.infer<typeof CasePatientsQuery>;

/** The citizen of a case as its messages name them. `age`: in whole years on the day of the answer, where a CPR number tells it. */
export const CasePatient = z.object({
  caseId: z.uuid(),
  name: z.string().optional(),
  cpr: z.string().optional(),
  alternativeId: z.string().optional(),
  birthDate: z.iso.date().optional(),
  age: z.number().int().min(0).optional(),
});
export type CasePatient = z.infer<typeof CasePatient>;

/** Cases that the caller is no party to, and those without a citizen, are left out. */
export const CasePatients = z.object({ patients: z.array(CasePatient) }).meta({ id: "CasePatients" });
export type CasePatients = z.infer<typeof CasePatients>;
