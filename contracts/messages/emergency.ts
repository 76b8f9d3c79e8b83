import { z } from "zod";
import { emergencyReasonCodes } from "../codes/emergency-words.ts";
import { Instant } from "../time.ts";
import { PatientQuery } from "./case-list.ts";
import { PersonRole } from "./session.ts";

const Reason = z.enum(emergencyReasonCodes);

/** A person who is no party to a citizen's cases asks to see them, and says why. `text`: their own words, kept in the audit alone. */
export const AskEmergency = z
  .object({
    patient: PatientQuery,
    reason: Reason,
    text: z.string().trim().min(10).max(500),
  })
  .meta({ id: "AskEmergency" });
export type AskEmergency = z.infer<typeof AskEmergency>;

/** Who has seen a citizen's cases without being a party to them, why, and until when. It ends by itself. */
export const EmergencyAccess = z
  .object({
    id: z.uuid(),
    gln: z.string(),
    /** The person's id in their organisation, and the role that it was given to. */
    person: z.string(),
    role: PersonRole,
    reason: Reason,
    from: Instant,
    until: Instant,
  })
  .meta({ id: "EmergencyAccess" });
export type EmergencyAccess = z.infer<typeof EmergencyAccess>;

/** As the hub keeps it: of the citizen a keyed hash alone. */
export const EmergencyGrant = EmergencyAccess.extend({ patient: z.string() });
export type EmergencyGrant = z.infer<typeof EmergencyGrant>;

/** The latest first. `next` is what to give as `cursor` when there are more. */
export const EmergencyPage = z
  .object({ items: z.array(EmergencyAccess), next: z.string().optional() })
  .meta({ id: "EmergencyPage" });
export type EmergencyPage = z.infer<typeof EmergencyPage>;

const under = { emergency: z.uuid(), person: z.string() };
/** Asked by the gateway for a person who is signed in; no partner asks them. */
export const EmergencyQueries = {
  "worklist.emergencyCase": z.object({ ...under, caseId: z.uuid() }),
  "worklist.emergencyCases": z.object(under),
} as const;
export type UnderEmergency = { emergency: string; person: string };
