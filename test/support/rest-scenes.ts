import { eventually } from "./eventually.ts";
import { complete } from "./referral-complete.ts";
import { who } from "./region-view.ts";
import { factsOf } from "./rest-facts.ts";
import type { Act, RestHub } from "./rest-hub.ts";

const hour = 3_600_000;
export const inHours = (hours: number): string => new Date(Date.now() + hours * hour).toISOString();
const day = (days: number): string => inHours(24 * days).slice(0, 10);

const visitation = "5790000211012";
const radiology = "5790000211029";
const healthCentre = "5790000311033";
const specialist = who.endocrinology;

type Step = readonly [by: string, operation: string, body?: object];
const walk = async (hub: RestHub, caseId: string, steps: readonly Step[]): Promise<void> => {
  for (const [by, operation, body] of steps)
    await hub.act(by, operation, { in: caseId, ...(body === undefined ? {} : { body }) });
};

/** Each way that a question can go. */
export const advise = async (hub: RestHub): Promise<{ open: string }> => {
  const ask = async (messageId: string, more: object = {}): Promise<string> => {
    const body = { messageId, attachments: [], ...more };
    return (await hub.act(who.practice, "advice-ask", { body })).caseId;
  };
  await walk(hub, await ask("A-1"), [
    [specialist, "advice-requestInformation"],
    [who.practice, "advice-giveInformation"],
    [specialist, "advice-redirect"],
    [who.cardiology, "advice-answer"],
    [who.practice, "advice-askFollowUp"],
  ]);
  await walk(hub, await ask("A-2", { kind: "specialist", mayConvert: true }), [
    [specialist, "advice-convert"],
  ]);
  await walk(hub, await ask("A-3"), [[specialist, "advice-decline"]]);
  await walk(hub, await ask("A-4"), [[who.practice, "advice-withdraw"]]);
  const letter = await ask("A-5", { kind: "correspondence", mayConvert: undefined });
  await walk(hub, letter, [[specialist, "advice-markHandled"]]);
  const again = { body: { messageId: "A-1", attachments: [] } };
  await hub.act(who.practice, "advice-ask", again);
  return { open: await ask("A-6") };
};

const call = { by: "Test Lægesen", number: "90000030", answeredBy: "Prøve Sygeplejersken" };
/** What may not be of another day than the one on which this runs. */
const fresh: Partial<Record<keyof typeof complete, object>> = {
  imaging: {
    imaging: {
      examination: "ct-abdomen",
      egfr: { value: ">90", measuredOn: day(-2) },
      earlierTests: "UL uden fund.",
    },
  },
  "acute-team": {
    acuteTeam: {
      call: { ...call, at: inHours(-0.1) },
      directNumber: "20109001",
      responsible: { name: "Test Lægesen" },
    },
  },
};

const refer = async (hub: RestHub, messageId: string, kind: keyof typeof complete, to: string) => {
  const body = { messageId, kind, to: { gln: to }, ...complete[kind], ...fresh[kind] };
  return (await hub.act(who.practice, "referral-send", { body })).caseId;
};

