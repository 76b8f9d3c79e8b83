import { caseErrors } from "./codes/case-errors.ts";
import type { Fate } from "./codes/fate.ts";
import { faultCodes } from "./codes/fault-codes.ts";
import { senderErrors } from "./codes/sender-errors.ts";

/** Every error code of the hub: its fate and its meaning in one line. Codes are stable; texts may be bettered. */
export const errorCodes = { ...senderErrors, ...caseErrors, ...faultCodes };
export type ErrorCode = keyof typeof errorCodes;

export const isErrorCode = (text: string): text is ErrorCode => Object.hasOwn(errorCodes, text);

/** A fault: something outside failed. Expected outcomes are decisions, never thrown. */
export class Fault extends Error {
  override readonly name = "Fault";
  readonly code: ErrorCode;
  constructor(code: ErrorCode, options?: { cause?: unknown }) {
    super(errorCodes[code].en, options);
    this.code = code;
  }
  get fate(): Fate {
    return errorCodes[this.code].fate;
  }
}
