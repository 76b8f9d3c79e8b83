/** Other ways in which systems write the same message: nothing that is read of it may differ. */
export type Element = Record<string, unknown>;
export type Bundle = { id: string; entry: { fullUrl?: string; resource: Element }[] } & Element;
type InText = (text: string) => Uint8Array;
export type InBundle = (bundle: Bundle) => unknown;

const utf8 = (text: string): Uint8Array => Buffer.from(text, "utf8");
const bare = (xml: string): string => xml.replace(/^\s*<\?xml[^>]*\?>\s*/, "");

/** Markup of FHIR, without the narratives, in which prefixes would be another language. */
const outsideNarrative = (xml: string, change: (markup: string) => string): string =>
  xml
    .split(/(<div[ >](?:(?!<\/div>)[\s\S])*<\/div>(?:\s*(?:(?!<\/?text>)[\s\S])*?<\/div>)*)/)
    .map((part) => (part.startsWith("<div") ? part : change(part)))
    .join("");

export const formsOfXml: Readonly<Record<string, InText>> = {
  "with a byte order mark": (xml) => utf8(`\uFEFF${xml}`),
  "without an XML declaration": (xml) => utf8(bare(xml)),
  "with lines that end as in Windows": (xml) => utf8(xml.replace(/\r?\n/g, "\r\n")),
  "with a schema's place": (xml) =>
    utf8(
      xml.replace(
        "<Bundle ",
        '<Bundle xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://hl7.org/fhir ../fhir-single.xsd" ',
      ),
    ),
  "under a prefix": (xml) =>
    utf8(
      outsideNarrative(xml, (markup) =>
        markup
          .replace(/<(\/?)([A-Za-z])/g, "<$1f:$2")
          .replace('xmlns="http://hl7.org/fhir"', 'xmlns:f="http://hl7.org/fhir"'),
      ),
    ),
  "with comments and an instruction": (xml) =>
    utf8(`<?xml-stylesheet href="x.xsl"?>${bare(xml).replaceAll("<entry>", "<!-- next --><entry>")}`),
  "in single quotes": (xml) => utf8(xml.replace(/ value="([^"'<]*)"/g, " value='$1'")),
  "on one line": (xml) => utf8(xml.replace(/>\s+</g, "><")),
  "with end tags": (xml) => utf8(xml.replace(/<(\w+) value="([^"]*)"\s*\/>/g, '<$1 value="$2"></$1>')),
  "with letters as references": (xml) =>
    utf8(
      xml.replace(/ value="[^"]*"/g, (text) =>
        text.replace(/[æøåÆØÅ]/g, (one) => `&#x${(one.codePointAt(0) ?? 0).toString(16)};`),
      ),
    ),
};

export const eachElement = (value: unknown, change: (element: Element) => void): void => {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) change(value as Element);
  for (const one of Object.values(value)) eachElement(one, change);
};

export const inAll =
  (change: (element: Element) => void): InBundle =>
  (bundle) => {
    eachElement(bundle, change);
  };

export const inResources = (change: (resource: Element) => void): InBundle =>
  inAll((element) => {
    if (element["resourceType"] !== undefined) change(element);
  });

export const ofType = (type: string, change: (resource: Element) => void): InBundle =>
  inResources((resource) => {
    if (resource["resourceType"] === type) change(resource);
  });

const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .toReversed()
      .map(([name, one]) => [name, turned(one)]),
  );
};

/** References and whole URLs in another of the forms that there are (guide to MedCom FHIR, G12). */
const referring =
  (write: (type: string, id: string) => string, whole = write): InBundle =>
  (bundle) => {
    const known = new Map(
      bundle.entry.map(({ resource }) => {
        const [type, id] = [String(resource["resourceType"]), String(resource["id"])];
        return [`${type}/${id}`, { type, id }];
      }),
    );
    for (const entry of bundle.entry)
      entry.fullUrl = whole(String(entry.resource["resourceType"]), String(entry.resource["id"]));
    eachElement(bundle, (element) => {
      const { reference } = element;
      if (typeof reference !== "string") return;
      const target = known.get(reference.split("/").slice(-2).join("/"));
      if (target !== undefined) element["reference"] = write(target.type, target.id);
    });
  };

export const url = (type: string, id: string): string => `https://example.org/fhir/${type}/${id}`;
const urn = (_type: string, id: string): string => `urn:uuid:${id}`;
const own = (type: string, id: string): string => `${type}/${id}`;

/** Changes of a bundle after which it says the same. */
export const formsOfBundle: Readonly<Record<string, InBundle>> = {
  "with its members the other way round": turned,
  "with its entries in another order": (bundle) => {
    const [header, ...others] = bundle.entry;
    if (header !== undefined) bundle.entry = [header, ...others.toReversed()];
  },
  "with references by urn:uuid": referring(urn),
  "with references by whole URLs": referring(url),
  "with references of their own to whole URLs": referring(own, url),
  "with references to a version": referring((type, id) => `${own(type, id)}/_history/1`, url),
  "with relative URLs": referring(own),
  "without whole URLs": (bundle) => {
    for (const entry of bundle.entry) delete entry.fullUrl;
  },
  "without narratives": inResources((resource) => {
    delete resource["text"];
  }),
  "with other narratives": inResources((resource) => {
    resource["text"] = {
      status: "additional",
      div: '<div xmlns="http://www.w3.org/1999/xhtml" xml:lang="da"><h2 id="x">Æ</h2><table class="grid" border="1"><caption>c</caption><thead><tr><th>h</th></tr></thead><tbody><tr><td colspan="2">a &amp; b</td></tr></tbody></table><hr/><p style="x">&#160;<br/></p><ul><li><b>x</b></li></ul><!-- c --></div>',
    };
  }),
  "with versions behind its profiles, and profiles of its own": inResources((resource) => {
    const meta = resource["meta"] as { profile?: string[] } | undefined;
    if (meta?.profile === undefined) return;
    meta.profile = [
      "http://example.org/StructureDefinition/own",
      ...meta.profile.map((one) => one.replace(/\|.*/, "")),
    ];
  }),
  "with when and where a resource was made": inResources((resource) => {
    resource["meta"] = {
      ...(resource["meta"] as object | undefined),
      versionId: "1",
      lastUpdated: "2026-11-22T10:00:00.000Z",
      source: "urn:oid:1.2.3",
    };
  }),
  "with references that say what they point at": inAll((element) => {
    const { reference } = element;
    if (typeof reference !== "string" || reference.startsWith("#")) return;
    element["type"] = reference.split("/").at(-2);
    element["display"] = "Vist";
  }),
  "with the old address of GLN": inAll((element) => {
    if (element["system"] === "https://www.gs1.org/gln") element["system"] = "urn:oid:1.3.88";
  }),
};
