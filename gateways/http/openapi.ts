import type { StaticDocumentSpec } from "@fastify/swagger";
import { z } from "zod";
import { bodyExample } from "./body-example.ts";
import type { ContractExample } from "./ports.ts";
import { ErrorAnswer } from "./problem-response.ts";
import type { Answer, Route, RouteDescription } from "./route.ts";

type Json = Record<string, unknown>;
type Direction = "input" | "output";
type ApiDocument = StaticDocumentSpec["document"];

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A schema that is sent and a schema that is answered differ where there are defaults, so each has its own name. */
const componentName = (name: string, direction: Direction): string =>
  `${name.replace(/^__schema/, "Recursive")}${direction === "input" ? "Input" : ""}`;

const relink = (value: unknown, direction: Direction): unknown => {
  if (Array.isArray(value)) return value.map((item) => relink(item, direction));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [
      key,
      key === "$ref" && typeof inner === "string"
        ? `#/components/schemas/${componentName(inner.replace("#/$defs/", ""), direction)}`
        : relink(inner, direction),
    ]),
  );
};

/** An answer may get new fields in a later release, so it never says that there are no others. */
const asJsonSchema = (schema: z.ZodType, direction: Direction): Json => ({
  ...z.toJSONSchema(schema, {
    io: direction,
    unrepresentable: "any",
    override: ({ jsonSchema }) => {
      if (jsonSchema.additionalProperties === false) delete jsonSchema.additionalProperties;
    },
  }),
});

type SchemaBook = {
  components: Map<string, unknown>;
  schema: (zod: z.ZodType, direction: Direction) => unknown;
  example: (description: RouteDescription) => unknown;
};

/** Collects named schemas once. Two schemas of one name would make one of them wrong for partners, so that is a bug. */
const createSchemaBook = (examples: readonly ContractExample[]): SchemaBook => {
  const components = new Map<string, unknown>();
  const keep = (name: string, value: unknown): void => {
    const known = components.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(value))
      throw new Error(`Two different schemas are named ${name}.`);
    components.set(name, value);
  };
  const schema = (zod: z.ZodType, direction: Direction): unknown => {
    const { $schema: _dialect, $defs, ...root } = asJsonSchema(zod, direction);
    for (const [name, inner] of Object.entries(isObject($defs) ? $defs : {}))
      keep(componentName(name, direction), relink(inner, direction));
    return relink(root, direction);
  };
  return { components, schema, example: (description) => bodyExample(description, examples) };
};

const content = (types: readonly string[], schema: unknown, example?: unknown): Json =>
  Object.fromEntries(
    types.map((type) => {
      if (type !== "application/json" || schema === undefined) return [type, {}];
      return [type, example === undefined ? { schema } : { schema, example }];
    }),
  );

const parametersIn = (
  place: "query" | "header",
  schema: z.ZodObject | undefined,
  book: SchemaBook,
): Json[] => {
  if (schema === undefined) return [];
  const whole = book.schema(schema, "input");
  const properties = isObject(whole) && isObject(whole["properties"]) ? whole["properties"] : {};
  return Object.entries(properties).map(([name, inner]) => ({
    name,
    in: place,
    required: false,
    schema: inner,
  }));
};

const pathParameters = (path: string): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));

const answerOf = (answer: Answer, book: SchemaBook): Json => {
  const types = answer.types ?? (answer.schema === undefined ? [] : ["application/json"]);
  const schema = answer.schema === undefined ? undefined : book.schema(answer.schema, "output");
  return { description: answer.text, ...(types.length === 0 ? {} : { content: content(types, schema) }) };
};

const responsesOf = (route: Route, book: SchemaBook): Json => {
  const { answers, problems } = route.describe;
  const problem = { content: content(["application/json"], book.schema(ErrorAnswer, "output")) };
  const guarded = route.access === "anyone" ? [] : [401];
  const responses: Json = {};
  for (const status of [...guarded, ...problems, 500])
    responses[status] = { description: "An error answer: a stable code, and every problem.", ...problem };
  for (const [status, answer] of Object.entries(answers)) responses[status] = answerOf(answer, book);
  return responses;
};

const bodyOf = (description: RouteDescription, book: SchemaBook): Json => {
  const { body } = description;
  if (body === undefined) return {};
  const schema = body.schema === undefined ? undefined : book.schema(body.schema, "input");
  const required = body.schema?.safeParse({}).success !== true;
  return { requestBody: { required, content: content(body.types, schema, book.example(description)) } };
};

const operationOf = (route: Route, book: SchemaBook): Json => {
  const { id, tag, summary, detail, query, headers } = route.describe;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(detail === undefined ? {} : { description: detail }),
    parameters: [
      ...pathParameters(route.path),
      ...parametersIn("query", query, book),
      ...parametersIn("header", headers, book),
    ],
    ...bodyOf(route.describe, book),
    responses: responsesOf(route, book),
    security: route.access === "anyone" ? [] : [{ bearer: [] }],
  };
};

/** `/v1/cases/:caseId` as OpenAPI spells it, `/v1/cases/{caseId}`. */
export const openApiPath = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

const pathsOf = (routes: readonly Route[], book: SchemaBook): Json => {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, book) };
  }
  return paths;
};

const isApiDocument = (document: Json): document is Json & ApiDocument =>
  typeof document["openapi"] === "string" && isObject(document["info"]) && isObject(document["paths"]);

/** The API description (OpenAPI 3.1) of the routes, from the very schemas that they parse with. */
export const describeApi = (
  routes: readonly Route[],
  { version, examples = [] }: { version: string; examples?: readonly ContractExample[] },
): ApiDocument => {
  const book = createSchemaBook(examples);
  const paths = pathsOf(routes, book);
  const document: Json = {
    openapi: "3.1.0",
    info: {
      title: "Sektorbro",
      version,
      description:
        "The hub over which Danish general practice, municipalities and hospitals hand a patient over.",
    },
    paths,
    components: {
      schemas: Object.fromEntries([...book.components].sort(([a], [b]) => a.localeCompare(b))),
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
  if (!isApiDocument(document)) throw new TypeError("The API description lacks a required part.");
  return document;
};
