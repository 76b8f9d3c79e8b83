import {
  dateTime,
  type ElementSpec,
  element,
  type Group,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../../tables/element-table.ts";
import { ean, identifierCodes, identity, names, organisationName, version } from "./shared.ts";

/** The notifications between hospital and municipality (MedCom 2005/08/07): their times have seconds, their citizens no name. */

const head = (codes: { version: string; type: string }, statuses: readonly string[]): ElementSpec =>
  group(
    "Letter",
    text("Identifier", 14),
    version(codes.version),
    text("StatisticalCode", 8),
    group(
      "Authorisation",
      element("Date", { kind: "date" }),
      element("TimeWithSec", { kind: "pattern", pattern: /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/ }),
    ),
    list("TypeCode", [codes.type]),
    list("StatusCode", statuses),
    text("NotificationIdentifier", 35),
  );

const cpr = element("CivilRegistrationNumber", { kind: "cpr" });
const party = [...identity(identifierCodes), organisationName];

interface Notice {
  readonly version: string;
  readonly type: string;
  readonly at: string;
  readonly answerTo: ElementSpec;
  readonly statuses: readonly string[];
}

const answerTo = group("AnswerTo", ean);

const notice = ({ at, answerTo: answer, statuses, ...codes }: Notice): Group =>
  groupOf(
    head(codes, ["nytbrev", "rettetbrev", "annulleretbrev"]),
    group("Sender", ...party, ...names, optional(text("TelephoneSubscriberIdentifier", 25)), answer),
    group("Receiver", ...identity(identifierCodes), optional(organisationName)),
    group("Patient", cpr, optional(list("EpisodeOfCareStatusCode", statuses))),
    dateTime(at),
  );

/** XDIS20, XD2030C (MedCom NotificationOfAdmission.xsd). */
export const notificationOfAdmission2005 = notice({
  version: "XD2030C",
  type: "XDIS20",
  at: "Admission",
  answerTo,
  statuses: ["indlagt", "doed"],
});

/** XDIS17, XD1730C (MedCom NotificationOfDischarge.xsd). */
export const notificationOfDischarge2005 = notice({
  version: "XD1730C",
  type: "XDIS17",
  at: "Discharge",
  answerTo: optional(answerTo),
  statuses: [
    "doed",
    "udskrevet_til_hjemmet",
    "udskrevet_til_andet",
    "flyttet_til_sygehusafd",
    "uoplyst",
    "flyttet_til_sygehus",
  ],
});

/** XDIS14, XD1431C (MedCom AnswerOfAdmission.xsd). */
export const answerOfAdmission2005 = groupOf(
  head({ version: "XD1431C", type: "XDIS14" }, ["nytbrev"]),
  group(
    "Sender",
    ...party,
    repeated(
      group(
        "ContactInformation",
        repeated(text("ContactName", 35), 0, 2),
        optional(text("TelephoneSubscriberIdentifier", 25)),
        optional(text("ContactTimeText", 35)),
      ),
      0,
      5,
    ),
  ),
  group("Receiver", ...identity(identifierCodes), optional(organisationName), ...names),
  group("Patient", cpr),
);
