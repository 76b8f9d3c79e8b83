import { dateTime, groupOf, list, text } from "../../../tables/element-table.ts";

/** Emessage/Envelope, identical in every version (MedCom EMessage.xsd). */
export const envelopeTable = groupOf(
  dateTime("Sent"),
  text("Identifier", 14),
  list("AcknowledgementCode", ["minuspositivkvitt", "pluspositivkvitt"]),
);
