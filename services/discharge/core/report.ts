import { dischargeRules } from "../../../contracts/codes/discharge-rules.ts";
import type { ErrorCode } from "../../../contracts/errors.ts";
import type { Organisation, OrganisationKind } from "../../../contracts/messages/directory.ts";
import type { CommandOf } from "../../../contracts/messages/discharge.ts";
import type { DischargeFact } from "../../../contracts/messages/discharge-facts.ts";
import { type Problem, problem } from "../../../contracts/problem.ts";
import type { DecisionContext } from "../../case/core.ts";
import { refuse } from "../../case/decision.ts";
import { activeOrganisation, type DirectoryView, isOrIsPartOf } from "../../case/directory-view.ts";
import { conclude, type DischargeDecision } from "./conclude.ts";
import { hoursBetween } from "./qualify.ts";
import { isOpen, type Stay, type StayState } from "./state.ts";
import { known } from "./timeline.ts";

type StayCommand = CommandOf<"discharge.notify" | "discharge.correct" | "discharge.cancel">;
type Happening = { occurredAt: string; department: string };

const wards: readonly OrganisationKind[] = ["hospital", "department"];

const isKind = (o: Organisation | undefined, kinds: readonly OrganisationKind[]): boolean =>
  o !== undefined && kinds.includes(o.kind);

/** The region that an organisation is part of, at any depth. */
const regionOf = (directory: DirectoryView, gln: string): string | undefined => {
  const region = directory.all().find((o) => o.kind === "region" && isOrIsPartOf(directory, gln, o.gln));
  return region?.gln;
};

/** Whether a department is one of the sender's hospital, whether the hospital sends as itself or as one of its wards. */
const isOwn = (directory: DirectoryView, department: string, sender: string): boolean => {
  const organisation = directory.organisation(sender);
  const whole = organisation?.kind === "department" ? (organisation.partOf ?? sender) : sender;
  return isOrIsPartOf(directory, department, whole);
};

const receiverProblems = ({ payload }: StayCommand, { directory, today }: DecisionContext): Problem[] => {
  const { municipality, practice } = payload;
  const at = (gln: string): Organisation | undefined => activeOrganisation(directory, gln, today);
  return [
    ...(isKind(at(municipality), ["municipality"])
      ? []
      : [problem("municipality", "receiver-unknown", "No municipality in the directory has that GLN.")]),
    ...(practice === undefined || isKind(at(practice), ["practice"])
      ? []
      : [problem("practice", "receiver-unknown", "No practice in the directory has that GLN.")]),
  ];
};

const happeningProblems = (
  { occurredAt, department }: Happening,
  mayBeAway: boolean,
  { directory, today, actor, now }: DecisionContext,
): Problem[] => {
  const isAhead = hoursBetween(now, occurredAt) * 60 > dischargeRules.clockSkewMinutes;
  const isKnown = isKind(activeOrganisation(directory, department, today), wards);
  return [
    ...(isAhead
      ? [problem("occurredAt", "occurs-in-future", "An event is told of when it has happened.")]
      : []),
    ...(isKnown
      ? []
      : [problem("department", "receiver-unknown", "No department in the directory has that GLN.")]),
    ...(isKnown && !mayBeAway && !isOwn(directory, department, actor)
      ? [problem("department", "unit-elsewhere", "The department is none of the sender's hospital.")]
      : []),
  ];
};

const differences = (state: StayState, { payload }: StayCommand): Problem[] => {
  if (!isOpen(state)) return [];
  return [
    ...(state.cpr === payload.patient.cpr
      ? []
      : [
          problem(
            "patient.cpr",
            "stay-differs",
            "The stay is another citizen's. Cancel, and send under a new stay.",
          ),
        ]),
    ...(state.municipality === payload.municipality
      ? []
      : [problem("municipality", "stay-differs", "The stay was told to another municipality.")]),
  ];
};

/** An event may be moved to another hospital only if it is a transfer; of a correction that came first nobody knows yet. */
const mayBeAway = (state: StayState, command: StayCommand): boolean => {
  if (command.type === "discharge.notify") return command.payload.event === "transferred";
  if (command.type === "discharge.cancel" || !isOpen(state)) return true;
  const about = known(state.timeline.events, command.payload.corrects);
  return about === undefined || about.event === "transferred";
};

const problemsOf = (state: StayState, command: StayCommand, context: DecisionContext): Problem[] => [
  ...receiverProblems(command, context),
  ...(command.type === "discharge.cancel"
    ? []
    : happeningProblems(command.payload, mayBeAway(state, command), context)),
  ...differences(state, command),
];

/** The code of a refusal with several problems: their common one, or that the message does not hold together. */
const codeOf = (problems: readonly Problem[]): ErrorCode => {
  const codes = new Set(problems.map(({ code }) => code));
  for (const code of ["receiver-unknown", "unit-elsewhere", "stay-differs"] as const)
    if (codes.size === 1 && codes.has(code)) return code;
  return "message-invalid";
};

