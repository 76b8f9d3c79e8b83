import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { DirectoryFile } from "../../../../../../contracts/messages/directory.ts";
import type { Field } from "../../../../../../gateways/console/web/src/forms/described/form.ts";
import { withChoices } from "../../../../../../gateways/console/web/src/pages/new/directory-choices.ts";

const { organisations } = DirectoryFile.parse(
  JSON.parse(readFileSync("services/directory/region.json", "utf8")),
);
const line = (name: string): Field => ({ kind: "line", name, label: { da: name, en: name }, max: 40 });
const fields = [line("municipality"), line("prevention.topic"), line("refer.text")];
const optionsOf = (field: Field | undefined): [string, string][] =>
  field?.kind === "choice" && typeof field.options !== "function"
    ? field.options.map(({ value, label }) => [value, label.da])
    : [];

test("a municipality is chosen by its name, and what it offers by the offer's", () => {
  const [municipality, topic, text] = withChoices(fields, organisations, { municipality: "0890" });
  expect(optionsOf(municipality)).toContainEqual(["0890", "Nordfjord Kommune"]);
  expect(
    optionsOf(topic)
      .map(([value]) => value)
      .toSorted(),
  ).toEqual(["copd", "diabetes", "smoking"]);
  expect(optionsOf(topic)).toContainEqual(["copd", "KOL-rehabilitering"]);
  expect(text).toEqual(line("refer.text"));
});

test("before a municipality is chosen every offer is there once", () => {
  const [, topic] = withChoices(fields, organisations, {});
  const values = optionsOf(topic).map(([value]) => value);
  expect(values).toEqual([...new Set(values)]);
  expect(values).toEqual(expect.arrayContaining(["alcohol", "copd", "smoking"]));
});

test("where the directory knows none the code is typed, and a wish stays a wish", () => {
  expect(withChoices(fields, [], {})).toEqual(fields);
  const wished: Field = { ...line("municipality"), isOptional: true };
  const [field] = withChoices([wished], organisations, {});
  expect([field?.kind, field?.isOptional]).toEqual(["choice", true]);
});
