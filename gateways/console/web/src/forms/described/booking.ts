import { lineAt, longAt, optional, reason } from "./fields.ts";
import { actionForm, both, type CommandForm, type CommandForms, type Field } from "./form.ts";

const at = (address: string, words: readonly [string, string], fields: readonly Field[]): CommandForm =>
  actionForm(`/v1/${address.replace("/", "/{caseId}/")}`, words, fields);

const slotId: Field = { kind: "slot", name: "slotId", label: both("Ledig tid", "Free time") };
const told = optional(longAt("text", ["Besked", "Message"], 350));

/** What may be done to a sub-acute time, and to a booking of one (contracts/messages/booking.ts). */
export const bookingForms: CommandForms = {
  "booking.changeSlot": at(
    "slots/change",
    ["Ret tiden", "Change the time"],
    [
      {
        kind: "whole",
        name: "places",
        min: 1,
        max: 500,
        isOptional: true,
        label: both("Pladser", "Places"),
      },
      optional(lineAt("place", ["Sted", "Place"], 200)),
      optional(longAt("instructions", ["Hvad patienten skal vide", "What the patient is to know"], 1000)),
    ],
  ),
  "booking.cancelSlot": {
    ...at("slots/cancel", ["Aflys tiden", "Cancel the time"], [reason]),
    lead: both("Alle, der har booket den, får besked.", "Everybody who booked it is told."),
  },
  "booking.book": at("bookings/book", ["Book den reserverede tid", "Book the held time"], []),
  "booking.release": at("bookings/release", ["Frigiv tiden", "Give the time back"], [optional(reason)]),
  "booking.choose": at(
    "bookings/choose",
    ["Vælg en anden tid", "Choose another time"],
    [slotId, { kind: "yes", name: "book", label: both("Book med det samme", "Book at once"), isOn: true }],
  ),
  "booking.offer": at("bookings/offer", ["Tilbyd en tid", "Offer a time"], [slotId, told]),
  "booking.acceptOffer": at("bookings/accept-offer", ["Tag imod tiden", "Take the time"], []),
  "booking.declineOffer": at(
    "bookings/decline-offer",
    ["Bed om en anden tid", "Ask for another time"],
    [reason],
  ),
  "booking.answerNone": {
    ...at("bookings/answer-none", ["Ingen ledig tid", "There is no time"], [told]),
    lead: both(
      "Svaret siger selv, hvem der kan ringes til i stedet.",
      "The answer says by itself whom to phone instead.",
    ),
  },
  "booking.attended": at("bookings/attended", ["Mødt", "Attended"], []),
  "booking.noShow": at(
    "bookings/no-show",
    ["Udeblevet", "Did not come"],
    [optional(longAt("followUp", ["Hvordan I følger op", "How you follow up"], 350))],
  ),
};
