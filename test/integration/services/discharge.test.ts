import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandReply } from "../../../contracts/envelope.ts";
import type { Responsible } from "../../../contracts/messages/discharge-query.ts";
import type { CaseView, InboxItem } from "../../../contracts/messages/worklist.ts";
import { startDischarge } from "../../../services/discharge/main.ts";
import { consent, municipality, parties, patient, qualifying } from "../../support/discharge-given.ts";
import { eventually } from "../../support/eventually.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

const { hospital, ward, practice } = parties;
let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ starts: [startDischarge] });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const hour = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * hour).toISOString();
const accepted = (reply: CommandReply) => {
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};
const tell = async (stayId: string, event: string, hoursAgo: number) =>
  accepted(
    await hub.command("discharge.notify", hospital, {
      messageId: `${stayId}-${event}`,
      stayId,
      event,
      occurredAt: ago(hoursAgo),
      department: ward,
      patient,
      municipality,
      practice,
    }),
  );
const viewOf = async (caseId: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", practice, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};
/** What the hub asks because of a record comes in a record of its own, a moment later. */
const recordWith = (caseId: string, fact: string): Promise<CaseView["records"][number]> =>
  eventually(
    async () => (await viewOf(caseId)).records.find(({ facts }) => facts.some(({ type }) => type === fact)),
    fact,
  );
const responsible = (viewer: string, cpr: string) =>
  hub.query<Responsible>("discharge.responsible", viewer, { patient: { cpr } });

describe("a stay through the journal", () => {
  test("goes from admission to review, and its parties have the news in their inboxes", async () => {
    const { caseId } = await tell("O-1", "admitted", 50);
    const requested = await recordWith(caseId, "AdmissionReportRequested");
    expect(requested.meta).toMatchObject({ actor: "hub", causation: `${caseId}.1` });
    const report = { change: "started", agreement: "ADM-REPORT", debtor: municipality };
    expect(requested.clocks).toContainEqual(expect.objectContaining(report));
    accepted(await hub.command("discharge.assess", ward, { caseId, ...qualifying }));
    await tell("O-1", "discharged", 1);
    const decided = (await viewOf(caseId)).records.flatMap(({ facts }) => facts);
    const { until } = decided.find(({ type }) => type === "ResponsibilityDecided") as unknown as {
      until: string;
    };
    const summary = {
      caseId,
      summaryId: "epi-1",
      actionPriority: "subakut",
      recommendedAction: "Kontrol.",
      resume: "I bedring.",
      unit: "Geriatrisk Afd.",
      dictatedBy: "A. Testlund",
      extendedResponsibility: { until, phone: "90000047" },
      asksHomeVisit: { reason: "Skrøbelig", consent },
    };
    const sent = accepted(await hub.command("discharge.sendSummary", ward, summary));
    expect(sent.clocks.map(({ agreement }) => agreement)).toEqual(["EPI-REVIEW-SUBAKUT"]);
    const asked = await recordWith(caseId, "HomeVisitAsked");
    expect(asked.meta).toMatchObject({ actor: "hub", causation: `${caseId}.${String(sent.recordNo)}` });
    const visit = { change: "started", agreement: "HOMEVISIT", debtor: practice };
    expect(asked.clocks).toContainEqual(expect.objectContaining(visit));
    const review = { caseId, summaryId: "epi-1", reviewer: "D. Testgaard", verdict: "agrees" };
    accepted(await hub.command("discharge.review", practice, review));
    expect((await viewOf(caseId)).status).toBe("reviewed");
    await eventually(async () => {
      const inbox = await hub.query<{ items: InboxItem[] }>("worklist.inbox", practice, {
        gln: practice,
        show: "all",
      });
      if (inbox.status !== "ok") return undefined;
      return inbox.value.items.some(({ documentType }) => documentType === "SummarySent") ? true : undefined;
    }, "the summary in the practice's inbox");
  });

  test("is told of who is responsible to its parties, and to nobody else", async () => {
    await tell("O-2", "admitted", 2);
    const answer = await eventually(async () => {
      const reply = await responsible(municipality, patient.cpr);
      return reply.status === "ok" && reply.value.reasons.includes("admitted") ? reply.value : undefined;
    }, "the patient in the index");
    expect(answer.who).toEqual({ kind: "hospital", gln: ward });
    expect(await responsible(who.otherPractice, patient.cpr)).toEqual({
      status: "refused",
      code: "case-unknown",
    });
    expect(await responsible(practice, "0101010101")).toEqual({ status: "refused", code: "case-unknown" });
  });

  test("whose responsibility has run out rings by itself, and practice and municipality are told", async () => {
    const { caseId } = await tell("O-3", "admitted", 200);
    accepted(await hub.command("discharge.assess", hospital, { caseId, ...qualifying }));
    await tell("O-3", "discharged", 73);
    // Clocks of the stay may ring at the same time: the record that is looked for need not be the last.
    const returned = await recordWith(caseId, "ResponsibilityReturned");
    expect(returned.meta).toMatchObject({ actor: "hub", commandType: "discharge.ring" });
    expect(returned.deliveries.map((d) => (d.change === "owed" ? d.to : ""))).toEqual([
      ward,
      practice,
      municipality,
    ]);
  });
});
