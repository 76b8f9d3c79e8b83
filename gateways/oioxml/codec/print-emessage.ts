import type { LocalDateTime } from "../../../contracts/time.ts";
import type { Fields } from "./element-table.ts";
import { localTimeValue, textValue } from "./fields.ts";
import type { Loss, Printed } from "./losses.ts";
import { printGroup } from "./print-table.ts";
import type { SpokenType } from "./spoken-types.ts";
import { envelopeTable } from "./tables/envelope.ts";

/** The hub's own envelope around a letter. `envelopeId` is 1 to 14 characters; receipts come back with it. */
export interface EnvelopeToPrint {
  readonly envelopeId: string;
  readonly sent: LocalDateTime;
  readonly wantsPositiveReceipt: boolean;
}

/** One letter in an Emessage of its version, in ISO-8859-1, as MedCom's senders write it. */
export const printEmessage = (spoken: SpokenType, fields: Fields, envelope: EnvelopeToPrint): Printed => {
  const losses: Loss[] = [];
  const wrapped = printGroup(
    {
      Sent: localTimeValue(envelope.sent),
      Identifier: textValue(envelope.envelopeId),
      AcknowledgementCode: textValue(
        envelope.wantsPositiveReceipt ? "pluspositivkvitt" : "minuspositivkvitt",
      ),
    },
    envelopeTable,
    { path: "Envelope", losses },
  );
  const letter = printGroup(fields, spoken.table, { path: spoken.root, losses });
  const xml =
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<Emessage xmlns="${spoken.namespace}">` +
    `<Envelope>${wrapped}</Envelope><${spoken.root}>${letter}</${spoken.root}></Emessage>`;
  return { bytes: Buffer.from(xml, "latin1"), losses };
};
