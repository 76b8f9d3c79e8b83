export const mediaTypes = { xml: "application/fhir+xml", json: "application/fhir+json" } as const;
