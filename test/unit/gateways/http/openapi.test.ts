import { expect, test } from "vitest";
import { z } from "zod";
import { readExamples } from "../../../../gateways/cli/contract-examples.ts";
import { describeApi, openApiPath } from "../../../../gateways/http/openapi.ts";
import type { Route } from "../../../../gateways/http/route.ts";
import { routesOf } from "../../../../gateways/http/server.ts";
import { createFakeHub, testOptions } from "../../../support/http-ports.ts";

type Json = Record<string, unknown>;
type Operation = {
  operationId: string;
  summary: string;
  parameters: { name: string; in: string; schema: unknown }[];
  requestBody?: { required: boolean; content: Record<string, { schema?: unknown; example?: unknown }> };
  responses: Record<string, { description: string; content?: Record<string, { schema?: unknown }> }>;
  security: unknown[];
};

const examples = await readExamples();
const routes = routesOf(createFakeHub().ports, testOptions);
const document = (await describeApi(routes, { version: "0.0.0-test", examples })) as unknown as {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Json };
};
const operation = (route: Pick<Route, "method" | "path">): Operation =>
  document.paths[openApiPath(route.path)]?.[route.method.toLowerCase()] as Operation;

const refsIn = (value: unknown): string[] => {
  if (Array.isArray(value)) return value.flatMap(refsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner),
  );
};
const schemasIn = (value: unknown): string[] =>
  refsIn(value).filter((ref) => ref.startsWith("#/components/schemas/"));

test("the API description has every route, and nothing else", () => {
  const described = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );
  expect(described.sort()).toEqual(routes.map((r) => `${r.method} ${openApiPath(r.path)}`).sort());
});

test("each operation has an id of its own, a summary, and its path's parameters", () => {
  const ids = routes.map((route) => operation(route).operationId);
  expect(new Set(ids).size).toBe(routes.length);
  for (const route of routes) {
    const { summary, parameters } = operation(route);
    expect(summary).not.toBe("");
    const inPath = parameters.filter((p) => p.in === "path").map((p) => p.name);
    expect(inPath).toEqual([...route.path.matchAll(/:(\w+)/g)].map((match) => match[1]));
  }
});

test("each body and answer in JSON has its schema, and each refusal the one error answer", () => {
  for (const route of routes) {
    const { requestBody, responses } = operation(route);
    const bodies = [requestBody, ...Object.values(responses)].flatMap((b) => (b?.content ? [b.content] : []));
    for (const content of bodies)
      if (content["application/json"] !== undefined)
        expect([route.path, content["application/json"].schema]).not.toEqual([route.path, undefined]);
    for (const status of route.describe.problems)
      expect(Object.keys(responses[String(status)]?.content ?? {})).toContain("application/problem+json");
    for (const status of route.describe.problems)
      expect(schemasIn(responses[String(status)])).toEqual(["#/components/schemas/ErrorAnswer"]);
  }
});

test("routes for callers ask for a bearer token, and tell of 401", () => {
  for (const route of routes) {
    const { security, responses } = operation(route);
    expect([route.path, security.length > 0]).toEqual([route.path, route.access !== "anyone"]);
    expect([route.path, "401" in responses]).toEqual([route.path, route.access !== "anyone"]);
  }
});

test("every reference to a schema leads to one, and every schema is referred to", () => {
  const refs = new Set(schemasIn(document));
  const names = Object.keys(document.components.schemas).map((name) => `#/components/schemas/${name}`);
  expect([...refs].sort()).toEqual(names.sort());
});

test("what a sender writes and what is answered differ where there are defaults", () => {
  const schemas = document.components.schemas as Record<string, { required: string[] }>;
  expect(schemas["AskAdviceInput"]?.required).not.toContain("priority");
  expect(refsIn(operation({ method: "POST", path: "/v1/advice" }).requestBody)).toEqual([
    "#/components/schemas/AskAdviceInput",
  ]);
});

