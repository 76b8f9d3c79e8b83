import { dataAbsentReason, identifierSystems, structure } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirOrganisation } from "../../../../contracts/fhir/parts.ts";
import { textAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { type Line, narrative } from "./narrative.ts";

/**
 * A message on its way to a bundle. Organisations and people are named at many places of a message and stand in it once, so
 * they are collected while it is made.
 */
export interface Printing {
  /** The implementation guide whose names the entries carry, e.g. `hospitalnotification`. */
  readonly ig: string;
  /** The id of a resource of this message, by its name in it, e.g. `Encounter`: the same name has the same id for ever. */
  readonly idFor: (name: string) => string;
  /** By what they say. */
  readonly organisations: Map<string, FhirResource>;
  readonly people: Map<string, readonly FhirResource[]>;
}

export const beginPrinting = (ig: string, idFor: (name: string) => string): Printing => ({
  ig,
  idFor,
  organisations: new Map(),
  people: new Map(),
});

/** What a resource has beside its own elements. `title` and `lines` are its page for people, in Danish. */
export interface ResourceHead {
  readonly type: string;
  readonly id: string;
  readonly profile: string;
  readonly title: string;
  readonly lines: readonly Line[];
}

export const resourceOf = (head: ResourceHead, elements: FhirElement): FhirResource => ({
  resourceType: head.type,
  id: head.id,
  meta: { profile: [head.profile] },
  text: narrative(head.title, head.lines),
  ...elements,
});

/** `Type/id`: how a message refers to its own resources. */
export const pathOf = (resource: FhirResource): string =>
  `${resource.resourceType}/${textAt(resource, "id") ?? ""}`;

export const referenceTo = (resource: FhirResource): FhirElement => ({ reference: pathOf(resource) });

/** In place of what MedCom asks for and nobody knows. */
export const notKnown: FhirElement = { extension: [{ url: dataAbsentReason, valueCode: "unknown" }] };

const identifiersOf = (organisation: FhirOrganisation): FhirElement[] => {
  const names = ["gln", "sor", "ydernummer", "producerId"] as const;
  const named = names.flatMap((name) => {
    const value = organisation[name];
    return value === undefined ? [] : [{ system: identifierSystems[name], value }];
  });
  const others = organisation.otherIdentifiers.map(({ system, value }) => ({
    ...(system === undefined ? {} : { system }),
    value,
  }));
  return [...named, ...others];
};

const contactOf = ({ contactInitials }: FhirOrganisation): FhirElement => {
  if (contactInitials === undefined) return {};
  return { contact: [contactInitials === null ? notKnown : { name: { given: [contactInitials] } }] };
};

export const phoneOf = (phone: string | undefined): FhirElement =>
  phone === undefined ? {} : { telecom: [{ system: "phone", value: phone }] };

const organisationElements = (organisation: FhirOrganisation): FhirElement => {
  const identifier = identifiersOf(organisation);
  return {
    ...(identifier.length === 0 ? {} : { identifier }),
    ...(organisation.name === undefined ? {} : { name: organisation.name }),
    ...phoneOf(organisation.phone),
    ...contactOf(organisation),
  };
};

/** Whoever has both identifiers is one that messages go between; the core asks for less (medcom-messaging-organization). */
const profileFor = ({ gln, sor }: FhirOrganisation): string =>
  gln === undefined || sor === undefined
    ? structure("core", "medcom-core-organization")
    : structure("messaging", "medcom-messaging-organization");

/** The organisation as a resource of the message, made when it is first named. `profile`: another than its identifiers tell. */
export const organisationIn = (
  printing: Printing,
  organisation: FhirOrganisation,
  profile: string = profileFor(organisation),
): FhirResource => {
  const elements = organisationElements(organisation);
  const key = JSON.stringify(elements);
  const made = printing.organisations.get(key);
  if (made !== undefined) return made;
  const name = `Organization.${String(printing.organisations.size + 1)}`;
  const { gln, sor, ydernummer, phone } = organisation;
  const lines: Line[] = [
    ["Navn", organisation.name],
    ["GLN", gln],
    ["SOR", sor],
    ["Ydernummer", ydernummer],
    ["Telefon", phone],
  ];
  const head = { type: "Organization", id: printing.idFor(name), profile, title: "Organisation", lines };
  const resource = resourceOf(head, elements);
  printing.organisations.set(key, resource);
  return resource;
};

/** A reference to an organisation, which then stands in the message. */
export const organisationReference = (
  printing: Printing,
  organisation: FhirOrganisation,
  profile?: string,
): FhirElement => referenceTo(organisationIn(printing, organisation, profile));
