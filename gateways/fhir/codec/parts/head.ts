import { destinationUse } from "../../../../contracts/codes/fhir-code.ts";
import type { FhirCorrespondent, FhirHead } from "../../../../contracts/fhir/parts.ts";
import { elementAt, elementsAt, textAt } from "../model/navigate.ts";
import type { FhirElement } from "../model/resource.ts";
import { historyOf } from "./history.ts";
import type { OpenMessage } from "./open-message.ts";
import { organisationAt } from "./organisations.ts";

const isPrimary = (destination: FhirElement): boolean =>
  elementsAt(destination, "extension.valueCoding").some(
    ({ system, code }) => system === destinationUse && code === "primary",
  );

/** Where the message goes: the primary destination. */
export const destinationOf = ({ header }: OpenMessage): FhirElement | undefined => {
  const destinations = elementsAt(header, "destination");
  return destinations.find(isPrimary) ?? destinations[0];
};

/** Of a message that was found to be in order, both identifiers are there. */
const correspondentAt = (message: OpenMessage, reference: FhirElement | undefined): FhirCorrespondent => {
  const {
    gln = "",
    sor = "",
    ...rest
  } = organisationAt(message, message.header, reference) ?? {
    otherIdentifiers: [],
  };
  return { gln, sor, ...rest };
};

/** What every message has at its head: who sends what to whom, when, and what went before. */
export const readHead = (message: OpenMessage): FhirHead => ({
  bundleId: textAt(message.bundle, "id") ?? "",
  created: textAt(message.bundle, "timestamp") ?? "",
  messageId: textAt(message.header, "id") ?? "",
  sender: correspondentAt(message, elementAt(message.header, "sender")),
  receiver: correspondentAt(message, elementAt(destinationOf(message), "receiver")),
  history: historyOf(message),
});
