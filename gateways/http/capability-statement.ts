/** MedCom's definitions of the messages that `POST /fhir/$process-message` takes, and of the answer that each is given. */
const messages = [
  ["HospitalNotification", "hospital-notification-message", "3.0"],
  ["CareCommunication", "care-communication-message", "5.0"],
  ["HomeCareObservation", "homecareobservation-message", "1.1"],
  ["Acknowledgement", "acknowledgement-message", "2.0"],
] as const;

const definitionOf = (name: string): string =>
  `http://medcomfhir.dk/ig/messagedefinitions/MessageDefinition/MedCom${name}MessageDefinition`;

/** What this server says of itself (FHIR R4, CapabilityStatement). `released`: a date, when the statement was last changed. */
export const capabilityStatement = (
  version: string,
  released: string,
): Readonly<Record<string, unknown>> => ({
  resourceType: "CapabilityStatement",
  status: "active",
  date: released,
  kind: "instance",
  software: { name: "Sektorbro", version },
  implementation: {
    description: "MedCom FHIR messages between general practice, hospitals and municipalities",
  },
  fhirVersion: "4.0.1",
  format: ["application/fhir+xml", "application/fhir+json"],
  rest: [
    {
      mode: "server",
      documentation: "Messages only: each is answered with a MedCom Acknowledgement.",
      operation: [
        {
          name: "process-message",
          definition: "http://hl7.org/fhir/OperationDefinition/MessageHeader-process-message",
        },
      ],
    },
  ],
  messaging: [
    {
      documentation:
        "The same message again gets the same answer, at any distance in time. " +
        messages.map(([name, event, of]) => `${name} ${of} (${event})`).join(", "),
      supportedMessage: messages.flatMap(([name]) => [
        { mode: "receiver", definition: definitionOf(name) },
        { mode: "sender", definition: definitionOf(name) },
      ]),
    },
  ],
});
