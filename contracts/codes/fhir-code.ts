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

const terminology = "http://medcomfhir.dk/ig/terminology";

/** The URL of a code system of MedCom's. */
export const codeSystem = (name: string): string => `${terminology}/CodeSystem/${name}`;

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
