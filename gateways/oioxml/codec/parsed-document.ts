import type { ErrorCode } from "../../../contracts/errors.ts";
import type { Letter } from "../../../contracts/letter.ts";
import type { ClinicalLetter } from "../../../contracts/letters/any-letter.ts";
import type { Problem } from "../../../contracts/problem.ts";
import type { LocalDateTime } from "../../../contracts/time.ts";
import type { Sbdh } from "../../envelopes/sbdh/sbdh.ts";
import type { VansEnvelope, VansReceipt } from "../../envelopes/vans/vans-envelope.ts";
import type { Encoding } from "../../xml/decode-text.ts";
import type { UnstoredAttachmentLetter } from "./binary-letter.ts";
import type { ReceiptContent, RefuseCode } from "./receipt.ts";

/** Emessage/Envelope. `identifier` is 1 to 14 characters, unique per sender. */
export interface ParsedEnvelope {
  readonly identifier: string;
  readonly sent: LocalDateTime;
  readonly wantsPositiveReceipt: boolean;
}

/** A letter that is not taken, with what could be read of it. `code` is the hub's reason, `refuseCode` MedCom's. */
export interface RefusedLetter {
  readonly kind: "refused";
  readonly type?: string;
  readonly version?: string;
  readonly letterId?: string;
  readonly senderGln?: string;
  readonly receiverGln?: string;
  /** Meant as a receipt, of whatever version: it is never answered by one. */
  readonly isReceipt?: true;
  readonly code: ErrorCode;
  readonly refuseCode: RefuseCode;
  /** Every problem found, at most a hundred. */
  readonly problems: readonly Problem[];
}

export interface ParsedReceipt extends ReceiptContent {
  readonly kind: "receipt";
  readonly type: "XCTL01" | "XCTL02" | "XCTL03";
  readonly version: string;
  readonly warnings: readonly Problem[];
}

/** One letter of an Emessage. Warnings never refuse: real messages break those rules. */
export type ParsedLetter =
  | {
      readonly kind: "letter";
      readonly type: "XDIS91";
      readonly version: "XD9134L";
      readonly letter: Letter;
      readonly warnings: readonly Problem[];
    }
  | {
      readonly kind: "attachments";
      readonly type: "XBIN01";
      readonly version: "XB0131X";
      readonly letter: UnstoredAttachmentLetter;
      readonly warnings: readonly Problem[];
    }
  | {
      readonly kind: "clinical";
      readonly type: ClinicalLetter["type"];
      readonly version: ClinicalLetter["version"];
      readonly letter: ClinicalLetter;
      readonly warnings: readonly Problem[];
    }
  | ParsedReceipt
  | RefusedLetter;

/**
 * A document in which nothing can be taken. What could be read of its envelope, sender and receiver is there for saying
 * so to the sender, and for nothing else.
 */
export interface UnreadableDocument {
  readonly kind: "unreadable";
  readonly code: ErrorCode;
  readonly refuseCode: RefuseCode;
  readonly problems: readonly Problem[];
  readonly vans?: VansEnvelope;
  readonly sbdh?: Sbdh;
  readonly envelope?: Partial<ParsedEnvelope>;
  readonly senderGln?: string;
  readonly receiverGln?: string;
  /** Some letter of it is meant as a receipt: it is never answered by one. */
  readonly isReceipt?: true;
  /** The letters that could be named. */
  readonly letters: readonly {
    readonly letterId: string;
    readonly version?: string;
    readonly root?: string;
  }[];
}

/** `warnings` are of the document as a whole; each letter has its own. */
export type ParsedDocument =
  | {
      readonly kind: "emessage";
      readonly encoding: Encoding;
      /** What it came in, if anything: one of the two. */
      readonly vans?: VansEnvelope;
      readonly sbdh?: Sbdh;
      readonly envelope: ParsedEnvelope;
      readonly letters: readonly ParsedLetter[];
      readonly warnings: readonly Problem[];
    }
  | {
      /** A VANSEnvelope without a document: what became of one that was sent. */
      readonly kind: "vansReceipt";
      readonly vans: VansEnvelope;
      readonly receipt: VansReceipt;
      readonly warnings: readonly Problem[];
    }
  | UnreadableDocument;
