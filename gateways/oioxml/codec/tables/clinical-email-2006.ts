import { formatted, group, groupOf, list, optional, repeated, text } from "../../../tables/element-table.ts";
import {
  episodeStatus,
  letterHead,
  letterPatient,
  objectCodes,
  objectExtensions,
  parties2006,
  receiver,
  references,
  sender,
} from "./shared.ts";

/** XDIS91, XD9134L (MedCom ClinicalEmail.xsd 2006/07/01). */
export const clinicalEmail2006 = groupOf(
  letterHead({ version: "XD9134L", type: "XDIS91" }),
  sender(parties2006),
  receiver(parties2006),
  letterPatient(parties2006.postCodeMin, episodeStatus),
  optional(
    group(
      "AdditionalInformation",
      optional(list("Priority", ["rutine", "høj_prioritet"])),
      optional(text("Subject", 70)),
    ),
  ),
  repeated(group("ClinicalInformation", formatted("Text01", "formatted")), 0, 10),
  references({ codes: objectCodes, extensions: objectExtensions }),
);
