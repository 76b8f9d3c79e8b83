import { printingLosses } from "../../tables/losses.ts";

/**
 * Everything in which print(parse(x)) may differ from x, and why. A round-trip test compares the two and allows nothing
 * else; what a value of ours loses on its way into an older form is in `printingLosses`.
 */
export const readingLosses = {
  "encoding-declaration":
    "The hub writes ISO-8859-1 (MedCom's senders do); other characters become references.",
  "own-envelope": "Envelope tells of the hub's own sending: its number, its time, its wish for a receipt.",
  "blank-between-elements": "Blanks between elements are layout. Blanks in text are kept.",
  "comment-or-instruction": "Comments and processing instructions are no part of a letter.",
  cdata: "CDATA is a way of writing text; the text is kept.",
  prefix: "Namespace prefixes and xsi: hints are a way of writing; the hub uses the default namespace.",
  "escaped-tags": "Known tags that came escaped (&lt;Break/&gt;) are printed as the elements they stand for.",
  "local-elements": "Local_Elements is for two parties' own use (MedCom EMessage.xsd) and is not read.",
  "base64-lines": "Base64 is decoded, checked and wrapped anew at 76 characters.",
  "uuid-case": "Object identifiers of binary letters are compared and printed in lower case.",
  "date-zone": "A zone on a date is dropped: MedCom's times are Danish, and newer schemas forbid it.",
  "number-form": "Leading zeros and surrounding blanks of a size are dropped.",
  "vans-envelope": "The VANS envelope is between two VANS operators; the hub writes its own.",
  "split-letters": "Several letters of one Emessage are each handled, and sent on, on their own.",
  "empty-group": "A group without content says nothing and is not written.",
  "booking-namespace": "XD1333L is written in the namespace of 2005, whichever of its two it came in.",
  "receipt-statistics": "A receipt's StatisticalCode is written as its type.",
} as const;

export type LossCode = keyof typeof readingLosses | keyof typeof printingLosses;

export const reasonOf = (code: LossCode): string => ({ ...readingLosses, ...printingLosses })[code];
