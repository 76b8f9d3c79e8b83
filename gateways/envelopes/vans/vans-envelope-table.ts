import {
  choice,
  type ElementSpec,
  element,
  group,
  groupOf,
  list,
  optional,
  repeated,
  text,
} from "../../tables/element-table.ts";

export const vansNamespace = "urn:oio:medcom:vans-envelope:1.0.4";
export const endPointTypes = ["EAN", "CVR", "VANS"] as const;
export const documentFormats = ["XML", "EDIFACT", "HL7", "Binary", "Other"] as const;

const endPoint = (name: string): ElementSpec => ({
  ...text(name, 18),
  attribute: { name: "EndPointType", content: { kind: "list", values: endPointTypes } },
});
/** A UUID by the schema; regional gateways write other things, so any text is read (guide, section 10). */
const uuid = (name: string): ElementSpec => text(name, 255);

const metaInformation: readonly ElementSpec[] = [
  uuid("Identifier"),
  optional(group("Processing", text("ProviderIdentifier", 255), text("ServiceIdentifier", 255))),
  group(
    "Document",
    list("Format", documentFormats),
    text("Name", 255),
    optional(text("Version", 255)),
    element("SizeInBytes", { kind: "pattern", pattern: /^\d{1,10}$/, collapse: true }),
  ),
  optional(
    group(
      "Transport",
      optional(list("Type", ["reliable", "unreliable"])),
      element("TransformMessage", { kind: "pattern", pattern: /^(true|false|0|1)$/, collapse: true }),
      repeated(
        {
          ...text("ServiceTag", 70),
          attribute: { name: "name", content: { kind: "text", min: 1, max: 70 } },
        },
        0,
        5,
      ),
    ),
  ),
];
const failure = group(
  "Error",
  optional(element("Code", { kind: "pattern", pattern: /^\d{1,15}$/, collapse: true })),
  text("Description", 512),
);
const original = group("OriginalMessage", ...metaInformation);

/** VANSEnvelope 1.0.4 (MedCom, "Den Gode VANSEnvelope" rev. 1.3). */
export const vansEnvelopeTable = groupOf(
  endPoint("SenderID"),
  endPoint("ReceiverID"),
  uuid("EnvelopeIdentifier"),
  element("SentDateTime", {
    kind: "pattern",
    pattern: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)?$/,
    collapse: true,
  }),
  choice(
    [group("Message", group("MetaInformation", ...metaInformation), element("Data", { kind: "base64" }))],
    [
      group(
        "Receipt",
        choice(
          [group("NegativeVans", failure, uuid("OriginalEnvelopeIdentifier"), optional(original))],
          [group("NegativeMessage", failure, uuid("OriginalEnvelopeIdentifier"), original)],
          [group("PositiveMessage", uuid("OriginalEnvelopeIdentifier"), original)],
        ),
      ),
    ],
  ),
);
