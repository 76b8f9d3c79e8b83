import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";

const folder = "contracts/examples/fhir";
const messages = readdirSync(folder).filter((name) => !name.startsWith("operation-outcome"));

describe("the examples of FHIR messages", () => {
  test.each(messages)("%s is read without a warning and keeps every rule", (name) => {
    const document = readFhir(readFileSync(`${folder}/${name}`));
    expect(document).toMatchObject({ ok: true, warnings: [] });
    if (document.ok) expect(checkMessage(document.resource).problems).toEqual([]);
  });

  test.each(
    messages.filter((name) => messages.includes(name.replace(/xml$/, "json")) && name.endsWith("xml")),
  )("%s says what its twin in JSON says", (name) => {
    const [xml, json] = [name, name.replace(/xml$/, "json")].map((one) =>
      readFhir(readFileSync(`${folder}/${one}`)),
    );
    expect(xml?.ok === true && json?.ok === true && [xml.resource]).toEqual([
      json?.ok === true && json.resource,
    ]);
  });
});