/** Each way that a referral can go; the appointment that a slot becomes is in `book`. */
export const referAll = async (hub: RestHub): Promise<void> => {
  const [first, then] = [specialist, who.cardiology];
  const appointment = { start: inHours(300), place: "Ambulatorium 3" };
  await walk(hub, await refer(hub, "R-1", "hospital", first), [
    [first, "referral-receive"],
    [first, "referral-requestInformation"],
    [who.practice, "referral-giveInformation"],
    [first, "referral-markMisdirected"],
    [first, "referral-forward", { to: { gln: then } }],
    [then, "referral-accept"],
    [then, "referral-book", { appointment }],
    [then, "referral-rebook", { appointment: { ...appointment, place: "Ambulatorium 4" } }],
    [then, "referral-noticeSent", { sentOn: day(0) }],
    [then, "referral-cancelAppointment"],
    [then, "referral-book", { appointment: { ...appointment, start: inHours(200) } }],
    [then, "referral-noShow", { at: inHours(0) }],
    [then, "referral-followUpNoShow", { at: inHours(0) }],
    [then, "referral-settleDiagnosis", { on: day(0) }],
    [then, "referral-book", { appointment: { ...appointment, start: inHours(100) } }],
    [then, "referral-attended", { at: inHours(0) }],
    [then, "referral-conclude"],
  ]);
  await walk(hub, await refer(hub, "R-2", "prevention", healthCentre), [
    [healthCentre, "referral-invite", { appointment }],
    [healthCentre, "referral-attended", { at: inHours(0) }],
    [healthCentre, "referral-endCourse", { endedOn: day(0) }],
    [healthCentre, "referral-conclude"],
  ]);
  await walk(hub, await refer(hub, "R-3", "imaging", radiology), [
    [radiology, "referral-accept"],
    [radiology, "referral-conclude", { critical: true }],
    [radiology, "referral-phoneFinding", { phoned: { ...call, at: inHours(0) } }],
    [who.practice, "referral-reviewResult"],
  ]);
  await walk(hub, await refer(hub, "R-4", "acute-team", who.acuteTeam), [
    [who.acuteTeam, "referral-accept"],
    [who.acuteTeam, "referral-startVisit", { at: inHours(0) }],
    [who.acuteTeam, "referral-endVisit", { at: inHours(0) }],
    [who.acuteTeam, "referral-conclude"],
  ]);
  await walk(hub, await refer(hub, "R-5", "acute-team", who.acuteTeam), [
    [who.acuteTeam, "referral-decline"],
  ]);
  await walk(hub, await refer(hub, "R-6", "hospital", first), [[first, "referral-return"]]);
  await walk(hub, await refer(hub, "R-7", "hospital", first), [[who.practice, "referral-withdraw"]]);
};

/** A summary says until when the hospital is responsible; the hub has decided that. */
const summaryOf = async (hub: RestHub, caseId: string): Promise<object> => {
  const facts = await factsOf(hub, who.geriatrics, caseId);
  const until = facts.findLast(({ type }) => type === "ResponsibilityDecided")?.until;
  return {
    extendedResponsibility: { until, phone: "90000047" },
    dischargedAt: undefined,
    admittedAt: undefined,
    asksHomeVisit: undefined,
  };
};

/** Two stays: one from admission to a held visit, one whose visit the citizen declines. */
export const discharge = async (hub: RestHub): Promise<void> => {
  const [hospital, ward, municipality] = [who.otherHospital, who.geriatrics, "5790000300020"];
  const tell = async (stayId: string, event: string, hours: number, id: string): Promise<string> => {
    const body = { messageId: id, stayId, event, occurredAt: inHours(hours) };
    return (await hub.act(hospital, "discharge-notify", { body })).caseId;
  };
  const admit = async (stayId: string): Promise<string> => {
    const caseId = await tell(stayId, "admitted", -60, `${stayId}-1`);
    await walk(hub, caseId, [
      [ward, "discharge-plan", { date: day(0) }],
      [ward, "discharge-assess"],
    ]);
    return caseId;
  };
  const first = await admit("S-1");
  await hub.act(hospital, "discharge-correct", {
    body: {
      messageId: "S-1-ret",
      stayId: "S-1",
      corrects: "S-1-1",
      issuedAt: inHours(-59),
      occurredAt: inHours(-61),
    },
  });
  await walk(hub, first, [
    [municipality, "discharge-answerAdmission"],
    [municipality, "discharge-sendAdmissionReport"],
    [ward, "discharge-tick"],
    [ward, "discharge-sendCarePlan"],
  ]);
  await tell("S-1", "discharged", -1, "S-1-2");
  const summary = await summaryOf(hub, first);
  await walk(hub, first, [
    [ward, "discharge-sendSummary", { ...summary, summaryId: "e-1" }],
    [ward, "discharge-correctSummary", { ...summary, summaryId: "e-2", corrects: "e-1" }],
    [who.practice, "discharge-review", { summaryId: "e-2" }],
    [hospital, "discharge-extendResponsibility", { until: inHours(90) }],
    [municipality, "discharge-suspendResponsibility", { calledAt: inHours(-0.5) }],
    [municipality, "discharge-resumeResponsibility", { endedAt: inHours(-0.2) }],
    [ward, "discharge-askHomeVisit"],
    [who.practice, "discharge-bookHomeVisit", { startsAt: inHours(40) }],
    [who.practice, "discharge-holdHomeVisit", { heldAt: inHours(0) }],
  ]);
  const second = await admit("S-2");
  await tell("S-2", "discharged", -1, "S-2-2");
  await walk(hub, second, [
    [ward, "discharge-askHomeVisit"],
    [who.practice, "discharge-declineHomeVisit"],
    [ward, "discharge-sendSummary", { ...(await summaryOf(hub, second)), summaryId: "e-3" }],
    [ward, "discharge-cancelSummary", { summaryId: "e-3" }],
  ]);
  const cancel = { messageId: "S-2-an", stayId: "S-2", cancels: "S-2-2" };
  await hub.act(hospital, "discharge-cancel", { body: cancel });
  await hub.act(hospital, "discharge-receiveSummary", { body: { messageId: "L-1", practice: who.practice } });
};

