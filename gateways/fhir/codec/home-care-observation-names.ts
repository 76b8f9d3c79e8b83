import { codeSystem, structure } from "../../../contracts/codes/fhir-code.ts";

/** The names of HomeCareObservation 1.x (medcom-homecareobservation 1.2.1; guide to MedCom FHIR, section 7). */
export const event = "homecareobservation-message";

const definitionUrl =
  "http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedComHomeCareObservationMessageDefinition";

export const definitionOf = (version: string): string => `${definitionUrl}|${version}`;

/** The version that is meant where a definition tells none, as in drafts of MedCom's own test scripts: what is published. */
const usualVersion = "1.1";

export const versionIn = (definition: string | undefined): string =>
  /\|(1\.\d{1,2})$/.exec(definition ?? "")?.[1] ?? usualVersion;

export const reportCode = {
  system: codeSystem("MedComDiagnosticReportCodes"),
  code: "HomeCareReport",
} as const;

/** "Nægtet samtykke": only the refusal is told. */
export const restricted = {
  system: "http://terminology.hl7.org/CodeSystem/v3-Confidentiality",
  code: "R",
  display: "Restricted",
} as const;

/** More restricted than R is a refusal too, and it may stand on any resource of the message: on the safe side. */
const refusals: ReadonlySet<unknown> = new Set(["R", "V"]);
export const isRefusal = ({ system, code }: { system?: unknown; code?: unknown }): boolean =>
  system === restricted.system && refusals.has(code);

export const profiles = {
  report: structure("homecareobservation", "medcom-homecareobservation-diagnosticreport"),
  observation: structure("homecareobservation", "medcom-homecare-observation"),
  media: structure("core", "medcom-core-media"),
  producer: structure("messaging", "medcom-producer-organization"),
  requester: structure("messaging", "medcom-requesterorganization"),
} as const;
