/** A code of a code system. `display` is its owner's; `da` is what people read where that is not Danish. */
export interface FhirCode {
  readonly system: string;
  readonly code: string;
  readonly display: string;
  readonly da?: string;
}

/** Which codes may stand somewhere, by the canonical URL that profiles name it with. */
export interface FhirValueSet {
  readonly url: string;
  readonly codes: readonly FhirCode[];
}

const medcom = "http://medcomfhir.dk/ig";
const terminology = `${medcom}/terminology`;

/** The URL of a code system of MedCom's. */
export const codeSystem = (name: string): string => `${terminology}/CodeSystem/${name}`;

/** The URL of a profile or an extension of one of MedCom's implementation guides. */
export const structure = (ig: string, name: string): string => `${medcom}/${ig}/StructureDefinition/${name}`;

export const valueSet = (name: string, codes: readonly FhirCode[]): FhirValueSet => ({
  url: `${terminology}/ValueSet/${name}`,
  codes,
});

export const codesIn = (
  system: string,
  rows: readonly (readonly [code: string, display: string, da?: string])[],
): readonly FhirCode[] =>
  rows.map(([code, display, da]) => ({ system, code, display, ...(da === undefined ? {} : { da }) }));

/** Those of the codes that are named. */
export const picked = (codes: readonly FhirCode[], names: readonly string[]): readonly FhirCode[] =>
  codes.filter(({ code }) => names.includes(code));

/** What people read for a code; the code itself where it is not known. */
export const danishOf = (codes: readonly FhirCode[], code: string): string => {
  const known = codes.find((one) => one.code === code);
  return known?.da ?? known?.display ?? code;
};

/** What numbers stand under (medcom-messaging 2.1 to 4.0, medcom-core 2.0 to 3.0, dk-core). */
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

export const activitySystem = codeSystem("medcom-messaging-activityCodes");
export const eventSystem = codeSystem("medcom-messaging-eventCodes");
export const destinationUse = codeSystem("medcom-messaging-destinationUse");
export const destinationUseExtension = structure("messaging", "medcom-messaging-destinationUseExtension");
export const dataAbsentReason = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";

/** Where an organisation receives (EndPoint): by its SOR code. Nobody is to route by it. */
export const endpointOf = (sor: string): string => `https://sor2.sum.dsdn.dk/#id=${sor}`;
