import type { ErrorCode } from "../errors.ts";
import { caseCures } from "./case-cures.ts";
import { faultCures } from "./fault-cures.ts";
import { senderCures } from "./sender-cures.ts";

/** Why a code is met, and what whoever gets it does: for people who make the systems that call the hub. A sentence each. */
export type Cure = { readonly cause: string; readonly cure: string };

export const errorCures: Readonly<Record<ErrorCode, Cure>> = { ...senderCures, ...caseCures, ...faultCures };
