import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { readExamples } from "../../gateways/cli/contract-examples.ts";
import { describeApi } from "../../gateways/http/openapi.ts";
import { routesOf } from "../../gateways/http/server.ts";
import { createFakeHub, testOptions } from "./http-ports.ts";

type Json = Record<string, unknown>;
export type Content = { schema?: unknown; example?: unknown; examples?: Record<string, { $ref: string }> };
type Described = { description: string; content?: Record<string, Content> };
type Parameter = {
  name: string;
  in: string;
  required: boolean;
  schema: { examples?: unknown[] };
  example?: unknown;
};
export type Operation = {
  operationId: string;
  parameters: Parameter[];
  requestBody?: { content: Record<string, Content> };
  responses: Record<string, Described>;
};
export type ApiDocument = {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json; examples: Record<string, { value: unknown }> };
};

export const contractExamples = await readExamples();
/** The description as the hub gives it at `/docs/json`. */
export const describedBy = async (examples: typeof contractExamples): Promise<ApiDocument> =>
  (await describeApi(routesOf(createFakeHub().ports, testOptions), {
    version: "0.0.0-test",
    examples,
  })) as unknown as ApiDocument;
export const apiDocument = await describedBy(contractExamples);

export type NamedOperation = { id: string; method: string; path: string; operation: Operation };
export const operations: readonly NamedOperation[] = Object.entries(apiDocument.paths).flatMap(
  ([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      id: operation.operationId,
      method: method.toUpperCase(),
      path,
      operation,
    })),
);

/** A schema that takes no field which it does not name, where it names any: what is answered must be told of. */
const closed = (schema: unknown): unknown => {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== "object" || schema === null) return schema;
  const inner = Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, closed(value)]));
  const isObject = "properties" in schema && !("additionalProperties" in schema);
  return isObject ? { ...inner, additionalProperties: false } : inner;
};

const compilerOf = (schemas: unknown) => {
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  (formats as unknown as (to: Ajv2020) => void)(ajv);
  ajv.addSchema({ $id: "urn:sektorbro:api", components: { schemas } });
  const compiled = new Map<string, ValidateFunction>();
  const linked = (schema: unknown): string =>
    JSON.stringify(schema).replaceAll('"#/components/', '"urn:sektorbro:api#/components/');
  return (schema: unknown): ValidateFunction => {
    const text = linked(schema);
    const known = compiled.get(text) ?? ajv.compile(JSON.parse(text) as object);
    compiled.set(text, known);
    return known;
  };
};

const [open, exact] = [
  compilerOf(apiDocument.components.schemas),
  compilerOf(closed(apiDocument.components.schemas)),
];

const problemsOf = (validate: ValidateFunction, value: unknown): string[] =>
  validate(value)
    ? []
    : (validate.errors ?? []).map(({ instancePath, message = "", params }) =>
        `${instancePath} ${message} ${JSON.stringify(params)}`.trim(),
      );

/** What is wrong with a value, by a schema of the document. */
export const schemaProblems = (schema: unknown, value: unknown): string[] => problemsOf(open(schema), value);
/** The same, and every field that the document does not tell of. */
export const exactProblems = (schema: unknown, value: unknown): string[] =>
  problemsOf(exact(closed(schema)), value);

/** The values of the examples of a content, by name. */
export const examplesIn = (content: Content, { components } = apiDocument): Record<string, unknown> => ({
  ...("example" in content ? { example: content.example } : {}),
  ...Object.fromEntries(
    Object.entries(content.examples ?? {}).map(([name, { $ref }]) => [
      name,
      components.examples[$ref.replace("#/components/examples/", "")]?.value,
    ]),
  ),
});

/** Operations of FHIR begin with `$`. */
const patternOf = (path: string): RegExp =>
  new RegExp(`^${path.replaceAll("$", "\\$").replaceAll(/\{\w+\}/g, "[^/]+")}$`);

/** The operation that an address is of; a path without parameters goes before one with. */
export const operationAt = (method: string, url: string): NamedOperation => {
  const path = url.split("?")[0] ?? "";
  const found = operations
    .filter((one) => one.method === method && patternOf(one.path).test(path))
    .toSorted((a, b) => a.path.split("{").length - b.path.split("{").length)[0];
  if (found === undefined) throw new Error(`No operation is described at ${method} ${path}.`);
  return found;
};

export type Answered = { status: number; type: string; text: string };

/** What is wrong with a real answer, by the description of its operation: status, media type, schema, untold fields. */
export const answerProblems = ({ operation }: NamedOperation, answer: Answered): string[] => {
  const described = operation.responses[String(answer.status)];
  if (described === undefined) return [`the status ${String(answer.status)} is not told of`];
  if (answer.text === "") return [];
  const type = answer.type.split(";")[0]?.trim() ?? "";
  const content = described.content?.[type];
  if (content === undefined) return [`the media type ${type} is not told of`];
  return /^application\/(problem\+)?json$/.test(type)
    ? exactProblems(content.schema, JSON.parse(answer.text))
    : [];
};
