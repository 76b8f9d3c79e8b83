import type { FullShape, Lifted, Part } from "../shape.ts";
import {
  code,
  contact,
  full,
  group,
  groups,
  head,
  letterPatient,
  lift,
  party,
  same,
  statuses,
  text,
  time,
} from "./parts.ts";

const noticeHead = (type: string, version: string): Lifted =>
  lift(
    "Letter",
    full(
      {
        letterId: text("Identifier"),
        status: code("StatusCode", statuses),
        authorised: { is: "seconds", name: "Authorisation" },
        statisticalCode: text("StatisticalCode"),
        notificationId: text("NotificationIdentifier"),
      },
      [],
      { VersionCode: version, TypeCode: type },
    ),
    true,
  );

const sender: Part = { is: "nest", always: true, shape: party };
const cpr = text("CivilRegistrationNumber");

/** contracts/letters/stay-notice.ts: XDIS17 and XDIS20. */
export const noticeShape = (type: string, version: string): FullShape =>
  full(
    {
      receiver: group("Receiver", party),
      patient: group("Patient", { cpr, status: same("EpisodeOfCareStatusCode") }),
      at: time(type === "XDIS20" ? "Admission" : "Discharge"),
    },
    [
      noticeHead(type, version),
      lift("Sender", full({ sender }, [lift("AnswerTo", full({ answerTo: text("EANIdentifier") }))]), true),
    ],
  );

/** contracts/letters/stay-notice.ts: XDIS14. */
export const answerShape = (type: string, version: string): FullShape =>
  full({ receiver: group("Receiver", party), patient: group("Patient", { cpr }) }, [
    noticeHead(type, version),
    lift(
      "Sender",
      full({
        sender,
        contacts: groups("ContactInformation", {
          names: { is: "texts", name: "ContactName" },
          phone: text("TelephoneSubscriberIdentifier"),
          hours: text("ContactTimeText"),
        }),
      }),
      true,
    ),
  ]);

/** contracts/letters/appointment-letter.ts: XDIS13. */
export const appointmentShape = (type: string, version: string): FullShape =>
  full(
    {
      receiver: group("Receiver", party),
      patient: letterPatient,
      referral: group("Referral", { identifier: text("Identifier"), received: time("Received") }),
      appointment: time("Confirmation"),
    },
    [
      head(type, version),
      lift("Sender", full({ sender, contact }), true),
      lift("ClinicalInformation", full({ note: text("Text03") })),
    ],
  );
