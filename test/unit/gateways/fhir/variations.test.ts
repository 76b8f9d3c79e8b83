import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";
import { renderMessage } from "../../../../gateways/fhir/render/render-message.ts";
import { additions } from "../../../support/fhir-additions.ts";
import { samplesIn } from "../../../support/fhir-samples.ts";
import { formsOfBundle, formsOfXml, type InBundle } from "../../../support/fhir-variations.ts";

const examples = "contracts/examples/fhir";
const published = [
  "hospitalnotification",
  "carecommunication-v5",
  "homecareobservation",
  "acknowledgement",
].flatMap((kind) => [...samplesIn(`${kind}/xml`), ...samplesIn(`${kind}/json`)]);
/** Ours and, where they are beside the project, MedCom's that are to be taken (EXPECTED.tsv). */
const seeds = [
  ...readdirSync(examples)
    .filter((name) => !name.startsWith("operation-outcome"))
    .map((name) => `${examples}/${name}`),
  ...published.filter((name) => !name.includes("HN_TEK_FCC")).map((name) => `../shared/fhir/samples/${name}`),
];
const written = (ending: string): { file: string; text: string }[] =>
  seeds.filter((file) => file.endsWith(ending)).map((file) => ({ file, text: readFileSync(file, "utf8") }));
const inXml = written(".xml");
const inJson = written(".json");

const told = (bytes: Uint8Array): unknown => {
  const parsed = parseMessage(bytes);
  if (parsed.kind !== "message")
    return { [parsed.kind]: parsed.problems.map(({ path, code }) => `${path} ${code}`) };
  return { message: parsed.message, contents: [...parsed.contents.keys()] };
};

const changed = (text: string, change: InBundle): Uint8Array => {
  const bundle = JSON.parse(text) as Parameters<InBundle>[0];
  return Buffer.from(JSON.stringify(change(bundle) ?? bundle));
};

const accepted = (file: string, bytes: Uint8Array): void => {
  const parsed = parseMessage(bytes);
  const problems = parsed.problems.filter(({ severity }) => severity !== "warning");
  expect({ file, kind: parsed.kind, problems }).toEqual({ file, kind: "message", problems: [] });
  expect(renderMessage(bytes, "da")).toContain("</article>");
};

describe("a message as other systems write it", () => {
  it.each(Object.entries(formsOfXml))("reads as the same in XML %s", (_, form) => {
    for (const { file, text } of inXml)
      expect({ file, ...(told(form(text)) as object) }).toEqual({
        file,
        ...(told(Buffer.from(text)) as object),
      });
  });

  it.each(Object.entries(formsOfBundle))("reads as the same %s", (_, form) => {
    for (const { file, text } of inJson)
      expect({ file, ...(told(changed(text, form)) as object) }).toEqual({
        file,
        ...(told(Buffer.from(text)) as object),
      });
  });

  it.each(Object.entries(additions))("is taken and shown with %s", (_, addition) => {
    for (const { file, text } of inJson) accepted(file, changed(text, addition));
  });
});
