import { inNewEnvelope } from "../documents/letters.ts";
import type { Seen } from "../documents/seen.ts";
import type { Change } from "./conversation.ts";

/** A document as it lies in the inbox that the partner is shown. */
export type Shown = {
  deliveryId: string;
  caseId: string;
  from: string;
  documentType: string;
  at: string;
  mediaType: string;
  bytes: Uint8Array;
  seen: Seen;
  /** As the hub wrote it. What was changed, or is shown once more, the hub knows nothing of, and is told nothing of. */
  real: boolean;
};

/** A GLN in form, and nobody's here. */
const somebodyElse = "5790000999998";
const kept = 0.6;

const changes: Readonly<Record<Change, (text: string) => string>> = {
  version: (text) => text.replace(/(<VersionCode>)[^<]*/, "$1XD9999L"),
  receiver: (text) => text.replace(/(<Receiver>\s*<EANIdentifier>)[^<]*/, `$1${somebodyElse}`),
  cut: (text) => text.slice(0, Math.floor(text.length * kept)),
  "unknown-code": (text) => text.replaceAll("care-communication-message", "message-of-no-kind"),
};

/** Every byte stays what it is, whatever the encoding. */
const edited = (bytes: Uint8Array, edit: (text: string) => string): Uint8Array =>
  Buffer.from(edit(Buffer.from(bytes).toString("latin1")), "latin1");

export const changed = (bytes: Uint8Array, change: Change): Uint8Array => edited(bytes, changes[change]);

/** The same document in a new envelope: another number around it, and its own as it was. */
export const repeated = ({ bytes, seen }: Shown, newId: () => string): Uint8Array => {
  const { standard, envelopeId } = seen;
  if (standard === "oioxml")
    return inNewEnvelope(bytes, newId().replaceAll("-", "").slice(0, 14).toUpperCase());
  return envelopeId === undefined ? bytes : edited(bytes, (text) => text.replaceAll(envelopeId, newId()));
};
