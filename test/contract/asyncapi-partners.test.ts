import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { partnerCommands, partnerQueries } from "../../contracts/codes/partner-calls.ts";
import { headersOf } from "../../gateways/push/core/document-headers.ts";
import { partnersText } from "../../infra/setup/write-partners-asyncapi.ts";
import { asyncApiValidator, validatorOf } from "../support/asyncapi.ts";

type Node = Record<string, unknown>;
type Message = { headers?: { properties: Node; required?: string[] }; payload: Node };
const text = readFileSync("contracts/asyncapi-partners.json", "utf8");
const document = JSON.parse(text) as {
  channels: Record<string, { address: string | null; messages: Record<string, Message> }>;
  components: { schemas: Record<string, Node> };
};

describe("the AsyncAPI document for partners", () => {
  it("is fresh: run `npm run schema` when this fails", () => {
    expect(text).toBe(partnersText("1"));
  });

  it("is a valid AsyncAPI 3.0 document by AsyncAPI's own schema", () => {
    const validate = asyncApiValidator();
    expect(validate(document) ? [] : (validate.errors ?? []).slice(0, 5)).toEqual([]);
  });

  it("points only at what it holds", () => {
    const refs = [...text.matchAll(/"\$ref": "#\/components\/schemas\/([^"]+)"/g)].map(
      ([, name = ""]) => name,
    );
    expect(refs.length).toBeGreaterThan(100);
    expect([...new Set(refs)].filter((name) => document.components.schemas[name] === undefined)).toEqual([]);
  });

  it("has a channel for each thing that a partner may say", () => {
    const addresses = Object.values(document.channels).map(({ address }) => address);
    const said = [
      ...[...partnerCommands].map((type) => `from.{gln}.cmd.${type}`),
      ...[...partnerQueries].map((type) => `from.{gln}.qry.${type}`),
    ];
    expect(said.filter((subject) => !addresses.includes(subject))).toEqual([]);
    expect(addresses).toEqual(expect.arrayContaining(["from.{gln}.doc", "partner.{gln}.in"]));
  });

  it("names the headers that a document is brought with, and no others", () => {
    const parcel = {
      ...{ deliveryId: "d", sending: 1, caseId: "c", from: "5790000100019", to: "5790000200016" },
      ...{ documentType: "XDIS91", mediaType: "application/xml", body: new Uint8Array() },
      traceparent: "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
    };
    const sent = headersOf(parcel, { timestamp: 1, secrets: ["a-secret-of-the-test"] });
    const told = document.channels["brought"]?.messages["document"]?.headers?.properties ?? {};
    expect(Object.keys(told).toSorted()).toEqual(Object.keys(sent).toSorted());
  });

  it("describes a command by a schema that takes the contracts' example, and nothing that says who it is from", () => {
    const payload = document.channels["cmd-advice-ask"]?.messages["request"]?.payload ?? {};
    const validate = validatorOf({ ...payload, components: document.components });
    const example = readFileSync("contracts/examples/advice/valid/ask-a-unit.json", "utf8");
    const { message } = JSON.parse(example) as { message: Node };
    expect(validate({ id: "1", payload: message }) ? [] : validate.errors).toEqual([]);
    expect(validate({ id: "1", payload: {} })).toBe(false);
    expect(validate({ id: "not one id", payload: message })).toBe(false);
  });
});
