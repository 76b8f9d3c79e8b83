import { dataAbsentReason, glnSystems, identifierSystems } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirIdentifier, FhirOrganisation } from "../../../../contracts/fhir/parts.ts";
import { elementAt, elementsAt, extensionOf, textAt, textOf } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { type OpenMessage, targetOf } from "./open-message.ts";

type Named = "gln" | "sor" | "ydernummer" | "producerId";

const nameOf = (system: string | undefined): Named | undefined => {
  if (system === undefined) return undefined;
  if (glnSystems.has(system)) return "gln";
  const names = ["sor", "ydernummer", "producerId"] as const;
  return names.find((name) => identifierSystems[name] === system);
};

/** An identifier as a message writes it; without a value it names nothing. */
export const identifierFrom = (identifier: FhirElement | undefined): FhirIdentifier | undefined => {
  const value = textOf(identifier?.["value"]);
  const system = textOf(identifier?.["system"]);
  if (value === undefined) return undefined;
  return system === undefined ? { value } : { system, value };
};

/** The first identifier of each kind has a name of its own; a second one stands among the others. */
const identifiersFrom = (organisation: FhirResource) => {
  const named: Partial<Record<Named, string>> = {};
  const otherIdentifiers: FhirIdentifier[] = [];
  for (const element of elementsAt(organisation, "identifier")) {
    const identifier = identifierFrom(element);
    if (identifier === undefined) continue;
    const name = nameOf(identifier.system);
    if (name === undefined || named[name] !== undefined) otherIdentifiers.push(identifier);
    else named[name] = identifier.value;
  }
  return { ...named, otherIdentifiers };
};

/** `null`: said not to be known (HomeCareObservation, InitialsNotKnown). */
const initialsFrom = (organisation: FhirResource): string | null | undefined => {
  const contact = elementAt(organisation, "contact");
  const initials = textAt(contact, "name.given");
  if (initials !== undefined) return initials;
  return extensionOf(contact, dataAbsentReason) === undefined ? undefined : null;
};

export const phoneIn = (resource: FhirElement): string | undefined => {
  const phone = elementsAt(resource, "telecom").find(({ system }) => system === "phone");
  return textAt(phone, "value");
};

const organisationFrom = (organisation: FhirResource): FhirOrganisation => {
  const name = textAt(organisation, "name");
  const contactInitials = initialsFrom(organisation);
  const phone = phoneIn(organisation);
  return {
    ...identifiersFrom(organisation),
    ...(name === undefined ? {} : { name }),
    ...(contactInitials === undefined ? {} : { contactInitials }),
    ...(phone === undefined ? {} : { phone }),
  };
};

/** The organisation that a Reference of `from` points at; `undefined` where it points at nothing in the message. */
export const organisationAt = (
  message: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): FhirOrganisation | undefined => {
  const found = targetOf(message, from, reference);
  if (found?.resourceType !== "Organization") return undefined;
  const before = message.organisations.get(found);
  if (before !== undefined) return before;
  const organisation = organisationFrom(found);
  message.organisations.set(found, organisation);
  return organisation;
};
