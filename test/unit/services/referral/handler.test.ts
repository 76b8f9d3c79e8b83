import { beforeEach, describe, expect, it } from "vitest";
import type { ReferralKind } from "../../../../contracts/messages/referral-content.ts";
import { isOpenClock } from "../../../../services/case/clock-book.ts";
import { hubActor } from "../../../../services/case/core.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { call, receivers, sending } from "../../../support/referral-given.ts";
import { payloadsOf } from "../../../support/referral-payloads.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
let receiver: string;
const gp = who.practice;

const begin = async (kind: ReferralKind, change: object = {}) => {
  cases = createTestCases();
  ({ first: receiver } = receivers[kind]);
  const reply = accepted(await cases.send({ type: "referral.send", by: gp, payload: sending(kind, change) }));
  ({ caseId } = reply);
  return reply;
};
const act = (verb: string, by: string, payload: object = {}) =>
  cases.send({ type: `referral.${verb}`, by, payload: { caseId, ...payload } });
const does = async (kind: ReferralKind, ...turns: (keyof ReturnType<typeof payloadsOf>)[]) => {
  for (const turn of turns)
    accepted(await cases.send({ type: turn, by: receiver, payload: { caseId, ...payloadsOf(kind)[turn] } }));
};
const clocks = () =>
  Object.values(cases.state(caseId).clocks).filter(({ deliveryId }) => deliveryId === undefined);
const clock = (agreement: string) => clocks().filter((each) => each.agreement === agreement);
const dueOf = (agreement: string) => clock(agreement).map(({ due, status }) => [due, status]);

describe("the clocks of a hospital referral", () => {
  beforeEach(() => begin("hospital"));

  it("are triage, the patient's letter, and the right to a diagnosis", () => {
    expect(dueOf("REF-TRIAGE")).toEqual([[local("2026-11-24 16:00"), "running"]]);
    expect(dueOf("REF-NOTICE")).toEqual([[local("2026-12-03 16:00"), "running"]]);
    expect(dueOf("REF-DIAG-RIGHT")).toEqual([[local("2026-12-24 00:00"), "running"]]);
    expect(clocks()).toHaveLength(3);
  });

  it("warn of the triage after four hours of opening", () => {
    expect(clock("REF-TRIAGE")[0]?.warnAt).toBe(local("2026-11-23 14:15"));
  });

  it("pause the triage, and only that, while the sender is asked; the sender owes the answer", async () => {
    await act("requestInformation", receiver, { text: "Vægt?" });
    expect(clock("REF-TRIAGE")[0]?.status).toBe("paused");
    expect(clock("REF-NOTICE")[0]?.status).toBe("running");
    expect(clock("COR-REFQUERY-ASAP")).toMatchObject([{ debtor: gp, creditor: receiver, status: "running" }]);
    cases.at("2026-11-24 10:00");
    await act("giveInformation", gp, { text: "70 kg" });
    expect(clock("COR-REFQUERY-ASAP")[0]?.status).toBe("met");
    expect(dueOf("REF-TRIAGE")).toEqual([[local("2026-11-25 16:00"), "running"]]);
  });

  it("of the triage are met by accepting, and the letter's by sending it", async () => {
    await act("accept", receiver);
    expect(clock("REF-TRIAGE")[0]?.status).toBe("met");
    await act("noticeSent", receiver, { sentOn: "2026-11-23" });
    expect(clock("REF-NOTICE")[0]?.status).toBe("met");
    await act("settleDiagnosis", receiver, { outcome: "plan", on: "2026-11-23" });
    expect(clock("REF-DIAG-RIGHT")[0]?.status).toBe("met");
  });

  it("are a new one of forwarding once triage says that it is not here", async () => {
    await act("markMisdirected", receiver, { reason: "Ikke her" });
    expect(clock("REF-TRIAGE")[0]?.status).toBe("met");
    expect(clock("REF-FORWARD")).toMatchObject([
      { warnAt: local("2026-11-23 16:00"), due: local("2026-11-24 16:00") },
    ]);
  });

  it("leave the unit that forwards; the patient's rights go on at the next from the first receipt", async () => {
    cases.at("2026-11-24 09:00");
    await act("forward", receiver, { to: { gln: who.cardiology }, reason: "Hjertet" });
    const open = clocks().filter(isOpenClock);
    expect(new Set(open.map(({ debtor }) => debtor))).toEqual(new Set([who.cardiology]));
    expect(clock("REF-TRIAGE").map(({ status }) => status)).toEqual(["met", "running"]);
    expect(clock("REF-TRIAGE")[1]?.startedAt).toBe(local("2026-11-24 09:00"));
    expect(clock("REF-DIAG-RIGHT").map(({ due }) => due)).toEqual([
      local("2026-12-24 00:00"),
      local("2026-12-24 00:00"),
    ]);
  });

  it("do not owe the patient a second letter after forwarding", async () => {
    await does("hospital", "referral.accept", "referral.noticeSent", "referral.forward");
    expect(clock("REF-NOTICE").map(({ status }) => status)).toEqual(["met"]);
  });

  it.each(["withdraw", "return"])("all end with %s", async (verb) => {
    const by = verb === "withdraw" ? gp : receiver;
    accepted(
      await act(
        verb,
        by,
        payloadsOf("hospital")[verb === "withdraw" ? "referral.withdraw" : "referral.return"],
      ),
    );
    expect(clocks().filter(isOpenClock)).toEqual([]);
  });
});

