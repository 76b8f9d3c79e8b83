export const fhirUri = "http://hl7.org/fhir";

const holder = { holds: "attachment", attribute: "value" } as const;
/** The elements whose value is base64, and may be large, in one of R4's types. */
export const base64Elements = new Map([
  ["data", holder],
  ["valueBase64Binary", holder],
]);
