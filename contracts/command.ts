import { z } from "zod";

/** A command as its service meets it: which, under what id, with what payload. */
export const commandOf = <Type extends string, Payload extends z.ZodType>(
  type: Type,
  payload: Payload,
): z.ZodObject<{ type: z.ZodLiteral<Type>; id: z.ZodString; payload: Payload }> =>
  z.object({ type: z.literal(type), id: z.string(), payload });
