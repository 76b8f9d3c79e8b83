import { z } from "zod";
import { Address } from "../identifiers.ts";

/**
 * What a partner sends on a subject of its own: a command (`from.<gln>.cmd.<type>`) or a query (`from.<gln>.qry.<type>`). The type
 * and who it is are the subject's, which the server has checked; everything else that an envelope of the hub's own holds is for
 * the hub to say.
 */
export const PartnerRequest = z
  .strictObject({
    /** The same id is the same command, at any distance in time; ids of other partners are other commands. */
    id: z
      .string()
      .regex(/^[\x21-\x7e]{1,150}$/, "An id is 1 to 150 printable ASCII characters without blanks."),
    /** The unit of the partner's that acts; absent: the partner itself. */
    sender: Address.optional(),
    /** The partner's own name for the chain that this is part of. */
    correlation: z
      .string()
      .regex(/^[\x21-\x7e]{1,150}$/)
      .optional(),
    payload: z.unknown(),
  })
  .meta({ id: "PartnerRequest" });
export type PartnerRequest = z.infer<typeof PartnerRequest>;
