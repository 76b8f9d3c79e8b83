/** Writes `contracts/asyncapi.json`: every subject of the bus and the journal, for partners and for a test that it is fresh. */
import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { Envelope } from "../../contracts/envelope.ts";
import { commandTables, queryTables } from "./message-tables.ts";
import { printJson } from "./print-json.ts";

export type Json = Record<string, unknown>;
type Direction = "input" | "output";

const nameIn = (id: string, direction: Direction): string => (direction === "input" ? `${id}Input` : id);

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema without a name that refers to itself stands in a folder of its own; it gets a name among the others. */
const linked = (ref: string): string => {
  const shared = /\/__shared(Input)?#\/(?:definitions|\$defs)\/(\w+)$/.exec(ref);
  return shared === null ? ref : `#/components/schemas/Recursive${shared[2] ?? ""}${shared[1] ?? ""}`;
};

/** Draft 7, as AsyncAPI's own schemas are; nothing is closed to fields of a later version. */
const cleaned = (value: unknown): unknown => {
  if (typeof value === "string") return value.startsWith("#/components/schemas/__") ? linked(value) : value;
  if (Array.isArray(value)) return value.map(cleaned);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(
        ([key, inner]) =>
          key !== "$schema" && key !== "$id" && !(key === "additionalProperties" && inner === false),
      )
      .map(([key, inner]) => [key, cleaned(inner)]),
  );
};

export const schemasOf = (direction: Direction): Json => {
  const { schemas } = z.toJSONSchema(z.globalRegistry, {
    io: direction,
    target: "draft-7",
    unrepresentable: "any",
    uri: (id) => `#/components/schemas/${nameIn(id, direction)}`,
  });
  const shared: unknown = schemas["__shared"];
  const folder = isObject(shared) ? (shared["definitions"] ?? shared["$defs"]) : undefined;
  const recursive: [string, unknown][] = Object.entries(isObject(folder) ? folder : {}).map(
    ([id, schema]) => [nameIn(`Recursive${id}`, direction), cleaned(schema)],
  );
  const named: [string, unknown][] = Object.entries(schemas)
    .filter(([id]) => id !== "__shared")
    .map(([id, schema]) => [nameIn(id, direction), cleaned(schema)]);
  const found: Json = Object.fromEntries([...named, ...recursive]);
  return found;
};

export const refTo = (id: string, direction: Direction): Json => ({
  $ref: `#/components/schemas/${nameIn(id, direction)}`,
});

/** A payload as a message carries it: by its name where it has one. */
export const payloadOf = (schema: z.ZodType): unknown => {
  const id = z.globalRegistry.get(schema)?.id;
  if (id !== undefined) return refTo(id, "input");
  return cleaned(z.toJSONSchema(schema, { io: "input", target: "draft-7", unrepresentable: "any" }));
};

const enveloped = (type: string, schema: z.ZodType): Json => ({
  allOf: [
    refTo(z.globalRegistry.get(Envelope)?.id ?? "", "input"),
    { type: "object", properties: { type: { const: type }, payload: payloadOf(schema) } },
  ],
});

const keyOf = (prefix: string, type: string): string => `${prefix}-${type.replace(".", "-")}`;
const replies = { cmd: "command-reply", qry: "query-reply" } as const;

/** One request of the bus: its subject, what is asked and what comes back, and the queue group that answers. */
const requestOf = (
  prefix: "cmd" | "qry",
  type: string,
  schema: z.ZodType,
): { channel: Json; operation: Json } => {
  const key = keyOf(prefix, type);
  return {
    channel: {
      address: `${prefix}.${type}`,
      messages: {
        request: { name: type, contentType: "application/json", payload: enveloped(type, schema) },
      },
    },
    operation: {
      action: "receive",
      channel: { $ref: `#/channels/${key}` },
      messages: [{ $ref: `#/channels/${key}/messages/request` }],
      bindings: { nats: { queue: type.split(".")[0] ?? type } },
      reply: {
        address: {
          location: "$message.header#/reply",
          description: "The reply subject of the NATS request.",
        },
        channel: { $ref: `#/channels/${replies[prefix]}` },
      },
    },
  };
};

const journalChannel: Json = {
  address: "case.{shard}.{family}.{caseId}",
  title: "The journal",
  description:
    "One record a decision, written by the hub alone, in JetStream streams by ranges of shards. Read it to make read models of your own.",
  parameters: {
    shard: { description: "00 to 63: a hash of the case id." },
    family: { description: "advice, referral, discharge, observation, booking or attachment." },
    caseId: { description: "A UUID." },
  },
  messages: {
    record: { name: "CaseRecord", contentType: "application/json", payload: refTo("CaseRecord", "output") },
  },
};

export const replyChannel = (name: string, payload: Json): Json => ({
  address: null,
  messages: { reply: { name, contentType: "application/json", payload } },
});

/** An answer to a query holds what was asked for, or the code that says why not. */
export const queryReply: Json = {
  type: "object",
  properties: {
    status: { enum: ["ok", "refused", "failed"] },
    value: {},
    code: { type: "string" },
  },
  required: ["status"],
};

const referenced = (value: unknown, found: Set<string>): Set<string> => {
  if (Array.isArray(value)) for (const inner of value) referenced(inner, found);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) {
      if (key === "$ref" && typeof inner === "string") found.add(inner.split("/").at(-1) ?? "");
      else referenced(inner, found);
    }
  return found;
};

/** The schemas that the document refers to, and those that they refer to. */
export const needed = (from: unknown, all: Json): Json => {
  const names = new Set<string>();
  const waiting = [...referenced(from, new Set())];
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (names.has(name) || !(name in all)) continue;
    names.add(name);
    waiting.push(...referenced(all[name], new Set()));
  }
  return Object.fromEntries([...names].toSorted().map((name) => [name, all[name]]));
};

/** The AsyncAPI 3.0 document of the NATS side, made from the contracts. */
export const asyncApiDocument = (version: string): Json => {
  const requests = [
    ...Object.entries(commandTables).map(([type, schema]) => ["cmd", type, schema] as const),
    ...Object.entries(queryTables).map(([type, schema]) => ["qry", type, schema] as const),
  ].map(([prefix, type, schema]) => [keyOf(prefix, type), requestOf(prefix, type, schema)] as const);
  const channels: Json = {
    ...Object.fromEntries(requests.map(([key, { channel }]) => [key, channel])),
    journal: journalChannel,
    "command-reply": replyChannel("CommandReply", refTo("CommandReply", "output")),
    "query-reply": replyChannel("QueryReply", queryReply),
  };
  const operations: Json = {
    ...Object.fromEntries(requests.map(([key, { operation }]) => [key, operation])),
    "journal-write": { action: "send", channel: { $ref: "#/channels/journal" } },
  };
  const all = { ...schemasOf("input"), ...schemasOf("output") };
  return {
    asyncapi: "3.0.0",
    info: {
      title: "Sektorbro on NATS",
      version,
      description:
        "Commands and queries are requests on core NATS; the journal is JetStream. A fault is an empty reply with the header Sb-Fault, whose value is an error code.",
    },
    defaultContentType: "application/json",
    channels,
    operations,
    components: { schemas: needed([channels], all) },
  };
};

export const asyncApiText = (version: string): string => `${printJson(asyncApiDocument(version))}\n`;

// The test imports this file to compare; only the script writes.
if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const file = fileURLToPath(new URL("../../contracts/asyncapi.json", import.meta.url));
  await writeFile(file, asyncApiText("1"));
  process.stdout.write("contracts/asyncapi.json written\n");
}
