import type { Letter } from "../../../contracts/letter.ts";
import { letterFields } from "./clinical-email.ts";
import type { Printed } from "./losses.ts";
import { type EnvelopeToPrint, printEmessage } from "./print-emessage.ts";
import { spokenTypes } from "./spoken-types.ts";

/** A letter as XDIS91 XD9134L in an Emessage of its own. */
export const printLetter = (letter: Letter, envelope: EnvelopeToPrint): Printed =>
  printEmessage(spokenTypes.XDIS91, letterFields(letter), envelope);
