import { dateTime, type Group, group, groupOf, optional, text } from "../../../tables/element-table.ts";
import {
  contact,
  episodeStatus,
  letterHead,
  letterPatient,
  type Parties,
  parties2005,
  parties2006,
  receiver,
  sender,
} from "./shared.ts";

const bookingConfirmation = (parties: Parties): Group =>
  groupOf(
    letterHead({ version: "XD1333L", type: "XDIS13" }),
    sender(parties, contact(parties)),
    receiver(parties),
    letterPatient(parties.postCodeMin, episodeStatus),
    optional(group("Referral", optional(text("Identifier", 35)), optional(dateTime("Received")))),
    optional(dateTime("Confirmation")),
    optional(group("ClinicalInformation", text("Text03", 70))),
  );

/** XDIS13, XD1333L (MedCom BookingConfirmation.xsd 2005/08/07, and 2006/07/01 under the same version code). */
export const bookingConfirmation2005 = bookingConfirmation(parties2005);
export const bookingConfirmation2006 = bookingConfirmation(parties2006);
