import { readdirSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { errorCodes, isErrorCode } from "../../../../contracts/errors.ts";
import { readFhir } from "../../../../gateways/fhir/codec/model/read-fhir.ts";
import { parameterExampleNames } from "../../../../gateways/http/parameter-examples.ts";
import { statusOf } from "../../../../gateways/http/problem-response.ts";
import { routesOf } from "../../../../gateways/http/server.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import {
  type ApiDocument,
  apiDocument,
  type Content,
  contractExamples,
  describedBy,
  exactProblems,
  examplesIn,
  type Operation,
  operations,
  schemaProblems,
} from "../../../support/api-document.ts";
import {
  as,
  createFakeHub,
  createTestServer,
  postJson,
  question,
  testOptions,
} from "../../../support/http-ports.ts";

type Shown = { at: string; status: number; type: string; content: Content };

const operationsOf = ({ paths }: ApiDocument): Operation[] =>
  Object.values(paths).flatMap((methods) => Object.values(methods));
const contentsOf = (at: string, content: Record<string, Content> = {}): Shown[] =>
  Object.entries(content).map(([type, one]) => ({
    at: `${at} ${type}`,
    status: Number(at.split(" ")[1]),
    type,
    content: one,
  }));
const answersOf = (document: ApiDocument): Shown[] =>
  operationsOf(document).flatMap(({ operationId, responses }) =>
    Object.entries(responses).flatMap(([status, answer]) =>
      contentsOf(`${operationId} ${status}`, answer.content),
    ),
  );
const bodiesOf = (document: ApiDocument): Shown[] =>
  operationsOf(document).flatMap(({ operationId, requestBody }) =>
    contentsOf(`${operationId} body`, requestBody?.content),
  );

/** Pictures and the like cannot be written as text. */
const isUnwritable = (type: string): boolean => /^image\/|^application\/(pdf|dicom)$/.test(type);

const lacking = (document: ApiDocument): string[] =>
  [...answersOf(document), ...bodiesOf(document)]
    .filter(
      ({ type, content }) =>
        content.schema === undefined ||
        (!isUnwritable(type) && Object.keys(examplesIn(content, document)).length === 0),
    )
    .map(({ at }) => at);

const unfit = (document: ApiDocument): string[] =>
  [...answersOf(document), ...bodiesOf(document)].flatMap(({ at, content }) =>
    Object.entries(examplesIn(content, document)).flatMap(([name, value]) =>
      exactProblems(content.schema, value).map((problem) => `${at}, ${name}: ${problem}`),
    ),
  );

describe("the API description", () => {
  test("has a schema and an example for every answer and every body of every operation", () => {
    expect(lacking(apiDocument)).toEqual([]);
    expect(operations.filter(({ operation }) => !hasSuccess(operation)).map(({ id }) => id)).toEqual([]);
  });

  test("has examples that fit their schemas, and tell of no field that the schema does not", () => {
    expect(unfit(apiDocument)).toEqual([]);
  });

  test("shows all that a file of the examples holds", () => {
    for (const { file, message } of contractExamples) {
      const name = file
        .replace("/valid/", "/")
        .replace(/\.json$/, "")
        .replaceAll("/", ".");
      const shown = apiDocument.components.examples[name]?.value;
      if (typeof shown === "object") expect([file, shown]).toMatchObject([file, message]);
    }
  });

  test("would be found out if examples were missing or did not fit", async () => {
    const bare = lacking(await describedBy([]));
    for (const { id } of operations) expect(bare.some((at) => at.startsWith(`${id} `))).toBe(true);
    const spoilt = contractExamples.map((example) =>
      example.file === "answers/valid/advice-ask.json"
        ? { ...example, message: { status: "accepted", extra: 1 } }
        : example,
    );
    expect(unfit(await describedBy(spoilt))).toEqual(
      expect.arrayContaining([expect.stringMatching(/^advice-ask 201 .*caseId/)]),
    );
  });

  test("shows every example of an answer somewhere, and refers to none that is not there", () => {
    const shown = Object.keys(apiDocument.components.examples);
    const files = readdirSync("contracts/examples/answers", { recursive: true, encoding: "utf8" })
      .filter((file) => /\.\w+$/.test(file) && !file.includes("invalid"))
      .map((file) => `answers.${file.replace("valid/", "").replace(/\.json$/, "")}`);
    expect(files.filter((name) => !shown.includes(name))).toEqual([]);
    const referred = [...answersOf(apiDocument), ...bodiesOf(apiDocument)].flatMap(({ content }) =>
      Object.values(content.examples ?? {}).map(({ $ref }) => $ref.replace("#/components/examples/", "")),
    );
    expect(new Set(referred)).toEqual(new Set(shown));
  });
});

