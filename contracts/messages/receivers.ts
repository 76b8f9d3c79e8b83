import { z } from "zod";
import { commandOf } from "../command.ts";
import { Address } from "../identifiers.ts";
import { PushedReceiver, PushResult, PushTransport } from "../push.ts";

/** Why a receiver is paused, as an operator says it over HTTP. */
export const PauseReason = z
  .object({
    /** For those who run the hub; no patient's data. */
    reason: z.string().max(200).optional(),
  })
  .meta({ id: "PauseReason" });

/** Bring a receiver nothing until it is resumed. What it is owed waits, and its senders are told after the usual time. */
export const PauseReceiver = z
  .object({
    gln: Address,
    reason: PauseReason.shape.reason,
    /** The person or system that says so. */
    by: z.string().min(1).max(100),
  })
  .meta({ id: "PauseReceiver" });
export const ResumeReceiver = z
  .object({ gln: Address, by: z.string().min(1).max(100) })
  .meta({ id: "ResumeReceiver" });

export const ReceiverCommands = {
  "delivery.pauseReceiver": PauseReceiver,
  "delivery.resumeReceiver": ResumeReceiver,
} as const;

export const ReceiverCommand = z.discriminatedUnion("type", [
  commandOf("delivery.pauseReceiver", PauseReceiver),
  commandOf("delivery.resumeReceiver", ResumeReceiver),
]);
export type ReceiverCommand = z.infer<typeof ReceiverCommand>;

export const ReceiverQueries = { "delivery.receivers": z.object({}) } as const;

/** Everybody to whom the hub brings documents, and what became of its attempts since it was started. */
export const PushedReceivers = z
  .object({
    receivers: z.array(PushedReceiver),
    attempts: z.array(z.object({ transport: PushTransport, result: PushResult, count: z.number().int() })),
  })
  .meta({ id: "PushedReceivers" });
export type PushedReceivers = z.infer<typeof PushedReceivers>;
