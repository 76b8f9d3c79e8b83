import {
  activitySystem,
  danishOf,
  destinationUse,
  destinationUseExtension,
  endpointOf,
  eventSystem,
  structure,
} from "../../../../contracts/codes/fhir-code.ts";
import { activityCodes } from "../../../../contracts/codes/fhir-messaging.ts";
import type { FhirHead, FhirOrganisation, HistoryStep } from "../../../../contracts/fhir/parts.ts";
import type { FhirElement, FhirResource } from "../model/resource.ts";
import type { Line } from "./narrative.ts";
import { organisationReference, type Printing, pathOf, resourceOf } from "./printing.ts";

/** What a message has of its own, beside its head. */
export interface Assembly {
  readonly head: FhirHead;
  /** Profile of the bundle, e.g. `medcom-hospitalNotification-message`. */
  readonly profile: string;
  readonly headerProfile: string;
  readonly event: string;
  /** What kind of message it is, in Danish. */
  readonly title: string;
  /** Elements of the MessageHeader beyond what all have: `extension`, `focus`, `definition`, `response`. */
  readonly header: FhirElement;
  /** Of the citizen and what is told, in their order. */
  readonly resources: readonly FhirResource[];
  /** Profiles of sender and receiver, where they are the message's own. */
  readonly senderProfile?: string;
  readonly receiverProfile?: string;
  /** Profile of the Provenances, where it is the message's own. */
  readonly provenanceProfile?: string;
}

const entityOf = ({ earlier, removes, added }: HistoryStep): FhirElement => {
  const role = removes ? "removal" : "revision";
  const before =
    earlier === undefined
      ? []
      : [
          {
            role,
            what:
              earlier.kind === "message"
                ? { reference: `MessageHeader/${earlier.messageId}` }
                : { identifier: { value: earlier.value } },
          },
        ];
  const sources = added.map((value) => ({ role: "source", what: { identifier: { value } } }));
  const entity = [...before, ...sources];
  return entity.length === 0 ? {} : { entity };
};

/** An organisation of the past that did not come along, as it did not in the message that told of it (HN_MORS_L). */
const isNobody = ({ otherIdentifiers, ...said }: FhirOrganisation): boolean =>
  otherIdentifiers.length === 0 && Object.keys(said).length === 0;

const whoOf = (printing: Printing, { by }: HistoryStep): FhirElement =>
  isNobody(by)
    ? { reference: `Organization/${printing.idFor("Organization.unknown")}` }
    : organisationReference(printing, by);

const provenance = (
  printing: Printing,
  step: HistoryStep,
  { id, profile }: { id: string; profile: string },
): FhirResource => {
  const lines: Line[] = [
    ["Aktivitet", danishOf(activityCodes, step.activity)],
    ["Tidspunkt", step.occurred],
    ["Af", step.by.name ?? step.by.gln],
  ];
  return resourceOf(
    { type: "Provenance", id, profile, title: "Hændelse", lines },
    {
      target: [{ reference: `MessageHeader/${step.messageId}` }],
      occurredDateTime: step.occurred,
      recorded: step.recorded ?? step.occurred,
      activity: { coding: [{ system: activitySystem, code: step.activity }] },
      agent: [{ who: whoOf(printing, step) }],
      ...entityOf(step),
    },
  );
};

const headerOf = (printing: Printing, { head, ...message }: Assembly): FhirResource => {
  const { sender, receiver } = head;
  const lines: Line[] = [
    ["Fra", sender.name ?? sender.gln],
    ["Til", receiver.name ?? receiver.gln],
  ];
  const { extension, ...rest } = message.header;
  const profile = structure(printing.ig, message.headerProfile);
  return resourceOf(
    { type: "MessageHeader", id: head.messageId, profile, title: message.title, lines },
    {
      ...(extension === undefined ? {} : { extension }),
      eventCoding: { system: eventSystem, code: message.event },
      destination: [
        {
          extension: [
            {
              url: destinationUseExtension,
              valueCoding: { system: destinationUse, code: "primary" },
            },
          ],
          endpoint: endpointOf(receiver.sor),
          receiver: organisationReference(printing, receiver, message.receiverProfile),
        },
      ],
      sender: organisationReference(printing, sender, message.senderProfile),
      source: { endpoint: endpointOf(sender.sor) },
      ...rest,
    },
  );
};

/**
 * The bundle of a message: its header, the citizen and what is told, whom it names, and its history (guide to MedCom FHIR,
 * section 3). Whatever the printing has collected stands in it, so it is made last.
 */
export const assemble = (printing: Printing, message: Assembly): FhirResource => {
  const { head } = message;
  const header = headerOf(printing, message);
  const profile = message.provenanceProfile ?? structure("messaging", "medcom-messaging-provenance");
  const history = head.history.map((step, at) =>
    provenance(printing, step, { id: printing.idFor(`Provenance.${String(at + 1)}`), profile }),
  );
  const resources = [
    header,
    ...message.resources,
    ...[...printing.people.values()].flat(),
    ...printing.organisations.values(),
    ...history,
  ];
  return {
    resourceType: "Bundle",
    id: head.bundleId,
    meta: { profile: [structure(printing.ig, message.profile)] },
    type: "message",
    timestamp: head.created,
    entry: resources.map((resource) => ({
      fullUrl: `https://medcomfhir.dk/ig/${printing.ig}/${pathOf(resource)}`,
      resource,
    })),
  };
};
