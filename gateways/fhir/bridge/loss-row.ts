/**
 * Everything in which a message may differ after it went to the other standard and back, and why (MedCom's mapping sheets of
 * January 2026; guide to MedCom FHIR, section 11). `touches`: the places that may differ, `*` for any index, of the form that is
 * named in `of`; a property test compares and allows nothing else. The hub keeps every message whole beside what it made of it.
 */
export interface LossRow {
  readonly of: "CareCommunication" | "letter";
  readonly touches: readonly string[];
  readonly da: string;
  readonly en: string;
}
