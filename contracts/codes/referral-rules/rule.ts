import type { OrganisationKind } from "../../messages/directory.ts";
import type { ReferralKind } from "../../messages/referral-content.ts";

/**
 * When a rule is asked at all. `present`: a field is there; `in`: it has one of these values; `ageBelow`: the citizen is younger
 * by the CPR number on the Danish day of the referral.
 */
export type Condition =
  | { field: string; is: "present" }
  | { field: string; in: readonly string[] }
  | { ageBelow: number };

/**
 * What a rule asks of its field. `present`: something is there, not only blanks. `oneOf`: it is one of these. `anyOf`: this field
 * or one of these is there. `ageAtLeast`: by the CPR number in the field, on the day; a number that tells no birth date passes.
 * `past`: a date or instant that has been, a few minutes' difference of clocks allowed. `future`: one that is still to come.
 */
export type Check =
  | { kind: "present" }
  | { kind: "oneOf"; values: readonly string[] }
  | { kind: "anyOf"; fields: readonly string[] }
  | { kind: "ageAtLeast"; years: number }
  | { kind: "past" }
  | { kind: "future" };

/**
 * One demand on the content of a referral. `required`: refused without; `warn`: taken, and the sender is told. Where `receivers`
 * is given only those units demand it: what one radiology department wants, another does without.
 */
export type ContentRule = {
  /** Stable code of the problem. */
  code: string;
  kinds: readonly ReferralKind[];
  /** GLNs; absent: every receiver. */
  receivers?: readonly string[];
  /** Path in the payload, e.g. `referrer.phone`. */
  field: string;
  check: Check;
  when?: readonly Condition[];
  demand: "required" | "warn";
  text: { da: string; en: string };
  source: string;
  /** `sourced`: read in a document; `default`: proposed here, to be set locally. */
  basis: "sourced" | "default";
};

/** Who may refer: kinds of organisation, and for some only under a framework delegation. */
export type SenderRule = {
  kinds: readonly ReferralKind[];
  senders: readonly OrganisationKind[];
  /** These too, when the request says that it is made under a framework delegation. */
  withDelegation: readonly OrganisationKind[];
  source: string;
  basis: "sourced" | "default";
};

/** How long a referral may be taken up after it was sent, in months by the calendar. */
export type Validity = {
  kind: ReferralKind;
  months: number;
  source: string;
  basis: "sourced" | "default";
};
