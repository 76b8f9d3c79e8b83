import { printJson } from "./print-json.ts";
import { printXml } from "./print-xml.ts";
import type { FhirFormat } from "./read-fhir.ts";
import type { FhirResource } from "./resource.ts";

/** A resource in one of FHIR's formats. The same resource always gives the same bytes. @throws as `printXml`. */
export const printFhir = (resource: FhirResource, format: FhirFormat): Uint8Array =>
  format === "xml" ? printXml(resource) : printJson(resource);
