import { adviceForms } from "./advice.ts";
import { bookingForms } from "./booking.ts";
import { dischargeForms } from "./discharge.ts";
import type { CommandForm, CommandForms } from "./form.ts";
import { observationForms } from "./observation.ts";
import { referralForms } from "./referral.ts";

/** Every form that a description is enough for, by the command that it sends. */
export const describedForms: CommandForms = {
  ...adviceForms,
  ...referralForms,
  ...dischargeForms,
  ...observationForms,
  ...bookingForms,
};

export const describedForm = (commandType: string): CommandForm | undefined =>
  Object.hasOwn(describedForms, commandType) ? describedForms[commandType] : undefined;