describe("the clocks of other kinds", () => {
  it("of a cancer referral run fourteen calendar days to the first examination", async () => {
    await begin("cancer");
    expect(dueOf("REF-CANCER")).toEqual([[local("2026-12-08 00:00"), "running"]]);
    await does("cancer", "referral.accept", "referral.book", "referral.attended");
    expect(clock("REF-CANCER")[0]?.status).toBe("met");
    expect(clock("REF-DIAG-RIGHT")).toEqual([]);
  });

  it("of an acute team run from the call, and then to the visit and the note", async () => {
    const reply = await begin("acute-team");
    expect(reply.due).toBe("2026-11-23T09:20:00.000Z");
    expect(clock("ACUTE-REQ")).toMatchObject([{ startedAt: call.at }]);
    await does("acute-team", "referral.accept");
    expect(dueOf("ACUTE-VISIT")).toEqual([["2026-11-23T11:15:00.000Z", "running"]]);
    await does("acute-team", "referral.startVisit");
    cases.at("2026-11-24 09:30");
    await does("acute-team", "referral.endVisit");
    expect(dueOf("ACUTE-RESULT")).toEqual([["2026-11-24T10:00:00.000Z", "running"]]);
    await does("acute-team", "referral.conclude");
    expect(clocks().filter(isOpenClock)).toEqual([]);
  });

  it("of a sub-acute visit run to the end of the next day", async () => {
    const acuteTeam = {
      urgency: "sub-acute",
      call,
      directNumber: "20109001",
      responsible: { name: "Test Lægesen" },
    };
    await begin("acute-team", { acuteTeam });
    await does("acute-team", "referral.accept");
    expect(dueOf("ACUTE-VISIT-NEXT-DAY")).toEqual([[local("2026-11-25 00:00"), "running"]]);
    expect(clock("ACUTE-VISIT")).toEqual([]);
  });

  it("of prevention run to the invitation, to the follow-up of a no-show, and to the closing note", async () => {
    await begin("prevention");
    expect(dueOf("PREV-REF")).toMatchObject([[expect.stringMatching(/^2026-12-07/), "running"]]);
    await does("prevention", "referral.invite");
    expect(clock("PREV-REF")[0]?.status).toBe("met");
    await does("prevention", "referral.noShow");
    expect(dueOf("PREV-NOSHOW")).toMatchObject([[expect.stringMatching(/^2026-11-30/), "running"]]);
    await does(
      "prevention",
      "referral.followUpNoShow",
      "referral.invite",
      "referral.attended",
      "referral.endCourse",
    );
    expect(clock("PREV-NOSHOW")[0]?.status).toBe("met");
    expect(dueOf("PREV-CLOSE")).toMatchObject([[expect.stringMatching(/^2026-11-30/), "running"]]);
    await does("prevention", "referral.conclude");
    expect(cases.state(caseId)).toMatchObject({ status: "concluded", card: { closed: true } });
  });

  it("of a critical finding run to midnight, until it is phoned", async () => {
    await begin("imaging");
    await does("imaging", "referral.accept", "referral.book", "referral.attended");
    accepted(
      await act("conclude", receiver, {
        text: "Svar.",
        signedBy: { name: "Radiolog Prøve" },
        critical: true,
      }),
    );
    expect(clock("IMG-DIRECT")[0]?.status).toBe("met");
    expect(dueOf("IMG-CRITICAL")).toEqual([[local("2026-11-24 00:00"), "running"]]);
    await does("imaging", "referral.phoneFinding");
    expect(clock("IMG-CRITICAL")[0]?.status).toBe("met");
    expect(cases.state(caseId).card?.awaits).toMatchObject([{ who: gp, act: "review-result" }]);
  });
});

