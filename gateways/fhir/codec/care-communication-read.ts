import type { CareCommunication, Correspondent } from "../../../contracts/fhir/care-communication.ts";
import { extensions } from "./care-communication-names.ts";
import { careSaid } from "./care-communication-said.ts";
import { elementAt, elementsAt, extensionOf, textAt } from "./model/navigate.ts";
import type { FhirElement, FhirResource } from "./model/resource.ts";
import { codedFrom } from "./parts/coded.ts";
import { readHead } from "./parts/head.ts";
import { type NotRead, notReadIn } from "./parts/not-read.ts";
import { type OpenMessage, openMessage, targetOf } from "./parts/open-message.ts";
import { identifierFrom, organisationAt } from "./parts/organisations.ts";
import { patientOf } from "./parts/patient.ts";
import { practitionerAt } from "./parts/practitioners.ts";
import { focusOf, payloadsOf } from "./payloads.ts";

/** A message as it is typed, what its attachments hold, and what it says beyond. */
export interface ReadCareCommunication {
  readonly message: CareCommunication;
  /** By the ids of the payloads. */
  readonly contents: ReadonlyMap<string, Uint8Array>;
  readonly notRead: readonly NotRead[];
}

const correspondentAt = (
  message: OpenMessage,
  from: FhirResource,
  reference: FhirElement | undefined,
): Correspondent | undefined => {
  const found = targetOf(message, from, reference);
  if (found?.resourceType === "CareTeam") {
    const managing = elementAt(found, "managingOrganization");
    const organisation = organisationAt(message, found, managing) ?? { otherIdentifiers: [] };
    return { kind: "team", name: textAt(found, "name") ?? "", organisation };
  }
  const practitioner = practitionerAt(message, from, reference);
  return practitioner === undefined ? undefined : { kind: "practitioner", ...practitioner };
};

const encounterAt = (
  message: OpenMessage,
  communication: FhirResource,
): CareCommunication["encounter"] | undefined => {
  const found = targetOf(message, communication, elementAt(communication, "encounter"));
  if (found?.resourceType !== "Encounter") return undefined;
  const serviceProvider = organisationAt(message, found, elementAt(found, "serviceProvider"));
  return {
    // Both are required of any Encounter (FHIR R4).
    status: textAt(found, "status") ?? "",
    class: codedFrom(elementAt(found, "class")) ?? { system: "", code: "" },
    episodes: elementsAt(found, "episodeOfCare.identifier").flatMap((one) => identifierFrom(one) ?? []),
    ...(serviceProvider === undefined ? {} : { serviceProvider }),
  };
};

const priorities = ["routine", "asap", "urgent", "stat"] as const;

const topicOf = (communication: FhirResource): Pick<CareCommunication, "category" | "priority" | "topic"> => {
  const text = textAt(communication, "priority");
  const priority = priorities.find((one) => one === text);
  const topic = textAt(communication, "topic.text");
  return {
    category: codedFrom(elementAt(communication, "category.coding")) ?? { system: "", code: "" },
    ...(priority === undefined ? {} : { priority }),
    ...(topic === undefined ? {} : { topic }),
  };
};

/** A message in which the rules found no error (codec/rules). */
export const readCareCommunication = (bundle: FhirResource): ReadCareCommunication => {
  const message = openMessage(bundle);
  const communication = focusOf(message) ?? { resourceType: "Communication" };
  const sender = elementAt(extensionOf(communication, extensions.sender), "valueReference");
  const specificSender = correspondentAt(message, communication, sender);
  const specificRecipient = correspondentAt(message, communication, elementAt(communication, "recipient"));
  const encounter = encounterAt(message, communication);
  const { payloads, contents, notRead } = payloadsOf({ message, communication });
  return {
    message: {
      kind: "CareCommunication",
      version: "5.0",
      ...readHead(message),
      patient: patientOf(message),
      threadId: textAt(communication, "identifier.value") ?? "",
      ...topicOf(communication),
      ...(encounter === undefined ? {} : { encounter }),
      ...(specificSender === undefined ? {} : { specificSender }),
      ...(specificRecipient === undefined ? {} : { specificRecipient }),
      payloads,
    },
    contents,
    notRead: [...notReadIn(message, careSaid), ...notRead],
  };
};
