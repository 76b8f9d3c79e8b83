import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type * as FastXml from "fast-xml-parser";
import type * as Libxml2 from "libxml2-wasm";
import type * as Libxml2Files from "libxml2-wasm/lib/nodejs.mjs";
import { readMedComXml } from "../codec/medcom-xml.ts";

/** The readers that the codec is measured beside. Two of them are for developers only and are left out where they are not installed. */

/** Reads the bytes that it was made for, and throws when it cannot. */
export type Reader = () => void;
export interface Peers {
  /** Strict XML as a tree, and nothing more: what the codec itself begins with. */
  readonly strict: (bytes: Uint8Array) => Reader;
  /** A document in a VANS envelope is parsed too, as it must be to be read. */
  readonly fastXml: ((bytes: Uint8Array) => Reader) | undefined;
  /** The envelope alone, its document left as base64; nothing for a document that comes bare. */
  readonly fastXmlEnvelope: ((bytes: Uint8Array) => Reader | undefined) | undefined;
  /** Parses and validates by MedCom's schema; nothing for a version whose schema is not there. */
  readonly libxml2: ((bytes: Uint8Array) => Reader | undefined) | undefined;
  /** What is left out, and why. */
  readonly missing: readonly string[];
}

const has = (found: unknown, name: string): boolean =>
  typeof found === "object" && found !== null && name in found;
const isFastXml = (found: unknown): found is typeof FastXml => has(found, "XMLParser");
const isLibxml2 = (found: unknown): found is typeof Libxml2 => has(found, "XsdValidator");
const isFiles = (found: unknown): found is typeof Libxml2Files => has(found, "xmlRegisterFsInputProviders");

const textOf = (bytes: Uint8Array): string => {
  const head = Buffer.from(bytes.subarray(0, 100)).toString("latin1");
  return Buffer.from(bytes).toString(head.includes("UTF-8") ? "utf8" : "latin1");
};

type Parse = (bytes: Uint8Array) => void;

/** As a reader of these documents must set it: with attributes, which namespaces are, and text in its order among elements. */
const fastXmlParse = ({ XMLParser }: typeof FastXml): Parse => {
  const parser = new XMLParser({
    preserveOrder: true,
    ignoreAttributes: false,
    parseTagValue: false,
    trimValues: false,
  });
  return (bytes) => {
    parser.parse(textOf(bytes));
  };
};

/** The document in a VANS envelope, as base64. */
const enveloped = (bytes: Uint8Array): string | undefined => /<Data>([^<]*)<\/Data>/.exec(textOf(bytes))?.[1];

const wholeReader =
  (parse: Parse) =>
  (bytes: Uint8Array): Reader => {
    const inside = enveloped(bytes);
    return () => {
      parse(bytes);
      if (inside !== undefined) parse(Buffer.from(inside, "base64"));
    };
  };
const envelopeReader =
  (parse: Parse) =>
  (bytes: Uint8Array): Reader | undefined =>
    enveloped(bytes) === undefined
      ? undefined
      : () => {
          parse(bytes);
        };

const fastXmlReaders = (found: unknown): Pick<Peers, "fastXml" | "fastXmlEnvelope"> => {
  if (!isFastXml(found)) return { fastXml: undefined, fastXmlEnvelope: undefined };
  const parse = fastXmlParse(found);
  return { fastXml: wholeReader(parse), fastXmlEnvelope: envelopeReader(parse) };
};

/** `…/schemas/2018/08/06/` names the folder of the schema. */
const schemaFile = (bytes: Uint8Array, folder: string): string | undefined => {
  const date = /schemas\/(\d{4}\/\d\d\/\d\d)\//.exec(textOf(bytes.subarray(0, 400)))?.[1];
  const file = date === undefined ? undefined : join(folder, date, "EMessage.xsd");
  return file !== undefined && existsSync(file) ? file : undefined;
};

const libxml2Reader = ({ XmlDocument, XsdValidator, ParseOption }: typeof Libxml2, folder: string) => {
  const validators = new Map<string, Libxml2.XsdValidator>();
  const validatorOf = (file: string): Libxml2.XsdValidator => {
    const known = validators.get(file);
    if (known !== undefined) return known;
    const option = ParseOption.XML_PARSE_DEFAULT;
    const schema = XmlDocument.fromBuffer(readFileSync(file), { url: file, option });
    const validator = XsdValidator.fromDoc(schema);
    schema.dispose();
    validators.set(file, validator);
    return validator;
  };
  return (bytes: Uint8Array): Reader | undefined => {
    const file = schemaFile(bytes, folder);
    if (file === undefined) return undefined;
    const validator = validatorOf(file);
    return () => {
      const document = XmlDocument.fromBuffer(bytes);
      validator.validate(document);
      document.dispose();
    };
  };
};

const strict = (bytes: Uint8Array): Reader => {
  return () => {
    if (!readMedComXml(bytes).ok) throw new Error("not read");
  };
};

/**
 * `installed`: a package by its name, where it is. `schemas`: the folder of MedCom's schemas, by date; without it nothing is
 * validated.
 */
export const findPeers = async (
  installed: (name: string) => Promise<unknown>,
  schemas: string | undefined,
): Promise<Peers> => {
  const fast = await installed("fast-xml-parser");
  const libxml2 = await installed("libxml2-wasm");
  const files = await installed("libxml2-wasm/lib/nodejs.mjs");
  const readers = fastXmlReaders(fast);
  const canValidate = isLibxml2(libxml2) && isFiles(files);
  if (canValidate) files.xmlRegisterFsInputProviders();
  return {
    strict,
    ...readers,
    libxml2: canValidate && schemas !== undefined ? libxml2Reader(libxml2, schemas) : undefined,
    missing: [
      ...(readers.fastXml === undefined ? ["fast-xml-parser is not installed"] : []),
      ...(canValidate ? [] : ["libxml2-wasm is not installed"]),
      ...(schemas === undefined ? ["no --schemas: nothing is validated"] : []),
    ],
  };
};
