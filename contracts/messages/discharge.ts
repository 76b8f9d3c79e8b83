import { z } from "zod";
import { commandOf } from "../command.ts";
import { RingAlarm } from "./alarm.ts";
import {
  AskHomeVisit,
  BookHomeVisit,
  DeclineHomeVisit,
  ExtendResponsibility,
  HoldHomeVisit,
  ResumeResponsibility,
  SendCarePlan,
  SuspendResponsibility,
  TickChecklist,
} from "./discharge-care.ts";
import {
  AnswerAdmission,
  AssessStay,
  CancelStayEvent,
  CorrectStayEvent,
  NoteTransfer,
  NotifyStay,
  PlanDischarge,
  RequestAdmissionReport,
  SendAdmissionReport,
} from "./discharge-stay.ts";
import {
  AskWishedVisit,
  CancelSummary,
  CorrectSummary,
  ReceiveSummary,
  ReviewSummary,
  SendSummary,
} from "./discharge-summary.ts";

/**
 * What a caller may ask for, by type. `discharge.noteTransfer`, `discharge.requestAdmissionReport`, `discharge.askWishedVisit`
 * and `discharge.ring` are the hub's own.
 */
export const DischargeCommands = {
  "discharge.notify": NotifyStay,
  "discharge.correct": CorrectStayEvent,
  "discharge.cancel": CancelStayEvent,
  "discharge.noteTransfer": NoteTransfer,
  "discharge.plan": PlanDischarge,
  "discharge.assess": AssessStay,
  "discharge.requestAdmissionReport": RequestAdmissionReport,
  "discharge.answerAdmission": AnswerAdmission,
  "discharge.sendAdmissionReport": SendAdmissionReport,
  "discharge.tick": TickChecklist,
  "discharge.sendCarePlan": SendCarePlan,
  "discharge.sendSummary": SendSummary,
  "discharge.receiveSummary": ReceiveSummary,
  "discharge.correctSummary": CorrectSummary,
  "discharge.cancelSummary": CancelSummary,
  "discharge.review": ReviewSummary,
  "discharge.extendResponsibility": ExtendResponsibility,
  "discharge.suspendResponsibility": SuspendResponsibility,
  "discharge.resumeResponsibility": ResumeResponsibility,
  "discharge.askHomeVisit": AskHomeVisit,
  "discharge.askWishedVisit": AskWishedVisit,
  "discharge.bookHomeVisit": BookHomeVisit,
  "discharge.holdHomeVisit": HoldHomeVisit,
  "discharge.declineHomeVisit": DeclineHomeVisit,
} as const;
export type DischargeCommandType = keyof typeof DischargeCommands;

/** Any command of the service, told apart by its type. */
export const DischargeCommand = z.discriminatedUnion("type", [
  commandOf("discharge.notify", NotifyStay),
  commandOf("discharge.correct", CorrectStayEvent),
  commandOf("discharge.cancel", CancelStayEvent),
  commandOf("discharge.noteTransfer", NoteTransfer),
  commandOf("discharge.plan", PlanDischarge),
  commandOf("discharge.assess", AssessStay),
  commandOf("discharge.requestAdmissionReport", RequestAdmissionReport),
  commandOf("discharge.answerAdmission", AnswerAdmission),
  commandOf("discharge.sendAdmissionReport", SendAdmissionReport),
  commandOf("discharge.tick", TickChecklist),
  commandOf("discharge.sendCarePlan", SendCarePlan),
  commandOf("discharge.sendSummary", SendSummary),
  commandOf("discharge.receiveSummary", ReceiveSummary),
  commandOf("discharge.correctSummary", CorrectSummary),
  commandOf("discharge.cancelSummary", CancelSummary),
  commandOf("discharge.review", ReviewSummary),
  commandOf("discharge.extendResponsibility", ExtendResponsibility),
  commandOf("discharge.suspendResponsibility", SuspendResponsibility),
  commandOf("discharge.resumeResponsibility", ResumeResponsibility),
  commandOf("discharge.askHomeVisit", AskHomeVisit),
  commandOf("discharge.askWishedVisit", AskWishedVisit),
  commandOf("discharge.bookHomeVisit", BookHomeVisit),
  commandOf("discharge.holdHomeVisit", HoldHomeVisit),
  commandOf("discharge.declineHomeVisit", DeclineHomeVisit),
  commandOf("discharge.ring", RingAlarm),
]);
export type DischargeCommand = z.infer<typeof DischargeCommand>;
export type CommandOf<Type extends DischargeCommand["type"]> = Extract<DischargeCommand, { type: Type }>;
