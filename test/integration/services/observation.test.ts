import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CaseView, InboxPage } from "../../../contracts/messages/worklist.ts";
import { startObservation } from "../../../services/observation/main.ts";
import { eventually } from "../../support/eventually.ts";
import { call, isbar, opening, payloads, totalling } from "../../support/observation-given.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ starts: [startObservation] });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const team = who.municipality;
const practice = who.jsonPractice;
const inADay = () => new Date(Date.now() + 86_400_000).toISOString();
const caseOf = async (caseId: string, viewer: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

describe("observation through the journal", () => {
  test("a score is measured, reaches a doctor's inbox, is planned for, read, and closed", async () => {
    const payload = opening(
      { values: totalling(3), isbar, call: call(), measuredAt: "2026-01-05T09:00:00.000Z" },
      { practice, messageId: "OBS-I1" },
    );
    const opened = await hub.command("observation.open", team, payload, "open:1");
    if (opened.status !== "accepted") throw new Error(JSON.stringify(opened));
    const { caseId } = opened;
    expect(await hub.command("observation.open", team, payload, "open:1")).toEqual({
      ...opened,
      duplicate: true,
    });

    // Whom it went to depends on the hour at which this runs; the fact tells.
    const view = await caseOf(caseId, team);
    const asked = view.records.flatMap((r) => r.facts).find((fact) => fact.type === "DoctorAsked");
    const doctor = asked !== undefined && "doctor" in asked ? String(asked["doctor"]) : "";
    expect([practice, who.outOfHours]).toContain(doctor);
    const item = await eventually(async () => {
      const inbox = await hub.query<InboxPage>("worklist.inbox", doctor, { gln: doctor });
      return inbox.status === "ok" ? inbox.value.items.find((each) => each.caseId === caseId) : undefined;
    }, "the doctor's inbox");
    expect(item).toMatchObject({ documentType: "DoctorAsked", from: team, status: "waiting" });
    expect(view.clocks.map(({ agreement }) => agreement)).toEqual(
      expect.arrayContaining(["TOBS-MSG", "TOBS-REPEAT"]),
    );

    const plan = { kind: "advice", text: "Se an", author: { name: "Test Læge" }, validUntil: inADay() };
    const planned = await hub.command("observation.makePlan", doctor, { caseId, plan });
    expect(planned).toMatchObject({ status: "accepted", facts: ["PlanMade"] });
    const read = await hub.command("observation.acknowledgePlan", team, {
      caseId,
      ...payloads["observation.acknowledgePlan"],
    });
    expect(read.status).toBe("accepted");
    const closed = await hub.command("observation.close", team, { caseId, outcome: "recovered" });
    expect(closed).toMatchObject({ status: "accepted", facts: ["EpisodeClosed"] });
    const after = await caseOf(caseId, practice);
    expect(after.status).toBe("closed");
    const ours = after.clocks.filter(({ agreement }) => agreement.startsWith("TOBS"));
    expect(ours.map(({ status }) => status).sort()).toEqual(["cancelled", "met"]);
  });

  test("to an organisation that is no party an episode does not exist", async () => {
    const payload = opening({ values: totalling(0) }, { practice, messageId: "OBS-I2" });
    const opened = await hub.command("observation.open", team, payload);
    if (opened.status !== "accepted") throw new Error(JSON.stringify(opened));
    const reply = await hub.command("observation.close", who.cardiology, {
      caseId: opened.caseId,
      outcome: "other",
    });
    expect(reply).toMatchObject({ status: "refused", code: "case-unknown" });
  });
});
