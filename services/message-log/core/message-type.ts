import type { CaseRecord } from "../../../contracts/record.ts";
import { isFhirMessage, isLetter } from "../../../contracts/written.ts";

type Typed = { type: string; standard?: "oioxml" | "fhir" | "json" };

/** The documents that become a command without being kept whole beside it. */
const documents: Readonly<Record<string, Typed>> = {
  "advice.receiveLetter": { type: "XDIS91", standard: "oioxml" },
  "advice.refuseLetter": { type: "XDIS91", standard: "oioxml" },
  "attachment.receive": { type: "XBIN01", standard: "oioxml" },
  "attachment.refuse": { type: "XBIN01", standard: "oioxml" },
  // Of either standard: the command tells what was answered, and no longer in which words.
  "delivery.receiveReceipt": { type: "receipt" },
};

/** What a message is called in its standard; a typed message is called by its command. */
export const typeOf = ({ written, meta }: Pick<CaseRecord, "written" | "meta">): Typed => {
  if (isFhirMessage(written)) return { type: written.kind, standard: "fhir" };
  if (isLetter(written)) return { type: written.type, standard: "oioxml" };
  const document = documents[meta.commandType];
  if (document !== undefined) return document;
  return meta.intake === undefined
    ? { type: meta.commandType, standard: "json" }
    : { type: meta.commandType };
};

/** The version of a message of a type, where what was written tells it; the hub's own typed messages are in their first. */
export const versionOf = (
  { written }: Pick<CaseRecord, "written">,
  { type, standard }: { type: string; standard?: Typed["standard"] | undefined },
): string => {
  if (isFhirMessage(written) && written.kind === type) return written.version;
  if (isLetter(written) && written.type === type) return written.version;
  return standard === "json" ? "1" : "unknown";
};
