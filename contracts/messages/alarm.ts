import { z } from "zod";

/** An alarm of a case rang: the payload of `<family>.ring`, sent by the hub itself when the time has come. */
export const RingAlarm = z.object({ caseId: z.uuid(), alarmId: z.string() }).meta({ id: "RingAlarm" });
export type RingAlarm = z.infer<typeof RingAlarm>;
