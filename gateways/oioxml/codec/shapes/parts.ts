import type { FullShape, Lifted, Part, Shape } from "../shape.ts";

/** The shapes of what letters share, by the names of contracts/letters/parts.ts. */

export const text = (name: string): Part => ({ is: "text", name });
export const runs = (name: string): Part => ({ is: "runs", name });
export const time = (name: string): Part => ({ is: "time", name });
export const group = (name: string, shape: Shape): Part => ({ is: "group", name, shape });
export const groups = (name: string, shape: Shape): Part => ({ is: "groups", name, shape });
export const code = (name: string, codes: Readonly<Record<string, string>>): Part => ({
  is: "code",
  name,
  codes,
});
/** A code that is MedCom's own word. */
export const same = (name: string): Part => text(name);

export const full = (
  own: Shape,
  lifted: readonly Lifted[] = [],
  fixed: FullShape["fixed"] = {},
): FullShape => ({ own, lifted, fixed });
export const lift = (name: string, shape: FullShape, always = false): Lifted => ({ name, shape, always });

export const statuses = { new: "nytbrev", corrected: "rettetbrev", cancelled: "annulleretbrev" } as const;

/** A list of episodes of care, which only referrals have. */
export const episodes: Shape = {
  episodesOfCare: groups("EpisodeOfCare", {
    type: text("EpisodeOfCareType"),
    id: text("EpisodeOfCareIdentifier"),
  }),
};

/** Letter. `type` and `version` are the table's, so they are printed and not read. */
export const head = (type: string, version: string, more: Shape = {}): Lifted =>
  lift(
    "Letter",
    full(
      {
        letterId: text("Identifier"),
        status: code("StatusCode", statuses),
        authorised: time("Authorisation"),
        statisticalCode: text("StatisticalCode"),
        episodeOfCareId: text("EpisodeOfCareIdentifier"),
        ...more,
      },
      [],
      { VersionCode: version, TypeCode: type },
    ),
    true,
  );

const address: Shape = {
  street: text("StreetName"),
  suburb: text("SuburbName"),
  district: text("DistrictName"),
  postCode: text("PostCodeIdentifier"),
};

const identifier: Part = {
  is: "nest",
  always: false,
  shape: { code: same("IdentifierCode"), value: text("Identifier") },
};
const names: Shape = {
  organisation: text("OrganisationName"),
  department: text("DepartmentName"),
  unit: text("UnitName"),
};
/** A party without a GLN. What a version has no element for the printer tells as a loss. */
export const namedParty: Shape = {
  identifier,
  ...names,
  ...address,
  phone: text("TelephoneSubscriberIdentifier"),
  speciality: same("MedicalSpecialityCode"),
};
export const party: Shape = { gln: text("EANIdentifier"), ...namedParty };
export const contact = group("Contact", namedParty);
export const referrer = group("Referrer", {
  identifier,
  name: text("PersonName"),
  title: text("PersonTitle"),
});

const telephones = groups("TelephoneSubscriber", {
  number: text("TelephoneSubscriberIdentifier"),
  code: same("TelephoneSubscriberCode"),
});
const citizen: Shape = {
  cpr: text("CivilRegistrationNumber"),
  alternativeId: text("AlternativeIdentifier"),
  surname: text("PersonSurnameName"),
  givenName: text("PersonGivenName"),
  ...address,
};
export const referredPatient = group("Patient", {
  ...citizen,
  title: text("PersonTitle"),
  telephones,
  email: text("EmailIdentifier"),
});
export const letterPatient = group("Patient", {
  ...citizen,
  occupation: text("OccupancyText"),
  episodeOfCareStatus: same("EpisodeOfCareStatusCode"),
});
export const relatives = groups("Relative", {
  relation: same("RelationCode"),
  identifier: text("PersonIdentifier"),
  surname: text("PersonSurnameName"),
  givenName: text("PersonGivenName"),
  ...address,
  telephones,
});

export const diagnosis: Shape = {
  description: same("DiagnoseDescriptionCode"),
  code: text("DiagnoseCode"),
  codeType: same("DiagnoseTypeCode"),
  text: text("DiagnoseText"),
};

export const references = groups("Reference", {
  description: text("RefDescription"),
  target: {
    is: "choice",
    kinds: [
      { kind: "url", name: "URL", inside: false, shape: { url: text("URL") } },
      { kind: "sup", name: "SUP", inside: false, shape: {} },
      {
        kind: "bin",
        name: "BIN",
        inside: true,
        shape: {
          objectId: text("ObjectIdentifier"),
          code: same("ObjectCode"),
          extension: same("ObjectExtensionCode"),
          sizeBytes: { is: "number", name: "OriginalObjectSize" },
        },
      },
    ],
  },
});

export const visitation = (name: string): Part =>
  groups(name, { about: same("InformationCode"), text: runs("Information") });
