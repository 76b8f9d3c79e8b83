import type { StaticDocumentSpec } from "@fastify/swagger";
import type { z } from "zod";
import { ErrorAnswer } from "../../contracts/answers.ts";
import { answerExamples, errorExamples, type NamedExample, shownExamples } from "./answer-examples.ts";
import { bodyExample } from "./body-example.ts";
import { parameterExample } from "./parameter-examples.ts";
import type { ContractExample } from "./ports.ts";
import { problemType } from "./problem-response.ts";
import type { Answer, Route, RouteDescription } from "./route.ts";
import { createSchemaBook, isObject, type Json, type SchemaBook } from "./schema-book.ts";

export type ApiDocument = StaticDocumentSpec["document"];

/** What a description is written with: the schemas and examples that it refers to, and where the examples are. */
type Writing = { book: SchemaBook; examples: readonly ContractExample[] };

const json = "application/json";
const jsonTypes: ReadonlySet<string> = new Set([json, problemType]);
const isText = (type: string): boolean => /^text\/|xml$/.test(type);

/** XML and plain text are shown as they are; of any other type there are bytes. */
const notJson = (type: string, shown: readonly NamedExample[], book: SchemaBook): Json => ({
  schema: isText(type) ? { type: "string" } : { type: "string", format: "binary" },
  ...(shown.length === 0 ? {} : { examples: book.examples(shown) }),
});

const contentOf = (
  id: string,
  { schema, types = schema === undefined ? [] : [json], shown }: Omit<Answer, "text">,
  { inJson, writing }: { inJson: Json; writing: Writing },
): Json => {
  const contents = types.map((type) => {
    if (jsonTypes.has(type)) return [type, inJson] as const;
    const examples = shownExamples({ id, type, shown: shown?.[type] }, writing.examples);
    return [type, notJson(type, examples, writing.book)] as const;
  });
  return contents.length === 0 ? {} : { content: Object.fromEntries(contents) };
};

const withExamples = (schema: unknown, shown: readonly NamedExample[], book: SchemaBook): Json => ({
  schema,
  ...(shown.length === 0 ? {} : { examples: book.examples(shown) }),
});

/**
 * A page that lets people try an address fills in every `example`. That helps where something must stand; a filter that
 * nobody asked for would only hide what is there, so the example of what may be left out stands in its schema and its text.
 */
const parameterOf = (
  id: string,
  { name, place, required, schema }: { name: string; place: string; required: boolean; schema: Json },
): Json => {
  const { description, ...rest } = schema;
  const example = parameterExample(id, name);
  const told = [
    ...(typeof description === "string" ? [description] : []),
    ...(required || example === undefined ? [] : [`E.g. \`${String(example)}\`.`]),
  ].join(" ");
  return {
    name,
    in: place,
    required,
    ...(told === "" ? {} : { description: told }),
    schema: required || example === undefined ? rest : { ...rest, examples: [example] },
    ...(required && example !== undefined ? { example } : {}),
  };
};

const parametersIn = (
  place: "query" | "header",
  { id, schema }: { id: string; schema: z.ZodObject | undefined },
  book: SchemaBook,
): Json[] => {
  if (schema === undefined) return [];
  const whole = book.schema(schema, "input");
  const { properties, required } = isObject(whole) ? whole : {};
  return Object.entries(isObject(properties) ? properties : {}).flatMap(([name, inner]) => {
    const isRequired = Array.isArray(required) && required.includes(name);
    return isObject(inner) ? [parameterOf(id, { name, place, required: isRequired, schema: inner })] : [];
  });
};

const pathParameters = ({ path, describe: { id } }: Route): Json[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) =>
    parameterOf(id, { name, place: "path", required: true, schema: { type: "string" } }),
  );

const answerOf = (
  { route, status, answer }: { route: Route; status: number; answer: Answer },
  writing: Writing,
): Json => {
  const schema = answer.schema === undefined ? undefined : writing.book.schema(answer.schema, "output");
  const shown = answerExamples({ route, status, answer }, writing.examples);
  const inJson = withExamples(schema, shown, writing.book);
  return {
    description: answer.text,
    ...contentOf(`${route.describe.id}.${status}`, answer, { inJson, writing }),
  };
};

const errorOf = (route: Route, status: number, { book, examples }: Writing): Json => {
  const shown = errorExamples({ route, status }, examples);
  const content = withExamples(book.schema(ErrorAnswer, "output"), shown, book);
  return {
    description: "An error answer: a stable code, and every problem.",
    content: { [problemType]: content },
  };
};

const responsesOf = (route: Route, writing: Writing): Json => {
  const { answers, problems } = route.describe;
  const guarded = route.access === "anyone" ? [] : [401, 429];
  const responses: Json = {};
  for (const status of [...guarded, ...problems, 500]) responses[status] = errorOf(route, status, writing);
  for (const [status, answer] of Object.entries(answers))
    responses[status] = answerOf({ route, status: Number(status), answer }, writing);
  return responses;
};

const bodyOf = (description: RouteDescription, writing: Writing): Json => {
  const { id, body } = description;
  if (body === undefined) return {};
  const example = bodyExample(description, writing.examples);
  const schema = body.schema === undefined ? undefined : writing.book.schema(body.schema, "input");
  const inJson = { schema, ...(example === undefined ? {} : { example }) };
  const required = body.schema?.safeParse({}).success !== true;
  return { requestBody: { required, ...contentOf(`${id}.body`, body, { inJson, writing }) } };
};

const operationOf = (route: Route, writing: Writing): Json => {
  const { id, tag, summary, detail, query, headers } = route.describe;
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(detail === undefined ? {} : { description: detail }),
    parameters: [
      ...pathParameters(route),
      ...parametersIn("query", { id, schema: query }, writing.book),
      ...parametersIn("header", { id, schema: headers }, writing.book),
    ],
    ...bodyOf(route.describe, writing),
    responses: responsesOf(route, writing),
    security: route.access === "anyone" ? [] : [{ bearer: [] }],
  };
};

/** `/v1/cases/:caseId` as OpenAPI spells it, `/v1/cases/{caseId}`. */
export const openApiPath = (path: string): string => path.replace(/:(\w+)/g, "{$1}");

const pathsOf = async (
  routes: readonly Route[],
  writing: Writing,
  breathe: () => Promise<unknown>,
): Promise<Json> => {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    const path = openApiPath(route.path);
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route, writing) };
    await breathe();
  }
  return paths;
};

const isApiDocument = (document: Json): document is Json & ApiDocument =>
  typeof document["openapi"] === "string" && isObject(document["info"]) && isObject(document["paths"]);

type Describing = {
  version: string;
  examples?: readonly ContractExample[];
  /** Between two routes: lets everybody else have a turn. */
  breathe?: () => Promise<unknown>;
};

/**
 * The API description (OpenAPI 3.1) of the routes, from the very schemas that they parse with. It describes the answers and
 * never makes them: nothing is left out of an answer because the description does not know it.
 */
export const describeApi = async (
  routes: readonly Route[],
  { version, examples = [], breathe = () => Promise.resolve() }: Describing,
): Promise<ApiDocument> => {
  const book = createSchemaBook();
  const paths = await pathsOf(routes, { book, examples }, breathe);
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
      ...book.components(),
      securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } },
    },
  };
  if (!isApiDocument(document)) throw new TypeError("The API description lacks a required part.");
  return document;
};
