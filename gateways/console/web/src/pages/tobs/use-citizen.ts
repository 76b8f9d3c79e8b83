import { type UseQueryResult, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { CaseList } from "../../../../../../contracts/messages/case-list.ts";
import type { RegisteredGp } from "../../../../../../contracts/messages/directory-query.ts";
import { sendJson } from "../../api/client.ts";
import {
  noPatient,
  type PatientId,
  type PatientSaid,
  type PatientTyped,
  patientIdOf,
  patientOf,
} from "../../forms/cpr.ts";

/** Which practice a citizen is registered with, where the hub knows. Kept in this page's memory, never in an address. */
const useRegisteredGp = (patient: PatientId | undefined): UseQueryResult<RegisteredGp> =>
  useQuery({
    queryKey: ["registered-gp", patient],
    enabled: patient !== undefined,
    queryFn: () => sendJson<RegisteredGp>("/v1/directory/registered-gp", { patient }),
  });

/** The episode of observation that a citizen has with us and that is not over; absent: none. */
const useOngoing = (patient: PatientId | undefined): UseQueryResult<string | null> =>
  useQuery({
    queryKey: ["ongoing", patient],
    enabled: patient !== undefined,
    queryFn: () => sendJson<CaseList>("/v1/patients/cases", { patient, family: "observation", limit: 20 }),
    select: ({ items }) => items.find(({ status }) => status !== "closed")?.caseId ?? null,
  });

export type Citizen = {
  patient: PatientTyped;
  setPatient: (patient: PatientTyped) => void;
  /** As a message names them; absent: something lacks yet. */
  said: PatientSaid | undefined;
  /** GLN; the registered one until another is chosen; empty: nobody knows. */
  practice: string;
  setPractice: (gln: string) => void;
  /** The episode that is under way, to which a measurement is added. */
  ongoing: string | undefined;
};

/** Who the citizen is, and what the hub knows of them. */
export const useCitizen = (): Citizen => {
  const [patient, setPatient] = useState(noPatient);
  const [chosen, setPractice] = useState("");
  const id = patientIdOf(patient);
  const { data: gp } = useRegisteredGp(id);
  const { data: ongoing } = useOngoing(id);
  const practice = chosen === "" && gp?.known === true ? gp.gln : chosen;
  return {
    ...{ patient, setPatient, practice, setPractice },
    said: patientOf(patient),
    ongoing: ongoing ?? undefined,
  };
};
