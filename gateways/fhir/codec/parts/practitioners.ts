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

const roleHolder = (message: OpenMessage, acting: FhirResource): FhirPractitioner => {
  const role = roleFrom(acting);
  const organisation = organisationAt(message, acting, elementAt(acting, "organization"));
  return {
    ...(role === undefined ? {} : { role }),
    ...personFrom(targetOf(message, acting, elementAt(acting, "practitioner"))),
    ...(organisation === undefined ? {} : { organisation }),
  };
};

/** Whom a Reference of `from` points at, by a PractitionerRole or a Practitioner; `undefined` when it is neither. */
export const practitionerAt = (
  message: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): FhirPractitioner | undefined => {
  const found = targetOf(message, from, reference);
  if (found?.resourceType !== "Practitioner" && found?.resourceType !== "PractitionerRole") return undefined;
  const before = message.practitioners.get(found);
  if (before !== undefined) return before;
  const practitioner = found.resourceType === "Practitioner" ? personFrom(found) : roleHolder(message, found);
  message.practitioners.set(found, practitioner);
  return practitioner;
};
