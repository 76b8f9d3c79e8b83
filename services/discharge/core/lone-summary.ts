import type { CommandOf, DischargeCommand } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { DischargeSummary } from "../../../contracts/messages/discharge-summary.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse, refuseUnknownCase } from "../../case/decision.ts";
import { activeOrganisation } from "../../case/directory-view.ts";
import type { DischargeDecision } from "./conclude.ts";
import type { LoneFact } from "./lone-state.ts";
import type { Role } from "./moves.ts";
import { storedObjects } from "./prepare.ts";
import { isLone, type LoneSummary, type StayState } from "./state.ts";

type Reviewed = Extract<DischargeFact, { type: "SummaryReviewed" }>;

/** Who plays a role in it: there is no municipality. */
export const holdsLone =
  (state: LoneSummary, actor: string) =>
  (role: Role): boolean => {
    if (role === "hub") return actor === hubActor;
    if (role === "municipality") return false;
    return state[role] === actor;
  };

const senders: readonly string[] = ["hospital", "department"];

type Receiving = CommandOf<"discharge.receiveSummary">["payload"];

const partyProblems = (practice: string, { directory, actor, today }: DecisionContext): Problem[] => {
  const sender = activeOrganisation(directory, actor, today);
  const receiver = activeOrganisation(directory, practice, today);
  return [
    ...(sender !== undefined && senders.includes(sender.kind)
      ? []
      : [problem("sender", "not-your-turn", "Only a hospital sends a summary.")]),
    ...(receiver === undefined
      ? [problem("practice", "receiver-unknown", "No organisation in the directory has that GLN.")]
      : []),
  ];
};

/** A correction is of the same citizen's summary, to the same practice: another practice would not know of the first. */
const differences = (state: LoneSummary, { practice, patient, summaryId }: Receiving): Problem[] => [
  ...(state.practice === practice
    ? []
    : [problem("practice", "content-differs", "The summary was sent to another practice.")]),
  ...(state.patient.cpr === patient.cpr && state.patient.alternativeId === patient.alternativeId
    ? []
    : [problem("patient", "content-differs", "The summary was another citizen's.")]),
  ...(state.summaryIds.includes(summaryId)
    ? [problem("summaryId", "content-differs", "This id was used for another summary. Use a new one.")]
    : []),
];

/** What stops a summary of a number that is known already; `undefined`: it comes in the place of the one in force. */
const stopped = (state: LoneSummary, payload: Receiving): Decision<never> | undefined => {
  const problems = differences(state, payload);
  if (problems.length > 0) return { kind: "refuse", code: "content-differs", problems };
  if (payload.status === "corrected") return undefined;
  // It was overtaken by its correction, which the practice has already.
  return state.hasFirst
    ? refuse("content-differs", "messageId", "This message id was used before. Send it as corrected.")
    : { kind: "ignore", reason: "superseded" };
};

const factOf = (payload: Receiving, by: string): LoneFact => {
  const { form, patient, practice, summaryId, status, attachments } = payload;
  return {
    type: "LoneSummaryReceived",
    by,
    form,
    patient,
    practice,
    summaryId,
    corrected: status === "corrected",
    summary: DischargeSummary.parse(payload),
    attachments: storedObjects(attachments),
  };
};

/** Only a practice owes a review (EPI-REVIEW): any other receiver has the summary to read. */
const reviewOf = (
  { practice, summaryId, actionPriority: priority }: Receiving,
  { directory, today }: DecisionContext,
): Extract<DischargeFact, { type: "ReviewAwaited" }>[] =>
  priority !== undefined && activeOrganisation(directory, practice, today)?.kind === "practice"
    ? [{ type: "ReviewAwaited", summaryId, priority }]
    : [];

const received = (state: StayState, payload: Receiving, context: DecisionContext): DischargeDecision => {
  const problems = partyProblems(payload.practice, context);
  const [first] = problems;
  if (first !== undefined) {
    const code = first.code === "not-your-turn" ? "not-your-turn" : "receiver-unknown";
    return { kind: "refuse", code, problems };
  }
  const before = isLone(state) ? state : undefined;
  const stop = before === undefined ? undefined : stopped(before, payload);
  if (stop !== undefined) return stop;
  const { actor: by } = context;
  const { practice } = payload;
  const awaited = reviewOf(payload, context);
  const facts: DischargeFact[] = [
    factOf(payload, by),
    // What was owed for the one before is not owed any more: the corrected one is to be read instead.
    ...(before?.priority === undefined ? [] : [{ type: "ReviewNotAwaited" } as const]),
    ...awaited,
  ];
  return {
    kind: "record",
    facts,
    tell: [{ to: practice, from: by, fact: 0 }],
    parties: [by, practice],
    owing: awaited.map(({ priority }) => ({
      kind: "review",
      tier: priority,
      debtor: practice,
      creditor: by,
    })),
  };
};

const review = (
  state: LoneSummary,
  { summaryId, reviewer, verdict, note }: CommandOf<"discharge.review">["payload"],
  { actor: by }: DecisionContext,
): DischargeDecision => {
  if (state.summaryId !== summaryId)
    return refuse("wrong-state", "summaryId", "Another summary is in force than the one that is named.");
  const said = note === undefined ? {} : { note };
  const fact: Reviewed = { type: "SummaryReviewed", by, summaryId, reviewer, verdict, ...said };
  return { kind: "record", facts: [fact], tell: [{ to: state.hospital, from: by, fact: 0 }] };
};

/** What a command means for a summary without a stay, once it is known that it is allowed. */
export const decideLone = (
  state: StayState,
  command: DischargeCommand,
  context: DecisionContext,
): DischargeDecision | Decision<never> => {
  if (command.type === "discharge.receiveSummary") return received(state, command.payload, context);
  return command.type === "discharge.review" && isLone(state)
    ? review(state, command.payload, context)
    : refuseUnknownCase();
};
