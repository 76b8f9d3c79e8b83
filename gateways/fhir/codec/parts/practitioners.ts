import type { FhirPractitioner } from "../../../../contracts/fhir/parts.ts";
import { elementAt, textAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { codedFrom } from "./coded.ts";
import { type OpenMessage, targetOf } from "./open-message.ts";
import { organisationAt, phoneIn } from "./organisations.ts";
import { namesFrom } from "./patient.ts";

const roleFrom = (role: FhirResource): FhirPractitioner["role"] => {
  const coded = codedFrom(elementAt(role, "code.coding"));
  if (coded !== undefined) return { kind: "code", ...coded };
  const text = textAt(role, "code.text");
  return text === undefined ? undefined : { kind: "text", text };
};

const personFrom = (person: FhirResource | undefined): Omit<FhirPractitioner, "role" | "organisation"> => {
  if (person === undefined) return { givenNames: [] };
  const phone = phoneIn(person);
  return { ...namesFrom(person), ...(phone === undefined ? {} : { phone }) };
};

/** Whom a Reference of `from` points at, by a PractitionerRole or a Practitioner; `undefined` when it is neither. */
export const practitionerAt = (
  message: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): FhirPractitioner | undefined => {
  const found = targetOf(message, from, reference);
  if (found?.resourceType === "Practitioner") return personFrom(found);
  if (found?.resourceType !== "PractitionerRole") return undefined;
  const role = roleFrom(found);
  const organisation = organisationAt(message, found, elementAt(found, "organization"));
  return {
    ...(role === undefined ? {} : { role }),
    ...personFrom(targetOf(message, found, elementAt(found, "practitioner"))),
    ...(organisation === undefined ? {} : { organisation }),
  };
};
