import { existsSync, readdirSync, readFileSync } from "node:fs";
import { type FhirDocument, readFhir } from "../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";

/** MedCom's published messages lie beside the project, not in it: they are theirs. */
const root = "../shared/fhir";
export const publishedPresent = existsSync(`${root}/samples`);
if (!publishedPresent) process.stderr.write(`Skipping tests against MedCom's FHIR samples: no ${root}\n`);

const folders = ["acknowledgement", "carecommunication-v5", "homecareobservation", "hospitalnotification"];
const named = (folder: string, format: string): string[] =>
  readdirSync(`${root}/samples/${folder}/${format}`).map((name) => `${folder}/${format}/${name}`);

/** The names of all published messages of FHIR. */
export const publishedNames = (): string[] =>
  publishedPresent
    ? [
        ...folders.flatMap((folder) => [...named(folder, "xml"), ...named(folder, "json")]),
        ...readdirSync(`${root}/samples/conversion-xdis91`)
          .filter((name) => /CareCommunication|Acknowledgement/.test(name))
          .map((name) => `conversion-xdis91/${name}`),
      ]
    : [];
export const published = (name: string): Uint8Array => readFileSync(`${root}/samples/${name}`);
export const issueCodes = (): string => readFileSync(`${root}/codes/valuesets.tsv`, "utf8");

/** The resource of a document, of one with errors too that could be read to its end. */
export const resourceIn = (document: FhirDocument): FhirResource => {
  const resource = document.ok ? document.resource : document.partial;
  if (resource === undefined) throw new Error("unreadable");
  return resource;
};

export const json = (value: unknown): Uint8Array => Buffer.from(JSON.stringify(value));
export const patientXml = (inner: string): Uint8Array =>
  Buffer.from(`<Patient xmlns="http://hl7.org/fhir">${inner}</Patient>`);

/** What a reading says, a line each: the code and the place. */
export const said = (bytes: Uint8Array): string[] => {
  const document = readFhir(bytes);
  return (document.ok ? document.warnings : document.problems).map(({ code, path }) => `${code} ${path}`);
};
