import type { LocalDateTime } from "../../../contracts/time.ts";
import { type LossCode, lossTable } from "./losses.ts";
import { type StayNoticeLoss, stayNoticeLosses } from "./stay-notice-losses.ts";

/** Something that does not come along, and where in the form that is named in `of`; `*` in a path is any index. */
export interface ToldLoss {
  readonly code: string;
  readonly of: string;
  readonly paths: readonly string[];
  readonly da: string;
  readonly en: string;
}

/** Why there is no form in the other standard. `path`: where in what was given; never a value. */
export interface Unconvertible {
  readonly code: string;
  readonly path: string;
  readonly da: string;
  readonly en: string;
}

export type Converted<Made> =
  | { readonly ok: true; readonly made: Made; readonly losses: readonly ToldLoss[] }
  | { readonly ok: false; readonly problems: readonly Unconvertible[] };

/** What is known of an organisation beyond what a document says of it (SOR, by its GLN). */
export interface KnownOrganisation {
  readonly sor?: string | undefined;
  readonly name?: string | undefined;
  readonly phone?: string | undefined;
}

/** What a conversion needs of the world. Everything else is derived, so that the same document always comes to the same. */
export interface Converting {
  /** When the result is made, with an offset or in UTC; absent: when the original was sent. */
  readonly at?: string | undefined;
  readonly organisation: (gln: string) => KnownOrganisation | undefined;
}

/** Emessage/Envelope of a letter; `envelopeId` and letters' numbers have at most 14 characters. */
export interface LetterEnvelope {
  readonly envelopeId: string;
  readonly sent: LocalDateTime;
  readonly wantsPositiveReceipt: boolean;
}

/** The losses of correspondence in words. */
export const careLosses = (codes: readonly LossCode[]): ToldLoss[] =>
  codes.map((code) => {
    const { of, touches, da, en } = lossTable[code];
    return { code, of, paths: touches, da, en };
  });

/** The losses of notifications of stays in words. */
export const stayLosses = (codes: readonly StayNoticeLoss[]): ToldLoss[] =>
  codes.map((code) => {
    const { of, touches, da, en } = stayNoticeLosses[code];
    return { code, of, paths: touches, da, en };
  });

export const noCounterpart = (
  type: string,
  standard: "FHIR" | "OIOXML",
  why?: { readonly da: string; readonly en: string },
): Unconvertible => {
  const da = `${type} har ingen modpart i MedComs ${standard}-meddelelser`;
  const en = `${type} has no counterpart among MedCom's ${standard} messages`;
  return {
    code: "no-counterpart",
    path: type,
    da: why === undefined ? `${da}.` : `${da}: ${why.da}`,
    en: why === undefined ? `${en}.` : `${en}: ${why.en}`,
  };
};

export const refused = (...problems: readonly Unconvertible[]): { ok: false; problems: Unconvertible[] } => ({
  ok: false,
  problems: [...problems],
});
