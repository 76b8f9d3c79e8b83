import type { Letter } from "../../../contracts/letter.ts";
import type { Loss, Printed } from "../../tables/losses.ts";
import { letterFields } from "./clinical-email.ts";
import { type EnvelopeToPrint, printEmessage } from "./print-emessage.ts";
import { splitTexts } from "./split-text.ts";
import { spokenTypes } from "./spoken-types.ts";

const { XDIS91 } = spokenTypes;

/** XD9134L has room for ten blocks of text. */
const inBlocks = (letter: Letter, losses: Loss[]): Letter => ({
  ...letter,
  texts: splitTexts(letter.texts, 10, {
    textOf: (text) => text,
    withText: (_, text) => text,
    onSplit: () => {
      losses.push({ code: "text-split", path: `${XDIS91.root}/ClinicalInformation` });
    },
  }),
});

/** A letter as XDIS91 XD9134L in an Emessage of its own. */
export const printLetter = (letter: Letter, envelope: EnvelopeToPrint): Printed => {
  const split: Loss[] = [];
  const { bytes, losses } = printEmessage(XDIS91, letterFields(inBlocks(letter, split)), envelope);
  return { bytes, losses: [...split, ...losses] };
};
