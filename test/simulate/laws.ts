import { isErrorCode } from "../../contracts/errors.ts";
import type { CaseRecord } from "../../contracts/record.ts";
import { type JournalLine, journalFaults } from "../support/journal-audit.ts";
import type { Arrival, Partner } from "./partner.ts";
import { who } from "./region.ts";
import { type Answer, asksAgain, intakeOf, type Sent } from "./sender.ts";

/** What is known when everything is quiet: each law tells what is wrong with it. */
type Evidence = {
  journal: readonly JournalLine[];
  /** Subjects of INTAKE, one for each message in it. */
  intake: readonly string[];
  sent: readonly Sent[];
  partner: Pick<Partner, "arrivals">;
  /** The calendar's time. */
  nowMs: number;
};

type Law = (evidence: Evidence) => string[];

const groupBy = <One>(many: readonly One[], key: (one: One) => string): Map<string, One[]> => {
  const groups = new Map<string, One[]>();
  for (const one of many) groups.set(key(one), [...(groups.get(key(one)) ?? []), one]);
  return groups;
};

/** An answer without what may differ between the first time and the next. */
const sameness = (answer: Answer): string => {
  if (answer.kind === "command") return JSON.stringify({ ...answer.reply, duplicate: undefined });
  const { answer: document, duplicate: _, ...outcome } = answer.outcome;
  return JSON.stringify({ ...outcome, document: document?.mediaType });
};

/** Whether an answer is one that is kept, and stands for ever. */
const isKept = (answer: Answer): boolean => {
  if (answer.kind === "document") return answer.outcome.status !== "ignored";
  const { reply } = answer;
  return (
    reply.status === "accepted" || (reply.status === "refused" && "at" in reply && reply.at !== undefined)
  );
};

const commandIdOf = ({ order, answers }: Sent): string | undefined =>
  order.kind === "command" && answers.some(isKept) ? order.id : undefined;

/** Every command that was answered for good is in the journal, once, as it was told. */
const keptOnce: Law = ({ journal, sent }) => {
  const byCommand = groupBy(journal, ({ record }) => record.meta.commandId);
  return sent.flatMap((one) => {
    const id = commandIdOf(one);
    if (id === undefined) return [];
    const records = byCommand.get(id) ?? [];
    const answer = one.answers.find(isKept);
    const status = answer?.kind === "command" ? answer.reply.status : "";
    if (records.length !== 1) return [`${id}: answered ${status}, and ${String(records.length)} records`];
    const outcome = records[0]?.record.meta.outcome ?? "";
    // A wish for a place that is gone is recorded, and answered with a no.
    return outcome === status || status === "refused"
      ? []
      : [`${id}: answered ${status}, recorded ${outcome}`];
  });
};

/** A document that was accepted has its records, and its bytes in INTAKE led to them. */
const documentsKept: Law = ({ journal, sent }) => {
  const intakes = groupBy(journal, ({ record }) => record.meta.intake ?? "");
  return sent.flatMap(({ order, answers }) => {
    if (order.kind !== "document") return [];
    const accepted = answers.some((one) => one.kind === "document" && one.outcome.status === "accepted");
    const records = intakes.get(intakeOf(order)) ?? [];
    if (accepted && records.length === 0) return [`${order.id}: accepted, and no record of it`];
    // One that belongs to another case is noted in its own case too.
    const cases = new Set(records.map(({ record }) => record.caseId));
    return records.length > cases.size
      ? [`${order.id}: ${String(records.length)} records of one document`]
      : [];
  });
};

/** Every document in INTAKE is there once, and came to something: a record, or a note of why it was refused. */
const intakeHandled: Law = ({ journal, intake }) => {
  const recorded = new Set(journal.map(({ record }) => record.meta.intake));
  const known = new Set(intake);
  return [
    ...[...groupBy(intake.filter(isDocument), (subject) => subject)].flatMap(([subject, many]) =>
      many.length > 1 ? [`${subject} is kept ${String(many.length)} times`] : [],
    ),
    ...[...known].filter(isDocument).flatMap((subject) => {
      const [, shard = "", , id = ""] = subject.split(".");
      const refused = known.has(`intake.${shard}.refused.${id}`);
      return recorded.has(id) || refused ? [] : [`${subject} came to nothing`];
    }),
  ];
};

