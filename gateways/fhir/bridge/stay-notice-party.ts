import type { FhirCorrespondent, FhirOrganisation } from "../../../contracts/fhir/parts.ts";
import type { Party } from "../../../contracts/party.ts";

/** SOR codes have at least eleven digits; a shorter one is no identifier that a message may carry (min-digits-sor). */
const isSorCode = (text: string): boolean => /^\d{11,}$/.test(text);

/** Organisation, department and unit of a letter are one name in FHIR (map of XDIS20 and XDIS17, Organization.name). */
const nameOf = ({ organisation, department, unit }: Party): string | undefined => {
  const parts = [organisation, department, unit].filter((part) => part !== undefined && part !== "_");
  return parts.length === 0 ? undefined : parts.join(", ");
};

/** A party of a letter as an organisation of a message; `undefined` when nobody knows its SOR code. */
export const correspondentOf = (
  party: Party,
  sorOf: (gln: string) => string | undefined = () => undefined,
): FhirCorrespondent | undefined => {
  const { gln, identifier } = party;
  const isSor = identifier.code === "sorkode" && isSorCode(identifier.value);
  const sor = isSor ? identifier.value : sorOf(gln);
  const name = nameOf(party);
  if (sor === undefined) return undefined;
  return { gln, sor, otherIdentifiers: [], ...(name === undefined ? {} : { name }) };
};

const identifierMax = 17;
const nameMax = 35;

/** An organisation of a message as a notification by letter names it: by its SOR code, and by no more than there is room for. */
export const noticeParty = ({ gln, sor, name }: FhirCorrespondent): Party => ({
  gln,
  identifier:
    sor.length <= identifierMax
      ? { code: "sorkode", value: sor }
      : { code: "lokationsnummer", value: gln.slice(0, identifierMax) },
  ...(name === undefined ? {} : { organisation: name.slice(0, nameMax) }),
});

/** Whether a letter has room for all that a message says of an organisation. */
export const isWhole = (organisation: FhirOrganisation): boolean => {
  const { gln, sor, name, otherIdentifiers, ...more } = organisation;
  const fits = (text: string | undefined, max: number): boolean => text === undefined || text.length <= max;
  return (
    gln !== undefined &&
    sor !== undefined &&
    fits(sor, identifierMax) &&
    fits(name, nameMax) &&
    otherIdentifiers.length === 0 &&
    Object.keys(more).length === 0
  );
};
