/** What the four witnesses of a run saw: the senders, the receivers, the journal as it is read at the end, and the plan. */

/** An answer that settles a message. Two answers to the same message must be the same in all of it. */
export type Answer = {
  yes: boolean;
  status: number;
  caseId: string;
  due: string;
  /** Hash of what was answered, without what tells that it was answered before. */
  digest: string;
  /** Why not, where the answer says so: a code, or the words of a receipt. Empty: it says nothing. */
  reason: string;
};

/** One message, however often it was sent. */
export type Sent = {
  /** What the journal knows the message by (`commandId`); empty: nothing that can be recorded. */
  id: string;
  kind: string;
  sends: number;
  /** Every definite answer that differs from those before it, in order. */
  answers: Answer[];
};

type Owed = { deliveryId: string; to: string };
/** What became of a delivery, in the journal's words; `acted`: its receiver acted on the case, and so has read it. */
export type Settled = { deliveryId: string; change: string };
export type Rung = { clockId: string; change: "warned" | "breached"; no: number; at: string };

/** A record of the journal, as far as it is looked at. */
export type Recorded = {
  stream: string;
  seq: number;
  /** It stands on the subject of its own case. */
  inPlace: boolean;
  caseId: string;
  no: number;
  commandId: string;
  accepted: boolean;
  refusal: string;
  owed: Owed[];
  settled: Settled[];
  rung: Rung[];
};

/** One document as a receiver got it, in the order in which it got them. */
export type Received = {
  receiver: string;
  deliveryId: string;
  /** The id that the receiver tells copies by. */
  copyId: string;
  digest: string;
};

/** A clock that was put into the journal to ring at these times. */
export type PlantedClock = { caseId: string; clockId: string; warnAt: string; due: string };

export type Evidence = {
  sent: readonly Sent[];
  journal: readonly Recorded[];
  received: readonly Received[];
  planted: readonly PlantedClock[];
  /** Everybody whose documents were looked at: what is owed to one of them has come. */
  receivers: readonly string[];
  /** Receivers that are brought their documents one after another within a case. */
  ordered: readonly string[];
};

/** The kinds of violation. Those that only time can tell from a delay are marked so in `mayHeal`. */
export type Kind =
  | "unanswered"
  | "flipped"
  | "no-reason"
  | "lost"
  | "recorded-twice"
  | "told-otherwise"
  | "out-of-place"
  | "numbers"
  | "not-delivered"
  | "delivered-unowed"
  | "copy-differs"
  | "order"
  | "receipt-flipped"
  | "fetched-twice"
  | "clock-missed"
  | "clock-twice"
  | "clock-early"
  | "odd-answer";

export type Violation = { kind: Kind; text: string };

/** What may be only late: looked for again until it is there, or until patience is at its end. */
export const mayHeal: ReadonlySet<Kind> = new Set<Kind>(["not-delivered", "clock-missed"]);
