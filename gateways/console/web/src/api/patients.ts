import { useEffect, useRef, useState } from "react";
import type { CasePatient, CasePatients } from "../../../../../contracts/messages/case-patients.ts";
import { sendJson } from "./client.ts";

/** As many as one question may hold. */
const atOnce = 100;
/** A list that is scrolled fast asks for what it stops at. */
const restMs = 80;

/** Whom the cases in sight are about: asked for once, and kept in this page's memory alone. */
export const usePatients = (caseIds: readonly string[]): ReadonlyMap<string, CasePatient | undefined> => {
  const [known, setKnown] = useState<ReadonlyMap<string, CasePatient | undefined>>(new Map());
  const asked = useRef(new Set<string>());
  const wanted = caseIds
    .filter((id) => !known.has(id))
    .slice(0, atOnce)
    .join(" ");
  useEffect(() => {
    if (wanted === "") return;
    const timer = setTimeout(() => {
      const ids = wanted.split(" ").filter((id) => !asked.current.has(id));
      if (ids.length === 0) return;
      for (const id of ids) asked.current.add(id);
      sendJson<CasePatients>("/v1/cases/patients", { caseIds: ids }).then(
        ({ patients }) => {
          const found = new Map(patients.map((patient) => [patient.caseId, patient]));
          setKnown((before) => new Map([...before, ...ids.map((id) => [id, found.get(id)] as const)]));
        },
        () => {
          for (const id of ids) asked.current.delete(id);
        },
      );
    }, restMs);
    return () => {
      clearTimeout(timer);
    };
  }, [wanted]);
  return known;
};
