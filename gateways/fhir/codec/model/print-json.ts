import { legal } from "./escape-xml.ts";
import { isBytes, isElement, isNumeral } from "./navigate.ts";
import { beginBytes, endBytes, type PrintedBytes, putBase64, putText } from "./printed-bytes.ts";
import type { FhirElement, FhirResource, FhirValue } from "./resource.ts";

const printElement = (out: PrintedBytes, element: FhirElement): void => {
  let before = "{";
  for (const name in element) {
    const value = element[name];
    if (value === undefined) continue;
    putText(out, `${before}"${name}":`);
    printValue(out, value);
    before = ",";
  }
  putText(out, before === "{" ? "{}" : "}");
};

const printList = (out: PrintedBytes, list: readonly (FhirValue | null)[]): void => {
  let before = "[";
  for (const value of list) {
    putText(out, before);
    printValue(out, value);
    before = ",";
  }
  putText(out, before === "[" ? "[]" : "]");
};

const printValue = (out: PrintedBytes, value: FhirValue | null): void => {
  if (typeof value === "string") putText(out, JSON.stringify(legal(value)));
  else if (value === null || typeof value === "boolean") putText(out, String(value));
  else if (isNumeral(value)) putText(out, value.numeral);
  else if (isBytes(value)) {
    putText(out, '"');
    putBase64(out, value);
    putText(out, '"');
  } else if (isElement(value)) printElement(out, value);
  else printList(out, value);
};

/** A resource as FHIR's JSON: without blanks, in UTF-8, its properties in their order and its numbers as they were read. */
export const printJson = (resource: FhirResource): Uint8Array => {
  const out = beginBytes();
  printElement(out, resource);
  return endBytes(out);
};
