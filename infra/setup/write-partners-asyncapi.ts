/** Writes `contracts/asyncapi-partners.json`: what a partner says and hears on subjects of its own. A test fails when it is stale. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { partnerCommands, partnerQueries } from "../../contracts/codes/partner-calls.ts";
import { PartnerRequest } from "../../contracts/messages/partner.ts";
import { commandTables, queryTables } from "./message-tables.ts";
import { printJson } from "./print-json.ts";
import {
  type Json,
  needed,
  payloadOf,
  queryReply,
  refTo,
  replyChannel,
  schemasOf,
} from "./write-asyncapi.ts";

const gln = { gln: { description: "The partner's GLN. The server lets no other partner publish here." } };
const reply = {
  location: "$message.header#/reply",
  description: "The reply subject of the request, in the partner's own `_INBOX_<gln>.>`.",
};
const text = (description: string): Json => ({ type: "string", description });
const headersOf = (properties: Json, required: readonly string[] = []): Json => ({
  type: "object",
  properties,
  ...(required.length === 0 ? {} : { required }),
});

const traceparent = text("W3C Trace Context: the sender's own trace goes on through the hub.");

/** A command or a query: an id, perhaps the unit that acts, and the payload. Who it is and what it is, the subject says. */
const requestOf = (payload: unknown): Json => ({
  allOf: [
    refTo(z.globalRegistry.get(PartnerRequest)?.id ?? "", "input"),
    { type: "object", properties: { payload } },
  ],
});

type Call = { key: string; channel: Json; operation: Json };

const callOf = (prefix: "cmd" | "qry", type: string, payload: unknown): Call => {
  const key = `${prefix}-${type.replace(".", "-")}`;
  return {
    key,
    channel: {
      address: `from.{gln}.${prefix}.${type}`,
      parameters: gln,
      messages: {
        request: {
          name: type,
          contentType: "application/json",
          headers: headersOf({ traceparent }),
          payload: requestOf(payload),
        },
      },
    },
    operation: {
      action: "receive",
      channel: { $ref: `#/channels/${key}` },
      messages: [{ $ref: `#/channels/${key}/messages/request` }],
      reply: {
        address: reply,
        channel: { $ref: `#/channels/${prefix === "cmd" ? "command-reply" : "query-reply"}` },
      },
    },
  };
};

const calls = (): Call[] =>
  [
    ...[...partnerCommands].map((type) => [type, commandTables[type], "cmd"] as const),
    ...[...partnerQueries].map((type) => [type, queryTables[type], "qry"] as const),
  ].map(([type, schema, prefix]) => callOf(prefix, type, schema === undefined ? {} : payloadOf(schema)));

const document: Json = {
  type: "string",
  format: "binary",
  description: "The document as it is: MedCom XML or FHIR.",
};

/** What the partner sends of a standard. */
const documents: Json = {
  address: "from.{gln}.doc",
  title: "A document of a standard",
  description:
    "MedCom OIOXML or FHIR, bare or in an envelope. The answer comes when it is on disk and read: the standard's own receipt.",
  parameters: gln,
  messages: {
    document: {
      name: "Document",
      headers: headersOf(
        { "content-type": text("application/xml, application/fhir+xml, application/fhir+json"), traceparent },
        ["content-type"],
      ),
      payload: document,
    },
  },
};

const receipts: Json = {
  address: null,
  messages: {
    receipt: {
      name: "Receipt",
      headers: headersOf(
        {
          "content-type": text("Of the receipt: the standard's own, or JSON where there is none."),
          "sektorbro-status": text(
            "As over HTTP: 201 accepted, 200 seen before, 422 refused, 503 send it again.",
          ),
          "sektorbro-intake": text("Under this the bytes are kept."),
          "sektorbro-case": text("The case that it belongs to."),
          "sektorbro-due": text("When an answer is owed."),
          "retry-after": text("Of 503: after so many seconds."),
        },
        ["content-type", "sektorbro-status"],
      ),
      payload: document,
    },
  },
};

/** What the hub brings. */
const brought: Json = {
  address: "partner.{gln}.in",
  title: "Documents for the partner",
  description:
    "Where its channel in the directory says `transport: nats`; another subject where that names one. Brought again under the same `webhook-id` until it is answered. An empty message with `sektorbro-knock: yes` asks whether anybody is there: reply with anything.",
  parameters: gln,
  messages: {
    document: {
      name: "Delivery",
      headers: headersOf(
        {
          "content-type": text("The standard that the partner reads."),
          "webhook-id": text("The same at each try: what was taken is answered with yes again."),
          "webhook-timestamp": text("Seconds since 1970."),
          "webhook-signature": text("Standard Webhooks 1.0, where the channel names a secret."),
          "idempotency-key": text("The same as webhook-id."),
          "sektorbro-delivery": text("The delivery's id, for its receipt."),
          "sektorbro-sending": text("From 1."),
          "sektorbro-case": text("The case."),
          "sektorbro-from": text("GLN of the sender."),
          "sektorbro-to": text("GLN of the receiver."),
          "sektorbro-document": text("The document's type, e.g. XDIS91."),
          traceparent,
        },
        ["content-type", "webhook-id", "sektorbro-delivery"],
      ),
      payload: document,
    },
  },
};

const takings: Json = {
  address: null,
  messages: {
    answer: {
      name: "Taken",
      headers: headersOf({
        "sektorbro-status": text(
          "As over HTTP, 200 where there is none: 2xx taken; 400, 406, 409, 413, 415, 422 never; all others later.",
        ),
        "retry-after": text("Of 429 and 503: seconds."),
        "content-type": text(
          'Of a receipt in the body: the standard\'s own, or JSON `{ "outcome": "positive" }`.',
        ),
      }),
      payload: document,
    },
  },
};

const answered = (channel: string): Json => ({ address: reply, channel: { $ref: `#/channels/${channel}` } });

/** The AsyncAPI 3.0 document of what a partner says and hears. */
export const partnersDocument = (version: string): Json => {
  const made = calls();
  const channels: Json = {
    documents,
    brought,
    ...Object.fromEntries(made.map(({ key, channel }) => [key, channel])),
    "document-reply": receipts,
    "brought-reply": takings,
    "command-reply": replyChannel("CommandReply", refTo("CommandReply", "output")),
    "query-reply": replyChannel("QueryReply", queryReply),
  };
  const operations: Json = {
    "send-document": {
      action: "receive",
      channel: { $ref: "#/channels/documents" },
      reply: answered("document-reply"),
    },
    "bring-document": {
      action: "send",
      channel: { $ref: "#/channels/brought" },
      reply: answered("brought-reply"),
    },
    ...Object.fromEntries(made.map(({ key, operation }) => [key, operation])),
  };
  const all = { ...schemasOf("input"), ...schemasOf("output") };
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Sektorbro for partners on NATS",
      version,
      description:
        "Seen from the hub: it receives on `from.<gln>.>`, where the server lets that partner alone publish, and sends on `partner.<gln>.in`. Answers carry `sektorbro-status` in HTTP's words; a body of `status: failed` has a code of contracts/ERRORS.md and its fate.",
    },
    defaultContentType: "application/json",
    channels,
    operations,
    components: { schemas: needed([channels], all) },
  };
};

export const partnersText = (version: string): string => `${printJson(partnersDocument(version))}\n`;

// The test imports this file to compare; only the script writes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../../contracts/asyncapi-partners.json", import.meta.url));
  await writeFile(file, partnersText("1"));
  process.stdout.write("contracts/asyncapi-partners.json written\n");
}
