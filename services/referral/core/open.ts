import { contentRules, validities } from "../../../contracts/codes/referral-rules/rules.ts";
import { isErrorCode } from "../../../contracts/errors.ts";
import { fromPlainText } from "../../../contracts/formatted-text.ts";
import type { ReferralFact } from "../../../contracts/messages/referral.ts";
import type { ReferralContent, ReferralKind } from "../../../contracts/messages/referral-content.ts";
import { type Problem, problem, warning } from "../../../contracts/problem.ts";
import { addDays } from "../../case/calendar.ts";
import { instantOfLocal } from "../../case/clock-zone.ts";
import { type DecisionContext, hubActor } from "../../case/core.ts";
import { type Decision, refuse } from "../../case/decision.ts";
import { consentProblems } from "./ask-consent.ts";
import type { NamedAttachment } from "./attachment.ts";
import { kindByReceiver, withMunicipality } from "./by-letter.ts";
import { checkContent } from "./check-content.ts";
import type { CommandOf, PayloadOf } from "./command.ts";
import { type Found, findReceiver, type Wish } from "./find-receiver.ts";
import type { Opening } from "./moves.ts";
import { owedAfterSending } from "./owing.ts";
import { senderProblems } from "./who-refers.ts";

type ReferralDecision = Decision<ReferralFact>;
type Sent = Extract<ReferralFact, { type: "ReferralSent" }>;

/** The alarm of a referral that nobody takes up. */
const validityAlarm = "validity";

/** The same day some months later, or the last day of that month where it is shorter. */
const addMonths = (date: string, months: number): string => {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8))];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last))).toISOString().slice(0, 10);
};

const validUntilOf = (kind: ReferralKind, today: string): string =>
  addMonths(today, validities.find((one) => one.kind === kind)?.months ?? 0);

type Opened = Wish & {
  sender: string;
  attachments: readonly NamedAttachment[];
  more: Pick<Sent, "relatesTo" | "openedFrom" | "adviser" | "asCorrection">;
  /** What lacks is only worth a warning: nobody is there to mend it. */
  lenient: boolean;
  standard?: PayloadOf<"referral.send">["standard"];
};

const sentFact = (opened: Opened, receiver: string, { now, today }: DecisionContext): Sent => ({
  type: "ReferralSent",
  kind: opened.kind,
  sender: opened.sender,
  receiver,
  receivedAt: now,
  referral: opened.content,
  attachments: [...opened.attachments],
  validUntil: validUntilOf(opened.kind, today),
  ...opened.more,
});

const record = (
  opened: Opened,
  { receiver, warnings }: { receiver: string; warnings: Problem[] },
  context: DecisionContext,
): ReferralDecision => {
  const fact = sentFact(opened, receiver, context);
  const { sender } = opened;
  const toReceiver = { to: receiver, from: sender, fact: 0 };
  return {
    kind: "record",
    facts: [fact],
    // What the hub made of something is told to both: who it is from has not seen it either.
    tell: context.actor === hubActor ? [toReceiver, { to: sender, from: receiver, fact: 0 }] : [toReceiver],
    parties: [sender, receiver],
    owing: [owedAfterSending(fact, context.now)],
    alarms: [
      {
        change: "set",
        alarmId: validityAlarm,
        at: instantOfLocal(addDays(fact.validUntil, 1), "00:00"),
      },
    ],
    warnings,
  };
};

const asWarning = (problem: Problem): Problem => ({ ...problem, severity: "warning" });

const receiverProblems = (found: Found, sender: string): Problem[] => {
  if (!("unit" in found)) return [problem(found.path, found.code, found.message)];
  return found.unit.gln === sender
    ? [problem("to", "receiver-is-sender", "A referral goes to another organisation than its sender.")]
    : [];
};

const refused = (problems: Problem[]): ReferralDecision => {
  const code = problems[0]?.code ?? "";
  return { kind: "refuse", code: isErrorCode(code) ? code : "referral-incomplete", problems };
};

const asRead = (opened: Opened, { directory, today }: DecisionContext): Opened =>
  opened.standard === "oioxml" ? { ...opened, kind: kindByReceiver(opened, { directory, today }) } : opened;

const whole = (opened: Opened, found: Found, { directory }: DecisionContext): Opened => {
  if (opened.standard !== "oioxml" || !("unit" in found)) return opened;
  const { unit } = found;
  return { ...opened, content: withMunicipality(opened.kind, opened.content, { unit, directory }) };
};

