import type { CardDraft } from "../../case/card.ts";
import type { OpenCase, ReferralState } from "./state.ts";

type Awaited = { by: "sender" | "receiver"; act: string };

/** What is expected of whom in each state; a state that is not here has ended. */
const awaited: Partial<Record<OpenCase["status"], Awaited>> = {
  sent: { by: "receiver", act: "triage" },
  received: { by: "receiver", act: "triage" },
  informationRequested: { by: "sender", act: "give-information" },
  misdirected: { by: "receiver", act: "forward" },
  accepted: { by: "receiver", act: "book" },
  booked: { by: "receiver", act: "see-patient" },
  invited: { by: "receiver", act: "see-patient" },
  noShow: { by: "receiver", act: "follow-up-no-show" },
  attended: { by: "receiver", act: "conclude" },
  courseEnded: { by: "receiver", act: "conclude" },
  visiting: { by: "receiver", act: "end-visit" },
  visited: { by: "receiver", act: "conclude" },
  criticalFinding: { by: "receiver", act: "phone-critical-finding" },
  resultReady: { by: "sender", act: "review-result" },
};

/** Where a kind has its own word for what comes next. */
const inKind: Partial<Record<OpenCase["kind"], Partial<Record<OpenCase["status"], string>>>> = {
  "acute-team": { sent: "answer", received: "answer", accepted: "visit" },
  prevention: { sent: "invite", received: "invite", accepted: "invite", attended: "end-course" },
};

const awaitsOf = (state: OpenCase): CardDraft["awaits"] => {
  const one = awaited[state.status];
  if (one === undefined) return [];
  return [{ who: state[one.by], act: inKind[state.kind]?.[state.status] ?? one.act }];
};

/** `acute`, `sub-acute`, `cancer`, or the priority where it is more than elective. */
const urgencyOf = ({ kind, referral }: OpenCase): string | undefined => {
  if (kind === "acute-team") return referral.acuteTeam?.urgency ?? "acute";
  if (kind === "cancer") return "cancer";
  return referral.priority === "elektiv" ? undefined : referral.priority;
};

const relations = { advice: "convertedFrom", observation: "calledForBy" } as const;

const linksOf = (state: OpenCase): NonNullable<CardDraft["links"]> => {
  const { relatesTo, openedFrom, bookings, concludedIn } = state;
  return [
    ...relatesTo.map((caseId) => ({ caseId, relation: "relatesTo" })),
    ...(openedFrom === undefined
      ? []
      : [{ caseId: openedFrom.caseId, relation: relations[openedFrom.family] }]),
    ...bookings.map((caseId) => ({ caseId, relation: "booking" })),
    ...(concludedIn === undefined ? [] : [{ caseId: concludedIn, relation: "concludedBy" }]),
  ];
};

/** How lists show a referral: the ball is with exactly one party until it has ended. */
export const cardOf = (state: ReferralState): CardDraft | undefined => {
  if (state.status === "none") return undefined;
  if (state.status === "letter") {
    const { kind, from: opener, patient } = state;
    return { kind, opener, awaits: [], closed: true, patient };
  }
  const awaits = awaitsOf(state);
  const urgency = urgencyOf(state);
  return {
    kind: state.kind,
    opener: state.sender,
    awaits,
    closed: awaits.length === 0,
    patient: state.referral.patient,
    ...(urgency === undefined ? {} : { urgency }),
    links: linksOf(state),
  };
};
