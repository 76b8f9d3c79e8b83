import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { isElement, isNumeral, valuesOf } from "../../../../../gateways/fhir/codec/model/navigate.ts";
import { printFhir } from "../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirElement, FhirResource } from "../../../../../gateways/fhir/codec/model/resource.ts";
import { renderMessage } from "../../../../../gateways/fhir/render/render-message.ts";
import { brokenShared } from "../../../../support/fhir-bundle-broken.ts";
import { brokenCare, brokenHomeCare } from "../../../../support/fhir-bundle-broken-people.ts";
import { brokenAcknowledgement, brokenHospital } from "../../../../support/fhir-bundle-broken-stays.ts";
import { sampleOf, samplesIn } from "../../../../support/fhir-samples.ts";
import { attributeOf, elementsOf, pageTree, toldBy } from "../../../../support/rendered-page.ts";

/** How a message is put together, and what the owners of its codes call them: people are told what they mean. */
const structure = new Set(
  "resourceType id meta text contained fullUrl reference url system endpoint definition type target eventCoding display".split(
    " ",
  ),
);
/** Which name is the official one, and in which part an earlier message is named, are told by where it is shown. */
const isStructure = (name: string, parent: string): boolean =>
  structure.has(name) || `${parent}.${name}` === "name.use" || `${parent}.${name}` === "entity.role";

/** What stands in every message of its kind, and so tells nothing. */
const constants = new Set(["primary", "unknown", "HomeCareReport"]);

const plain = (text: string): string => text.replace(/\s+/g, " ").trim();

/** What a message says, text by text. */
const textsIn = (element: FhirElement, parent = ""): string[] =>
  Object.entries(element).flatMap(([name, stands]) =>
    isStructure(name, parent)
      ? []
      : valuesOf(stands).flatMap((value) => {
          if (typeof value === "string") return [plain(value)];
          if (isNumeral(value)) return [value.numeral];
          return isElement(value) ? textsIn(value, name) : [];
        }),
  );

const bundleIn = (bytes: Uint8Array): FhirResource => {
  const reading = readFhir(bytes);
  if (!reading.ok) throw new Error(reading.problems.map(({ code }) => code).join());
  return reading.resource;
};

const folder = "contracts/examples/fhir";
const examples = readdirSync(folder).map((name): [string, FhirResource] => [
  name,
  bundleIn(readFileSync(`${folder}/${name}`)),
]);
const kinds = ["hospitalnotification", "carecommunication-v5", "homecareobservation", "acknowledgement"];
const samples = kinds
  .flatMap((kind) => ["xml", "json"].flatMap((format) => samplesIn(`${kind}/${format}`)))
  // One of MedCom's negative test files lacks what FHIR requires, and so has no whole bundle.
  .filter((name) => !name.includes("HN_TEK_FCC"))
  .map((name): [string, FhirResource] => [name, sampleOf(name)]);
const broken = [
  ...brokenShared,
  ...brokenHospital,
  ...brokenCare,
  ...brokenHomeCare,
  ...brokenAcknowledgement,
];

const tags = (page: string): string[] => elementsOf(pageTree(page)).map(({ local }) => local);

describe.each([...examples, ...samples])("the page of %s", (_, bundle) => {
  const pages = (["da", "en"] as const).map((language) => renderMessage(printFhir(bundle, "xml"), language));

  it("tells every value of the message, in both languages", () => {
    const texts = textsIn(bundle);
    expect(texts.length).toBeGreaterThan(2);
    for (const page of pages) {
      const told = toldBy(page);
      expect([...new Set(texts.filter((text) => !told.includes(text) && !constants.has(text)))]).toEqual([]);
    }
  });

  it("is the same of JSON as of XML, but for the name of the format", () => {
    const [page = ""] = pages;
    expect(renderMessage(printFhir(bundle, "json"), "da")).toBe(page.replace("FHIR XML", "FHIR JSON"));
  });

  it("has one article, headings in order, and nothing that runs or is fetched", () => {
    for (const page of pages) {
      expect(tags(page).filter((tag) => tag === "article")).toHaveLength(1);
      expect(tags(page).filter((tag) => /^(script|img|iframe|object|form|link|svg)$/.test(tag))).toEqual([]);
      const levels = tags(page).flatMap((tag) => (/^h[1-6]$/.test(tag) ? [Number(tag.slice(1))] : []));
      expect(levels[0]).toBe(1);
      expect(levels.every((level, at) => at === 0 || level <= (levels[at - 1] ?? 0) + 1)).toBe(true);
      const links = elementsOf(pageTree(page)).flatMap((element) => attributeOf(element, "href") ?? []);
      expect(links.filter((href) => !/^(#|tel:|https?:)/.test(href))).toEqual([]);
    }
  });
});

describe("the page of a message that breaks a rule", () => {
  it.each(broken.map(({ rule, bundle, at }) => ({ rule, bundle, at })))(
    "$rule at $at says so, and shows every value that was read",
    ({ bundle }) => {
      const page = renderMessage(printFhir(bundle, "json"), "en");
      const told = toldBy(page);
      expect(/This message cannot be taken|The message can be taken all the same/.test(told)).toBe(true);
      expect(told.split("\n").filter((line) => line.startsWith("Bundle"))).not.toEqual([]);
      expect([
        ...new Set(textsIn(bundle).filter((text) => !told.includes(text) && !constants.has(text))),
      ]).toEqual([]);
    },
  );
});
