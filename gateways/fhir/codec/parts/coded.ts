import type { Coded } from "../../../../contracts/fhir/parts.ts";
import { textAt } from "../model/navigate.ts";
import type { FhirElement } from "../model/resource.ts";

/** A Coding of which system and code are known. */
export const codedFrom = (coding: FhirElement | undefined): Coded | undefined => {
  const [system, code, display] = [
    textAt(coding, "system"),
    textAt(coding, "code"),
    textAt(coding, "display"),
  ];
  if (system === undefined || code === undefined) return undefined;
  return { system, code, ...(display === undefined ? {} : { display }) };
};

/** A Coding as it is printed. */
export const coding = ({ system, code, display }: Coded): FhirElement => ({
  system,
  code,
  ...(display === undefined ? {} : { display }),
});