/** Everything that is wrong at once: who sends, who receives, and what the content lacks. */
const open = (wished: Opened, context: DecisionContext): ReferralDecision => {
  const asked = asRead(wished, context);
  const found = findReceiver(asked, context);
  const opened = whole(asked, found, context);
  const { sender, lenient } = opened;
  const receiver = "unit" in found ? found.unit.gln : undefined;
  const { errors, warnings } = checkContent(contentRules, { ...opened, receiver }, context);
  const ofSender = senderProblems(opened, context);
  const problems = [
    ...consentProblems(opened, "unit" in found ? found.unit.kind : undefined, context),
    ...ofSender.filter(({ severity }) => severity === "error"),
    ...receiverProblems(found, sender),
    ...(lenient ? [] : errors),
  ];
  if (problems.length > 0 || receiver === undefined) return refused(problems);
  const lacking = lenient ? errors.map(asWarning) : [];
  const told = ofSender.filter(({ severity }) => severity === "warning");
  const unlisted =
    "unit" in found && found.unlisted !== undefined
      ? [warning("to.gln", "no-unit-takes", found.unlisted)]
      : [];
  return record(opened, { receiver, warnings: [...told, ...unlisted, ...lacking, ...warnings] }, context);
};

const sent = (
  {
    messageId: _messageId,
    kind,
    to,
    relatesTo,
    attachments,
    standard,
    ...content
  }: PayloadOf<"referral.send">,
  actor: string,
): Opened => ({
  kind,
  to,
  content,
  sender: actor,
  attachments,
  more: { relatesTo },
  standard,
  lenient: false,
});

const unknownOriginal = warning(
  "messageId",
  "original-unknown",
  "What it corrects is not known here: it was taken as a new referral. / Det rettede kendes ikke her: det er modtaget som en ny henvisning.",
);

/** A correction of what is not known here is the referral. */
const sendAsCorrection = (
  { caseId: _caseId, ...payload }: PayloadOf<"referral.correct">,
  context: DecisionContext,
): ReferralDecision => {
  const opened = sent(payload, context.actor);
  const decision = open({ ...opened, more: { ...opened.more, asCorrection: true } }, context);
  return decision.kind === "record"
    ? { ...decision, warnings: [unknownOriginal, ...(decision.warnings ?? [])] }
    : decision;
};

/** What a content of the hub's own making has when nothing is said of it. */
const bare = { relatives: [], referrer: {}, referralAdditional: [] };
const inReferral = (patient: PayloadOf<"referral.openFromAdvice">["patient"]) => ({
  ...patient,
  telephones: [],
});

const fromAdvice = (
  payload: PayloadOf<"referral.openFromAdvice">,
  context: DecisionContext,
): ReferralDecision => {
  const { from: sender, to, patient, subject, texts, adviser, adviceCaseId: caseId } = payload;
  const content: ReferralContent = {
    ...bare,
    patient: inReferral(patient),
    anamnesis: texts.flatMap((text, i) => (i === 0 ? text : [{ el: "Break" as const }, ...text])),
    ...(subject === undefined ? {} : { clinicalReason: fromPlainText(subject) }),
  };
  const more = { relatesTo: [], openedFrom: { family: "advice" as const, caseId }, adviser };
  const opened = { kind: "hospital" as const, to: { gln: to }, content, sender, attachments: [], more };
  return open({ ...opened, lenient: true }, context);
};

const fromObservation = (
  payload: PayloadOf<"referral.openFromObservation">,
  context: DecisionContext,
): ReferralDecision => {
  const { from: sender, patient, municipality, call, directNumber, responsible, substitute } = payload;
  const content: ReferralContent = {
    ...bare,
    patient: inReferral(patient),
    municipality,
    anamnesis: payload.text,
    acuteTeam: {
      urgency: "acute",
      call,
      directNumber,
      responsible,
      substitute,
      frameworkDelegation: false,
    },
  };
  const openedFrom = { family: "observation" as const, caseId: payload.observationCaseId };
  const more = { relatesTo: [], openedFrom };
  const opened = { kind: "acute-team" as const, to: {}, content, sender, attachments: [], more };
  return open({ ...opened, lenient: true }, context);
};

type Opener = CommandOf<Exclude<Opening, "referral.receiveLetter"> | "referral.correct">;

/** A command that opens a referral. What the hub makes of a question or a plan comes from the hub alone. */
export const openReferral = (command: Opener, context: DecisionContext): ReferralDecision => {
  if (command.type === "referral.send") return open(sent(command.payload, context.actor), context);
  if (command.type === "referral.correct") return sendAsCorrection(command.payload, context);
  if (context.actor !== hubActor)
    return refuse("not-your-turn", "sender", "Only the hub makes a referral of another case.");
  return command.type === "referral.openFromAdvice"
    ? fromAdvice(command.payload, context)
    : fromObservation(command.payload, context);
};
