import { SaxesParser } from "saxes";
import { endBase64 } from "../../gateways/xml/base64.ts";
import type { XmlElement } from "../../gateways/xml/read-xml.ts";

/** A document as another reader of strict XML has it. `line` is that of the fault. */
export type Verdict =
  | { ok: true; tree: Tree }
  | { ok: false; code: "xml-malformed" | "xml-forbidden"; line: number };

export interface Tree {
  uri: string;
  local: string;
  attributes: { uri: string; local: string; value: string }[];
  content: (Tree | string)[];
}

const namespaceTalk = ["http://www.w3.org/2000/xmlns/", "http://www.w3.org/2001/XMLSchema-instance"];

const addText = (tree: Tree | undefined, text: string): void => {
  const last = tree?.content.at(-1);
  if (typeof last === "string") tree?.content.splice(-1, 1, last + text);
  else tree?.content.push(text);
};

class Ended extends Error {}

/** saxes, as it was set when it was the reader under `readXml`: the first fault ends the reading, and so does a DOCTYPE. */
export const saxesVerdict = (text: string): Verdict => {
  const parser = new SaxesParser({
    xmlns: true,
    position: false,
    defaultXMLVersion: "1.0",
    forceXMLVersion: true,
  });
  const open: Tree[] = [];
  let root: Tree | undefined;
  let fault: "xml-malformed" | "xml-forbidden" | undefined;
  const end = (code: "xml-malformed" | "xml-forbidden"): never => {
    fault = code;
    throw new Ended(code);
  };
  parser.on("opentag", ({ uri, local, attributes }) => {
    const kept = Object.values(attributes).filter((one) => !namespaceTalk.includes(one.uri));
    const told = kept.map((one) => ({ uri: one.uri, local: one.local, value: one.value }));
    const tree = { uri, local, attributes: told, content: [] };
    open.at(-1)?.content.push(tree);
    root ??= tree;
    open.push(tree);
  });
  parser.on("closetag", () => void open.pop());
  parser.on("text", (one) => {
    addText(open.at(-1), one);
  });
  parser.on("cdata", (one) => {
    addText(open.at(-1), one);
  });
  parser.on("doctype", () => end("xml-forbidden"));
  parser.on("error", () => end("xml-malformed"));
  try {
    // A carriage return at the very end would wait for what follows, and not be counted.
    parser.write(text.replace(/\r+$/, (returns) => "\n".repeat(returns.length))).close();
  } catch (error) {
    if (!(error instanceof Ended) || fault === undefined) throw error;
    return { ok: false, code: fault, line: parser.line };
  }
  if (root === undefined) throw new Error("saxes accepted a document without a root");
  return { ok: true, tree: root };
};

/** Our tree as the oracle tells its own. Base64 that is no string is told as the digits that it was. */
export const toldTree = ({ uri, local, attributes, content, base64 }: XmlElement): Tree => ({
  uri,
  local,
  attributes: attributes.map((one) => ({ uri: one.uri, local: one.local, value: one.value })),
  content:
    base64 === undefined
      ? content.map((part) => (typeof part === "string" ? part : toldTree(part)))
      : [Buffer.from(endBase64(base64) ?? []).toString("base64")],
});
