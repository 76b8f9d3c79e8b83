import type { Appointment } from "../messages/referral-facts.ts";

/** MedCom's booking answer has one line, unformatted, for all but the time (XDIS13, Text03). */
const lineLength = 70;

/**
 * Where, for how long, what to bring, and why it was moved, in that one line. `undefined`: it does not fit, and the time is
 * told in words instead, since half of it could send the citizen to the wrong place.
 */
export const appointmentNote = (
  { place, lengthMinutes, instructions }: Appointment,
  reason?: string,
): string | undefined => {
  const line = [
    place,
    lengthMinutes === undefined ? undefined : `${lengthMinutes} min.`,
    instructions,
    reason,
  ]
    .filter((part) => part !== undefined)
    .join("; ");
  return line.length > lineLength || /[\r\n]/.test(line) ? undefined : line;
};
