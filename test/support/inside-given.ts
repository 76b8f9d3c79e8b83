import type { Organisation } from "../../contracts/messages/directory.ts";
import { changed, regionWith, who } from "./region-view.ts";

/** A department whose system speaks FHIR and nothing else: attachments reach it inside a message alone. */
const fhirTaking = (...accepts: string[]): Organisation["channels"] => [
  { standard: "fhir", transport: "inbox", accepts, sendsReceipts: true },
];
export const regionWithFhir = (gln: string, ...accepts: string[]) =>
  regionWith(changed(gln, { channels: fhirTaking(...accepts) }));

/** Endocrinology speaks FHIR, and the practice MedCom's letters, without attachments of their own. */
export const fhirRegion = regionWith(
  changed(who.endocrinology, { channels: fhirTaking("CareCommunication") }),
  changed(who.practice, {
    channels: [
      { standard: "oioxml", transport: "inbox", accepts: ["XDIS91", "XBIN01"], sendsReceipts: true },
    ],
  }),
);
