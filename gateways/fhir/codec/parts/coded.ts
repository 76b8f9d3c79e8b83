import type { Coded } from "../../../../contracts/fhir/parts.ts";
import { textOf } from "../model/navigate.ts";
import type { FhirElement } from "../model/resource.ts";

/** A Coding of which system and code are known. */
export const codedFrom = (coding: FhirElement | undefined): Coded | undefined => {
  const system = textOf(coding?.["system"]);
  const code = textOf(coding?.["code"]);
  const display = textOf(coding?.["display"]);
  if (system === undefined || code === undefined) return undefined;
  return display === undefined ? { system, code } : { system, code, display };
};

/** A Coding as it is printed. */
export const coding = ({ system, code, display }: Coded): FhirElement => ({
  system,
  code,
  ...(display === undefined ? {} : { display }),
});
