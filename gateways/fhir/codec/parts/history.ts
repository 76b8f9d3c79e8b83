import type { FhirOrganisation, HistoryStep } from "../../../../contracts/fhir/parts.ts";
import { elementAt, elementsAt, textAt } from "../model/navigate.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import { inOrder } from "./history-order.ts";
import { idIn, type OpenMessage } from "./open-message.ts";
import { organisationAt } from "./organisations.ts";

const earlierRoles: ReadonlySet<unknown> = new Set(["revision", "removal"]);

const earlierFrom = (entity: FhirElement | undefined): HistoryStep["earlier"] => {
  const reference = textAt(entity, "what.reference");
  if (reference !== undefined) return { kind: "message", messageId: idIn(reference) };
  const value = textAt(entity, "what.identifier.value");
  return value === undefined ? undefined : { kind: "letter", value };
};

const timesOf = (provenance: FhirResource): Pick<HistoryStep, "occurred" | "recorded"> => {
  const recorded = textAt(provenance, "recorded");
  const occurred = textAt(provenance, "occurredDateTime") ?? recorded ?? "";
  return { occurred, ...(recorded === undefined || recorded === occurred ? {} : { recorded }) };
};

const entitiesOf = (provenance: FhirResource): Pick<HistoryStep, "earlier" | "removes" | "added"> => {
  const entities = elementsAt(provenance, "entity");
  const before = entities.find(({ role }) => earlierRoles.has(role));
  const earlier = earlierFrom(before);
  const sources = entities.filter(({ role }) => role === "source");
  return {
    ...(earlier === undefined ? {} : { earlier }),
    removes: earlier !== undefined && before?.["role"] === "removal",
    added: sources.flatMap((entity) => textAt(entity, "what.identifier.value") ?? []),
  };
};

const nobodyKnown: FhirOrganisation = { otherIdentifiers: [] };

const stepFrom = (message: OpenMessage, provenance: FhirResource): HistoryStep => ({
  messageId: idIn(textAt(provenance, "target.reference") ?? ""),
  ...timesOf(provenance),
  activity: textAt(provenance, "activity.coding.code") ?? "",
  by: organisationAt(message, provenance, elementAt(provenance, "agent.who")) ?? nobodyKnown,
  ...entitiesOf(provenance),
});

/** Every step in the life of the message, its own last: the one whose target is its MessageHeader (guide, G3 and G4). */
export const historyOf = (message: OpenMessage): HistoryStep[] =>
  inOrder(
    message.ofType("Provenance").map((provenance) => stepFrom(message, provenance)),
    textAt(message.header, "id") ?? "",
  );
