import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { z } from "zod";
import { assetPath } from "./package-root.ts";

const Example = z.object({ schema: z.string(), message: z.unknown() });

type Read = { file: string; schema: string; message: unknown };

const textTypes: Readonly<Record<string, string>> = { ".xml": "application/xml", ".txt": "text/plain" };

/** What is a document of a standard, and no message of the hub's own, is an example of its media type. */
const mediaTypeOf = (file: string): string | undefined =>
  file.startsWith("fhir/") ? `application/fhir+${extname(file).slice(1)}` : textTypes[extname(file)];

const isValid = (file: string): boolean =>
  mediaTypeOf(file) !== undefined || (file.includes("/valid/") && file.endsWith(".json"));

/** A document is in the encoding that it names itself (XML 1.0, section 4.3.3). */
const textOf = (bytes: Buffer): string =>
  /^<\?xml[^>]*encoding="ISO-8859-1"/.test(bytes.toString("latin1", 0, 100))
    ? bytes.toString("latin1")
    : bytes.toString("utf8");

const readExample = async (folder: string, file: string): Promise<Read> => {
  const bytes = await readFile(join(folder, file));
  const schema = mediaTypeOf(file);
  if (schema !== undefined) return { file, schema, message: textOf(bytes) };
  return { file, ...Example.parse(JSON.parse(bytes.toString("utf8"))) };
};

/** The valid examples of the contracts, from the package's own files, in the order of their names. */
export const readExamples = async (): Promise<Read[]> => {
  const folder = assetPath("contracts/examples");
  const files = (await readdir(folder, { recursive: true })).map((file) => file.replaceAll("\\", "/"));
  return Promise.all(
    files
      .filter(isValid)
      .toSorted()
      .map((file) => readExample(folder, file)),
  );
};
