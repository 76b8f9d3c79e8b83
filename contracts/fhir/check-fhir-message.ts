import { z } from "zod";
import { FhirMessage } from "./fhir-message.ts";

/** Compiling the checks takes as long as some thousands of checks: it is for a process that reads messages all day. */
const fewMessages = 500;
let checked = 0;
let compiled: typeof FhirMessage | undefined;

/**
 * Holds a value to `FhirMessage`; of many, by the checks that Zod compiles of it, in a third of the time. What those do not let pass
 * they give to `FhirMessage` itself, which tells what is wrong with it.
 */
export const checkFhirMessage = (value: unknown): z.ZodSafeParseResult<FhirMessage> => {
  checked += 1;
  if (checked < fewMessages) return FhirMessage.safeParse(value);
  compiled ??= z.compile(FhirMessage, { strict: true });
  return compiled.safeParse(value);
};
