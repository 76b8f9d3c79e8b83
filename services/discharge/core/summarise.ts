import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { activeOrganisation } from "../../case/directory-view.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { storedObjects } from "./prepare.ts";
import type { Stay } from "./state.ts";
import { statementProblems } from "./warn.ts";

type Writing = CommandOf<"discharge.sendSummary" | "discharge.correctSummary">;
type Summarising = Writing | CommandOf<"discharge.cancelSummary" | "discharge.review">;

type Standard = Writing["payload"]["standard"];

/** A summary of a patient whose practice nobody has named would reach nobody. */
const receiverProblems = (
  stay: Stay,
  practice: string | undefined,
  { directory, today }: DecisionContext,
): Problem[] => {
  const receiver = stay.practice ?? practice;
  if (receiver === undefined)
    return [problem("practice", "practice-missing", "Name the practice: no notification has done so.")];
  return activeOrganisation(directory, receiver, today)?.kind === "practice"
    ? []
    : [problem("practice", "receiver-unknown", "No practice in the directory has that GLN.")];
};

/** What is missing of extended responsibility: a letter has no element for it, so there it is worth a warning at most. */
const statementMissing = (stay: Stay, { payload }: Writing, standard: Standard): Problem[] =>
  payload.standard === standard ? statementProblems(stay, payload.extendedResponsibility) : [];

const incomplete = (stay: Stay, command: Writing, context: DecisionContext): Decision<never> | undefined => {
  const problems = [
    ...receiverProblems(stay, command.payload.practice, context),
    ...statementMissing(stay, command, "json"),
  ];
  return problems.length === 0 ? undefined : { kind: "refuse", code: "summary-incomplete", problems };
};

/** The medicine list is drawn after FMK was updated (Region Nordjylland, PRI 25349): a list without it may be wrong. */
const medicineWarnings = (stay: Stay, { payload }: Writing): Problem[] =>
  payload.medicineList !== undefined && stay.checklist.medication?.status !== "done"
    ? [
        warning(
          "medicineList",
          "fmk-not-updated",
          "The medicine list is drawn after FMK is updated: tick it first.",
        ),
      ]
    : [];

const warningsOf = (stay: Stay, command: Writing): Problem[] => [
  ...medicineWarnings(stay, command),
  ...statementMissing(stay, command, "oioxml").map((one) => ({ ...one, severity: "warning" as const })),
];

/** What the summary that is in force, or that there is none, is in the way of, whatever is written. */
export const summaryStop = (
  { summary, reviewed }: Pick<Stay, "summary" | "reviewed">,
  type: string,
): Decision<never> | undefined => {
  if (type === "discharge.sendSummary")
    return summary === undefined
      ? undefined
      : refuse("wrong-state", "summaryId", "A summary is in force: correct or cancel it.");
  if (summary === undefined)
    return refuse("wrong-state", "summaryId", "No summary is in force: there is none to do this to.");
  return type === "discharge.review" && reviewed
    ? refuse("wrong-state", "summaryId", "That summary is reviewed already.")
    : undefined;
};

const notInForce = (stay: Stay, type: string, summaryId: string): Decision<never> | undefined => {
  const { summary } = stay;
  if (summary === undefined) return summaryStop(stay, type);
  return summary.summaryId === summaryId
    ? summaryStop(stay, type)
    : refuse("wrong-state", "summaryId", "Another summary is in force than the one that is named.");
};

const usedBefore = ({ summaryIds }: Stay, summaryId: string): Decision<never> | undefined =>
  summaryIds.includes(summaryId)
    ? refuse("content-differs", "summaryId", "This id was used for another summary. Use a new one.")
    : undefined;

const send = (
  stay: Stay,
  command: CommandOf<"discharge.sendSummary">,
  context: DecisionContext,
): DischargeDecision => {
  const { summaryId, practice, asksHomeVisit, attachments } = command.payload;
  const stop =
    summaryStop(stay, command.type) ?? usedBefore(stay, summaryId) ?? incomplete(stay, command, context);
  if (stop !== undefined) return stop;
  const fact: DischargeFact = {
    type: "SummarySent",
    by: context.actor,
    summaryId,
    ...(practice === undefined ? {} : { practice }),
    summary: DischargeSummary.parse(command.payload),
    ...(asksHomeVisit === undefined ? {} : { asksHomeVisit: { ...asksHomeVisit, at: context.now } }),
    attachments: storedObjects(attachments),
  };
  return conclude(stay, [fact], { context, warnings: warningsOf(stay, command) });
};

const correct = (
  stay: Stay,
  command: CommandOf<"discharge.correctSummary">,
  context: DecisionContext,
): DischargeDecision => {
  const { summaryId, corrects, attachments } = command.payload;
  const stop =
    notInForce(stay, command.type, corrects) ??
    usedBefore(stay, summaryId) ??
    incomplete(stay, command, context);
  if (stop !== undefined) return stop;
  const fact: DischargeFact = {
    type: "SummaryCorrected",
    by: context.actor,
    summaryId,
    corrects,
    summary: DischargeSummary.parse(command.payload),
    attachments: storedObjects(attachments),
  };
  return conclude(stay, [fact], { context, warnings: warningsOf(stay, command) });
};

const review = (
  stay: Stay,
  { type, payload }: CommandOf<"discharge.review">,
  context: DecisionContext,
): DischargeDecision => {
  const { summaryId, reviewer, verdict, note } = payload;
  const stop = notInForce(stay, type, summaryId);
  if (stop !== undefined) return stop;
  const said = note === undefined ? {} : { note };
  const fact: DischargeFact = {
    type: "SummaryReviewed",
    by: context.actor,
    summaryId,
    reviewer,
    verdict,
    ...said,
  };
  return conclude(stay, [fact], { context });
};

/** The discharge summary and its review. */
export const summarise = (stay: Stay, command: Summarising, context: DecisionContext): DischargeDecision => {
  switch (command.type) {
    case "discharge.sendSummary":
      return send(stay, command, context);
    case "discharge.correctSummary":
      return correct(stay, command, context);
    case "discharge.review":
      return review(stay, command, context);
    case "discharge.cancelSummary": {
      const { summaryId, reason } = command.payload;
      const fact: DischargeFact = { type: "SummaryCancelled", by: context.actor, summaryId, reason };
      return notInForce(stay, command.type, summaryId) ?? conclude(stay, [fact], { context });
    }
  }
};
