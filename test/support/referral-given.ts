import { expect } from "vitest";
import { fromPlainText } from "../../contracts/formatted-text.ts";
import {
  ReferralCommand,
  type ReferralCommandType,
  type ReferralFact,
} from "../../contracts/messages/referral.ts";
import { ReferralContent, type ReferralKind } from "../../contracts/messages/referral-content.ts";
import { type CaseState, noCase } from "../../services/case/case-state.ts";
import { localDateTimeOf } from "../../services/case/clock-zone.ts";
import type { DecisionContext } from "../../services/case/core.ts";
import type { Decision } from "../../services/case/decision.ts";
import type { DirectoryView } from "../../services/case/directory-view.ts";
import { referralCore } from "../../services/referral/core/decide.ts";
import type { ReferralState, Status } from "../../services/referral/core/state.ts";
import { now } from "./advice-given.ts";
import { call, complete } from "./referral-complete.ts";
import { regionView, who } from "./region-view.ts";

export { call, complete };

export const caseId = "7c4a1d52-90be-5f0a-8a3e-5d2f6b7c8d90";
export const otherCaseId = "1d2c3b4a-5f6e-5a7b-8c9d-0e1f2a3b4c5d";
export const slotId = "9a8b7c6d-5e4f-4a3b-8c2d-1e0f9a8b7c6d";

/** Units of the made-up region that receive referrals. */
export const units = {
  visitation: "5790000211012",
  radiology: "5790000211029",
  emergency: "5790000211036",
  otherVisitation: "5790000212019",
  otherRadiology: "5790000212026",
  psychiatry: "5790000213016",
  healthCentre: "5790000311033",
  otherHealthCentre: "5790000311040",
  otherAcuteTeam: "5790000310029",
  regionalTeam: "5790000410101",
} as const;
export const kinds = [
  "hospital",
  "imaging",
  "psychiatry",
  "cancer",
  "prevention",
  "acute-team",
] as const satisfies readonly ReferralKind[];

/** Who receives each kind in the tests, and who else of that kind there is. */
export const receivers: Record<ReferralKind, { first: string; other: string }> = {
  hospital: { first: who.endocrinology, other: who.cardiology },
  imaging: { first: units.radiology, other: units.otherVisitation },
  psychiatry: { first: units.psychiatry, other: who.endocrinology },
  cancer: { first: who.endocrinology, other: who.cardiology },
  prevention: { first: units.healthCentre, other: units.otherHealthCentre },
  "acute-team": { first: who.acuteTeam, other: units.otherAcuteTeam },
};

export const sending = (kind: ReferralKind, change: object = {}): object => ({
  messageId: "H-1",
  kind,
  to: { gln: receivers[kind].first },
  ...complete[kind],
  ...change,
});

/** A command as it comes over the bus, its defaults filled in. */
export const command = (type: ReferralCommandType, payload: object, id = "command-1"): ReferralCommand =>
  ReferralCommand.parse({ type, id, payload });
export const onCase = (type: ReferralCommandType, payload: object = {}): ReferralCommand =>
  command(type, { caseId, ...payload });

const content = (kind: ReferralKind): ReferralContent => {
  const sent = command("referral.send", sending(kind));
  if (sent.type !== "referral.send") throw new Error("Not sent.");
  return ReferralContent.parse(sent.payload);
};

const text = fromPlainText("Hermed.");
export const appointment = { start: "2026-12-07T08:00:00.000Z", place: "Ambulatorium 3" };
const said = { text, attachments: [] };
export const at = "2026-11-24T08:00:00.000Z";

