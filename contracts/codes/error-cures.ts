import type { ErrorCode } from "../errors.ts";
import { caseCures } from "./case-cures.ts";
import type { Cure } from "./fate.ts";
import { faultCures } from "./fault-cures.ts";
import { senderCures } from "./sender-cures.ts";

/** Cause and cure of every code. */
export const errorCures: Readonly<Record<ErrorCode, Cure>> = { ...senderCures, ...caseCures, ...faultCures };
