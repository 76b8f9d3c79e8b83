/**
 * A FHIR R4 resource as both of its formats carry it: the names and nesting of FHIR's JSON (hl7.org/fhir/R4/json.html), so that
 * XML is the same value. A primitive's id and extensions stand beside it under its name with `_` before it, as there.
 */

/** A number as its writer wrote it: `1.10` is not `1.1` in medicine. */
export interface Numeral {
  readonly numeral: string;
}

/** base64Binary is bytes: an attachment would be a third longer as text, and a string of it costs the heap. */
export type FhirValue = string | boolean | Numeral | Uint8Array | FhirElement | readonly (FhirValue | null)[];

/** Properties in the order in which they were read; the XML printer puts them in the order of their definition. */
export interface FhirElement {
  readonly [name: string]: FhirValue | undefined;
}

export interface FhirResource extends FhirElement {
  readonly resourceType: string;
}
