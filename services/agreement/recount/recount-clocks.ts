import { isClock } from "../../../contracts/agreement.ts";
import type { AgreementBook } from "../../../contracts/agreement-book.ts";
import { shardNames } from "../../../contracts/derived-ids.ts";
import type { CaseRecord } from "../../../contracts/record.ts";
import { instantOf, localDateOf, msOf } from "../../case/clock-zone.ts";
import type { DirectoryView } from "../../case/directory-view.ts";
import { type Terms, termsIn } from "../core/recount.ts";
import { createOpenClocks, type RecountPlan, recountPlan, withRecounted } from "../core/recount-plan.ts";

export type RecountPorts = {
  book: () => AgreementBook;
  /** All of it or nothing. @throws Fault when it is not kept */
  change: (step: (book: AgreementBook) => { book?: AgreementBook; result: undefined }) => Promise<undefined>;
  directory: DirectoryView;
  /** Every record that a shard of the journal holds. @throws Fault */
  readShard: (shard: string) => AsyncIterable<CaseRecord>;
  /** Tells a case to look at its clocks. @throws Fault */
  recount: (caseId: string, terms: Terms) => Promise<void>;
  now: () => string;
  /** How long a change is left alone, so that every process knows of it: no clock starts by the old one any more. */
  settleMs: number;
  /** Whether the process is to end: what is underway is left, and begun again at the next start. */
  isStopping: () => boolean;
};

const hoursIn = ({ all }: DirectoryView): string =>
  JSON.stringify(all().map(({ gln, openingHours, closingDays }) => [gln, openingHours, closingDays]));

/** Whether the hours are others than when the clocks were looked through last, and have been so for a while. */
const createHoursWatch = ({ directory, now, settleMs }: RecountPorts) => {
  let done: string | undefined;
  let seen = { hours: "", since: "" };
  return {
    changed: (): boolean => {
      const hours = hoursIn(directory);
      if (hours !== seen.hours) seen = { hours, since: now() };
      return hours !== done && msOf(now()) - msOf(seen.since) >= settleMs;
    },
    seen: (): string => seen.hours,
    done: (hours: string): void => {
      done = hours;
    },
  };
};

/** One shard after the other: of a case nothing is kept but which of its clocks are open. @returns whether it was all done */
const recountAll = async (ports: RecountPorts, { ids }: RecountPlan): Promise<boolean> => {
  const terms = termsIn(ports.book());
  for (const shard of shardNames) {
    const clocks = createOpenClocks(ids);
    for await (const record of ports.readShard(shard)) {
      if (ports.isStopping()) return false;
      clocks.read(record);
    }
    for (const caseId of clocks.cases()) await ports.recount(caseId, terms);
  }
  return true;
};

const followsHours = ({ kept }: AgreementBook): boolean =>
  kept.some(({ agreement }) => isClock(agreement) && agreement.onChange === "recompute");

/**
 * One look at whether running clocks must be counted anew, and if so all of it: the journal says which clocks are open, since the index
 * may be away or half made. What a crash cut short is begun again, since it is noted in the book only when it was done; hours are
 * compared anew after each start. Cases that were done before are as they should be, and are left alone.
 * @returns whether anything was looked through
 */
export const createRecounter = (ports: RecountPorts): (() => Promise<boolean>) => {
  const watch = createHoursWatch(ports);
  return async () => {
    const before = instantOf(msOf(ports.now()) - ports.settleMs);
    const hoursChanged = followsHours(ports.book()) && watch.changed();
    const hours = watch.seen();
    const plan = recountPlan(ports.book(), { date: localDateOf(before), before, hoursChanged });
    if (plan !== undefined) {
      if (!(await recountAll(ports, plan))) return false;
      if (plan.begun.length + plan.over.length > 0)
        await ports.change((book) => ({ book: withRecounted(book, plan, ports.now()), result: undefined }));
    }
    if (hoursChanged) watch.done(hours);
    return plan !== undefined;
  };
};
