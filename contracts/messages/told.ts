import { z } from "zod";
import { Instant } from "../time.ts";

/**
 * That the answer to a document left the hub: the other of the two facts "we handled it" and "the sender knows". `answered`: to its last
 * byte to the caller who waited; `placed`: it lies in the sender's folder. The document itself, and what it came to, stand under
 * `intake`. What is not here may have been told all the same (the hub died in between): then nobody knows, and the sender asks again.
 */
export const Told = z.object({ intake: z.string(), at: Instant, how: z.enum(["answered", "placed"]) });
export type Told = z.infer<typeof Told>;

/** A moment's worth of them, in one write: one write for each would cost a third of what the disk can do. */
export const ToldBatch = z.object({ told: z.array(Told).min(1) }).meta({ id: "ToldBatch" });
export type ToldBatch = z.infer<typeof ToldBatch>;
