import { identifierSystems, isRegional } from "../../../../../contracts/codes/fhir-code.ts";
import { elementsAt, textAt } from "../../model/navigate.ts";
import type { FhirResource } from "../../model/resource.ts";
import type { Rule } from "../rule.ts";
import { where } from "./find.ts";

type Kind = "cpr" | "national" | "regional" | "unknown";

const kindOf = (system: string): Kind => {
  if (system === identifierSystems.cpr) return "cpr";
  if (system === identifierSystems.national) return "national";
  return isRegional(system) ? "regional" : "unknown";
};

const kindsOf = (patient: FhirResource): readonly Kind[] =>
  elementsAt(patient, "identifier").map((one) => kindOf(textAt(one, "system") ?? ""));

/** Who the patient is, where a message may name a replacement number too: CPR, X-eCPR and D-eCPR, one of each. */
export const patientRules: readonly Rule[] = [
  {
    id: "patient-identifier",
    source: "medcom-core-patient; guide, sections 2 and 5",
    severity: "error",
    code: "element-required",
    says: {
      en: "The patient has a CPR number or a replacement number.",
      da: "Patienten har et CPR-nummer eller et erstatningsnummer.",
    },
    broken: (message) =>
      where(message, "Patient", {
        is: (patient) => kindsOf(patient).every((kind) => kind === "unknown"),
        at: ".identifier",
      }),
  },
  {
    id: "patient-identifier-kinds",
    source: "medcom-core-patient; guide, section 5: one of each kind",
    severity: "error",
    code: "element-too-many",
    says: {
      en: "The patient has more than one number of a kind.",
      da: "Patienten har mere end ét nummer af samme slags.",
    },
    broken: (message) =>
      where(message, "Patient", {
        is: (patient) => {
          const known = kindsOf(patient).filter((kind) => kind !== "unknown");
          return new Set(known).size !== known.length;
        },
        at: ".identifier",
      }),
  },
  {
    id: "patient-identifier-unknown",
    source: "guide, section 2",
    severity: "warning",
    code: "element-ignored",
    says: {
      en: "A number of the patient's is of no kind that is known here.",
      da: "Et af patientens numre er af en ukendt slags.",
    },
    broken: (message) =>
      where(message, "Patient", {
        is: (patient) => kindsOf(patient).includes("unknown") && kindsOf(patient).length > 1,
        at: ".identifier.system",
      }),
  },
];
