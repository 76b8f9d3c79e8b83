import { z } from "zod";
import { FhirMessage } from "./fhir/fhir-message.ts";
import { ClinicalLetter } from "./letters/any-letter.ts";

/** What a sender wrote, whole: a letter of MedCom's (told by its `type`) or a FHIR message (told by its `kind`). */
export const Written = z.union([ClinicalLetter, FhirMessage]);
export type Written = z.infer<typeof Written>;

export const isLetter = (written: Written | undefined): written is ClinicalLetter =>
  written !== undefined && "type" in written;

export const isFhirMessage = (written: Written | undefined): written is FhirMessage =>
  written !== undefined && "kind" in written;
