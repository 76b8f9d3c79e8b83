import type { LocalDateTime } from "../../../contracts/time.ts";
import type { Fields } from "../../tables/element-table.ts";
import { localTimeValue, textValue } from "../../tables/fields.ts";
import { joinDocument } from "../../tables/join-document.ts";
import type { Loss, Printed } from "../../tables/losses.ts";
import { printGroup } from "../../tables/print-table.ts";
import type { SpokenVersion } from "./spoken-types.ts";
import { envelopeTable } from "./tables/envelope.ts";

/** The hub's own envelope around a letter. `envelopeId` is 1 to 14 characters; receipts come back with it. */
export interface EnvelopeToPrint {
  readonly envelopeId: string;
  readonly sent: LocalDateTime;
  readonly wantsPositiveReceipt: boolean;
}

export interface LetterToPrint {
  readonly spoken: SpokenVersion;
  readonly fields: Fields;
}

/** Letters of one namespace in an Emessage, in ISO-8859-1, as MedCom's senders write it. */
export const printLetters = (
  letters: readonly [LetterToPrint, ...LetterToPrint[]],
  envelope: EnvelopeToPrint,
): Printed => {
  const losses: Loss[] = [];
  const bytes: Uint8Array[] = [];
  const wrapped = printGroup(
    {
      Sent: localTimeValue(envelope.sent),
      Identifier: textValue(envelope.envelopeId),
      AcknowledgementCode: textValue(
        envelope.wantsPositiveReceipt ? "pluspositivkvitt" : "minuspositivkvitt",
      ),
    },
    envelopeTable,
    { path: "Envelope", losses, bytes },
  );
  const printed = letters.map(({ spoken: { root, table }, fields }) => {
    const letter = printGroup(fields, table, { path: root, losses, bytes });
    return `<${root}>${letter}</${root}>`;
  });
  const xml =
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<Emessage xmlns="${letters[0].spoken.namespace}">` +
    `<Envelope>${wrapped}</Envelope>${printed.join("")}</Emessage>`;
  return { bytes: joinDocument(xml, bytes, "latin1"), losses };
};

/** One letter in an Emessage of its version. */
export const printEmessage = (spoken: SpokenVersion, fields: Fields, envelope: EnvelopeToPrint): Printed =>
  printLetters([{ spoken, fields }], envelope);
