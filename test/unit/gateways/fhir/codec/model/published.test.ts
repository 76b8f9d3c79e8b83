import { Fhir } from "fhir";
import { describe, expect, it } from "vitest";
import { narrativeOfText } from "../../../../../../gateways/fhir/codec/model/narrative-text.ts";
import { at, resourcesOf, textAt } from "../../../../../../gateways/fhir/codec/model/navigate.ts";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import {
  published,
  publishedNames,
  publishedPresent,
  resourceIn,
} from "../../../../../support/fhir-model.ts";

const names = publishedNames();
/** Without an event and a class by MedCom's own intent: the base of R4 finds it before any profile does. */
const isInvalid = (name: string): boolean => name.includes("TEK_FCC");
const read = (name: string) => readFhir(published(name));

/**
 * What the package makes of a narrative is not what stands there: it drops text that is blank, so that words run together.
 * That, and the digits of numbers, which no JSON that is parsed can tell, is all in which it and the hub differ.
 */
const squeezed = (narrative: unknown): string => {
  const read = typeof narrative === "string" ? narrativeOfText(narrative) : undefined;
  return read?.ok === true ? read.xhtml.replace(/>\s+</g, "><") : "";
};

/** The paths at which two values of JSON differ. */
const differing = (ours: unknown, theirs: unknown, path = ""): string[] => {
  if (Object.is(ours, theirs)) return [];
  if (typeof ours !== "object" || typeof theirs !== "object" || ours === null || theirs === null)
    return path.endsWith(".text.div") && squeezed(ours) === squeezed(theirs) ? [] : [path];
  const [one, other] = [new Map(Object.entries(ours)), new Map(Object.entries(theirs))];
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((key) =>
    differing(one.get(key), other.get(key), `${path}.${key}`),
  );
};

describe.runIf(publishedPresent)("MedCom's published messages", () => {
  it.each(names)("%s is read without a warning", (name) => {
    const document = read(name);
    expect(
      document.ok ? document.warnings : document.problems.map(({ code, path }) => `${code} ${path}`),
    ).toEqual(
      isInvalid(name)
        ? ["element-missing Bundle.entry[0].resource.event", "element-missing Bundle.entry[2].resource.class"]
        : [],
    );
    expect(document.format).toBe(name.endsWith(".xml") ? "xml" : "json");
  });

  it.each(names.filter((name) => !isInvalid(name)))("%s is the same after both formats", (name) => {
    const resource = resourceIn(read(name));
    const asXml = readFhir(printFhir(resource, "xml"));
    const asJson = readFhir(printFhir(resourceIn(asXml), "json"));
    expect([resourceIn(asXml), resourceIn(asJson)]).toEqual([resource, resource]);
  });

  it.each(names.filter((name) => name.endsWith(".xml")))(
    "%s is as JSON what the package fhir makes of it",
    (name) => {
      const ours: unknown = JSON.parse(Buffer.from(printFhir(resourceIn(read(name)), "json")).toString());
      const theirs: unknown = JSON.parse(new Fhir().xmlToJson(Buffer.from(published(name)).toString()));
      expect(differing(ours, theirs)).toEqual([]);
    },
  );

  /** The JSON of CareCommunication was published later, with other versions of its profiles in its narratives. */
  const pairs = names
    .filter((name) => name.includes("/xml/") && !name.includes("carecommunication"))
    .map((name) => [name, name.replaceAll("xml", "json")] as const);

  it.each(pairs)("%s has the narratives of its JSON, string for string", (...pair) => {
    const [xml = [], json = []] = pair.map((name) =>
      resourcesOf(resourceIn(read(name))).map((resource) => textAt(resource, "text.div")),
    );
    expect(xml.length).toBeGreaterThan(3);
    expect(xml.map((div, i) => div === json[i])).toEqual(xml.map(() => true));
  });

  it.each(names.filter((name) => name.includes("homecare")))(
    "%s keeps each number as it is written",
    (name) => {
      const source = Buffer.from(published(name)).toString();
      const pattern = name.endsWith(".xml")
        ? /<valueQuantity>\s*<value value="([^"]*)"/g
        : /"valueQuantity"\s*:\s*\{\s*"value"\s*:\s*([^,\s]*)/g;
      const written = [...source.matchAll(pattern)].map((match) => match[1]);
      const values = resourcesOf(resourceIn(read(name)), "Observation").map((one) =>
        at(one, "valueQuantity.value"),
      );
      expect(written.length).toBeGreaterThan(1);
      expect(values.filter((value) => value !== undefined)).toEqual(written.map((numeral) => ({ numeral })));
    },
  );
});
