import { readdirSync, readFileSync } from "node:fs";
import { printFhir } from "../../gateways/fhir/codec/model/print-fhir.ts";
import {
  acknowledgement,
  careCommunication,
  homeCareObservation,
  hospitalNotification,
} from "./fhir-bundles.ts";
import { samplesIn } from "./fhir-samples.ts";

/** A valid message in one of the formats. */
export type FhirSpecimen = { readonly name: string; readonly bytes: Uint8Array };

const activities = [
  "admit-inpatient",
  "start-leave-inpatient",
  "discharge-inpatient-home",
  "cancel-admit-inpatient",
];

const built = {
  ...Object.fromEntries(activities.map((activity) => [activity, hospitalNotification({ activity })])),
  careCommunication: careCommunication(),
  homeCareObservation: homeCareObservation(),
  ok: acknowledgement(),
  "fatal-error": acknowledgement({ code: "fatal-error" }),
};

const formats = ["xml", "json"] as const;
const examples = "contracts/examples/fhir";
const folders = ["hospitalnotification", "carecommunication-v5", "homecareobservation", "acknowledgement"];

/** Attachments are cut to a few bytes: what is random is elsewhere. */
const shortened = (bytes: Buffer): Uint8Array =>
  Buffer.from(
    bytes.toString("utf8").replace(/(<data value="|"data"\s*:\s*")[A-Za-z0-9+/=\s]{4000,}"/g, '$1QmxvZA=="'),
  );

/** Those that the tests build, our own examples, and MedCom's where they are at hand; in both formats. */
export const fhirSpecimens = (): FhirSpecimen[] => [
  ...Object.entries(built).flatMap(([name, bundle]) =>
    formats.map((format) => ({ name: `${name} in ${format}`, bytes: printFhir(bundle, format) })),
  ),
  ...readdirSync(examples)
    .filter((name) => !name.startsWith("operation-outcome"))
    .sort()
    .map((name) => ({ name, bytes: readFileSync(`${examples}/${name}`) })),
  ...folders
    .flatMap((folder) => formats.flatMap((format) => samplesIn(`${folder}/${format}`)))
    .map((name) => ({ name, bytes: shortened(readFileSync(`../shared/fhir/samples/${name}`)) })),
];