test("a body may be left out only where nothing is needed", () => {
  const required = (path: string) => operation({ method: "POST", path }).requestBody?.required;
  expect(required("/v1/cases/:caseId/handled")).toBe(false);
  expect(required("/v1/cases/:caseId/answer")).toBe(true);
  expect(required("/v1/messages")).toBe(true);
});

test("two different schemas of one name are a bug", async () => {
  const route = (path: string, schema: z.ZodType): Route => ({
    method: "GET",
    path,
    access: "anyone",
    reads: "json",
    describe: { id: path, tag: "hub", summary: path, answers: { 200: { text: "", schema } }, problems: [] },
    handle: (_request, reply) => reply.send(),
  });
  const one = route("/one", z.object({ a: z.string() }).meta({ id: "Twin" }));
  const two = route("/two", z.object({ b: z.string() }).meta({ id: "Twin" }));
  await expect(describeApi([one, one], { version: "1" })).resolves.toBeDefined();
  await expect(describeApi([one, two], { version: "1" })).rejects.toThrow(
    "Two different schemas are named Twin.",
  );
});

const withBody = routes.filter(({ describe: { body } }) => body?.schema !== undefined);

test.each(withBody.map((route) => [`${route.method} ${route.path}`, route] as const))(
  "%s shows a body that it takes itself",
  (_name, route) => {
    const shown = operation(route).requestBody?.content["application/json"]?.example;
    expect(shown).toBeDefined();
    expect(route.describe.body?.schema?.safeParse(shown).error?.issues ?? []).toEqual([]);
  },
);

test("an example fits the JSON Schema that the description itself gives for the body", () => {
  for (const route of withBody) {
    const body = operation(route).requestBody?.content["application/json"];
    const whole = { ...(body?.schema as Json), $defs: document.components.schemas };
    const inlined = JSON.parse(
      JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/"),
    ) as Parameters<typeof z.fromJSONSchema>[0];
    expect([route.path, z.fromJSONSchema(inlined).safeParse(body?.example).error?.issues]).toEqual([
      route.path,
      undefined,
    ]);
  }
});

test("what is shown for a step is of that step: an answer for an answer, information for information", () => {
  const shown = (path: string) =>
    operation({ method: "POST", path }).requestBody?.content["application/json"]?.example;
  const message = (file: string) => {
    const { caseId: _caseId, ...rest } = (examples.find((e) => e.file === file)?.message ?? {}) as Json;
    return rest;
  };
  expect(shown("/v1/cases/:caseId/redirect")).toEqual(message("advice/valid/redirect.json"));
  expect(shown("/v1/cases/:caseId/give-information")).toEqual(message("advice/valid/give-information.json"));
  expect(shown("/v1/cases/:caseId/answer")).toEqual(message("advice/valid/answer-please-refer.json"));
});

test("the description has what OpenAPI 3.1 asks of it", () => {
  const { info, tags, security } = document as unknown as Json & { info: Json };
  expect(document.openapi).toMatch(/^3\.1\.\d+$/);
  expect(info).toMatchObject({ title: expect.any(String) as string, version: "0.0.0-test" });
  expect([tags, security]).toEqual([undefined, undefined]);
  for (const [path, methods] of Object.entries(document.paths)) {
    expect(path).toMatch(/^\//);
    for (const [method, { responses, parameters }] of Object.entries(methods)) {
      expect(["get", "post", "put"]).toContain(method);
      expect(Object.keys(responses).every((status) => /^[1-5]\d\d$/.test(status))).toBe(true);
      expect(Object.values(responses).every(({ description }) => description !== "")).toBe(true);
      const names = parameters.map(({ name, in: place }) => `${place} ${name}`);
      expect(new Set(names).size).toBe(names.length);
      for (const name of path.match(/(?<=\{)\w+/g) ?? []) expect(names).toContain(`path ${name}`);
    }
  }
});