/** A browser that is led elsewhere has what it came for. */
const hasSuccess = ({ responses }: Operation): boolean =>
  Object.keys(responses).some((status) => /^[23]/.test(status));

describe("error answers of the description", () => {
  const errors = answersOf(apiDocument).filter(({ status, content }) => status >= 400 && isError(content));

  test("are those of every operation: each has at least one, besides health", () => {
    const without = operations.filter(({ id }) => !errors.some(({ at }) => at.startsWith(`${id} `)));
    expect(without.map(({ id }) => id)).toEqual([]);
  });

  test("show codes of the contracts in the contracts' own words, with the status that the code has", () => {
    for (const { at, status, content } of errors)
      for (const value of Object.values(examplesIn(content))) {
        const { code, message, fate } = value as { code: string; message: string; fate: string };
        if (!isErrorCode(code)) expect([at, code, status]).toEqual([at, "address-unknown", 404]);
        else {
          const possible = (["request", "command", "document"] as const).map((asked) =>
            statusOf(code, asked),
          );
          expect([at, possible.includes(status)]).toEqual([at, true]);
          expect([message, fate]).toEqual([errorCodes[code].da, errorCodes[code].fate]);
        }
      }
  });
});
const isError = ({ schema }: Content): boolean => JSON.stringify(schema).includes("/ErrorAnswer");

describe("parameters of the description", () => {
  const all = operations.flatMap(({ id, operation }) =>
    operation.parameters.map((parameter) => ({
      ...parameter,
      id,
      example: parameter.example ?? parameter.schema.examples?.[0],
    })),
  );

  test("each have an example that fits", () => {
    const wrong = all.flatMap(({ id, name, schema, example }) =>
      example === undefined ? [`${id} ${name} has none`] : schemaProblems(schema, example),
    );
    expect(wrong).toEqual([]);
  });

  test("are taken together by the operation as they are shown", () => {
    for (const { describe: route } of routesOf(createFakeHub().ports, testOptions))
      for (const [place, schema] of [
        ["query", route.query],
        ["header", route.headers],
      ] as const) {
        const own = all.filter((one) => one.id === route.id && one.in === place);
        const values = Object.fromEntries(own.map(({ name, example }) => [name, String(example)]));
        expect([route.id, schema?.safeParse(values).error?.issues]).toEqual([route.id, undefined]);
      }
  });

  test("are required where the operation needs them", () => {
    const needed = all
      .filter((one) => one.in !== "path" && one.required)
      .map(({ id, name }) => `${id} ${name}`);
    expect(needed).toEqual([
      "exportMessages from",
      "exportMessages to",
      "referralPatterns from",
      "referralPatterns to",
      "whyAgreement family",
      "whyAgreement from",
      "whyAgreement to",
    ]);
  });

  test("leave no example over", () => {
    const used = all.flatMap(({ id, name }) => [`${id} ${name}`, name]);
    expect(parameterExampleNames.filter((name) => !used.includes(name))).toEqual([]);
  });
});

describe("examples that are no JSON", () => {
  const texts = [...answersOf(apiDocument), ...bodiesOf(apiDocument)].flatMap(({ type, content }) =>
    Object.values(examplesIn(content)).map((value) => ({ type, text: String(value) })),
  );

  test("in XML are documents that the hub reads itself", () => {
    const documents = new Set(texts.filter(({ type }) => type.endsWith("xml")).map(({ text }) => text));
    expect(documents.size).toBeGreaterThan(3);
    for (const text of documents)
      if (text.includes("http://hl7.org/fhir")) expect(readFhir(Buffer.from(text)).ok).toBe(true);
      else expect(parseDocument(Buffer.from(text, "latin1")).kind).toBe("emessage");
  });

  test("of live events are events, each with its JSON", () => {
    const [stream] = texts.filter(({ type }) => type === "text/event-stream");
    const events = (stream?.text ?? "").split("\n\n").filter((one) => one.includes("event: "));
    expect(events.map((one) => /event: (\w+)/.exec(one)?.[1])).toEqual(["hello", "case", "delivery"]);
    for (const one of events)
      expect(
        z.record(z.string(), z.unknown()).parse(JSON.parse(/^data: (.*)$/m.exec(one)?.[1] ?? "")),
      ).toBeDefined();
  });
});

test("the description makes no answer: a field that it does not know of is answered all the same", async () => {
  const { server, hub } = createTestServer();
  const later = { ofALaterRelease: "kept" };
  hub.next.command = () => ({
    status: "accepted",
    caseId: "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90",
    recordNo: 1,
    at: "2026-11-23T09:15:00.000Z",
    duplicate: false,
    clocks: [],
    facts: [],
    ...later,
  });
  const response = await postJson(server, { url: "/v1/advice", headers: as("practice") }, question);
  expect(response.json()).toMatchObject(later);
});