const isDocument = (subject: string): boolean => /^intake\.\d+\.(oioxml|fhir)\./.test(subject);

/** What one case sets off in another happens, whatever went wrong meanwhile: a conversion comes to a referral, or to a no. */
const chainsEnd: Law = ({ journal }) => {
  const noted = new Set(
    journal
      .filter(({ record }) => record.meta.commandType === "advice.noteConversion")
      .map(({ record }) => record.caseId),
  );
  return journal.flatMap(({ record }) =>
    record.facts.some(({ type }) => type === "AdviceConverted") && !noted.has(record.caseId)
      ? [`case ${record.caseId} was converted, and nothing came of it`]
      : [],
  );
};

/** Nothing is in the journal that nobody sent. */
const nothingInvented: Law = ({ journal, sent }) => {
  const commands = new Set(sent.map(({ order }) => order.id));
  const documents = new Set(
    sent.flatMap(({ order }) => (order.kind === "document" ? [intakeOf(order)] : [])),
  );
  const known = new Set(journal.map(({ record }) => record.meta.commandId));
  return journal.flatMap(({ record: { meta } }) => {
    if (commands.has(meta.commandId) || documents.has(meta.intake ?? "")) return [];
    if (meta.actor === "hub" || meta.actor === who.pushed) return [];
    // Coordination acts for the party whose doing it is: what it does has a cause.
    return known.has(meta.causation ?? "") ? [] : [`${meta.commandId} of ${meta.actor} was sent by nobody`];
  });
};

/** The same message gets the same answer. */
const sameAnswer: Law = ({ sent }) =>
  sent.flatMap(({ order, answers }) => {
    const kept = new Set(answers.filter(isKept).map(sameness));
    return kept.size <= 1 ? [] : [`${order.id} was answered differently: ${[...kept].join(" and ")}`];
  });

/** Whoever sent something has an answer in the end. */
const everybodyAnswered: Law = ({ sent }) =>
  sent.flatMap(({ order, answers, failures }) =>
    answers.length > 0 || !asksAgain(order)
      ? []
      : [`${order.id} was never answered: ${failures.slice(-3).join(", ")}`],
  );

/** A no has a reason that is documented. */
const reasons: Law = ({ journal, sent }) => [
  ...journal.flatMap(({ record: { meta } }) =>
    meta.outcome === "refused" && !isErrorCode(meta.refusal ?? "")
      ? [`${meta.commandId} was refused for ${meta.refusal ?? "nothing"}`]
      : [],
  ),
  ...sent.flatMap(({ order, answers }) =>
    answers.flatMap((answer) => {
      const told = answer.kind === "command" ? answer.reply : answer.outcome;
      if (told.status !== "refused") return [];
      return "code" in told && isErrorCode(told.code ?? "")
        ? []
        : [`${order.id} was refused without a reason`];
    }),
  ),
];

type Final = { change: "acknowledged" | "failed"; sending: number };

const finalsOf = (records: readonly CaseRecord[]): Map<string, Final[]> => {
  const finals = new Map<string, Final[]>();
  const sendings = new Map<string, number>();
  for (const change of records.flatMap(({ deliveries }) => deliveries)) {
    const { deliveryId } = change;
    if (change.change === "resent") sendings.set(deliveryId, change.sending);
    if (change.change !== "acknowledged" && change.change !== "failed") continue;
    const sending = sendings.get(deliveryId) ?? 1;
    finals.set(deliveryId, [...(finals.get(deliveryId) ?? []), { change: change.change, sending }]);
  }
  return finals;
};