/** What happened to a referral of a kind. */
export const happened = (kind: ReferralKind) => {
  const { first: receiver, other } = receivers[kind];
  const document = {
    kind,
    sender: who.practice,
    receiver,
    receivedAt: now,
    referral: content(kind),
    attachments: [],
  };
  return {
    sent: { type: "ReferralSent", ...document, validUntil: "2027-05-23", relatesTo: [] },
    received: { type: "ReferralReceived", by: receiver },
    accepted: { type: "ReferralAccepted", by: receiver },
    informationRequested: { type: "ReferralInformationRequested", ...said },
    informationGiven: { type: "ReferralInformationGiven", ...said },
    misdirected: { type: "ReferralMisdirected", by: receiver, reason: "Ikke her" },
    forwarded: { type: "ReferralForwarded", from: receiver, to: other, reason: "Ikke her" },
    readdressed: {
      type: "ReferralReaddressed",
      ...document,
      receiver: other,
      from: receiver,
      reason: "Ikke her",
    },
    returned: {
      type: "ReferralReturned",
      reason: "not-indicated",
      advice: text,
      doctor: "Overlæge Prøve",
      phone: "90000011",
    },
    declined: {
      type: "ReferralDeclined",
      reason: "no-capacity",
      advice: text,
      by: "Prøve Sygeplejersken",
      phone: "90000030",
    },
    booked: { type: "AppointmentBooked", appointment },
    invited: { type: "InvitedToTalk", appointment },
    attended: { type: "PatientAttended", at },
    noShow: { type: "PatientNoShow", at },
    followedUp: { type: "NoShowFollowedUp", at, how: "phone", outcome: "comes-later" },
    courseEnded: { type: "CourseEnded", endedOn: "2026-11-24" },
    visitStarted: { type: "VisitStarted", at, by: "Prøve Sygeplejersken" },
    visitEnded: { type: "VisitEnded", at },
    concluded: {
      type: "ReferralConcluded",
      ...said,
      signedBy: { name: "Overlæge Prøve" },
      critical: false,
    },
    criticalFound: { type: "CriticalFindingFound", by: receiver },
    reviewed: { type: "ResultReviewed", by: who.practice },
    concludedByLetter: {
      type: "ReferralConcluded",
      kind,
      ...said,
      critical: false,
      closing: { form: "XDIS02", authorised: "2026-11-24T09:00" },
    },
    letterReceived: {
      type: "ReferralLetterReceived",
      from: receiver,
      to: who.practice,
      patient: { cpr: "0107560106", surname: "Prøvesen" },
      status: "new",
      said: { kind: "closing", text, closing: { form: "XDIS15" } },
    },
    withdrawn: { type: "ReferralWithdrawn", reason: "Løst" },
    expired: { type: "ReferralExpired", validUntil: "2027-05-23" },
  } as const satisfies Record<string, ReferralFact>;
};

/** What leads to each state; some are met by some kinds only, and are made by facts all the same. */
export const historyOf = (kind: ReferralKind): Record<Status, ReferralFact[]> => {
  const f = happened(kind);
  const accepted = [f.sent, f.accepted];
  return {
    none: [],
    sent: [f.sent],
    received: [f.sent, f.received],
    informationRequested: [f.sent, f.informationRequested],
    misdirected: [f.sent, f.misdirected],
    accepted,
    booked: [...accepted, f.booked],
    invited: [...accepted, f.invited],
    noShow: [...accepted, f.booked, f.noShow],
    attended: [...accepted, f.booked, f.attended],
    courseEnded: [...accepted, f.invited, f.attended, f.courseEnded],
    visiting: [...accepted, f.visitStarted],
    visited: [...accepted, f.visitStarted, f.visitEnded],
    criticalFinding: [...accepted, f.booked, f.attended, { ...f.concluded, critical: true }, f.criticalFound],
    resultReady:
      kind === "imaging"
        ? [...accepted, f.booked, f.attended, f.concluded]
        : [...accepted, f.criticalFound, { type: "CriticalFindingPhoned", phoned: call }],
    concluded:
      kind === "imaging"
        ? [...accepted, f.booked, f.attended, f.concluded, f.reviewed]
        : [...accepted, f.concluded],
    returned: [f.sent, f.returned],
    declined: [f.sent, f.declined],
    withdrawn: [f.sent, f.withdrawn],
    letter: [f.letterReceived],
    expired: [f.sent, f.expired],
  };
};

type World = { directory?: DirectoryView; at?: string; common?: CaseState };
type ReferralDecision = Decision<ReferralFact>;
type Recorded = Extract<ReferralDecision, { kind: "record" }>;
type Verdict = {
  decision: ReferralDecision;
  /** What is recorded: at least as told. */
  thenRecords: (expected: object) => Recorded;
  thenRefuses: (code: string, ...paths: string[]) => void;
};

export const contextOf = (
  actor: string,
  { directory = regionView, at: time = now, common: state = noCase(caseId) }: World = {},
): DecisionContext => {
  const local = localDateTimeOf(time);
  return { caseId, actor, now: time, local, today: local.slice(0, 10), directory, common: state };
};

export const stateAfter = (...facts: readonly ReferralFact[]): ReferralState =>
  facts.reduce<ReferralState>(referralCore.evolve, referralCore.initial);

const verdictOn = (decision: ReferralDecision): Verdict => ({
  decision,
  thenRecords: (expected) => {
    expect(decision).toMatchObject({ kind: "record", ...expected });
    if (decision.kind !== "record") throw new Error("Nothing was recorded.");
    return decision;
  },
  thenRefuses: (code, ...paths) => {
    expect(decision).toMatchObject({ kind: "refuse", code });
    if (decision.kind === "refuse" && paths.length > 0)
      expect(decision.problems.map(({ path }) => path)).toEqual(paths);
  },
});

/** `given(facts).when(command, by).thenRecords(...)`: pure, in the made-up region, on a Monday morning. */
export const given = (...facts: readonly ReferralFact[]) => ({
  when: (asked: ReferralCommand, by: string, world: World = {}): Verdict =>
    verdictOn(referralCore.decide(stateAfter(...facts), asked, contextOf(by, world))),
});
