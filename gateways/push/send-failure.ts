import type { PushCode } from "../../contracts/codes/push-codes.ts";

/** Nobody said yes or no: why, in a word of `contracts/codes/push-codes.ts`. */
export class SendFailure extends Error {
  override readonly name = "SendFailure";
  readonly code: PushCode;
  constructor(code: PushCode, options?: { cause?: unknown }) {
    super(code, options);
    this.code = code;
  }
}
