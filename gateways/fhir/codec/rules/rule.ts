import type { FhirValueSet } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirMessageKind } from "../../../../contracts/fhir/fhir-message.ts";
import type { FhirProblem } from "../model/fhir-problem.ts";
import type { AcknowledgementCode, Severity } from "../model/problem-codes.ts";
import type { FhirResource } from "../model/resource.ts";
import type { OpenMessage } from "../parts/open-message.ts";
import type { RuleCode } from "./rule-codes.ts";

export interface Words {
  readonly en: string;
  readonly da: string;
}

/**
 * What a rule found. `rule` is the rule's own name (`HN-6`) or `profile:element` for a row of a table; `acknowledgement` is
 * how MedCom's list of issue details says it.
 */
export interface RuleProblem extends FhirProblem {
  readonly rule: string;
  readonly acknowledgement: AcknowledgementCode;
}

/** A message being checked. */
export interface Checked extends OpenMessage {
  /** Those whose target is this message's own header (G3). */
  readonly current: readonly FhirResource[];
  readonly kind: FhirMessageKind;
  /** The types of resources that the message is made of. */
  readonly known: ReadonlySet<string>;
}

/** What a value of an element must look like. */
export interface Form {
  readonly fits: (text: string) => boolean;
  readonly code: RuleCode;
  readonly says: Words;
}

/**
 * One row of a table: what a profile demands of an element. `at` is a path from the resource with the names of JSON and the
 * profile's own names of slices: `destination:primary.receiver`. `to`: the kinds of resource that a reference may point at,
 * and that it does point. Without `severity` it is an error. `says` stands in place of the code's own sentence.
 */
export interface ElementRow {
  readonly at: string;
  readonly min?: number;
  readonly max?: number;
  readonly is?: string;
  readonly in?: FhirValueSet;
  readonly form?: Form;
  readonly to?: readonly string[];
  readonly severity?: Severity;
  readonly code?: RuleCode;
  readonly says?: Words;
}

/** The table of one published profile, by its name and the release it was read from. */
export interface Profile {
  readonly name: string;
  readonly release: string;
  readonly rows: readonly ElementRow[];
}

/** A rule about more than one element. `broken` gives the places where it is, none when it holds. */
export interface Rule {
  readonly id: string;
  readonly source: string;
  readonly severity: Severity;
  readonly code: RuleCode;
  readonly says: Words;
  readonly broken: (message: Checked) => readonly string[];
}

/** Which resources of a message a profile is for: every one of a type, or those with a part in it. */
export type Part =
  | "Bundle"
  | "header"
  | "sender"
  | "receiver"
  | "report recipient"
  | { readonly type: string };

/** Everything that one version of a message is held to. */
export interface MessageRules {
  readonly kind: FhirMessageKind;
  /** The version that is meant where a message says none; every version with the same first number is held to this table. */
  readonly version: string;
  readonly profiles: readonly (readonly [Part, Profile])[];
  readonly rules: readonly Rule[];
  /** The resources that it is made of; others are ignored (R-Tek-C). */
  readonly resources: ReadonlySet<string>;
}
