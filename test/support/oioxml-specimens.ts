import { readdirSync, readFileSync } from "node:fs";
// A sender's envelope, around whatever a test sends: nothing of the hub's.
import { printVansEnvelope } from "../../gateways/envelopes/vans/print-vans-envelope.ts";
import {
  clinicalVersions,
  type SpokenVersion,
  spokenTypes,
} from "../../gateways/oioxml/codec/spoken-types.ts";
import { envelopeTable } from "../../gateways/oioxml/codec/tables/envelope.ts";
import type { Content, ElementSpec, Group } from "../../gateways/tables/element-table.ts";
import { latin1, textOf } from "./oioxml-builders.ts";
import { samplesPresent } from "./oioxml-samples.ts";

/** Documents of every version that is spoken, made of its own table: a version that is added later has its own too. */
export type Specimen = { name: string; bytes: Uint8Array };

export const spokenVersions: readonly SpokenVersion[] = [...Object.values(spokenTypes), ...clinicalVersions];

/** One of these fits every pattern of the tables. */
const patternValues = [
  "4",
  "10:15",
  "10:15:30",
  "true",
  "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6",
  "2026-11-23T10:15:00",
  "6d2f8c1e0b7a4e539c48d1a2b3c4e5f6",
];

type Leaf = Exclude<Content, Group>;

const valueFitting = (pattern: RegExp): string => {
  const found = patternValues.find((value) => pattern.test(value));
  if (found === undefined) throw new Error(`no specimen fits ${pattern.source}`);
  return found;
};

const formattedText = {
  formatted: "Kære<Break/>kollega <FixedFont>nu</FixedFont>",
  fixed: "Kære<Break/>kollega <Bold>nu</Bold>",
  breakable: "Nej<Break/>tak",
};

const texts: { [K in Leaf["kind"]]: (content: Extract<Leaf, { kind: K }>) => string } = {
  text: ({ min, max }) => "Prøve".slice(0, max).padEnd(min, "x"),
  list: ({ values: [first = ""] }) => first,
  version: ({ value }) => value,
  pattern: ({ pattern }) => valueFitting(pattern),
  date: () => "2026-11-23",
  cpr: () => "1105650000",
  "replacement-cpr": () => "01016500A0",
  gln: () => "5790000100019",
  base64: () => "Qmxv\nZA==",
  formatted: ({ level }) => formattedText[level],
};
const textFor = (content: Leaf): string => (texts[content.kind] as (leaf: Leaf) => string)(content);

type Wish = { full: boolean; alternative: number };

const elementXml = ({ name, content }: ElementSpec, wish: Wish): string =>
  `<${name}>${content.kind === "group" ? groupXml(content, wish) : textFor(content)}</${name}>`;

const groupXml = ({ slots }: Group, wish: Wish): string =>
  slots
    .filter(({ choice, alternative }) => {
      const last = Math.max(...slots.filter((s) => s.choice === choice).map((s) => s.alternative));
      return choice === -1 || alternative === Math.min(wish.alternative, last);
    })
    .flatMap(({ element }) => {
      const times = wish.full ? Math.min(Math.max(1, element.min), element.max) : element.min;
      return Array.from({ length: times }, () => elementXml(element, wish));
    })
    .join("");

const documentXml = ({ namespace, root, table }: SpokenVersion, wish: Wish): Uint8Array =>
  latin1(
    `<?xml version="1.0" encoding="ISO-8859-1"?>\n<Emessage xmlns="${namespace}"><Envelope>` +
      `${groupXml(envelopeTable, wish)}</Envelope><${root}>${groupXml(table, wish)}</${root}></Emessage>`,
  );

const wishes: Record<string, Wish> = {
  least: { full: false, alternative: 0 },
  most: { full: true, alternative: 0 },
  other: { full: true, alternative: 1 },
};

export const specimensOf = (spoken: SpokenVersion): Specimen[] =>
  Object.entries(wishes).map(([size, wish]) => ({
    name: `${spoken.version} of ${spoken.namespace.slice(-11, -1)}, ${size}`,
    bytes: documentXml(spoken, wish),
  }));

/** A document in a VANS envelope, its size told right. */
export const inVansEnvelope = (bytes: Uint8Array): Uint8Array =>
  printVansEnvelope(
    {
      sender: { type: "EAN", value: "5790000100019" },
      receiver: { type: "EAN", value: "5790000200016" },
      identifier: "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6",
      sentAt: "2026-11-23T10:15:00",
      document: {
        identifier: "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f7",
        format: "XML",
        name: "MCM:XDIS91",
        sizeBytes: bytes.length,
        serviceTags: [],
      },
    },
    bytes,
  ).bytes;

/** Large attachments are cut to a few bytes, and the size that is told of them with it: what is random is elsewhere. */
const shortened = (bytes: Uint8Array): Uint8Array =>
  latin1(
    textOf(bytes).replace(
      /<OriginalObjectSize>\d+(<\/OriginalObjectSize>\s*<Object_Base64Encoded>)[^<]{4000,}/g,
      "<OriginalObjectSize>4$1Qmxv\nZA==",
    ),
  );

const filesIn = (folder: string): Specimen[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".xml") && !name.endsWith("out.xml"))
    .sort()
    .map((name) => ({ name: `${folder}/${name}`, bytes: shortened(readFileSync(`${folder}/${name}`)) }));

/** Our own examples, MedCom's and those made of its schemas where they are at hand, and the specimens of every version. */
export const allSpecimens = (): Specimen[] => [
  ...spokenVersions.flatMap(specimensOf),
  ...filesIn("contracts/examples/oioxml"),
  ...filesIn("test/golden/oioxml"),
  ...(samplesPresent
    ? ["golden", "schema-generated"].flatMap((name) => filesIn(`../shared/oioxml/samples/${name}`))
    : []),
];
