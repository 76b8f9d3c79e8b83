import {
  choice,
  count,
  dateTime,
  formatted,
  group,
  groupOf,
  list,
  onlyTrue,
  optional,
  repeated,
  text,
} from "../element-table.ts";
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

const codes = [...identifierCodes, "amt"];

/** XDIS91, XD9134L (MedCom ClinicalEmail.xsd 2006/07/01). */
export const clinicalEmail2006 = groupOf(
  group(
    "Letter",
    text("Identifier", 14),
    version("XD9134L"),
    text("StatisticalCode", 8),
    dateTime("Authorisation"),
    list("TypeCode", ["XDIS91"]),
    list("StatusCode", ["nytbrev", "rettetbrev"]),
    optional(text("EpisodeOfCareIdentifier", 35)),
  ),
  group(
    "Sender",
    ...identity(codes),
    organisationName,
    ...names,
    ...address(1),
    optional(text("TelephoneSubscriberIdentifier", 25)),
    optional(speciality),
  ),
  group("Receiver", ...identity(codes), optional(organisationName), ...names, ...address(1)),
  group(
    "Patient",
    citizenNumber,
    text("PersonSurnameName", 70),
    optional(text("PersonGivenName", 70)),
    ...address(1),
    optional(text("OccupancyText", 35)),
    list("EpisodeOfCareStatusCode", ["inaktiv", "indlagt", "ambulant", "doed", "ambulant_roentgen"]),
  ),
  optional(
    group(
      "AdditionalInformation",
      optional(list("Priority", ["rutine", "høj_prioritet"])),
      optional(text("Subject", 70)),
    ),
  ),
  repeated(group("ClinicalInformation", formatted("Text01", "formatted")), 0, 10),
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
            list("ObjectCode", objectCodes),
            extension(objectExtensions),
            count("OriginalObjectSize"),
          ),
        ],
      ),
    ),
    0,
    10,
  ),
);
