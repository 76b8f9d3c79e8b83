/** Whom a step of an agreement means, and which number to ring: by the directory alone. */
import type { EscalationTo } from "../../contracts/agreement.ts";
import type { Organisation } from "../../contracts/messages/directory.ts";
import type { Instant } from "../../contracts/time.ts";
import { localDateOf } from "./clock-zone.ts";
import type { DirectoryView } from "./directory-view.ts";
import { isOpenAt } from "./notice-time.ts";

export type Parties = { debtor: string; creditor: string };
export type TellWorld = {
  directory: DirectoryView;
  at: Instant;
  /** GLN of who runs the hub. */
  operations?: string | undefined;
};

const isPractice = (o: Organisation | undefined): boolean => o?.kind === "practice";

/** A doctor who has closed has somebody on duty; all others have the whole that they are part of. */
const nextInLine = (debtor: Organisation | undefined, at: Instant): string | undefined => {
  if (debtor === undefined) return undefined;
  const { outOfHours, partOf } = debtor;
  return outOfHours !== undefined && !isOpenAt(debtor, at) ? outOfHours : (partOf ?? outOfHours);
};

/** GLN of who is told; `undefined`: nobody whom the hub knows. */
export const whomToTell = (
  to: EscalationTo,
  { debtor, creditor }: Parties,
  { directory, at, operations }: TellWorld,
): string | undefined => {
  switch (to) {
    case "team":
      return debtor;
    case "practice":
      return [debtor, creditor].find((gln) => isPractice(directory.organisation(gln))) ?? creditor;
    case "operations":
      return operations;
    case "nextInLine":
      return nextInLine(directory.organisation(debtor), at);
    case "phone":
      return creditor;
  }
};

type Number = { of: string; number: string };

const substituteOf = (o: Organisation, date: string): string | undefined =>
  o.substitutes.find(
    ({ validFrom, validTo }) => validFrom <= date && (validTo === undefined || date <= validTo),
  )?.phone;

/** The number behind the public one, where everybody who reads this is among those whom it is meant for. */
const directOf = (o: Organisation, readers: readonly Organisation[]): string | undefined =>
  o.directNumbers.find(({ visibleTo }) =>
    readers.every(({ gln, kind }) => gln === o.gln || visibleTo.includes(kind)),
  )?.number;

const numberOf = (o: Organisation, readers: readonly Organisation[], date: string): string | undefined =>
  substituteOf(o, date) ?? directOf(o, readers) ?? o.phone;

/**
 * Whom a receiver rings: who owes the answer, or, who owes it itself, who waits for it. `readers`: everybody who reads the message.
 * `undefined`: the directory knows no number, nor one of the whole.
 */
export const numberToRing = (
  receiver: string,
  { debtor, creditor }: Parties,
  { directory, at, readers }: TellWorld & { readers: readonly string[] },
): Number | undefined => {
  const date = localDateOf(at);
  const known = readers.flatMap((gln) => directory.organisation(gln) ?? []);
  // Who reads and is not in the directory is no kind of organisation, and is told no hidden number.
  const rung = directory.organisation(receiver === debtor ? creditor : debtor);
  for (let o = rung, level = 0; o !== undefined && level < 5; level++) {
    const number = known.length === readers.length ? numberOf(o, known, date) : o.phone;
    if (number !== undefined) return { of: o.gln, number };
    o = o.partOf === undefined ? undefined : directory.organisation(o.partOf);
  }
  return undefined;
};
