import fc from "fast-check";
import { issueDetails } from "../../contracts/codes/fhir-acknowledgement.ts";
import type { Acknowledgement, AcknowledgementIssue } from "../../contracts/fhir/acknowledgement.ts";
import { anyCode, anyHead, anyId, anyLine, anyText } from "./fhir-arbitraries.ts";

const present = <Value extends object>(value: Value): Value =>
  Object.fromEntries(Object.entries(value).filter(([, one]) => one !== undefined)) as Value;
const maybe = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value | undefined> =>
  fc.option(value, { nil: undefined });

const anyDetails = fc
  .constantFrom(...issueDetails.codes)
  .chain(({ system, code, display }) => fc.constantFrom({ system, code }, { system, code, display }));

const anyIssue: fc.Arbitrary<AcknowledgementIssue> = fc
  .record({
    severity: fc.constantFrom("fatal" as const, "error" as const, "warning" as const, "information" as const),
    code: anyCode,
    details: maybe(anyDetails),
    text: maybe(anyText()),
    diagnostics: maybe(anyText()),
    expression: fc.array(anyLine(), { maxLength: 2 }),
  })
  .map((issue) => present(issue) as AcknowledgementIssue);

/** Any that its contract allows, and Ack-1: what is not ok says why. */
export const anyAcknowledgement: fc.Arbitrary<Acknowledgement> = fc
  .record({
    head: anyHead({ activity: fc.constant("acknowledgement") }),
    about: anyId,
    code: fc.constantFrom("ok" as const, "transient-error" as const, "fatal-error" as const),
    issues: fc.array(anyIssue, { minLength: 1, maxLength: 3 }),
    none: fc.boolean(),
  })
  .map(({ head, about, code, issues, none }) => ({
    kind: "Acknowledgement" as const,
    version: "2.0" as const,
    ...head,
    about,
    code,
    issues: code === "ok" && none ? [] : issues,
  }));
