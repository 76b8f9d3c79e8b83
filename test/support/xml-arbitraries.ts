import fc from "fast-check";

/** Well-formed documents, in every way of writing them. */

interface Attribute {
  prefix: string;
  local: string;
  value: string;
  quote: string;
  blank: string;
}
interface Node {
  prefix: string;
  local: string;
  declared: { prefix: string; uri: string; quote: string }[];
  attributes: Attribute[];
  content: (Node | string)[];
  blank: string;
  isEmpty: boolean;
}

const prefixes = ["", "", "", "p", "q", "æ", "xsi"];
const locals = ["a", "b", "Data", "Sender", "x-1", "_y.z", "ø", "名", "a·b", "\u{10400}x", "value"];
const uris = [
  "urn:a",
  "urn:b",
  " urn:a ",
  "http://www.w3.org/2001/XMLSchema-instance",
  "u&amp;v",
  "\u00a0urn:c",
];
const blanks = ["", "", " ", "\n", "\r\n", "\t", "  \r", " \n\n "];
const quotes = ['"', "'"];

const xmlText = fc.constantFrom(
  ...Array.from("aZ0 .-_:;/?!=#%()[{}\"'>æøå€\u00a0\u0085\u2028\u{1f600}"),
  "\n",
  "\r\n",
  "\r",
  "\t",
  "]]x",
  "&amp;",
  "&lt;",
  "&gt;",
  "&quot;",
  "&apos;",
  "&#65;",
  "&#x1F600;",
  "&#x0a;",
  "&#13;",
  "&#0000032;",
);
const plainText = fc.array(xmlText, { minLength: 1, maxLength: 12 }).map((parts) => parts.join(""));
const markup = fc.oneof(
  plainText.map((text) => `<!--${text.replace(/-(?=-|$)/g, "")}-->`),
  plainText.map((text) => `<![CDATA[${text}<&]]>`),
  fc.constant("<![CDATA[]]>"),
  fc.constant("<![CDATA[]]]]><![CDATA[>]]>"),
  plainText.map((text) => `<?pi ${text.replaceAll("?>", "")}?>`),
  fc.constantFrom(
    "<?x?>",
    "<?x??>",
    "<?x?y?>",
    "<?xml-stylesheet href='a'?>",
    "<?ø 1?>",
    "<!---->",
    "<!-- - -->",
  ),
);
const valueText = plainText.map((text) => text.replace(/["']/g, ""));

const attribute: fc.Arbitrary<Attribute> = fc.record({
  prefix: fc.constantFrom(...prefixes, "xml"),
  local: fc.constantFrom(...locals, "lang", "schemaLocation"),
  value: fc.oneof(valueText, fc.constant("")),
  quote: fc.constantFrom(...quotes),
  blank: fc.constantFrom(...blanks),
});
const { node } = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.record({
    prefix: fc.constantFrom(...prefixes),
    local: fc.constantFrom(...locals),
    declared: fc.array(
      fc.record({
        prefix: fc.constantFrom("", "p", "q", "æ", "xsi", "xml"),
        uri: fc.constantFrom(...uris),
        quote: fc.constantFrom(...quotes),
      }),
      { maxLength: 3 },
    ),
    attributes: fc.oneof(
      { weight: 3, arbitrary: fc.constant<Attribute[]>([]) },
      { weight: 2, arbitrary: fc.array(attribute, { maxLength: 4 }) },
    ),
    content: fc.array(
      fc.oneof({ maxDepth: 4, depthSize: "small" }, plainText, markup, tie("node"), tie("node")),
      { maxLength: 5 },
    ),
    blank: fc.constantFrom(...blanks),
    isEmpty: fc.boolean(),
  }),
}));

const xmlUri = "http://www.w3.org/XML/1998/namespace";
const trimmed = (uri: string): string => uri.trim().replaceAll("&amp;", "&");
const qualified = (prefix: string, local: string): string => (prefix === "" ? local : `${prefix}:${local}`);

/** The first of each name only: what is generated is well-formed. */
const firstOf = <T>(all: readonly T[], keyOf: (one: T) => string): T[] => {
  const seen = new Set<string>();
  return all.filter((one) => {
    const key = keyOf(one);
    return seen.has(key) ? false : seen.add(key);
  });
};

const printNode = (element: Node, around: ReadonlyMap<string, string>): string => {
  const declared = firstOf(element.declared, ({ prefix }) => prefix).map((one) =>
    one.prefix === "xml" ? { ...one, uri: xmlUri } : one,
  );
  const scope = new Map([...around, ...declared.map(({ prefix, uri }) => [prefix, trimmed(uri)] as const)]);
  const prefixIn = (prefix: string): string => (prefix !== "xml" && !scope.has(prefix) ? "" : prefix);
  const uriIn = (prefix: string): string => (prefix === "" ? "" : (scope.get(prefix) ?? prefix));
  const name = qualified(prefixIn(element.prefix), element.local);
  const attributes = firstOf(
    element.attributes.map((one) => ({ ...one, prefix: prefixIn(one.prefix) })),
    ({ prefix, local }) => `{${uriIn(prefix)}}${local}`,
  );
  const written = [
    ...attributes.map(
      ({ prefix, local, value, quote, blank }) =>
        ` ${blank}${qualified(prefix, local)}${blank}=${blank}${quote}${value}${quote}`,
    ),
    ...declared.map(
      ({ prefix, uri, quote }) => ` ${prefix === "" ? "xmlns" : `xmlns:${prefix}`}=${quote}${uri}${quote}`,
    ),
  ].sort((a, b) => a.length - b.length);
  const tag = `<${name}${written.join("")}${element.blank}`;
  if (element.isEmpty && element.content.length === 0) return `${tag}/>`;
  const content = element.content.map((part) => (typeof part === "string" ? part : printNode(part, scope)));
  return `${tag}>${content.join("")}</${name}${element.blank}>`;
};

const declaration = fc.constantFrom(
  "",
  '<?xml version="1.0"?>',
  "<?xml version='1.0' encoding='UTF-8'?>\n",
  '<?xml  version = "1.1"  standalone="yes" ?>\r\n',
  '<?xml version="1.0" encoding="utf-8"\n standalone="no"?><!-- a --><?b?>',
  "\ufeff<?xml version='1.0'?>",
  "\ufeff\n",
  "\n<!-- c -->\r\n",
);

export const wellFormed: fc.Arbitrary<string> = fc
  .tuple(declaration, node, fc.constantFrom("", "\n", "<!-- end -->\r\n", "<?x?>"))
  .map(([before, root, after]) => before + printNode(root, new Map()) + after);
