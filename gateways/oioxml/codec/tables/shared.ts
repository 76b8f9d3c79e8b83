import { oioxmlSpecialities } from "../../../../contracts/codes/oioxml-specialities.ts";
import {
  choice,
  count,
  dateTime,
  type ElementSpec,
  element,
  group,
  list,
  onlyTrue,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";

/** Elements that every version has alike (MedCom GeneralElements.xsd, Sender.xsd, Receiver.xsd, Patient.xsd). */

export const identifierCodes = [
  "sygehusafdelingsnummer",
  "ydernummer",
  "lokationsnummer",
  "kommunenummer",
  "sorkode",
] as const;
export const objectCodes = [
  "tekstfil",
  "billede",
  "program",
  "vektor_grafik",
  "biosignaler",
  "multimedie",
  "proprietaert_indhold",
] as const;
export const objectExtensions =
  "pcx tiff jpeg gif bmp png mpg dcm scp txt rtf doc xls wpd exe pdf wav avi mid rmi com zip bin inh".split(
    " ",
  );

export const ean = element("EANIdentifier", { kind: "gln" });
export const version = (value: string): ElementSpec => element("VersionCode", { kind: "version", value });
/** `_` stands where the organisation's name is unknown (seen in MedCom's own DIS01 example). */
export const organisationName = element("OrganisationName", { kind: "text", min: 1, max: 35, fallback: "_" });
const specialityOf = (values: readonly string[]): ElementSpec =>
  element("MedicalSpecialityCode", { kind: "list", values, open: true });
export const speciality = specialityOf(oioxmlSpecialities);
/** From 2016/12/01 the municipalities' versions have interpreters too. */
export const municipalSpeciality = specialityOf([...oioxmlSpecialities, "tolk"]);
/** An extension that the version does not know is written `bin`. */
export const extension = (values: readonly string[]): ElementSpec =>
  element("ObjectExtensionCode", { kind: "list", values, fallback: "bin" });

export const identity = (codes: readonly string[]): ElementSpec[] => [
  ean,
  text("Identifier", 17),
  list("IdentifierCode", codes),
];
export const address = (postCodeMin: number): ElementSpec[] => [
  optional(text("StreetName", 35)),
  optional(text("SuburbName", 35)),
  optional(text("DistrictName", 35)),
  optional(text("PostCodeIdentifier", 9, postCodeMin)),
];
export const names: readonly ElementSpec[] = [
  optional(text("DepartmentName", 35)),
  optional(text("UnitName", 35)),
];
export const citizenNumber = choice(
  [element("CivilRegistrationNumber", { kind: "cpr" })],
  [element("AlternativeIdentifier", { kind: "replacement-cpr" })],
);

const phone = text("TelephoneSubscriberIdentifier", 25);

/** Letter, as the clinical letters have it. `episode` is what a version has in place of EpisodeOfCareIdentifier. */
export const letterHead = (
  codes: { version: string; type: string; statuses?: readonly string[] },
  episode: ElementSpec = optional(text("EpisodeOfCareIdentifier", 35)),
): ElementSpec =>
  group(
    "Letter",
    text("Identifier", 14),
    version(codes.version),
    text("StatisticalCode", 8),
    dateTime("Authorisation"),
    list("TypeCode", [codes.type]),
    list("StatusCode", codes.statuses ?? ["nytbrev", "rettetbrev"]),
    episode,
  );

/** How a version's parties differ from one another: their identifier codes, and how short a post code may be. */
export interface Parties {
  readonly codes: readonly string[];
  readonly postCodeMin: number;
  /** The list of specialities, where it is another than most versions'. */
  readonly speciality?: ElementSpec;
}
export const parties2005: Parties = { codes: identifierCodes, postCodeMin: 0 };
export const municipalParties: Parties = { ...parties2005, speciality: municipalSpeciality };
export const partiesWithAmt: Parties = { codes: [...identifierCodes, "amt"], postCodeMin: 0 };
export const parties2006: Parties = { ...partiesWithAmt, postCodeMin: 1 };

const codedIdentity = (codes: readonly string[]): ElementSpec[] => [
  text("Identifier", 17),
  list("IdentifierCode", codes),
];

/** Sender, with what follows its own block in this version: Referrer, Contact, or nothing. */
export const sender = (
  { codes, postCodeMin, speciality: own = speciality }: Parties,
  ...more: readonly ElementSpec[]
): ElementSpec =>
  group(
    "Sender",
    ...identity(codes),
    organisationName,
    ...names,
    ...address(postCodeMin),
    optional(phone),
    ...(more.some(({ name }) => name === own.name) ? [] : [optional(own)]),
    ...more,
  );

export const receiver = (
  { codes, postCodeMin }: Parties,
  organisation: ElementSpec = optional(organisationName),
  department: readonly ElementSpec[] = names,
): ElementSpec => group("Receiver", ...identity(codes), organisation, ...department, ...address(postCodeMin));

/** A party that is named and not routed to. `more` is a phone where the version has one. */
export const copyReceiver = (
  name: string,
  { codes, postCodeMin }: Parties,
  { phoned = false, organisation = optional(organisationName) } = {},
): ElementSpec =>
  optional(
    group(
      name,
      ...codedIdentity(codes),
      organisation,
      ...names,
      ...address(postCodeMin),
      ...(phoned ? [optional(phone)] : []),
    ),
  );

export const contact = ({ codes }: Parties): ElementSpec =>
  optional(group("Contact", ...codedIdentity(codes), optional(organisationName), ...names));

export const referrer = ({ codes }: Parties): ElementSpec =>
  group(
    "Referrer",
    optional(text("Identifier", 17)),
    optional(list("IdentifierCode", codes)),
    element("PersonName", { kind: "text", min: 1, max: 35, fallback: "_" }),
    optional(text("PersonTitle", 35)),
  );

const personNames: readonly ElementSpec[] = [
  text("PersonSurnameName", 70),
  optional(text("PersonGivenName", 70)),
];
const telephones = repeated(
  group("TelephoneSubscriber", phone, list("TelephoneSubscriberCode", ["mobil", "arbejde", "fastnet"])),
  0,
  3,
);

export const referredPatient = group(
  "Patient",
  citizenNumber,
  ...personNames,
  optional(text("PersonTitle", 35)),
  ...address(0),
  telephones,
  optional(text("EmailIdentifier", 70)),
);

/** `status` is absent from the closing letters of municipalities. */
export const letterPatient = (postCodeMin: number, ...status: readonly ElementSpec[]): ElementSpec =>
  group(
    "Patient",
    citizenNumber,
    ...personNames,
    ...address(postCodeMin),
    optional(text("OccupancyText", 35)),
    ...status,
  );
export const episodeStatus = list("EpisodeOfCareStatusCode", [
  "inaktiv",
  "indlagt",
  "ambulant",
  "doed",
  "ambulant_roentgen",
]);

export const relations2005 = ["uspec_paaroerende", "mor", "far", "barn"] as const;
export const relations2016 = ["uspec_paaroerende", "mor", "far", "soen", "datter"] as const;
export const relations2019 = [...relations2016, "samlevende", "aegtefaelle"] as const;

/** Relatives: how many, their relations, and whether the version has their telephones and their address. */
export const relatives = (
  max: number,
  relations: readonly string[],
  has: { telephones?: boolean; address?: boolean } = {},
): ElementSpec =>
  repeated(
    group(
      "Relative",
      element("RelationCode", { kind: "list", values: relations, fallback: "uspec_paaroerende" }),
      optional(text("PersonIdentifier", 10)),
      ...personNames,
      ...(has.telephones === true ? [telephones] : []),
      ...(has.address === true ? address(0) : []),
    ),
    0,
    max,
  );

export const diagnosisTypes2005 = ["SKSdiagnosekode", "uspecificeretkode", "ICPCkode"] as const;
export const descriptions2019 = [
  "uspec_diagnose",
  "henv_diagnose",
  "bidiagnose",
  "tillaegsdiagnose",
  "aktionsdiagnose",
  "midlertidig_diagnose",
  "forloebsdiagnose",
] as const;
export const descriptions2005 = [...descriptions2019, "operation", "roentgenundersoegelse"] as const;

export const described = (values: readonly string[]): ElementSpec =>
  element("DiagnoseDescriptionCode", { kind: "list", values, fallback: "uspec_diagnose" });
export const diagnosisCode = text("DiagnoseCode", 17);
export const diagnosisText = text("DiagnoseText", 70);
/** DiagnoseCode, DiagnoseTypeCode and DiagnoseText; the code is optional in some versions. */
export const diagnosis = (
  code: ElementSpec = diagnosisCode,
  types: readonly string[] = diagnosisTypes2005,
): ElementSpec[] => [
  code,
  element("DiagnoseTypeCode", { kind: "list", values: types, fallback: "uspecificeretkode" }),
  diagnosisText,
];

/** What a version lets attachments be. */
export interface ObjectKinds {
  readonly codes: readonly string[];
  readonly extensions: readonly string[];
}
export const objects2005: ObjectKinds = { codes: objectCodes, extensions: [...objectExtensions, "plo"] };
const programs = new Set(["program", "exe", "com"]);
/** 2019/03/31 has no programs. */
export const objects2019: ObjectKinds = {
  codes: objectCodes.filter((code) => !programs.has(code)),
  extensions: objectExtensions.filter((name) => !programs.has(name)),
};

export const references = ({ codes, extensions }: ObjectKinds): ElementSpec =>
  repeated(
    group(
      "Reference",
      text("RefDescription", 70),
      choice(
        [text("URL", 350)],
        [onlyTrue("SUP")],
        [
          group(
            "BIN",
            text("ObjectIdentifier", 35),
            element("ObjectCode", { kind: "list", values: codes, fallback: "proprietaert_indhold" }),
            extension(extensions),
            count("OriginalObjectSize"),
          ),
        ],
      ),
    ),
    0,
    10,
  );
