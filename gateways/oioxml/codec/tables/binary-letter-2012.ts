import {
  choice,
  count,
  dateTime,
  element,
  group,
  groupOf,
  list,
  onlyTrue,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import {
  address,
  citizenNumber,
  extension,
  identifierCodes,
  identity,
  names,
  objectCodes,
  objectExtensions,
  organisationName,
  speciality,
  version,
} from "./shared.ts";

/** XBIN01, XB0131X (MedCom BinaryLetter.xsd 2012/03/28). Contents stands only beside SystemInformation. */
export const binaryLetter2012 = groupOf(
  group(
    "Letter",
    text("Identifier", 14),
    version("XB0131X"),
    text("StatisticalCode", 8),
    dateTime("Authorisation"),
    list("TypeCode", ["XBIN01"]),
    list("StatusCode", ["nytbrev"]),
  ),
  group(
    "Sender",
    ...identity(identifierCodes),
    organisationName,
    ...names,
    ...address(0),
    optional(text("TelephoneSubscriberIdentifier", 25)),
    optional(speciality),
  ),
  group("Receiver", ...identity(identifierCodes), optional(organisationName), ...names, ...address(0)),
  choice(
    [group("Patient", citizenNumber, text("PersonSurnameName", 70), optional(text("PersonGivenName", 70)))],
    [onlyTrue("SystemInformation"), optional(text("Contents", 70))],
  ),
  repeated(
    group(
      "BinaryObject",
      element("ObjectIdentifier", {
        kind: "pattern",
        pattern: /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/,
      }),
      list("ObjectCode", objectCodes),
      extension([...objectExtensions, "plo", "fnx"]),
      count("OriginalObjectSize"),
      element("Object_Base64Encoded", { kind: "base64" }),
    ),
    1,
    10,
  ),
);
