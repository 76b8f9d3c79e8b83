import { z } from "zod";
import { commandOf } from "../command.ts";
import { JoinAttachments } from "./advice.ts";
import { RingAlarm } from "./alarm.ts";
import * as commands from "./referral-commands.ts";
import * as letters from "./referral-letters.ts";

export { isReferralFact, ReferralFact, type ReferralFactType } from "./referral-facts.ts";

/** The payload of every command of the service, by type. What each means is said where it is defined. */
export const ReferralCommands = {
  "referral.send": commands.SendReferral,
  "referral.correct": letters.CorrectReferral,
  "referral.receive": commands.ReceiveReferral,
  "referral.accept": commands.AcceptReferral,
  "referral.requestInformation": commands.RequestReferralInformation,
  "referral.giveInformation": commands.GiveReferralInformation,
  "referral.markMisdirected": commands.MarkReferralMisdirected,
  "referral.forward": commands.ForwardReferral,
  "referral.return": commands.ReturnReferral,
  "referral.decline": commands.DeclineReferral,
  "referral.book": commands.BookReferral,
  "referral.rebook": commands.RebookReferral,
  "referral.cancelAppointment": commands.CancelReferralAppointment,
  "referral.noticeSent": commands.NoteReferralNotice,
  "referral.invite": commands.InviteReferral,
  "referral.attended": commands.NoteReferralAttended,
  "referral.noShow": commands.NoteReferralNoShow,
  "referral.followUpNoShow": commands.FollowUpReferralNoShow,
  "referral.endCourse": commands.EndReferralCourse,
  "referral.startVisit": commands.StartReferralVisit,
  "referral.endVisit": commands.EndReferralVisit,
  "referral.settleDiagnosis": commands.SettleReferralDiagnosis,
  "referral.conclude": commands.ConcludeReferral,
  "referral.concludeByLetter": letters.ConcludeReferralByLetter,
  "referral.bookByLetter": letters.BookReferralByLetter,
  "referral.receiveLetter": letters.ReceiveReferralLetter,
  "referral.phoneFinding": commands.PhoneReferralFinding,
  "referral.reviewResult": commands.ReviewReferralResult,
  "referral.withdraw": commands.WithdrawReferral,
  "referral.wantSlot": commands.WantReferralSlot,
  "referral.openFromAdvice": commands.OpenReferralFromAdvice,
  "referral.openFromObservation": commands.OpenReferralFromObservation,
  "referral.noteBooking": commands.NoteReferralBooking,
  "referral.noteConclusion": letters.NoteReferralConclusion,
  "referral.joinAttachments": JoinAttachments,
  "referral.ring": RingAlarm,
} as const;
export type ReferralCommandType = keyof typeof ReferralCommands;

/** Any command of the service, told apart by its type. */
export const ReferralCommand = z.discriminatedUnion("type", [
  commandOf("referral.send", commands.SendReferral),
  commandOf("referral.correct", letters.CorrectReferral),
  commandOf("referral.receive", commands.ReceiveReferral),
  commandOf("referral.accept", commands.AcceptReferral),
  commandOf("referral.requestInformation", commands.RequestReferralInformation),
  commandOf("referral.giveInformation", commands.GiveReferralInformation),
  commandOf("referral.markMisdirected", commands.MarkReferralMisdirected),
  commandOf("referral.forward", commands.ForwardReferral),
  commandOf("referral.return", commands.ReturnReferral),
  commandOf("referral.decline", commands.DeclineReferral),
  commandOf("referral.book", commands.BookReferral),
  commandOf("referral.rebook", commands.RebookReferral),
  commandOf("referral.cancelAppointment", commands.CancelReferralAppointment),
  commandOf("referral.noticeSent", commands.NoteReferralNotice),
  commandOf("referral.invite", commands.InviteReferral),
  commandOf("referral.attended", commands.NoteReferralAttended),
  commandOf("referral.noShow", commands.NoteReferralNoShow),
  commandOf("referral.followUpNoShow", commands.FollowUpReferralNoShow),
  commandOf("referral.endCourse", commands.EndReferralCourse),
  commandOf("referral.startVisit", commands.StartReferralVisit),
  commandOf("referral.endVisit", commands.EndReferralVisit),
  commandOf("referral.settleDiagnosis", commands.SettleReferralDiagnosis),
  commandOf("referral.conclude", commands.ConcludeReferral),
  commandOf("referral.concludeByLetter", letters.ConcludeReferralByLetter),
  commandOf("referral.bookByLetter", letters.BookReferralByLetter),
  commandOf("referral.receiveLetter", letters.ReceiveReferralLetter),
  commandOf("referral.phoneFinding", commands.PhoneReferralFinding),
  commandOf("referral.reviewResult", commands.ReviewReferralResult),
  commandOf("referral.withdraw", commands.WithdrawReferral),
  commandOf("referral.wantSlot", commands.WantReferralSlot),
  commandOf("referral.openFromAdvice", commands.OpenReferralFromAdvice),
  commandOf("referral.openFromObservation", commands.OpenReferralFromObservation),
  commandOf("referral.noteBooking", commands.NoteReferralBooking),
  commandOf("referral.noteConclusion", letters.NoteReferralConclusion),
  commandOf("referral.joinAttachments", JoinAttachments),
  commandOf("referral.ring", RingAlarm),
]);
export type ReferralCommand = z.infer<typeof ReferralCommand>;
