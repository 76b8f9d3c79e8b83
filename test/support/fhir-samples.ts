import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readFhir } from "../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../gateways/fhir/codec/model/resource.ts";

const root = "../shared/fhir/samples";
if (!existsSync(root)) process.stderr.write(`Skipping tests against MedCom's FHIR samples: no ${root}\n`);

/** MedCom's published instances, where they are beside the project. */
export const samplesIn = (folder: string): string[] =>
  existsSync(`${root}/${folder}`)
    ? readdirSync(`${root}/${folder}`)
        .toSorted()
        .map((name) => `${folder}/${name}`)
    : [];

/** @throws when the sample cannot be read. */
export const sampleOf = (file: string): FhirResource => {
  const document = readFhir(readFileSync(`${root}/${file}`));
  if (!document.ok) throw new Error(`${file}: ${document.problems.map(({ code }) => code).join(", ")}`);
  return document.resource;
};
