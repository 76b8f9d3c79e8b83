import type { FormattedText } from "../../../contracts/formatted-text.ts";
import type { NamedParty } from "../../../contracts/letters/parts.ts";
import { field, person, type Saying, timeInWords } from "./words.ts";

interface Appointment {
  readonly start: string;
  readonly place: string;
  readonly lengthMinutes?: number | undefined;
  readonly instructions?: string | undefined;
  readonly contact?: NamedParty | undefined;
}

/** An organisation that is named beside the letter's own: who it is, and where. */
export const namedParty = (party: NamedParty | undefined): string | undefined => {
  if (party === undefined) return undefined;
  const { organisation, department, unit, street, suburb, postCode, district, phone } = party;
  const place = [street, suburb, [postCode, district].filter(Boolean).join(" ")];
  const told = [organisation, department, unit, ...place, phone === undefined ? "" : `tlf. ${phone}`];
  return told.filter((part) => part !== undefined && part !== "").join(", ");
};

/** When and where somebody is to come. */
export const appointmentLines = (
  { start, place, lengthMinutes, instructions, contact }: Appointment,
  saying: Saying,
): (string | FormattedText | undefined)[] => [
  field("Tid", timeInWords(start, saying)),
  field("Varighed", lengthMinutes === undefined ? undefined : `${lengthMinutes} minutter`),
  field("Sted", place),
  field("Bemærk", instructions),
  field("Kontakt", namedParty(contact)),
];

/** A call that was made, in one line. */
export const callLine = (
  call: { at: string; by: string; number: string; answeredBy: string },
  saying: Saying,
): string =>
  `Ringet ${timeInWords(call.at, saying)} til ${call.number} af ${person({ name: call.by })}; talt med ${call.answeredBy}.`;
