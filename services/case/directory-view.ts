import { padMunicipalityCode, padYdernummer } from "../../contracts/identifiers.ts";
import type { Channel, Organisation } from "../../contracts/messages/directory.ts";
import type { Party } from "../../contracts/party.ts";

/** The directory as a decision sees it: everything already in memory, looked up without waiting. */
export type DirectoryView = {
  organisation: (gln: string) => Organisation | undefined;
  all: () => readonly Organisation[];
};

const inForce = (period: { validFrom: string; validTo?: string | undefined }, date: string): boolean =>
  period.validFrom <= date && (period.validTo === undefined || date <= period.validTo);

/** The organisation, if it is in force on that Danish date. */
export const activeOrganisation = (
  directory: DirectoryView,
  gln: string,
  date: string,
): Organisation | undefined => {
  const found = directory.organisation(gln);
  return found !== undefined && inForce(found, date) ? found : undefined;
};

export const advisesIn = (organisation: Organisation, date: string, speciality?: string): boolean =>
  organisation.offers.some(
    (o) => inForce(o, date) && (speciality === undefined || o.speciality === speciality),
  );

/** Units that advise in a speciality on that date, of one hospital when it is given; lowest GLN first, so it is the same each time. */
export const unitsAdvising = (
  directory: DirectoryView,
  wanted: { speciality: string; hospital?: string | undefined },
  date: string,
): Organisation[] =>
  directory
    .all()
    .filter((o) => inForce(o, date) && advisesIn(o, date, wanted.speciality))
    .filter((o) => wanted.hospital === undefined || o.partOf === wanted.hospital || o.gln === wanted.hospital)
    .toSorted((a, b) => a.gln.localeCompare(b.gln));

/** The first channel of a receiver that takes one of these document types. */
export const channelFor = (organisation: Organisation, types: readonly string[]): Channel | undefined =>
  organisation.channels.find((c) => c.standard === "json" || types.every((type) => c.accepts.includes(type)));

/** The whole of an organisation: itself and the organisations that it is part of. */
export const isOrIsPartOf = (directory: DirectoryView, gln: string, whole: string): boolean => {
  let current: string | undefined = gln;
  for (let level = 0; level < 5 && current !== undefined; level++) {
    if (current === whole) return true;
    current = directory.organisation(current)?.partOf;
  }
  return false;
};

const identifierOf = (o: Organisation): Party["identifier"] => {
  if (o.identifiers.ydernummer !== undefined) return { code: "ydernummer", value: o.identifiers.ydernummer };
  if (o.identifiers.shak !== undefined) return { code: "sygehusafdelingsnummer", value: o.identifiers.shak };
  if (o.identifiers.sor !== undefined && o.identifiers.sor.length <= 17)
    return { code: "sorkode", value: o.identifiers.sor };
  if (o.identifiers.municipalityCode !== undefined)
    return { code: "kommunenummer", value: o.identifiers.municipalityCode.replace(/^0/, "") };
  return { code: "lokationsnummer", value: o.gln };
};

/** MedCom messages carry 35 characters a name (OIOXML GeneralTypes); the directory may know more. */
const cut = (text: string): string => text.slice(0, 35);

/** An organisation as a message names it. */
export const partyOf = (o: Organisation): Party => ({
  gln: o.gln,
  identifier: identifierOf(o),
  organisation: cut(o.name),
  ...(o.department === undefined ? {} : { department: cut(o.department) }),
  ...(o.address === undefined
    ? {}
    : { street: o.address.street, postCode: o.address.postCode, district: o.address.district }),
  ...(o.phone === undefined ? {} : { phone: o.phone }),
  ...(o.specialities[0] === undefined ? {} : { speciality: o.specialities[0] }),
});

/** A receiver is named without phone and speciality (OIOXML Receiver.xsd). */
export const receiverPartyOf = (o: Organisation): Party => {
  const { phone: _phone, speciality: _speciality, ...party } = partyOf(o);
  return party;
};

const known = (o: Organisation, code: Party["identifier"]["code"]): string | undefined => {
  if (code === "ydernummer") return o.identifiers.ydernummer;
  if (code === "sygehusafdelingsnummer") return o.identifiers.shak;
  if (code === "sorkode") return o.identifiers.sor;
  if (code === "kommunenummer") return o.identifiers.municipalityCode;
  return code === "lokationsnummer" ? o.gln : undefined;
};

/**
 * Whether a message's identifier contradicts what the directory knows of that address. An identifier of a kind that the
 * directory does not know contradicts nothing.
 */
export const contradicts = (o: Organisation, { code, value }: Party["identifier"]): boolean => {
  const ours = known(o, code);
  if (ours === undefined) return false;
  return padMunicipalityCode(padYdernummer(ours)) !== padMunicipalityCode(padYdernummer(value));
};
