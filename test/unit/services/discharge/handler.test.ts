import { describe, expect, it } from "vitest";
import type { CommandReply } from "../../../../contracts/envelope.ts";
import { Fault } from "../../../../contracts/errors.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { createResponsibleHandler } from "../../../../services/discharge/find-responsible.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { consent, municipality, parties, patient, qualifying } from "../../../support/discharge-given.ts";
import { who } from "../../../support/region-view.ts";

const { hospital, ward, practice } = parties;
const stayId = "ophold-1";
const caseId = caseIdFor(hospital, `stay:${stayId}`);

const send = (
  cases: TestCases,
  type: string,
  payload: object,
  by: string = hospital,
): Promise<CommandReply> => cases.send({ type: `discharge.${type}`, by, payload });
const tell = (cases: TestCases, event: string, at: string, change: object = {}): Promise<CommandReply> => {
  cases.at(at);
  return send(cases, "notify", {
    messageId: `${event}-${at}`,
    stayId,
    event,
    occurredAt: local(at),
    department: ward,
    patient,
    municipality,
    practice,
    ...change,
  });
};
const stay = async (): Promise<TestCases> => {
  const cases = createTestCases();
  accepted(await tell(cases, "admitted", "2026-11-20 09:30"));
  return cases;
};

describe("the discharge service", () => {
  it("gives every message on a stay the case of its sender and stay, whichever comes first", async () => {
    const cases = createTestCases();
    cases.at("2026-11-23 12:00");
    const late = accepted(await tell(cases, "discharged", "2026-11-23 10:00"));
    cases.at("2026-11-23 12:00");
    const early = accepted(await tell(cases, "admitted", "2026-11-20 09:30"));
    expect([late.caseId, early.caseId, early.recordNo]).toEqual([caseId, caseId, 2]);
    expect(cases.state(caseId).status).toBe("discharged");
  });

  it("asks for a report as the hub's rule tells it, due from the notification, and owes its parties a delivery each", async () => {
    const cases = await stay();
    cases.at("2026-11-20 12:00");
    const request = () => send(cases, "requestAdmissionReport", { caseId }, "hub");
    expect(accepted(await request())).toMatchObject({
      due: local("2026-11-21 09:30"),
      facts: ["AdmissionReportRequested"],
    });
    expect(await request()).toMatchObject({ status: "ignored", reason: "asked-before" });
    const owed = cases
      .records()
      .flatMap(({ deliveries }) => deliveries)
      .map((d) => (d.change === "owed" ? [d.to, d.documentType] : []));
    expect(owed).toEqual([
      [practice, "StayEventReported"],
      [municipality, "StayEventReported"],
      [municipality, "AdmissionReportRequested"],
    ]);
  });

  it("refuses a replacement number, and a stranger finds no case", async () => {
    const cases = await stay();
    const eCpr = { patient: { alternativeId: "010736TAA1", surname: "Prøvesen" } };
    expect(await tell(cases, "discharged", "2026-11-23 10:00", eCpr)).toMatchObject({
      status: "refused",
      code: "message-invalid",
      problems: [{ path: "payload.patient.cpr", code: "cpr-required" }],
    });
    expect(await send(cases, "plan", { caseId, date: "2026-11-23" }, who.otherPractice)).toMatchObject({
      code: "case-unknown",
    });
  });

  it("carries a stay from admission to the return of responsibility", async () => {
    const cases = await stay();
    accepted(await send(cases, "sendAdmissionReport", { caseId, text: "Pleje dagligt" }, municipality));
    cases.at("2026-11-23 09:00");
    accepted(await send(cases, "assess", { caseId, ...qualifying }, ward));
    accepted(await tell(cases, "discharged", "2026-11-23 10:00"));
    const summary = {
      caseId,
      summaryId: "epi-1",
      actionPriority: "rutine",
      recommendedAction: "Kontrol.",
      resume: "I bedring.",
      unit: "Geriatrisk Afd.",
      dictatedBy: "A. Testlund",
      extendedResponsibility: { until: local("2026-11-26 10:00"), phone: "90000047" },
      asksHomeVisit: { reason: "Skrøbelig", consent },
    };
    accepted(await send(cases, "sendSummary", summary, ward));
    const wish = { caseId, summaryId: "epi-1" };
    expect(accepted(await send(cases, "askWishedVisit", wish, "hub")).clocks).toMatchObject([
      { agreement: "HOMEVISIT" },
    ]);
    accepted(
      await send(cases, "review", { caseId, summaryId: "epi-1", reviewer: "D", verdict: "agrees" }, practice),
    );
    expect(cases.state(caseId).status).toBe("reviewed");
    cases.at("2026-11-26 09:59");
    const ring = () => send(cases, "ring", { caseId, alarmId: "responsibility-end" }, "hub");
    expect(await ring()).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-26 10:00");
    expect(accepted(await ring()).facts).toEqual(["ResponsibilityReturned"]);
    expect(cases.state(caseId).alarms).toEqual({});
  });

  it("takes what only the hub does from the hub alone", async () => {
    const cases = await stay();
    const noted = {
      caseId,
      messageId: "h",
      occurredAt: local("2026-11-20 09:30"),
      department: who.endocrinology,
    };
    expect(await send(cases, "noteTransfer", noted, hospital)).toMatchObject({ code: "not-your-turn" });
    expect(accepted(await send(cases, "noteTransfer", noted, "hub")).facts).toContain("StayEventReported");
  });
});

