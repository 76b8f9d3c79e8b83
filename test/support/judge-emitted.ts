import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { SchemaName } from "./oioxml-samples.ts";

/** Where the OIOXML documents that the hub emitted in the whole test run are kept; set by `whole-run.ts`. */
export const emittedVariable = "SEKTORBRO_TEST_RUN_DOCUMENTS";

/** Enough of a document to see what it is: its root and namespace. */
const headBytes = 400;
const headOf = ({ buffer, byteOffset, byteLength }: Uint8Array): string =>
  Buffer.from(buffer, byteOffset, Math.min(byteLength, headBytes)).toString("latin1");
/** The root of a document of OIOXML. `undefined`: it is none. */
export const rootOf = (bytes: Uint8Array): string | undefined =>
  /<(?:\w+:)?(Emessage|VANSEnvelope)[\s>]/.exec(headOf(bytes))?.[1];

/** Base64 of the document in a VANSEnvelope, whatever its lines. */
const inside = (bytes: Uint8Array): Uint8Array | undefined => {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const [from, to] = [text.indexOf("<Data>"), text.lastIndexOf("</Data>")];
  return from === -1 ? undefined : Buffer.from(text.slice(from + "<Data>".length, to), "base64");
};

/** The schema of a document, by the year of its namespace. `undefined`: none that is spoken. */
const schemaOf = (bytes: Uint8Array): SchemaName | undefined => {
  if (rootOf(bytes) === "VANSEnvelope") return "vans";
  const year = /xmlns="[^"]*\/(20\d\d)\/\d\d\/\d\d\/"/.exec(headOf(bytes))?.[1];
  return year as SchemaName | undefined;
};

type Complain = (name: SchemaName, bytes: Uint8Array) => string[];

/** What is not even XML is not valid either. */
const complaining = (schema: SchemaName, bytes: Uint8Array, complain: Complain): string[] => {
  try {
    return complain(schema, bytes);
  } catch (error) {
    return [String(error)];
  }
};

const complaintsOf = (bytes: Uint8Array, complain: Complain): string[] => {
  const schema = schemaOf(bytes);
  if (schema === undefined) return ["It is in no namespace of MedCom's."];
  const own = complaining(schema, bytes, complain);
  const document = schema === "vans" ? inside(bytes) : undefined;
  return document === undefined || rootOf(document) === undefined
    ? own
    : [...own, ...complaintsOf(document, complain)];
};

/** Which test each document was first met in. */
const metIn = (folder: string): Map<string, string> =>
  new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".index"))
      .flatMap((name) => readFileSync(join(folder, name), "utf8").split("\n"))
      .map((line) => [line.slice(0, 64), line.slice(65)]),
  );

type Judged = { documents: number; invalid: { met: string; complaints: string[] }[] };

/** Holds everything that was kept against MedCom's schemas. */
export const judgeEmitted = (folder: string, complain: Complain): Judged => {
  const met = metIn(folder);
  const names = readdirSync(folder).filter((name) => name.endsWith(".xml"));
  const invalid = names.flatMap((name) => {
    const complaints = complaintsOf(readFileSync(join(folder, name)), complain);
    return complaints.length === 0 ? [] : [{ met: met.get(name.slice(0, 64)) ?? "", complaints }];
  });
  return { documents: names.length, invalid };
};
