/** What is known of an arriving message; `digest` is of what it says. */
export interface Seen<Given extends { readonly digest: string }> {
  /** What that message of that sender's was answered before. */
  readonly first: Given | undefined;
  /** Its Bundle.id came before, with another MessageHeader.id of that sender's. */
  readonly bundleReused: boolean;
  readonly digest: string;
}

/**
 * What to do with an arriving message.
 * - `process`: it is new; or what was told of it was a fault of the hub's own, of which nothing is remembered (KR5).
 * - `answer-again`: it was here before. It is not shown; it gets the answer it got, in a bundle of a new id and time.
 * - `keep-first`: it says something else under an id that was answered. It is not taken, and that answer stands.
 * - `refuse`: fatal-error with `details`.
 */
export type ReceiptDecision<Given> =
  | { readonly do: "process" }
  | { readonly do: "answer-again" | "keep-first"; readonly first: Given }
  | { readonly do: "refuse"; readonly details: "MSG_DUPLICATE_ID" };

/**
 * The receiver's table of reliable messaging (guide to FHIR, section 8.1). A message that was seen is never shown again and
 * never gets ok after fatal-error or the other way round: the first content and the first final answer stand. Where 043 lets a
 * message in a new bundle be processed again, 032 and the test protocols want the first answer: so does this.
 */
export const decideReceipt = <Given extends { readonly digest: string }>({
  first,
  bundleReused,
  digest,
}: Seen<Given>): ReceiptDecision<Given> => {
  if (first !== undefined) return { do: first.digest === digest ? "answer-again" : "keep-first", first };
  return bundleReused ? { do: "refuse", details: "MSG_DUPLICATE_ID" } : { do: "process" };
};
