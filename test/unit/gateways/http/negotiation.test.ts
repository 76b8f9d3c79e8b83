import { expect, test } from "vitest";
import { languageOf, prefersJson } from "../../../../gateways/http/negotiation.ts";

test.each([
  [undefined, "da"],
  ["*", "da"],
  ["da", "da"],
  ["da-DK,da;q=0.9,en;q=0.8", "da"],
  ["en-GB,en;q=0.9", "en"],
  ["en;q=0.9,da;q=0.4", "en"],
  ["en, da", "da"],
  ["sv, nb;q=0.9", "en"],
  ["de, *;q=0.1", "da"],
  ["da;q=0, *", "da"],
  ["en;q=nonsense", "en"],
] as const)("accept-language %s is answered in %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});

test.each([
  [undefined, false],
  ["*/*", false],
  ["application/json", true],
  ["application/json, application/xml", false],
  ["application/xml;q=0.9, application/json", true],
  ["application/*", false],
  ["*/*;q=0.1, application/json;q=0.2", true],
  ["application/json;q=0, */*", false],
  ["APPLICATION/JSON", true],
  ["application/json;q=nonsense", false],
] as const)("with accept %s JSON is preferred to XML: %s", (header, preferred) => {
  expect(prefersJson(header, "application/xml; charset=utf-8")).toBe(preferred);
});