const contextOfStay = ({ payload }: StayCommand, { actor: hospital, directory }: DecisionContext) => {
  const { stayId, municipality, practice, patient, relatesTo } = payload;
  const region = regionOf(directory, hospital);
  return { hospital, stayId, region, municipality, practice, patient, relatesTo };
};

const reported = (command: CommandOf<"discharge.notify">, context: DecisionContext): DischargeFact => {
  const { messageId, event, occurredAt, department, from, wantsReport } = command.payload;
  const { directory, actor } = context;
  const stay = contextOfStay(command, context);
  const away = !isOwn(directory, department, actor);
  const withinRegion =
    from !== undefined && stay.region !== undefined && regionOf(directory, from) === stay.region;
  const told = { event, occurredAt, department, away, from, withinRegion, wantsReport };
  return { type: "StayEventReported", messageId, stay, toldAt: context.now, ...told };
};

/** What a correction or a cancellation is about, when it was told before: a letter of the standard must say. */
const aboutEvent = (state: StayState, messageId: string) => {
  const event = isOpen(state) ? known(state.timeline.events, messageId) : undefined;
  return event === undefined ? {} : { event: event.event, away: event.away };
};

const factOf = (state: StayState, command: StayCommand, context: DecisionContext): DischargeFact => {
  if (command.type === "discharge.notify") return reported(command, context);
  const told = {
    messageId: command.payload.messageId,
    stay: contextOfStay(command, context),
    toldAt: context.now,
  };
  if (command.type === "discharge.cancel")
    return {
      type: "StayEventCancelled",
      ...told,
      ...aboutEvent(state, command.payload.cancels),
      cancels: command.payload.cancels,
    };
  const { corrects, issuedAt, occurredAt, department } = command.payload;
  const away = !isOwn(context.directory, department, context.actor);
  const happened = { issuedAt, occurredAt, department, away };
  return { type: "StayEventCorrected", ...told, ...aboutEvent(state, corrects), corrects, ...happened };
};

const toldBefore = ({ timeline }: Stay, command: Exclude<StayCommand, CommandOf<"discharge.cancel">>) => {
  const { messageId } = command.payload;
  if (command.type === "discharge.notify") return known(timeline.events, messageId);
  return known(timeline.corrections, command.payload.corrects)?.find((one) => one.messageId === messageId);
};

/** The same message under another command id. `differs`: the id was used for something else. */
const knownBefore = (stay: Stay, command: StayCommand): "same" | "differs" | undefined => {
  if (command.type === "discharge.cancel")
    return known(stay.timeline.cancelled, command.payload.cancels) ? "same" : undefined;
  const before = toldBefore(stay, command);
  if (before === undefined) return undefined;
  const { occurredAt, department } = command.payload;
  const isSameEvent =
    command.type !== "discharge.notify" || !("event" in before) || before.event === command.payload.event;
  const isSame = before.occurredAt === occurredAt && before.department === department && isSameEvent;
  return isSame ? "same" : "differs";
};

/** A message on a stay: an event, a correction or a cancellation, in whatever order they come. */
export const report = (
  state: StayState,
  command: StayCommand,
  context: DecisionContext,
): DischargeDecision => {
  const { directory, actor, today } = context;
  const sender = activeOrganisation(directory, actor, today);
  if (sender === undefined) return refuse("sender-unknown", "sender", "Your GLN is not in the directory.");
  if (!wards.includes(sender.kind))
    return refuse("not-your-turn", "sender", "Only a hospital tells of stays.");
  const problems = problemsOf(state, command, context);
  if (problems.length > 0) return { kind: "refuse", code: codeOf(problems), problems };
  const before = isOpen(state) ? knownBefore(state, command) : undefined;
  if (before === "same") return { kind: "ignore", reason: "told-before" };
  if (before === "differs")
    return refuse("content-differs", "messageId", "This message id was used before for another event.");
  return conclude(state, [factOf(state, command, context)], { context });
};

/** The hub found that another hospital has admitted the patient. */
export const noteTransfer = (
  stay: Stay,
  { payload }: CommandOf<"discharge.noteTransfer">,
  context: DecisionContext,
): DischargeDecision => {
  const { messageId, occurredAt, department, toCase } = payload;
  const { hospital, stayId, region, municipality, practice } = stay;
  if (known(stay.timeline.events, messageId) !== undefined) return { kind: "ignore", reason: "told-before" };
  const fact: DischargeFact = {
    type: "StayEventReported",
    messageId,
    stay: {
      hospital,
      stayId,
      municipality,
      region,
      practice,
      relatesTo: toCase === undefined ? [] : [toCase],
    },
    toldAt: context.now,
    event: "transferred",
    occurredAt,
    department,
    away: true,
    withinRegion: false,
  };
  return conclude(stay, [fact], { context });
};