const doctorOf = async (hub: RestHub, caseId: string): Promise<string> => {
  const facts = await factsOf(hub, who.municipality, caseId);
  return facts.find(({ type }) => type === "DoctorAsked")?.doctor ?? "";
};

/** An episode with a doctor's plan, and all that can be ordered and taken back. */
export const observe = async (hub: RestHub): Promise<void> => {
  const team = who.municipality;
  const practice = who.jsonPractice;
  const { caseId } = await hub.act(team, "observation-open", { body: { messageId: "O-1", practice } });
  const doctor = await doctorOf(hub, caseId);
  const plan = {
    kind: "advice",
    text: "Se an.",
    author: { name: "Test Læge" },
    validUntil: inHours(24),
  };
  await walk(hub, caseId, [
    [team, "observation-recordCall"],
    [doctor, "observation-makePlan", { plan }],
    [team, "observation-acknowledgePlan"],
    [team, "observation-measure"],
    [team, "observation-retract", { measurement: 2 }],
    [doctor, "observation-order", { adjustment: { ...adjustment, validTo: inHours(700) } }],
    [team, "observation-declareTerminal"],
    [doctor, "observation-orderScoring"],
    [team, "observation-close"],
  ]);
};
const adjustment = {
  author: { name: "Test Læge", title: "Speciallæge i almen medicin" },
  reason: "Kendt langsom puls",
  limits: { accepts: [{ parameter: "pulse", min: 40, max: 130 }], tiers: [] },
};

let published = 0;
/** A slot for anybody, in one of the specialities. */
export const publish = async (hub: RestHub, start: string, more: object = {}): Promise<string> => {
  const messageId = `T-${String(++published)}`;
  const wide = { municipalities: undefined, regions: undefined };
  const body = { messageId, start, ...wide, ...more };
  return (await hub.act(visitation, "booking-publish", { body })).caseId;
};

/** Places held, booked, offered, given back, attended; and a referral that becomes an appointment. */
export const book = async (hub: RestHub): Promise<void> => {
  const gp = who.practice;
  const slotId = await publish(hub, inHours(3));
  const loose = { needAt: undefined, referralCaseId: undefined, relatesTo: [], municipality: undefined };
  const take = async (operation: string, messageId: string, more: Act["body"] = {}): Promise<string> =>
    (await hub.act(gp, operation, { body: { ...loose, messageId, slotId, ...more } })).caseId;
  await walk(hub, slotId, [[visitation, "booking-changeSlot"]]);
  const held = await take("booking-hold", "B-1");
  await walk(hub, held, [
    [gp, "booking-book", { referralCaseId: undefined }],
    [gp, "booking-release"],
  ]);
  const ask = async (messageId: string): Promise<string> =>
    (await hub.act(gp, "booking-request", { body: { messageId, municipality: undefined } })).caseId;
  const offered = await ask("B-2");
  await walk(hub, offered, [
    [visitation, "booking-offer", { slotId }],
    [gp, "booking-declineOffer"],
    [visitation, "booking-offer", { slotId }],
    [gp, "booking-acceptOffer"],
  ]);
  const none = await ask("B-3");
  await walk(hub, none, [
    [visitation, "booking-answerNone"],
    [gp, "booking-choose", { slotId }],
  ]);
  const cancelled = await publish(hub, inHours(4), { speciality: "reumatologi" });
  await walk(hub, cancelled, [[visitation, "booking-cancelSlot"]]);
  const soon = await publish(hub, inHours(3 / 3600), { speciality: "onkologi" });
  const came = await take("booking-bookDirectly", "B-4", { slotId: soon });
  await eventually(async () => {
    const answer = await hub.attempt(visitation, "booking-noShow", { in: came });
    return answer.status === 200 ? true : undefined;
  }, "the time of the slot");
  await walk(hub, came, [[visitation, "booking-attended"]]);
  const referral = await refer(hub, "R-8", "hospital", who.cardiology);
  await walk(hub, referral, [[gp, "referral-wantSlot", { slotId }]]);
};
