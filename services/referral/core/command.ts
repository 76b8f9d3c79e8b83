import type { ReferralCommand, ReferralCommandType } from "../../../contracts/messages/referral.ts";

type Payloads = { [Type in ReferralCommandType]: Extract<ReferralCommand, { type: Type }>["payload"] };
export type PayloadOf<Type extends ReferralCommandType> = Payloads[Type];

/** A command as the core meets it. Generic in its type, so that a table of acts can be asked with any of them. */
export type CommandOf<Type extends ReferralCommandType = ReferralCommandType> = {
  [T in Type]: { type: T; id: string; payload: Payloads[T] };
}[Type];