/** A delivery is settled once, and stays what it was. */
const receiptsStay: Law = ({ journal }) =>
  [...groupBy(journal, ({ record }) => record.caseId).values()].flatMap((lines) =>
    [...finalsOf(lines.map(({ record }) => record))].flatMap(([deliveryId, finals]) => {
      const [first, ...others] = finals;
      const flips = others.filter((one) => one.change !== first?.change && one.sending === first?.sending);
      return flips.length === 0
        ? []
        : [`${deliveryId} was settled as ${finals.map(({ change }) => change).join(", then ")}`];
    }),
  );

const saysYes: ReadonlySet<string> = new Set(["takes", "lies", "twice", "forgets"]);

const numberOf = (deliveryId: string): number => Number(deliveryId.split(".")[1]);

/**
 * What a receiver takes of one case it takes in order. Without a receipt a document is brought again, whatever came meanwhile: it
 * counts where it was taken first.
 */
const outOfOrder = (arrivals: readonly Arrival[]): string[] => {
  const numbers = [...new Set(arrivals.map(({ deliveryId }) => deliveryId))].map(numberOf);
  return numbers.every((number, i) => number >= (numbers[i - 1] ?? 0))
    ? []
    : [`case ${arrivals[0]?.caseId ?? ""} came as ${numbers.join(", ")}`];
};

/** What the hub brings comes at least once, the same by its id each time, only if it is owed, and in the order of its case. */
const broughtOnce: Law = ({ journal, partner: { arrivals } }) => {
  const owed = new Map(
    journal.flatMap(({ record }) =>
      record.deliveries.flatMap((one) =>
        one.change === "owed" && one.to === who.pushed ? [[one.deliveryId, record] as const] : [],
      ),
    ),
  );
  const over = new Set(
    journal.flatMap(({ record }) =>
      record.deliveries.flatMap((one) =>
        one.change === "unconfirmed" || one.change === "failed" || one.change === "acknowledged"
          ? [one.deliveryId]
          : [],
      ),
    ),
  );
  const came = groupBy(arrivals, ({ id }) => id);
  const yes = arrivals.filter(({ said }) => saysYes.has(said));
  const saidYes = new Set(yes.map(({ deliveryId }) => deliveryId));
  const brought = new Set(arrivals.map(({ deliveryId }) => deliveryId));
  return [
    ...[...owed.keys()]
      .filter((id) => !brought.has(id) && !over.has(id))
      .map((id) => `${id} was never brought`),
    ...journal.flatMap(({ record }) =>
      record.deliveries.flatMap((one) =>
        one.change === "fetched" && owed.has(one.deliveryId) && !saidYes.has(one.deliveryId)
          ? [`${one.deliveryId} counts as brought, and its receiver never said yes`]
          : [],
      ),
    ),
    ...[...brought].filter((id) => !owed.has(id)).map((id) => `${id} was brought and is owed by nobody`),
    ...[...came].flatMap(([id, many]) =>
      new Set(many.map(({ digest }) => digest)).size > 1 ? [`${id} came with different content`] : [],
    ),
    ...[...groupBy(yes, ({ caseId }) => caseId).values()].flatMap(outOfOrder),
  ];
};

/** A receiver that said yes once is not brought the same again: at least once, and not for ever. */
const notForEver: Law = ({ partner: { arrivals } }) =>
  [...groupBy(arrivals, ({ id }) => id)].flatMap(([id, many]) =>
    many.filter(({ said }) => said === "takes").length > 12
      ? [`${id} came ${String(many.length)} times`]
      : [],
  );

const journalWhole: Law = ({ journal }) => journalFaults(journal);

export const laws: Readonly<Record<string, Law>> = {
  journalWhole,
  keptOnce,
  documentsKept,
  intakeHandled,
  chainsEnd,
  nothingInvented,
  sameAnswer,
  everybodyAnswered,
  reasons,
  receiptsStay,
  broughtOnce,
  notForEver,
};
