import { type Base64Elements, type Base64Holder, holderOf } from "./xml-tree.ts";

/** Namespaces in XML 1.0 (third edition), section 3: the two prefixes that are bound without a declaration. */
const xmlUri = "http://www.w3.org/XML/1998/namespace";
const xmlnsUri = "http://www.w3.org/2000/xmlns/";

/** A name taken apart. `declares`: the prefix that an attribute of this name declares, "" for the default namespace. */
export interface SplitName {
  readonly written: string;
  readonly prefix: string;
  readonly local: string;
  /** It has one colon at most, and something on either side of it. */
  readonly sound: boolean;
  readonly declares: string | undefined;
}

/** What the name of an element stands for where it is. */
export interface ElementName {
  readonly written: string;
  readonly uri: string;
  readonly local: string;
  readonly base64: Base64Holder | undefined;
}

/**
 * The namespaces declared in one tag, and names that were met where they are in force, each in the place that its characters
 * give it. Two that have one place take turns in it, and are worked out again.
 */
export interface Scope {
  readonly outer: Scope | undefined;
  readonly bindings: ReadonlyMap<string, string>;
  readonly met: (ElementName | undefined)[];
  /** The last scope directly inside: siblings often declare the same. */
  inner: Scope | undefined;
}

/** Some times the names of a document. */
const places = 128;
const newScope = (outer: Scope | undefined, bindings: ReadonlyMap<string, string>): Scope => ({
  outer,
  bindings,
  met: new Array<ElementName | undefined>(places).fill(undefined),
  inner: undefined,
});

export const outermostScope = (): Scope =>
  newScope(
    undefined,
    new Map([
      ["xml", xmlUri],
      ["xmlns", xmlnsUri],
    ]),
  );

export const splitName = (written: string): SplitName => {
  const colon = written.indexOf(":");
  if (colon === -1) {
    const declares = written === "xmlns" ? "" : undefined;
    return { written, prefix: "", local: written, sound: true, declares };
  }
  const prefix = written.slice(0, colon);
  const local = written.slice(colon + 1);
  const sound = prefix !== "" && local !== "" && !local.includes(":");
  return { written, prefix, local, sound, declares: prefix === "xmlns" ? local : undefined };
};

/** The namespace of a prefix, "" being the default's; `undefined` when it has none. */
export const uriOf = (scope: Scope, prefix: string): string | undefined => {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.outer) {
    const uri = at.bindings.get(prefix);
    if (uri !== undefined) return uri;
  }
  return undefined;
};

/** `xml` may be declared as what it is, `xmlns` not at all, and nothing else as either (section 3); no prefix is undeclared. */
export const mayDeclare = (prefix: string, uri: string): boolean => {
  if (prefix === "xml") return uri === xmlUri;
  return prefix !== "xmlns" && uri !== xmlUri && uri !== xmlnsUri && (prefix === "" || uri !== "");
};

/** The scope inside a tag with these declarations: the one around it when they say nothing new. */
export const scopeWith = (outer: Scope, declared: ReadonlyMap<string, string>): Scope => {
  const entries = [...declared];
  if (entries.every(([prefix, uri]) => uriOf(outer, prefix) === uri)) return outer;
  const { inner } = outer;
  const isSame =
    inner?.bindings.size === entries.length &&
    entries.every(([prefix, uri]) => inner.bindings.get(prefix) === uri);
  if (isSame) return inner;
  outer.inner = newScope(outer, declared);
  return outer.inner;
};

const resolve = (scope: Scope, written: string, base64: Base64Elements): ElementName | undefined => {
  const { prefix, local, sound } = splitName(written);
  const uri = uriOf(scope, prefix) ?? "";
  if (!sound || (prefix !== "" && (prefix === "xmlns" || uri === ""))) return undefined;
  return { written, uri, local, base64: holderOf(base64, local) };
};

/** A name as it stands in a text. */
export interface NameInText {
  readonly text: string;
  readonly from: number;
  readonly end: number;
}

const placeOf = ({ text, from, end }: NameInText): number =>
  (text.charCodeAt(from) +
    5 * text.charCodeAt((from + end) >> 1) +
    11 * text.charCodeAt(end - 1) +
    23 * (end - from)) %
  places;

/** What an element's name stands for; `undefined` when it is malformed or its prefix is not declared. */
export const elementName = (
  scope: Scope,
  name: NameInText,
  base64: Base64Elements,
): ElementName | undefined => {
  const { met } = scope;
  const place = placeOf(name);
  const { text, from, end } = name;
  const known = met[place];
  if (known?.written.length === end - from && text.startsWith(known.written, from)) return known;
  const resolved = resolve(scope, text.slice(from, end), base64);
  met[place] = resolved;
  return resolved;
};
