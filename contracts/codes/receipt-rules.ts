/**
 * How long the hub waits for a receipt, and how often it sends a document again. The sources disagree, so it is
 * configuration: MedCom "Reliable messaging" 020 and 043 say 30 minutes and at most two resends, 040 and the test protocol for
 * acknowledgements at most three, the VANS conversion use cases 120 minutes and up to three (guide to FHIR, section 8.3).
 */
export type ReceiptRules = {
  /** From when a document was handed over. */
  readonly receiptSeconds: number;
  /** How often it is sent again by itself, after the first time. */
  readonly resends: number;
  /** How long a document may lie before its receiver fetches it. */
  readonly fetchSeconds: number;
};

/** A region sets its own. That a system which has not looked for a day is down is a guess of ours. */
export const defaultReceiptRules: ReceiptRules = {
  receiptSeconds: 30 * 60,
  resends: 3,
  fetchSeconds: 24 * 60 * 60,
};

/**
 * How many days the answer to a message is kept, so that a copy of it is answered as the first was. A sender's whole window of
 * resending is 4 x 120 minutes at most, but the conversion service sends receipts for up to three months.
 */
export const answersKeptDays = 92;
