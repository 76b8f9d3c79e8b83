import { z } from "zod";
import { Party } from "../party.ts";
import { LocalDateTime } from "../time.ts";
import { head, LetterPatient, NamedParty, text } from "./parts.ts";

/** XDIS13 (bookingsvar): a referral was received, and when the citizen is to come (MedCom OIOXML BookingConfirmation.xsd). */
export const AppointmentLetter = z
  .object({
    type: z.literal("XDIS13"),
    version: z.literal("XD1333L"),
    ...head,
    sender: Party,
    contact: NamedParty.optional(),
    receiver: Party,
    patient: LetterPatient,
    referral: z.object({ identifier: text(35).optional(), received: LocalDateTime.optional() }).optional(),
    /** When the citizen is to come, Danish local time. */
    appointment: LocalDateTime.optional(),
    /** One line, unformatted. */
    note: text(70).optional(),
  })
  .meta({ id: "AppointmentLetter" });
export type AppointmentLetter = z.infer<typeof AppointmentLetter>;
