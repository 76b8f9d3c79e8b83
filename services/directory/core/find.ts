import { padMunicipalityCode } from "../../../contracts/identifiers.ts";
import type { Offer, Organisation } from "../../../contracts/messages/directory.ts";
import type {
  DirectoryPage,
  DirectoryQuery,
  ListedOrganisation,
} from "../../../contracts/messages/directory-query.ts";
import { type DirectoryView, isOrIsPartOf, offers } from "../../case/directory-view.ts";

type Period = { validFrom: string; validTo?: string | undefined };
const inForce = ({ validFrom, validTo }: Period, date: string): boolean =>
  validFrom <= date && (validTo === undefined || date <= validTo);
const notOver = ({ validTo }: Period, date: string): boolean => validTo === undefined || date <= validTo;

/** Numbers behind the public one: for the kinds that they are meant for, and for the organisation and its whole. */
const directNumbersFor = (
  directory: DirectoryView,
  of: Organisation,
  viewer: string,
): ListedOrganisation["directNumbers"] => {
  const kind = directory.organisation(viewer)?.kind;
  const own = isOrIsPartOf(directory, of.gln, viewer);
  return of.directNumbers
    .filter(({ visibleTo }) => own || (kind !== undefined && visibleTo.includes(kind)))
    .map(({ label, number }) => ({ label, number }));
};

/** An organisation as a viewer may see it on a Danish date. */
export const listedFor = (
  directory: DirectoryView,
  of: Organisation,
  { viewer, date }: { viewer: string; date: string },
): ListedOrganisation => {
  const { channels: _channels, ...shown } = of;
  return {
    ...shown,
    offers: of.offers.filter((offer) => inForce(offer, date)),
    // Who answers next week is worth knowing today.
    substitutes: of.substitutes.filter((substitute) => notOver(substitute, date)),
    authority: of.authority.filter((one) => inForce(one, date)),
    operator: of.operator.filter((one) => inForce(one, date)),
    directNumbers: directNumbersFor(directory, of, viewer),
  };
};

/** Text as people search it: without regard to capitals. */
const plain = (text: string): string => text.toLocaleLowerCase("da");

const namesOf = ({ name, department }: Organisation): string[] => [name, department ?? ""];

const offerWords = ({ service, speciality, topic, title }: Offer): string[] => [
  service,
  speciality ?? "",
  topic ?? "",
  title?.da ?? "",
  title?.en ?? "",
];

const wordsOf = (of: Organisation, date: string): string =>
  plain(
    [
      ...namesOf(of),
      of.gln,
      of.phone ?? "",
      of.address?.district ?? "",
      ...Object.values(of.identifiers),
      ...of.specialities,
      ...of.offers.filter((offer) => inForce(offer, date)).flatMap(offerWords),
    ].join(" "),
  );

const hasWords = (of: Organisation, q: string | undefined, date: string): boolean => {
  if (q === undefined) return true;
  const text = wordsOf(of, date);
  return plain(q)
    .split(/\s+/)
    .every((word) => text.includes(word));
};

const isNamed = (of: Organisation, name: string | undefined): boolean =>
  name === undefined || namesOf(of).some((text) => plain(text).includes(plain(name)));

const isIn = (of: Organisation, municipality: string, date: string): boolean =>
  of.identifiers.municipalityCode === municipality ||
  of.offers.some(
    (offer) =>
      inForce(offer, date) && (offer.municipalities ?? []).map(padMunicipalityCode).includes(municipality),
  );

/** Whether one thing that it offers that day fits all that is wanted: smokers of this municipality, not of the next. */
const offersWanted = (of: Organisation, query: DirectoryQuery, date: string): boolean => {
  const { offer, speciality, topic } = query;
  const municipality = query.municipality === undefined ? undefined : padMunicipalityCode(query.municipality);
  const services = offer === undefined ? of.offers.map(({ service }) => service) : [offer];
  if (offer === undefined && speciality === undefined && topic === undefined)
    return municipality === undefined || isIn(of, municipality, date);
  return services.some((service) => offers(of, { service, speciality, topic, municipality }, date));
};

const fits = (of: Organisation, query: DirectoryQuery, date: string): boolean =>
  inForce(of, date) &&
  (query.cursor === undefined || of.gln > query.cursor) &&
  isNamed(of, query.name) &&
  offersWanted(of, query, date) &&
  hasWords(of, query.q, date);

/** A page of the organisations that fit a query on its date, as the viewer may see them; lowest GLN first. */
export const findOrganisations = (
  directory: DirectoryView,
  query: DirectoryQuery,
  { viewer, today }: { viewer: string; today: string },
): DirectoryPage => {
  const date = query.date ?? today;
  const found = directory
    .all()
    .filter((of) => fits(of, query, date))
    .toSorted((a, b) => (a.gln < b.gln ? -1 : 1));
  const organisations = found.slice(0, query.limit).map((of) => listedFor(directory, of, { viewer, date }));
  const last = found.length > query.limit ? organisations.at(-1) : undefined;
  return { date, organisations, ...(last === undefined ? {} : { next: last.gln }) };
};