describe("the validity of a referral", () => {
  const ring = () => act("ring", hubActor, { alarmId: "validity" });
  beforeEach(() => begin("hospital"));

  it("ends a referral that nobody took up, and both are told", async () => {
    cases.at("2027-05-24 00:00");
    expect(accepted(await ring()).facts).toEqual(["ReferralExpired"]);
    expect(cases.state(caseId)).toMatchObject({ status: "expired", card: { closed: true, awaits: [] } });
    const told = cases
      .records(caseId)
      .at(-1)
      ?.deliveries.flatMap((d) => (d.change === "owed" ? [d.to] : []));
    expect(told?.toSorted()).toEqual([gp, receiver].toSorted());
  });

  it("is nobody's concern once the patient was taken, and the alarm is cleared", async () => {
    await act("accept", receiver);
    cases.at("2027-05-24 00:00");
    accepted(await ring());
    expect(cases.state(caseId)).toMatchObject({ status: "accepted", alarms: {} });
  });

  it("does not end before its time, nor for a party", async () => {
    expect(await ring()).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2027-05-24 00:00");
    expect(await act("ring", gp, { alarmId: "validity" })).toMatchObject({ status: "ignored" });
  });
});

describe("a referral", () => {
  it("in the same message again is the same case, and gets the same answer", async () => {
    const first = await begin("hospital");
    const payload = sending("hospital");
    const again = await cases.send({ type: "referral.send", by: gp, payload, id: "id-1" });
    expect(again).toEqual({ ...first, duplicate: true });
  });

  it("that lacks something is refused with every problem, and the refusal is kept", async () => {
    cases = createTestCases();
    const payload = sending("imaging", { referrer: {}, clinicalReason: undefined });
    const reply = await cases.send({ type: "referral.send", by: gp, payload });
    expect(reply).toMatchObject({
      status: "refused",
      code: "referral-incomplete",
      problems: [{ path: "clinicalReason" }, { path: "referrer.name" }, { path: "referrer.phone" }],
    });
    expect(cases.records()).toHaveLength(1);
  });

  it("comes to its receiver as a document with all of it, and to the next receiver too", async () => {
    await begin("hospital");
    await act("forward", receiver, { to: { gln: who.cardiology }, reason: "Hjertet" });
    const owed = cases
      .records(caseId)
      .map(({ deliveries }) =>
        deliveries.flatMap((d) => (d.change === "owed" ? [`${d.to} ${d.documentType}`] : [])),
      );
    expect(owed).toEqual([
      [`${receiver} ReferralSent`],
      [`${gp} ReferralForwarded`, `${who.cardiology} ReferralReaddressed`],
    ]);
  });

  it("that came back is sent anew, with the old case as what it relates to", async () => {
    await begin("hospital");
    await does("hospital", "referral.return");
    const payload = sending("hospital", { messageId: "H-2", relatesTo: [caseId] });
    const anew = accepted(await cases.send({ type: "referral.send", by: gp, payload }));
    expect(cases.state(anew.caseId).card?.links).toEqual([{ caseId, relation: "relatesTo" }]);
  });

  it("does not exist for who is no party to it", async () => {
    await begin("hospital");
    expect(await act("accept", who.cardiology)).toMatchObject({ status: "refused", code: "case-unknown" });
  });
});
