import type { ClockChange } from "../../contracts/clocks.ts";
import type { JournalLine } from "../support/journal-audit.ts";

type Clock = {
  caseId: string;
  state: "running" | "paused" | "ended";
  due: string;
  breached: boolean;
  debtor: string;
  /** It waits for a receipt, whoever's turn it is. */
  isReceipt: boolean;
};

/** What a clock may do only while it runs. */
const whileRunning: ReadonlySet<string> = new Set(["breached", "warned", "paused"]);

const breachFault = (clock: Clock, at: string): string | undefined => {
  if (clock.breached) return "breached twice";
  return at < clock.due ? "breached before it was due" : undefined;
};

const faultOf = (clock: Clock | undefined, change: ClockChange): string | undefined => {
  if (change.change === "started") return clock === undefined ? undefined : "started twice";
  if (clock === undefined) return `${change.change} before it started`;
  const { state } = clock;
  if (whileRunning.has(change.change) && state !== "running") return `${change.change} while ${state}`;
  if (change.change === "resumed" && state !== "paused") return `resumed while ${state}`;
  return change.change === "breached" ? breachFault(clock, change.at) : undefined;
};

const dueAfter = (due: string, change: ClockChange): string => ("due" in change ? change.due : due);

const stateAfter = (change: ClockChange): Clock["state"] | undefined => {
  if (change.change === "paused") return "paused";
  if (change.change === "started" || change.change === "resumed") return "running";
  if (change.change === "rescheduled") return change.paused === true ? "paused" : "running";
  return change.change === "warned" || change.change === "breached" ? undefined : "ended";
};

const begun = (change: ClockChange, clock: Clock | undefined): Pick<Clock, "debtor" | "isReceipt"> =>
  change.change === "started"
    ? { debtor: change.debtor, isReceipt: change.deliveryId !== undefined }
    : { debtor: clock?.debtor ?? "", isReceipt: clock?.isReceipt === true };

const isBreached = (change: ClockChange, clock: Clock | undefined): boolean =>
  change.change === "breached" || (clock?.breached === true && change.change !== "rescheduled");

const after = (clock: Clock | undefined, caseId: string, change: ClockChange): Clock => ({
  caseId,
  state: stateAfter(change) ?? clock?.state ?? "running",
  due: dueAfter(clock?.due ?? "", change),
  breached: isBreached(change, clock),
  ...begun(change, clock),
});

/** Whoever asked for more is not counted while the other is the one to act (contracts/codes/agreements.ts, `pausesOn`). */
const unpaused = ({ record }: JournalLine, clocks: ReadonlyMap<string, Clock>): string[] => {
  if (record.family !== "advice" || !record.facts.some(({ type }) => type === "InformationRequested"))
    return [];
  const paused = new Set(record.clocks.flatMap((one) => (one.change === "paused" ? [one.clockId] : [])));
  return [...clocks].flatMap(([id, clock]) => {
    const [, clockId = ""] = id.split("/");
    const isOwed = clock.caseId === record.caseId && clock.debtor === record.meta.actor && !clock.isReceipt;
    return isOwed && clock.state === "running" && !paused.has(clockId) ? [`clock ${id} was not paused`] : [];
  });
};

/** Clocks as their records tell of them: what they do is possible, each rings once, and none that ran out is silent. */
export const clockFaults = (journal: readonly JournalLine[], nowMs: number): string[] => {
  const clocks = new Map<string, Clock>();
  const faults: string[] = [];
  for (const line of journal) {
    faults.push(...unpaused(line, clocks));
    const { record } = line;
    for (const change of record.clocks) {
      const id = `${record.caseId}/${change.clockId}`;
      const clock = clocks.get(id);
      const fault = faultOf(clock, change);
      if (fault !== undefined) faults.push(`clock ${id} ${fault}`);
      clocks.set(id, after(clock, record.caseId, change));
    }
  }
  for (const [id, { state, due, breached }] of clocks)
    if (state === "running" && !breached && Date.parse(due) < nowMs)
      faults.push(`clock ${id} ran out at ${due}, and nobody was told`);
  return faults;
};
