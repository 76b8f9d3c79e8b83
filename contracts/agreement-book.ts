import { z } from "zod";
import { type Agreement, AgreementEntry, isClock } from "./agreement.ts";
import { agreements as builtIn } from "./codes/agreements.ts";
import { Instant } from "./time.ts";

/** One version of an agreement as the hub keeps it: never changed, never taken away, since clocks may run by it. */
export const KeptAgreement = z.object({
  agreement: AgreementEntry,
  /** The id of the set that brought it; `operator`: it was put while the hub ran. */
  set: z.string(),
  changedBy: z.string(),
  changedAt: Instant,
  /** The last Danish date on which it counts, when the set that brought it was replaced by one without it. */
  until: z.iso.date().optional(),
  /** Whether clocks that run under an older version are counted anew under it, from their own start. Absent: they keep theirs. */
  runningClocks: z.enum(["keep", "recompute"]).optional(),
  /** When all running clocks had been; and when those had been cancelled that were to end with it. */
  recountedAt: Instant.optional(),
  closedAt: Instant.optional(),
});
export type KeptAgreement = z.infer<typeof KeptAgreement>;

/** A file of the region's set, as it was when it was read. */
export const KnownSet = z.object({
  id: z.string(),
  version: z.number(),
  validFrom: z.iso.date(),
  file: z.string(),
  readAt: Instant,
});
export type KnownSet = z.infer<typeof KnownSet>;

/** Everything that the hub knows of agreements: one entry in its store, so that a change is all or nothing. */
export const AgreementBook = z.object({ sets: z.array(KnownSet), kept: z.array(KeptAgreement) });
export type AgreementBook = z.infer<typeof AgreementBook>;

export const emptyBook: AgreementBook = { sets: [], kept: [] };

const ended = ({ agreement, until }: KeptAgreement): AgreementEntry => {
  if (until === undefined) return agreement;
  const { validTo = until } = agreement;
  return { ...agreement, validTo: validTo < until ? validTo : until };
};

/** All versions, those of a replaced set with the date on which they stopped counting. */
export const entriesOf = ({ kept }: AgreementBook): AgreementEntry[] => kept.map(ended);

/** Those that clocks run by. A hub whose book was never written binds by what it was built with. */
export const clocksOf = (book: AgreementBook): readonly Agreement[] =>
  book.kept.length === 0 ? builtIn : entriesOf(book).filter(isClock);
