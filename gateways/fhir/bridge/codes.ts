import type { z } from "zod";
import { codeSystem } from "../../../contracts/codes/fhir-code.ts";
import type { CareCommunication } from "../../../contracts/fhir/care-communication.ts";
import type { ObjectExtension } from "../../../contracts/letter.ts";
import type { Patient } from "../../../contracts/party.ts";

type Extension = z.infer<typeof ObjectExtension>;
type Encounter = NonNullable<CareCommunication["encounter"]>;
type Status = Patient["episodeOfCareStatus"];

/** The types that a CareCommunication may carry, as a letter calls them. */
export const extensionOfType: Readonly<Record<string, Extension>> = {
  "application/pdf": "pdf",
  "image/gif": "gif",
  "image/jpeg": "jpeg",
  "image/png": "png",
  "image/tiff": "tiff",
  "image/bmp": "bmp",
};
export const typeOfExtension: Readonly<Partial<Record<Extension, string>>> = Object.fromEntries(
  Object.entries(extensionOfType).map(([type, extension]) => [extension, type]),
);

/** MedCom wants to know the type of whatever is attached, and a letter does not tell it of an address. */
export const typeOfUrl = (url: string): string | undefined => {
  const [, suffix = ""] = /\.([a-z]{3,4})(?:[?#].*)?$/i.exec(url) ?? [];
  const extension = { jpg: "jpeg", tif: "tiff" }[suffix.toLowerCase()] ?? suffix.toLowerCase();
  return Object.entries(typeOfExtension).find(([known]) => known === extension)?.[1];
};

const actCode = "http://terminology.hl7.org/CodeSystem/v3-ActCode";
const classes = {
  IMP: { system: actCode, code: "IMP" },
  AMB: { system: actCode, code: "AMB" },
  other: { system: codeSystem("medcom-core-encounter-act-codes"), code: "other" },
} as const;

/** Where the patient is in the sender's care, as an Encounter tells it (use cases of the VANS conversion, mapping table). */
export const encounterOfStatus: Readonly<Record<Status, Pick<Encounter, "status" | "class">>> = {
  inaktiv: { class: classes.other, status: "unknown" },
  indlagt: { class: classes.IMP, status: "in-progress" },
  ambulant: { class: classes.AMB, status: "in-progress" },
  ambulant_roentgen: { class: classes.AMB, status: "in-progress" },
  doed: { class: classes.other, status: "finished" },
};

const underWay: Readonly<Record<string, Status>> = { IMP: "indlagt", AMB: "ambulant" };

/** The table read backwards; what is not in it is `inaktiv`. Who is dead is told by the Patient. */
export const statusOfEncounter = (encounter: Encounter | undefined, deceased: boolean): Status => {
  if (deceased) return "doed";
  if (encounter?.status !== "in-progress") return "inaktiv";
  return underWay[encounter.class.code] ?? "inaktiv";
};
