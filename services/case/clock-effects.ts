import type { Agreement } from "../../contracts/agreement.ts";
import { bindingAgreements, type Matter } from "../../contracts/agreement-choice.ts";
import type { ClockChange } from "../../contracts/clocks.ts";
import { deliveryMatter } from "../../contracts/codes/promises.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { Family } from "../../contracts/family.ts";
import type { CaseState } from "./case-state.ts";
import {
  type ClockState,
  cancelClock,
  pauseClock,
  resumeClock,
  startClock,
  stopClock,
} from "./clock-book.ts";
import { type Hours, isLate } from "./clock-rules.ts";
import { localDateOf } from "./clock-zone.ts";
import type { Owing } from "./decision.ts";
import type { DirectoryView } from "./directory-view.ts";
import { partyViewOf } from "./party-view.ts";

/** What the clocks need to know of the world: agreements in force and the debtor's opening hours. */
export type ClockWorld = { family: Family; agreements: readonly Agreement[]; directory: DirectoryView };

const hoursOf = (directory: DirectoryView, gln: string): Hours => {
  const o = directory.organisation(gln);
  return { openingHours: o?.openingHours ?? [], closingDays: o?.closingDays ?? [] };
};

type Owed = { matter: Matter; debtor: string; creditor: string; at: string; facts: readonly string[] };

/** The agreements by which clocks start between two parties in this matter, on the Danish date of `at`. */
const agreementsOf = (world: ClockWorld, { matter, debtor, creditor, at, facts }: Owed): Agreement[] => {
  const { agreements, directory } = world;
  if (directory.organisation(debtor) === undefined) return [];
  const parties = { debtor: partyViewOf(directory, debtor), creditor: partyViewOf(directory, creditor) };
  const question = { matter, parties, date: localDateOf(at), facts };
  return bindingAgreements(agreements, question).filter(({ notYet }) => notYet === undefined);
};

const changeOf = (
  clock: ClockState,
  factType: string,
  world: { agreement: Agreement; hours: Hours; at: string },
): ClockChange | undefined => {
  const { agreement, at } = world;
  if (agreement.stopsOn.includes(factType)) return stopClock(clock, at);
  if (agreement.cancelsOn.includes(factType)) return cancelClock(clock, at, factType);
  if (agreement.pausesOn.includes(factType)) return pauseClock(clock, at, factType);
  if (agreement.resumesOn.includes(factType))
    return resumeClock(clock, { at, agreement, hours: world.hours });
  return undefined;
};

const overdue = (clock: ClockState, at: string): ClockChange[] =>
  !clock.breached && isLate(at, clock.due) ? [{ change: "breached", clockId: clock.clockId, at }] : [];

/** What the facts of one decision do to the clocks that already run on the case (not those of receipts). */
const onRunning = (
  state: CaseState,
  factTypes: readonly string[],
  world: ClockWorld & { at: string },
): ClockChange[] =>
  Object.values(state.clocks)
    .filter((clock) => clock.deliveryId === undefined)
    .flatMap((clock) => {
      const agreement = world.agreements.find(
        (a) => a.id === clock.agreement && a.version === clock.agreementVersion,
      );
      if (agreement === undefined) return [];
      const hours = hoursOf(world.directory, clock.debtor);
      const change = factTypes
        .map((type) => changeOf(clock, type, { agreement, hours, at: world.at }))
        .find((c) => c !== undefined);
      if (change === undefined) return [];
      // A question back that comes too late does not hide the breach, even when no timer came to tell it first.
      return change.change === "paused" ? [...overdue(clock, world.at), change] : [change];
    });

type Happened = {
  at: string;
  recordNo: number;
  factTypes: readonly string[];
  owing?: readonly Owing[] | undefined;
  cancel?: string | undefined;
};

const startedBy = (owing: Owing, happened: Happened, world: ClockWorld): ClockChange[] => {
  const { debtor, creditor, about, limits } = owing;
  const at = owing.from ?? happened.at;
  const hours = hoursOf(world.directory, debtor);
  const suffix = about === undefined ? "" : `.${about}`;
  const { kind, priority, tier } = owing;
  const speciality = world.directory.organisation(debtor)?.specialities[0];
  const matter = { family: world.family, kind, speciality, priority, tier };
  const facts = happened.factTypes;
  return agreementsOf(world, { matter, debtor, creditor, at: happened.at, facts })
    .filter(({ promise }) => owing.promises === undefined || owing.promises.includes(promise))
    .map((agreement) => {
      const clockId = `${agreement.id}.${String(happened.recordNo)}${suffix}`;
      return startClock(agreement, { clockId, debtor, creditor, at, hours, about, limits });
    });
};

/** Every clock change of one decision, computed inside it: what stops, pauses, resumes, is cancelled and starts. */
export const clockChanges = (state: CaseState, happened: Happened, world: ClockWorld): ClockChange[] => {
  const { cancel, at } = happened;
  const running = Object.values(state.clocks).filter((clock) => clock.deliveryId === undefined);
  const ended =
    cancel === undefined
      ? onRunning(state, happened.factTypes, { ...world, at })
      : running.flatMap((clock) => cancelClock(clock, at, cancel) ?? []);
  return [...ended, ...(happened.owing ?? []).flatMap((owing) => startedBy(owing, happened, world))];
};

const receiptClockId = (deliveryId: string): string => `RECEIPT.${deliveryId.slice(37)}`;

const settles: ReadonlySet<DeliveryChange["change"]> = new Set(["acknowledged", "failed"]);

/**
 * The clocks of receipts: one starts with a delivery that expects a receipt, and stops when the delivery is settled. It is
 * the promise to the sender, and runs on while the document is sent again.
 */
export const receiptClockChanges = (
  state: CaseState,
  deliveries: readonly DeliveryChange[],
  world: ClockWorld & { at: string },
): ClockChange[] => {
  const { at } = world;
  return deliveries.flatMap((d): ClockChange[] => {
    const clockId = receiptClockId(d.deliveryId);
    if (d.change !== "owed") {
      if (!settles.has(d.change)) return [];
      const clock = state.clocks[clockId];
      const stopped = clock === undefined ? undefined : stopClock(clock, at);
      return stopped === undefined ? [] : [stopped];
    }
    if (!d.receiptExpected) return [];
    const { to: debtor, from: creditor, deliveryId } = d;
    const hours = hoursOf(world.directory, debtor);
    const matter = { family: world.family, kind: deliveryMatter };
    return agreementsOf(world, { matter, debtor, creditor, at, facts: [d.change] })
      .slice(0, 1)
      .map((agreement) => startClock(agreement, { clockId, debtor, creditor, at, deliveryId, hours }));
  });
};
