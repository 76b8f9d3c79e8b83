import { textOf } from "../model/navigate.ts";
import type { FhirElement } from "../model/resource.ts";

/**
 * What the readers of messages take over, as a table of elements: whatever else a message says is told of. A table beside the
 * readers, and not what they happened to look at, so that a reader who forgets an element is found by its test.
 */
export type Said = SaidValue | SaidElement;

export interface SaidValue {
  readonly kind: "value";
  readonly many: boolean;
  /** The only value that is understood; any when absent. */
  readonly only?: string;
}

export interface SaidElement {
  readonly kind: "element";
  readonly many: boolean;
  readonly elements: SaidElements;
  /** Of several under one name this is about those alone, e.g. of extensions those with a URL. */
  readonly where?: (element: FhirElement) => boolean;
}

export interface SaidElements {
  readonly [name: string]: Said | readonly Said[];
}

export const value: SaidValue = { kind: "value", many: false };
export const values: SaidValue = { kind: "value", many: true };
export const only = (text: string): SaidValue => ({ kind: "value", many: false, only: text });

export const one = (elements: SaidElements): SaidElement => ({ kind: "element", many: false, elements });
export const many = (elements: SaidElements): SaidElement => ({ kind: "element", many: true, elements });

/** The first of those under a name that say this of themselves. */
export const oneWhere = (
  name: string,
  is: string | ((text: string) => boolean),
  elements: SaidElements,
): SaidElement => ({
  kind: "element",
  many: false,
  elements: { [name]: value, ...elements },
  where: (element) => {
    const text = textOf(element[name]);
    return typeof is === "string" ? text === is : text !== undefined && is(text);
  },
});
export const extension = (url: string, elements: SaidElements): SaidElement => oneWhere("url", url, elements);

export const reference = one({ reference: value });
export const references = many({ reference: value });
/** Its words are its code's. */
export const coding = one({ system: value, code: value, display: value });
export const codings = many({ system: value, code: value, display: value });
export const identifier = one({ system: value, value });
