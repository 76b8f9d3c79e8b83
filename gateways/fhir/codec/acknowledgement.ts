import { issueDetails, responseCodes } from "../../../contracts/codes/fhir-acknowledgement.ts";
import { danishOf, structure } from "../../../contracts/codes/fhir-code.ts";
import type { Acknowledgement, AcknowledgementIssue } from "../../../contracts/fhir/acknowledgement.ts";
import { elementAt, elementsAt, textAt, textsAt } from "./model/navigate.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { assemble } from "./parts/assemble.ts";
import { codedFrom, coding } from "./parts/coded.ts";
import { readHead } from "./parts/head.ts";
import type { Line } from "./parts/narrative.ts";
import { type NotRead, notReadIn, type SaidOf } from "./parts/not-read.ts";
import { type OpenMessage, openMessage, targetOf } from "./parts/open-message.ts";
import { partsSaid } from "./parts/parts-said.ts";
import { beginPrinting, type Printing, referenceTo, resourceOf } from "./parts/printing.ts";
import { many, one, reference, value, values } from "./parts/said.ts";

/** A message as it is typed, and what it says beyond. */
export interface ReadAcknowledgement {
  readonly message: Acknowledgement;
  /** It has no attachments. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly notRead: readonly NotRead[];
}

const { Patient: _nobody, Practitioner: _person, PractitionerRole: _role, ...shared } = partsSaid;

const said: SaidOf = {
  ...shared,
  // The definition says the version, and an answer is about no resource.
  MessageHeader: {
    ...partsSaid.MessageHeader,
    definition: value,
    response: one({ identifier: value, code: value, details: reference }),
  },
  OperationOutcome: {
    issue: many({
      severity: value,
      code: value,
      details: one({ coding: one({ system: value, code: value, display: value }), text: value }),
      diagnostics: value,
      expression: values,
    }),
  },
};

const codes = ["ok", "transient-error", "fatal-error"] as const;
const severities = ["fatal", "error", "warning", "information"] as const;

const issueFrom = (issue: FhirElement): AcknowledgementIssue => {
  const details = codedFrom(elementAt(issue, "details.coding"));
  const [text, diagnostics] = [textAt(issue, "details.text"), textAt(issue, "diagnostics")];
  return {
    severity: severities.find((one) => one === textAt(issue, "severity")) ?? "error",
    code: textAt(issue, "code") ?? "",
    ...(details === undefined ? {} : { details }),
    ...(text === undefined ? {} : { text }),
    ...(diagnostics === undefined ? {} : { diagnostics }),
    expression: [...textsAt(issue, "expression")],
  };
};

/** What the answer points at; else what it carries, which is all that Ack-1 asks for. */
const outcomeOf = (message: OpenMessage): FhirResource | undefined => {
  const { header } = message;
  const named = targetOf(message, header, elementAt(header, "response.details"));
  return named?.resourceType === "OperationOutcome" ? named : message.ofType("OperationOutcome")[0];
};

const isOf =
  (outcome: FhirResource | undefined, message: OpenMessage) =>
  ({ path }: NotRead): boolean =>
    outcome !== undefined && path === message.placeOf(outcome);

/** Reads an Acknowledgement (guide to MedCom FHIR, section 6). Total over bundles in which the rules found no error. */
export const readAcknowledgement = (bundle: FhirResource): ReadAcknowledgement => {
  const message = openMessage(bundle);
  const response = elementAt(message.header, "response");
  const outcome = outcomeOf(message);
  return {
    message: {
      kind: "Acknowledgement",
      version: "2.0",
      ...readHead(message),
      about: textAt(response, "identifier") ?? "",
      code: codes.find((one) => one === textAt(response, "code")) ?? "fatal-error",
      issues: elementsAt(outcome, "issue").map(issueFrom),
    },
    contents: new Map(),
    notRead: notReadIn(message, said).filter((note) => !isOf(outcome, message)(note)),
  };
};

const issueElement = ({ severity, code, details, text, diagnostics, expression }: AcknowledgementIssue) => {
  const coded = details === undefined ? {} : { coding: [coding(details)] };
  const told = { ...coded, ...(text === undefined ? {} : { text }) };
  return {
    severity,
    code,
    ...(details === undefined && text === undefined ? {} : { details: told }),
    ...(diagnostics === undefined ? {} : { diagnostics }),
    ...(expression.length === 0 ? {} : { expression }),
  };
};

const issueLine = ({ severity, code, details, text, expression }: AcknowledgementIssue): Line => {
  const known = details === undefined ? code : danishOf(issueDetails.codes, details.code);
  return [severity, [text ?? known, ...expression].join(" - ")];
};

const outcomeIn = (printing: Printing, issues: readonly AcknowledgementIssue[]): FhirResource => {
  const type = "OperationOutcome";
  const profile = structure("acknowledgement", "medcom-acknowledgement-operationoutcome");
  const lines = issues.map(issueLine);
  const head = { type, id: printing.idFor(type), profile, title: "Bemærkninger til meddelelsen", lines };
  return resourceOf(head, { issue: issues.map(issueElement) });
};

/** The message as a Bundle, version 2.0 (guide to MedCom FHIR, section 6). */
export const printAcknowledgement = (
  message: Acknowledgement,
  { idFor }: { readonly idFor: (name: string) => string },
): FhirResource => {
  const printing = beginPrinting("acknowledgement", idFor);
  const { about, code, issues } = message;
  const outcomes = issues.length === 0 ? [] : [outcomeIn(printing, issues)];
  const [outcome] = outcomes;
  return assemble(printing, {
    head: message,
    profile: "medcom-messaging-acknowledgement",
    headerProfile: "medcom-messaging-acknowledgementHeader",
    event: "acknowledgement-message",
    title: `Kvittering: ${danishOf(responseCodes.codes, code)}`,
    header: {
      response: {
        identifier: about,
        code,
        ...(outcome === undefined ? {} : { details: referenceTo(outcome) }),
      },
    },
    resources: outcomes,
  });
};
