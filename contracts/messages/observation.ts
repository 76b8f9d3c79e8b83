import { z } from "zod";
import { commandOf } from "../command.ts";
import { Address, MunicipalityCode } from "../identifiers.ts";
import { Patient } from "../party.ts";
import { RingAlarm } from "./alarm.ts";
import { Adjustment, Basis, Call, MeasuredMedia, Measurement, Person, Plan } from "./observation-parts.ts";

const onCase = { caseId: z.uuid() };
const text = z.string().min(1).max(2000);
/** At most ten: as many as one letter of attachments holds (MedCom XBIN01). */
const attachments = z.array(MeasuredMedia).min(1).max(10).optional();

/** Open an episode of observation with its first measurement. `messageId` names the case, for ever. */
export const OpenObservation = z
  .object({
    messageId: z.string().min(1).max(70),
    patient: Patient,
    /** GLN of the citizen's practice. Whom a doctor's question goes to follows from it and the hour. */
    practice: Address,
    /** The citizen's. Absent: that of the sender. */
    municipalityCode: MunicipalityCode.optional(),
    /** A score scheme of the hub, in its newest version unless one is given. */
    scheme: z
      .object({ id: z.string().min(1).max(40), version: z.number().int().min(1).optional() })
      .default({ id: "tobs-dk-2013" }),
    measurement: Measurement,
    attachments,
    basis: Basis.default({ kind: "treatment" }),
    /**
     * The citizen refuses that it is passed on to others (MedCom HomeCareObservation, security R): it is shown with the case,
     * and nobody but the practice is told or asked.
     */
    restricted: z.boolean().default(false),
    relatesTo: z.array(z.uuid()).max(10).optional(),
  })
  .meta({ id: "OpenObservation" });
export type OpenObservation = z.infer<typeof OpenObservation>;

/** A further measurement of the episode. `replaces`: the number of one that was wrong, which it stands instead of. */
export const MeasureObservation = z
  .object({
    ...onCase,
    measurement: Measurement,
    attachments,
    replaces: z.object({ measurement: z.number().int().min(1), reason: text }).optional(),
  })
  .meta({ id: "MeasureObservation" });

/** A call that was made. For a tier that is phoned first, it is what puts the question; the message supplements it. */
export const RecordCall = z.object({ ...onCase, call: Call }).meta({ id: "RecordCall" });

/** The doctor's plan: it closes the loop. `call`: the phone request that an acute team is always asked by first. */
export const MakePlan = z.object({ ...onCase, plan: Plan, call: Call.optional() }).meta({ id: "MakePlan" });

/** The team has read the plan; `readBack` is the plan in its own words. */
export const AcknowledgePlan = z
  .object({ ...onCase, by: Person, readBack: text.optional() })
  .meta({ id: "AcknowledgePlan" });

/** A doctor orders other limits, tiers or repeats for this citizen. It replaces what was ordered before. */
export const OrderAdjustment = z
  .object({ ...onCase, adjustment: Adjustment })
  .meta({ id: "OrderAdjustment" });

/** The citizen is dying: no score is asked for, and nothing is due any more (Middelfart, 2020). */
export const DeclareTerminal = z
  .object({ ...onCase, by: Person, note: text.optional() })
  .meta({ id: "DeclareTerminal" });

/** A doctor orders scoring all the same. */
export const OrderScoring = z.object({ ...onCase, by: Person, reason: text }).meta({ id: "OrderScoring" });

/** A measurement was a mistake, e.g. another citizen's. It stays in the record, and counts no more. */
export const RetractMeasurement = z
  .object({ ...onCase, measurement: z.number().int().min(1), reason: text })
  .meta({ id: "RetractMeasurement" });

export const CloseEpisode = z
  .object({
    ...onCase,
    outcome: z.enum(["recovered", "admitted", "handed-over", "died", "other"]),
    note: text.optional(),
  })
  .meta({ id: "CloseEpisode" });

export const ObservationCommands = {
  "observation.open": OpenObservation,
  "observation.measure": MeasureObservation,
  "observation.recordCall": RecordCall,
  "observation.makePlan": MakePlan,
  "observation.acknowledgePlan": AcknowledgePlan,
  "observation.order": OrderAdjustment,
  "observation.declareTerminal": DeclareTerminal,
  "observation.orderScoring": OrderScoring,
  "observation.retract": RetractMeasurement,
  "observation.close": CloseEpisode,
} as const;
export type ObservationCommandType = keyof typeof ObservationCommands;

/** Any command of the service, told apart by its type. */
export const ObservationCommand = z.discriminatedUnion("type", [
  commandOf("observation.open", OpenObservation),
  commandOf("observation.measure", MeasureObservation),
  commandOf("observation.recordCall", RecordCall),
  commandOf("observation.makePlan", MakePlan),
  commandOf("observation.acknowledgePlan", AcknowledgePlan),
  commandOf("observation.order", OrderAdjustment),
  commandOf("observation.declareTerminal", DeclareTerminal),
  commandOf("observation.orderScoring", OrderScoring),
  commandOf("observation.retract", RetractMeasurement),
  commandOf("observation.close", CloseEpisode),
  commandOf("observation.ring", RingAlarm),
]);
export type ObservationCommand = z.infer<typeof ObservationCommand>;
