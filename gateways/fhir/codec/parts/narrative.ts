import type { FhirElement } from "../model/resource.ts";

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text: string): string =>
  text.replaceAll(/[&<>"]/g, (character) => entities[character] ?? "");

/** A line of a narrative: what it is called in Danish, and what the resource says of it, if it does. */
export type Line = readonly [label: string, value: string | undefined];

/** The text of a resource for people: what its elements say and no more (guide to MedCom FHIR, G6). */
export const narrative = (title: string, lines: readonly Line[]): FhirElement => {
  const said = lines.flatMap(([label, value]) =>
    value === undefined || value === "" ? [] : [`<p><b>${escaped(label)}</b>: ${escaped(value)}</p>`],
  );
  const div = `<div xmlns="http://www.w3.org/1999/xhtml"><p><b>${escaped(title)}</b></p>${said.join("")}</div>`;
  return { status: "generated", div };
};
