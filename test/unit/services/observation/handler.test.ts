import { beforeEach, describe, expect, it } from "vitest";
import { caseIdFor } from "../../../../infra/ids.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { advicePlan, call, isbar, opening, totalling } from "../../../support/observation-given.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});
const [team, gp, onDuty] = [who.municipality, who.practice, who.outOfHours];
const open = (total: 0 | 1 | 3 = 3, id = "open-1") =>
  cases.send({
    type: "observation.open",
    by: team,
    payload: opening({ values: totalling(total), isbar, call: call() }),
    id,
  });
const openedCase = async (total: 0 | 1 | 3 = 3) => accepted(await open(total)).caseId;

describe("an episode through the kernel", () => {
  it("is the case that its sender and message id name, with its clocks in the answer", async () => {
    expect(accepted(await open())).toMatchObject({
      caseId: caseIdFor(team, "OBS-1"),
      recordNo: 1,
      facts: ["EpisodeOpened", "Measured", "RepeatOwed", "DoctorAsked", "CallRecorded"],
      clocks: [
        { agreement: "TOBS-REPEAT", debtor: team, due: local("2026-11-23 11:15") },
        { agreement: "TOBS-MSG", debtor: gp, due: local("2026-11-23 11:15") },
      ],
    });
  });

  it("again is the same answer, and other content under its id is refused", async () => {
    const first = await open();
    expect(await open()).toEqual({ ...first, duplicate: true });
    expect(await open(1)).toMatchObject({ status: "refused", code: "content-differs" });
    expect(await open(1, "open-2")).toMatchObject({ status: "refused", code: "content-differs" });
    expect(
      cases.records(caseIdFor(team, "OBS-1")).filter(({ meta }) => meta.outcome === "accepted"),
    ).toHaveLength(1);
  });

  it("tells its warnings in the answer, and again when it is asked again", async () => {
    const payload = opening({ values: totalling(3), senderTotal: 9 });
    const reply = accepted(await cases.send({ type: "observation.open", by: team, payload, id: "o" }));
    expect(reply.warnings?.map(({ code }) => code)).toEqual([
      "total-differs",
      "call-missing",
      "isbar-missing",
    ]);
    expect(JSON.stringify(reply)).not.toContain("9 ");
  });

  it("does not exist for an organisation that is no party, nor for the out-of-hours doctor before it is asked", async () => {
    const caseId = await openedCase();
    for (const by of [who.otherPractice, onDuty])
      expect(
        await cases.send({ type: "observation.makePlan", by, payload: { caseId, plan: advicePlan() } }),
      ).toMatchObject({
        code: "case-unknown",
      });
  });

  it("moves to the out-of-hours doctor when the alarm rings at 16:00, once, and not before", async () => {
    const caseId = await openedCase();
    const ring = () =>
      cases.send({ type: "observation.ring", by: "hub", payload: { caseId, alarmId: "doctor-closes" } });
    expect(await ring()).toMatchObject({ status: "ignored", reason: "not-due" });
    cases.at("2026-11-23 16:00");
    expect(accepted(await ring()).facts).toEqual(["QuestionDropped", "DoctorAsked"]);
    expect(await ring()).toMatchObject({ status: "ignored", reason: "not-due" });
    const plan = await cases.send({
      type: "observation.makePlan",
      by: onDuty,
      payload: { caseId, plan: advicePlan() },
    });
    expect(accepted(plan).facts).toEqual(["PlanMade"]);
    expect(cases.state(caseId)).toMatchObject({ status: "planned", alarms: {} });
  });

  it("a party cannot ring its alarms", async () => {
    const caseId = await openedCase();
    cases.at("2026-11-23 16:00");
    const rung = await cases.send({
      type: "observation.ring",
      by: gp,
      payload: { caseId, alarmId: "doctor-closes" },
    });
    expect(rung).toMatchObject({ status: "ignored", reason: "not-due" });
    expect(cases.records(caseId)).toHaveLength(1);
  });

  it("breaches when the doctor makes no plan, and the plan still counts", async () => {
    const caseId = await openedCase();
    cases.at("2026-11-23 11:16");
    // The warning comes before the breach, also when both are due.
    await cases.ring(caseId, "TOBS-MSG.1.measurement-1");
    await cases.ring(caseId, "TOBS-MSG.1.measurement-1");
    expect(cases.state(caseId).clocks["TOBS-MSG.1.measurement-1"]).toMatchObject({ status: "breached" });
    accepted(
      await cases.send({ type: "observation.makePlan", by: gp, payload: { caseId, plan: advicePlan() } }),
    );
    expect(cases.state(caseId).clocks["TOBS-MSG.1.measurement-1"]).toMatchObject({
      stoppedAt: local("2026-11-23 11:16"),
    });
  });

  it("that is refused is a record, and no name, number or value is in it", async () => {
    const payload = opening({ values: { pulse: 4711 } });
    const refused = await cases.send({ type: "observation.open", by: team, payload, id: "o" });
    expect(refused).toMatchObject({ status: "refused", code: "measurement-invalid" });
    expect(JSON.stringify(cases.records())).not.toMatch(/4711|Prøvesen|0107364006/);
  });

  it("is refused with every problem of its shape, and leaves no record", async () => {
    const reply = await cases.send({ type: "observation.open", by: team, payload: { messageId: "" } });
    expect(reply).toMatchObject({ status: "refused", code: "message-invalid" });
    expect(cases.records()).toEqual([]);
  });

  it("on a case that does not exist is refused", async () => {
    const payload = { caseId: caseIdFor("a", "b"), outcome: "recovered" };
    expect(await cases.send({ type: "observation.close", by: team, payload })).toMatchObject({
      code: "case-unknown",
    });
  });
});
