/** What the clocks of a case know of the world: which agreement binds whom, and whose hours count. */
import type { Agreement } from "../../contracts/agreement.ts";
import { bindingAgreements, type Matter } from "../../contracts/agreement-choice.ts";
import type { ClockMatter } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { Family } from "../../contracts/family.ts";
import type { ClockState } from "./clock-book.ts";
import type { Hours } from "./clock-rules.ts";
import { localDateOf } from "./clock-zone.ts";
import type { Owing } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { partyViewOf } from "./party-view.ts";

/** What the clocks need to know of the world: agreements in force and the debtor's opening hours. */
export type ClockWorld = { family: Family; agreements: readonly Agreement[]; directory: DirectoryView };

/** What the clocks of a case are told of one decision. */
export type Happened = {
  at: string;
  /** When it happened, where it is told of later. */
  happenedAt?: string | undefined;
  recordNo: number;
  factTypes: readonly string[];
  owing?: readonly Owing[] | undefined;
  cancel?: string | undefined;
  /** What became of deliveries, those that are owed from now on included. */
  deliveries?: readonly DeliveryChange[] | undefined;
  /** Who acted, and so has read what was sent to it before. */
  reader?: string | undefined;
};

/** The days and hours of an organisation by the directory. */
export const hoursOf = (directory: DirectoryView, gln: string): Hours => {
  const o = directory.organisation(gln);
  return { openingHours: o?.openingHours ?? [], closingDays: o?.closingDays ?? [] };
};

type Bound = { matter: Matter; debtor: string; creditor: string; at: string; facts: readonly string[] };

/** The agreements by which clocks start between two parties in this matter, on the Danish date of `at`. */
export const agreementsOf = (
  world: ClockWorld,
  { matter, debtor, creditor, at, facts }: Bound,
): Agreement[] => {
  const { agreements, directory } = world;
  if (directory.organisation(debtor) === undefined) return [];
  const parties = { debtor: partyViewOf(directory, debtor), creditor: partyViewOf(directory, creditor) };
  const question = { matter, parties, date: localDateOf(at), facts };
  return bindingAgreements(agreements, question).filter(({ notYet }) => notYet === undefined);
};

/** The version that a clock runs under. */
export const agreementOf = (clock: ClockState, agreements: readonly Agreement[]): Agreement | undefined =>
  agreements.find(({ id, version }) => id === clock.agreement && version === clock.agreementVersion);

/** A matter as a clock keeps it: its family is the record's, and what is absent is left out. */
export const keptMatter = ({ kind, speciality, priority, tier }: Matter): ClockMatter => ({
  kind,
  ...(speciality === undefined ? {} : { speciality }),
  ...(priority === undefined ? {} : { priority }),
  ...(tier === undefined ? {} : { tier }),
});
