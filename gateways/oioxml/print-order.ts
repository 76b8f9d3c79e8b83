import type { Letter } from "../../contracts/letter.ts";
import type { ClinicalLetter } from "../../contracts/letters/any-letter.ts";
import { type Wrapping, wrapInVans } from "../envelopes/vans/wrap-vans.ts";
import type { Printed } from "../tables/losses.ts";
import type { UnstoredAttachmentLetter } from "./codec/binary-letter.ts";
import { printClinicalLetter } from "./codec/clinical-letter.ts";
import { printAttachments } from "./codec/print-attachments.ts";
import type { EnvelopeToPrint } from "./codec/print-emessage.ts";
import { printLetter } from "./codec/print-letter.ts";
import { spokenTypes } from "./codec/spoken-types.ts";

/** What a delivery says. */
export type Told =
  | { readonly kind: "correspondence"; readonly letter: Letter }
  | { readonly kind: "clinical"; readonly letter: ClinicalLetter }
  | { readonly kind: "attachments"; readonly letter: UnstoredAttachmentLetter };

/** Everything that a document is printed from: a value, so that it may be printed in another thread. */
export type PrintOrder = {
  readonly told: Told;
  readonly envelope: EnvelopeToPrint;
  /** Its VANSEnvelope, for a receiver that has its documents in one. */
  readonly vans?: Omit<Wrapping, "version">;
};

const versionOf = ({ kind, letter }: Told): string => {
  if (kind === "clinical") return letter.version;
  return (kind === "attachments" ? spokenTypes.XBIN01 : spokenTypes.XDIS91).version;
};

/** The document in the hub's own Emessage. */
export const printBare = ({ told, envelope }: Pick<PrintOrder, "told" | "envelope">): Printed => {
  switch (told.kind) {
    case "correspondence":
      return printLetter(told.letter, envelope);
    case "clinical":
      return printClinicalLetter(told.letter, envelope);
    case "attachments":
      return printAttachments(told.letter, envelope);
  }
};

/** A printed document in the envelope that it is to come in, if any. */
export const wrapPrinted = (
  { told, vans }: Pick<PrintOrder, "told" | "vans">,
  { bytes, losses }: Printed,
): Printed => ({
  bytes: vans === undefined ? bytes : wrapInVans(bytes, { ...vans, version: versionOf(told) }),
  losses,
});

export const printOrder = (order: PrintOrder): Printed => wrapPrinted(order, printBare(order));
