import { z } from "zod";
import { Cpr } from "../identifiers.ts";
import { Party } from "../party.ts";
import { LocalDateTime } from "../time.ts";
import { text } from "./parts.ts";

const head = {
  letterId: text(14),
  /** When it was approved, Danish local time with seconds. */
  authorised: z.string().regex(/^\d{4}-\d{2}-\d{2}T([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/),
  statisticalCode: text(8),
  /** Names the stay; an answer, a correction and a cancellation carry it too. */
  notificationId: text(35),
};

/**
 * XDIS20 (admitted) and XDIS17 (discharged): new, corrected or cancelled. About a citizen with a real CPR number, whose
 * name is not told (MedCom OIOXML NotificationOfAdmission.xsd, NotificationOfDischarge.xsd).
 */
export const StayNotice = z
  .object({
    type: z.enum(["XDIS17", "XDIS20"]),
    version: z.enum(["XD1730C", "XD2030C"]),
    ...head,
    status: z.enum(["new", "corrected", "cancelled"]),
    sender: Party,
    /** GLN to which the municipality's answer and admission report go. XDIS20 always has it. */
    answerTo: text(35).optional(),
    receiver: Party,
    patient: z.object({
      cpr: Cpr,
      status: z
        .enum([
          "indlagt",
          "doed",
          "udskrevet_til_hjemmet",
          "udskrevet_til_andet",
          "flyttet_til_sygehusafd",
          "uoplyst",
          "flyttet_til_sygehus",
        ])
        .optional(),
    }),
    /** When the citizen was admitted or discharged. */
    at: LocalDateTime,
  })
  .meta({ id: "StayNotice" });
export type StayNotice = z.infer<typeof StayNotice>;

/** XDIS14: the municipality tells the ward whom it can phone (MedCom OIOXML AnswerOfAdmission.xsd). */
export const AdmissionAnswer = z
  .object({
    type: z.literal("XDIS14"),
    version: z.literal("XD1431C"),
    ...head,
    status: z.literal("new"),
    sender: Party,
    contacts: z
      .array(
        z.object({
          names: z.array(text(35)).max(2),
          phone: text(25).optional(),
          /** When the phone is answered, in words. */
          hours: text(35).optional(),
        }),
      )
      .max(5),
    receiver: Party,
    patient: z.object({ cpr: Cpr }),
  })
  .meta({ id: "AdmissionAnswer" });
export type AdmissionAnswer = z.infer<typeof AdmissionAnswer>;
