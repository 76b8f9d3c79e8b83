import { z } from "zod";
import { Cpr, IdentifierCode } from "./identifiers.ts";

/** A blank-tolerant text of a message, 1 to `max` characters as the standard allows. */
const text = (max: number): z.ZodString => z.string().min(1).max(max);

/**
 * An organisation as a message names it (MedCom OIOXML Sender.xsd, Receiver.xsd). `gln` is the address that routes the
 * message; `identifier` is who the organisation is. `gln` stays text: real messages carry VANS operators' names in it.
 */
export const Party = z
  .object({
    gln: text(35),
    identifier: z.object({ code: IdentifierCode, value: text(17) }),
    organisation: text(35).optional(),
    department: text(35).optional(),
    unit: text(35).optional(),
    street: text(35).optional(),
    suburb: text(35).optional(),
    district: text(35).optional(),
    postCode: z.string().max(9).optional(),
    phone: text(25).optional(),
    /** MedCom MedicalSpecialityCode, e.g. `med_endokrinologi`. The list grows without a new version: unknown is a warning. */
    speciality: z.string().optional(),
  })
  .meta({ id: "Party" });
export type Party = z.infer<typeof Party>;

/** Where the patient is in the sender's care (MedCom OIOXML ValueLists.xsd, EpisodeOfCareStatusCode). */
export const EpisodeOfCareStatus = z.enum(["inaktiv", "indlagt", "ambulant", "doed", "ambulant_roentgen"]);

/** How a message tells who the citizen is: a CPR number, or a replacement for one (ten characters). */
export const patientIds = { cpr: Cpr.optional(), alternativeId: z.string().length(10).optional() };

const isObject = (value: unknown): boolean => typeof value === "object" && value !== null;

/** The rule of `patientIds`. It is asked also when another field is wrong, since a sender is told everything at once. */
export const hasOnePatientId = (patient: {
  cpr?: string | undefined;
  alternativeId?: string | undefined;
}): boolean => (patient.cpr === undefined) !== (patient.alternativeId === undefined);
export const onePatientId = {
  message: "Give exactly one of cpr and alternativeId.",
  params: { code: "patient-id-one" },
  when: ({ value }: { value: unknown }): boolean => isObject(value),
};

/** The citizen a message is about. */
export const Patient = z
  .object({
    ...patientIds,
    surname: text(70),
    givenName: text(70).optional(),
    street: text(35).optional(),
    suburb: text(35).optional(),
    district: text(35).optional(),
    postCode: z.string().max(9).optional(),
    occupation: text(35).optional(),
    episodeOfCareStatus: EpisodeOfCareStatus.default("inaktiv"),
  })
  .refine(hasOnePatientId, onePatientId)
  .meta({ id: "Patient" });
export type Patient = z.infer<typeof Patient>;
