import type { ClockChange } from "../../contracts/clocks.ts";
import type { DeliveryChange } from "../../contracts/deliveries.ts";
import type { ClockSummary } from "../../contracts/envelope.ts";
import type { CaseView } from "../../contracts/messages/worklist.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { danishTime } from "./danish-time.ts";
import { noticeLines } from "./notice-text.ts";
import type { NameOf } from "./organisation-names.ts";
import { columns } from "./say.ts";

type Told = { nameOf: NameOf; now: string };

/** `AdviceAsked` -> `Advice asked` */
const words = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

const acknowledgedBy = {
  receipt: "receipt given",
  action: "read, since its receiver acted on it",
  reading: "read",
} as const;

const deliveryLine = (change: DeliveryChange, { nameOf }: Told): string => {
  const id = change.deliveryId.slice(37);
  switch (change.change) {
    case "owed":
      return `delivery ${id}: ${change.documentType} to ${nameOf(change.to)}`;
    case "fetched":
      return `delivery ${id}: fetched`;
    case "acknowledged":
      return `delivery ${id}: ${acknowledgedBy[change.how]}`;
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

const rescheduledBecause = {
  "limits-changed": "its agreement was changed",
  "calendar-changed": "the opening hours were changed",
  "start-moved": "its start was corrected",
  merged: "it was merged with one that was due first",
  reopened: "the case was opened again",
} as const;

type ClockTexts<Name extends ClockChange["change"]> = {
  [Each in Name]: (change: Extract<ClockChange, { change: Each }>, now: string) => string;
};

const clockTexts: ClockTexts<ClockChange["change"]> = {
  started: ({ due }, now) => `started, due ${danishTime(due, now)}`,
  paused: ({ reason }) => `paused (${words(reason).toLowerCase()})`,
  resumed: ({ due }, now) => `runs again, due ${danishTime(due, now)}`,
  rescheduled: ({ due, why }, now) => `due ${danishTime(due, now)} (${rescheduledBecause[why]})`,
  answered: () => "answered, and not yet read",
  stopped: ({ inTime }) => `stopped, ${inTime ? "in time" : "too late"}`,
  cancelled: ({ reason }) => `cancelled (${words(reason).toLowerCase()})`,
  warned: () => "warned, it falls due soon",
  breached: () => "overdue",
};

const clockText = <Name extends ClockChange["change"]>(
  texts: ClockTexts<Name>,
  change: { change: Name } & Extract<ClockChange, { change: Name }>,
  now: string,
): string => texts[change.change](change, now);

const clockLine = (change: ClockChange, { now }: Told): string =>
  `clock ${change.clockId}: ${clockText(clockTexts, change, now)}`;

const recordLines = (record: CaseRecord, told: Told): string[] => {
  const { meta, facts, deliveries, clocks } = record;
  const refused = meta.outcome === "refused" ? [`Refused: ${meta.refusal ?? ""} (${meta.commandType})`] : [];
  return [
    `${String(meta.no).padStart(3)}  ${danishTime(meta.at, told.now)}  ${told.nameOf(meta.actor)}`,
    ...[
      ...refused,
      ...facts.flatMap((fact) => noticeLines(fact, told) ?? [words(fact.type)]),
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
