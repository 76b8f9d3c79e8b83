import { codeSystem } from "../../../../contracts/codes/fhir-code.ts";

/** Names of MedCom's FHIR messages that their parts are known by (medcom-messaging 2.1 to 4.0, medcom-core 2.0 to 3.0, dk-core). */
const medcom = "http://medcomfhir.dk/ig";

export const structure = (ig: string, name: string): string => `${medcom}/${ig}/StructureDefinition/${name}`;

export const identifierSystems = {
  cpr: "urn:oid:1.2.208.176.1.2",
  /** X-eCPR, given out nationally. */
  national: "urn:oid:1.2.208.176.1.6.1.1",
  /** D-eCPR, given out by a region; alone, or with the number of the region behind it. */
  regional: "urn:oid:1.2.208.176.1.6.1.3",
  sor: "urn:oid:1.2.208.176.1.1",
  gln: "https://www.gs1.org/gln",
  ydernummer: "urn:oid:1.2.208.176.1.4",
  producerId: codeSystem("MedComProducentID"),
  lpr3: "https://www.esundhed.dk/Registre/Landspatientregisteret",
} as const;

/** A GLN is written under any of these: dk-core from 3.5, and HospitalNotification until 2 and the older maps. */
export const glnSystems: ReadonlySet<string> = new Set([
  identifierSystems.gln,
  "http://www.gs1.org/gln",
  "urn:oid:1.3.88",
]);

export const isRegional = (system: string): boolean =>
  system === identifierSystems.regional || system.startsWith(`${identifierSystems.regional}.`);

export const activityCodes = codeSystem("medcom-messaging-activityCodes");
export const eventCodes = codeSystem("medcom-messaging-eventCodes");
export const destinationUse = codeSystem("medcom-messaging-destinationUse");
export const destinationUseExtension = structure("messaging", "medcom-messaging-destinationUseExtension");
export const dataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/** Where an organisation receives (EndPoint): by its SOR code. Nobody is to route by it. */
export const endpointOf = (sor: string): string => `https://sor2.sum.dsdn.dk/#id=${sor}`;