describe("the question who is responsible", () => {
  const ask = async (viewer: string, payload: object, found: readonly string[] = [caseId]) => {
    const cases = await stay();
    const handle = createResponsibleHandler({
      ...cases.ports,
      casesOfPatient: () => Promise.resolve(found),
    });
    return handle({
      id: "q",
      type: "discharge.responsible",
      version: 1,
      time: cases.ports.now(),
      sender: viewer,
      payload,
    });
  };
  const about = { patient: { cpr: patient.cpr } };

  it.each([practice, municipality, ward, hospital, who.region])(
    "is answered to %s, with a number to phone",
    async (viewer) => {
      expect(await ask(viewer, about)).toMatchObject({
        status: "ok",
        value: {
          who: { kind: "hospital", gln: ward },
          since: local("2026-11-20 09:30"),
          reasons: ["admitted"],
          explanation: { da: "Patienten er indlagt.", en: "The patient is admitted." },
        },
      });
    },
  );

  it("may be asked of another moment, and names the out-of-hours doctor of the practice", async () => {
    const reply = await ask(practice, { ...about, at: local("2026-11-19 22:00") });
    expect(reply).toMatchObject({ value: { who: { kind: "outOfHours", gln: who.outOfHours } } });
  });

  it("is not answered to anybody else, nor about a citizen without a stay", async () => {
    const unknown = { status: "refused", code: "case-unknown" };
    expect(await ask(who.otherPractice, about)).toEqual(unknown);
    expect(await ask(practice, about, [])).toEqual(unknown);
    expect(await ask(practice, { patient: { cpr: "0101010101" } })).toEqual(unknown);
  });

  it("is not moved by a summary alone, and not answered to those who have nothing but one", async () => {
    const cases = await stay();
    const summary = {
      messageId: "EPI0000000001",
      summaryId: "EPI0000000001",
      status: "new",
      form: "XDIS02",
      patient,
      practice: who.otherPractice,
      resume: "Set ambulant.",
      unit: "Kirurgisk Amb.",
      dictatedBy: "Overlæge B. Prøvedal",
    };
    const lone = accepted(await send(cases, "receiveSummary", summary)).caseId;
    expect(lone).toBe(caseIdFor(hospital, "summary:EPI0000000001"));
    const handle = createResponsibleHandler({
      ...cases.ports,
      casesOfPatient: () => Promise.resolve([lone, caseId]),
    });
    const asked = {
      id: "q",
      type: "discharge.responsible",
      version: 1,
      time: cases.ports.now(),
      payload: about,
    };
    expect(await handle({ ...asked, sender: practice })).toMatchObject({
      value: { who: { kind: "hospital", gln: ward }, reasons: ["admitted"] },
    });
    expect(await handle({ ...asked, sender: who.otherPractice })).toEqual({
      status: "refused",
      code: "case-unknown",
    });
  });

  it("is refused without a citizen, and fails when the index is away", async () => {
    expect(await ask(practice, { patient: {} })).toEqual({ status: "refused", code: "message-invalid" });
    const cases = await stay();
    const handle = createResponsibleHandler({
      ...cases.ports,
      casesOfPatient: () => Promise.reject(new Fault("index-unavailable")),
    });
    const envelope = {
      id: "q",
      type: "discharge.responsible",
      version: 1,
      time: cases.ports.now(),
      sender: practice,
    };
    await expect(handle({ ...envelope, payload: about })).rejects.toThrow(Fault);
    expect(await handle("nonsense")).toEqual({ status: "refused", code: "message-invalid" });
  });
});
