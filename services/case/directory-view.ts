import { padMunicipalityCode, padYdernummer } from "../../contracts/identifiers.ts";
import type { Channel, Offer, OfferedService, Organisation } from "../../contracts/messages/directory.ts";
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

type Wanted = {
  service: OfferedService;
  speciality?: string | undefined;
  topic?: string | undefined;
  /** The citizen's municipality. */
  municipality?: string | undefined;
};

const isOffered = (offer: Offer, wanted: Wanted, date: string): boolean =>
  inForce(offer, date) &&
  offer.service === wanted.service &&
  (wanted.speciality === undefined || offer.speciality === wanted.speciality) &&
  (wanted.topic === undefined || offer.topic === wanted.topic) &&
  (wanted.municipality === undefined ||
    offer.municipalities === undefined ||
    offer.municipalities.map(padMunicipalityCode).includes(padMunicipalityCode(wanted.municipality)));

/** Whether an organisation offers something on a Danish date. */
export const offers = (organisation: Organisation, wanted: Wanted, date: string): boolean =>
  organisation.offers.some((offer) => isOffered(offer, wanted, date));

export const advisesIn = (organisation: Organisation, date: string, speciality?: string): boolean =>
  offers(organisation, { service: "advice", speciality }, date);

/**
 * Organisations that offer something on a date, of one hospital (or other whole) when it is given; lowest GLN first, so it is
 * the same each time. Who it is on 31 December and who on 1 January is the directory's affair, never the code's.
 */
export const unitsOffering = (
  directory: DirectoryView,
  wanted: Wanted & { within?: string | undefined },
  date: string,
): Organisation[] =>
  directory
    .all()
    .filter((o) => inForce(o, date) && offers(o, wanted, date))
    .filter((o) => wanted.within === undefined || isOrIsPartOf(directory, o.gln, wanted.within))
    .toSorted((a, b) => a.gln.localeCompare(b.gln));

/** Units that advise in a speciality on that date, of one hospital when it is given. */
export const unitsAdvising = (
  directory: DirectoryView,
  wanted: { speciality: string; hospital?: string | undefined },
  date: string,
): Organisation[] =>
  unitsOffering(
    directory,
    { service: "advice", speciality: wanted.speciality, within: wanted.hospital },
    date,
  );

/**
 * What tells of a fact in each standard: the OIOXML documents and the FHIR message that were made for it, none when there are
 * none, the type of the JSON one, and the documents that tell it in words where a receiver takes none of these.
 */
export type Documents = {
  oioxml: readonly string[];
  fhir?: readonly string[];
  json: string;
  inWords?: readonly string[];
  /** The same for FHIR. */
  inFhirWords?: readonly string[];
};

/** Takes every type: for a system that follows whole cases. */
const anyType = "*";

const takesAll = ({ accepts }: Channel, types: readonly string[]): boolean =>
  types.length > 0 && (accepts.includes(anyType) || types.every((type) => accepts.includes(type)));

/** The documents that were made for a fact in the standard that a channel speaks. */
const madeFor = ({ standard }: Channel, { oioxml, fhir = [], json }: Documents): readonly string[] =>
  ({ oioxml, fhir, json: [json] })[standard];

/** What tells of any fact in words, in the standard that a channel speaks. */
const wordsFor = ({ standard }: Channel, { inWords = [], inFhirWords = [] }: Documents): readonly string[] =>
  ({ oioxml: inWords, fhir: inFhirWords, json: [] })[standard];

/**
 * The channel of a receiver for what tells of a fact: the first, in the order in which the receiver lists them, that takes a
 * document made for it; else the first that takes it in words.
 */
export const channelFor = (organisation: Organisation, documents: Documents): Channel | undefined =>
  organisation.channels.find((channel) => takesAll(channel, madeFor(channel, documents))) ??
  organisation.channels.find((channel) => takesAll(channel, wordsFor(channel, documents)));

/** What a receiver without a channel for it would have to take, in a sentence. */
export const lacking = ({ oioxml, fhir = [], json, inWords = [], inFhirWords = [] }: Documents): string => {
  const ways = [
    ...[...fhir, ...inFhirWords].map((type) => `FHIR ${type}`),
    ...(oioxml.length === 0 ? [] : [`OIOXML ${oioxml.join(" with ")}`]),
    ...(inWords.length === 0 ? [] : [`OIOXML ${inWords.join(" with ")}`]),
    `JSON ${json}`,
  ];
  return `It takes none of these: ${[...new Set(ways)].join(", ")}.`;
};

/** The types of the documents that a channel is sent. */
export const typesFor = (channel: Channel, documents: Documents): readonly string[] => {
  const made = madeFor(channel, documents);
  return takesAll(channel, made) ? made : wordsFor(channel, documents);
};

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
