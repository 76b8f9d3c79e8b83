import { oioxmlSpecialities } from "../../../../contracts/codes/oioxml-specialities.ts";
import { choice, type ElementSpec, element, list, optional, text } from "../element-table.ts";

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
export const speciality = element("MedicalSpecialityCode", {
  kind: "list",
  values: oioxmlSpecialities,
  open: true,
});
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
