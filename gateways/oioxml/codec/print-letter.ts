import type { Letter } from "../../../contracts/letter.ts";
import { letterFields } from "./clinical-email.ts";
import type { Printed } from "./losses.ts";
import { type EnvelopeToPrint, printEmessage } from "./print-emessage.ts";
import { splitTexts } from "./split-text.ts";
import { spokenTypes } from "./spoken-types.ts";

/** XD9134L has room for ten blocks of text. */
const inBlocks = (letter: Letter): Letter => ({
  ...letter,
  texts: splitTexts(letter.texts, 10, { textOf: (text) => text, withText: (_, text) => text }),
});

/** A letter as XDIS91 XD9134L in an Emessage of its own. */
export const printLetter = (letter: Letter, envelope: EnvelopeToPrint): Printed =>
  printEmessage(spokenTypes.XDIS91, letterFields(inBlocks(letter)), envelope);
