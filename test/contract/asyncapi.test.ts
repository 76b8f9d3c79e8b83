import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandSubject, querySubject } from "../../contracts/subjects.ts";
import { commandTables, queryTables } from "../../infra/setup/message-tables.ts";
import { asyncApiText } from "../../infra/setup/write-asyncapi.ts";
import { asyncApiValidator, validatorOf } from "../support/asyncapi.ts";

type Node = Record<string, unknown>;
const text = readFileSync("contracts/asyncapi.json", "utf8");
const document = JSON.parse(text) as {
  channels: Record<string, { address: string | null; messages: Record<string, { payload: Node }> }>;
  operations: Record<string, { bindings?: { nats?: { queue?: string } } }>;
  components: { schemas: Record<string, Node> };
};

/** What a path of a `$ref` points at. */
const pointedAt = (ref: string): unknown =>
  ref
    .replace("#/", "")
    .split("/")
    .reduce<unknown>((node, key) => (node as Node | undefined)?.[key.replaceAll("~1", "/")], document);

const refsIn = (node: unknown): string[] => {
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, inner]) =>
    key === "$ref" && typeof inner === "string" ? [inner] : refsIn(inner),
  );
};

describe("the AsyncAPI document of the NATS side", () => {
  it("is fresh: run `npm run schema` when this fails", () => {
    expect(text).toBe(asyncApiText("1"));
  });

  it("is a valid AsyncAPI 3.0 document by AsyncAPI's own schema", () => {
    const validate = asyncApiValidator();
    expect(validate(document) ? [] : (validate.errors ?? []).slice(0, 5)).toEqual([]);
  });

  it("would not be if something were wrong with it", () => {
    const validate = asyncApiValidator();
    expect(validate({ ...document, channels: { bad: { address: 7 } } })).toBe(false);
  });

  it("points only at what it holds", () => {
    const lost = [...new Set(refsIn(document))].filter((ref) => pointedAt(ref) === undefined);
    expect(lost).toEqual([]);
  });

  it("has a channel and an operation for every command and query, under the subject that the hub serves", () => {
    const addresses = new Set(Object.values(document.channels).map(({ address }) => address));
    const subjects = [
      ...Object.keys(commandTables).map(commandSubject),
      ...Object.keys(queryTables).map(querySubject),
    ];
    expect(subjects.filter((subject) => !addresses.has(subject))).toEqual([]);
    expect(Object.keys(document.operations).length).toBe(subjects.length + 1);
  });

  it("describes messages by schemas that take the examples of the contracts", () => {
    const channel = document.channels["cmd-advice-ask"];
    const payload = channel?.messages["request"]?.payload ?? {};
    const validate = validatorOf({ ...payload, components: document.components });
    const example = readFileSync("contracts/examples/advice/valid/ask-a-unit.json", "utf8");
    const { message: asked } = JSON.parse(example) as { message: Node };
    const message = {
      id: "1",
      type: "advice.ask",
      version: 1,
      time: "2026-11-23T09:15:00.000Z",
      sender: "5790000100019",
      payload: asked,
    };
    expect(validate(message) ? [] : validate.errors).toEqual([]);
    expect(validate({ ...message, payload: {} })).toBe(false);
  });
});
