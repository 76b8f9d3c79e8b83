import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { ClockSummary } from "../../contracts/envelope.ts";
import type { CaseView } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { danishTime } from "./danish-time.ts";
import type { NameOf } from "./organisation-names.ts";
import { columns } from "./say.ts";

type Told = { nameOf: NameOf; now: string };

/** `AdviceAsked` -> `Advice asked` */
const words = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const deliveryLine = (change: DeliveryChange, { nameOf }: Told): string => {
  const id = change.deliveryId.slice(37);
  switch (change.change) {
    case "owed":
      return `delivery ${id}: ${change.documentType} to ${nameOf(change.to)}`;
    case "fetched":
      return `delivery ${id}: fetched`;
    case "acknowledged":
      return `delivery ${id}: ${change.how === "receipt" ? "receipt given" : "read, since its receiver acted on it"}`;
    case "failed":
      return `delivery ${id}: its receiver could not take it (${change.code})`;
    case "failedForNow":
      return `delivery ${id}: its receiver has a fault (${change.code}); it is sent again`;
    case "resent":
      return `delivery ${id}: sent again, number ${String(change.sending)}`;
    case "unconfirmed":
      return `delivery ${id}: nobody knows whether it arrived (${change.why})`;
    case "handled":
      return `delivery ${id}: followed up by its sender`;
  }
};

const clockLine = (change: ClockChange, { now }: Told): string => {
  const name = `clock ${change.clockId}`;
  switch (change.change) {
    case "started":
      return `${name}: started, due ${danishTime(change.due, now)}`;
    case "paused":
      return `${name}: paused (${words(change.reason).toLowerCase()})`;
    case "resumed":
      return `${name}: runs again, due ${danishTime(change.due, now)}`;
    case "stopped":
      return `${name}: stopped, ${change.inTime ? "in time" : "too late"}`;
    case "cancelled":
      return `${name}: cancelled (${words(change.reason).toLowerCase()})`;
    case "warned":
      return `${name}: warned, it falls due soon`;
    case "breached":
      return `${name}: overdue`;
  }
};

const recordLines = (record: CaseRecord, told: Told): string[] => {
  const { meta, facts, deliveries, clocks } = record;
  const refused = meta.outcome === "refused" ? [`Refused: ${meta.refusal ?? ""} (${meta.commandType})`] : [];
  return [
    `${String(meta.no).padStart(3)}  ${danishTime(meta.at, told.now)}  ${told.nameOf(meta.actor)}`,
    ...[
      ...refused,
      ...facts.map(({ type }) => words(type)),
      ...deliveries.map((change) => `  ${deliveryLine(change, told)}`),
      ...clocks.map((change) => `  ${clockLine(change, told)}`),
    ].map((line) => `     ${line}`),
  ];
};

const isOpen = (status: ClockSummary["status"]): boolean => status === "running" || status === "paused";

const clockRows = (view: CaseView, { nameOf, now }: Told): string[][] =>
  view.clocks.map(({ agreement, status, debtor, due }) => [
    `  ${agreement}`,
    status,
    `${nameOf(debtor)} ${isOpen(status) ? "owes" : "owed"} it`,
    due === undefined ? "" : `due ${danishTime(due, now)}`,
  ]);

/** A case as text: where it stands, its clocks, and everything that happened, in order. Nothing of the patient is in it. */
export const caseText = (view: CaseView, told: Told): string =>
  [
    `Case ${view.caseId}: ${view.family}, ${words(view.status).toLowerCase()}`,
    `Between ${view.parties.map((gln) => `${told.nameOf(gln)} (${gln})`).join(" and ")}`,
    ...(view.clocks.length === 0 ? [] : ["", "Clocks", columns(clockRows(view, told))]),
    "",
    "What happened",
    ...view.records.flatMap((record) => recordLines(record, told)),
  ].join("\n");
