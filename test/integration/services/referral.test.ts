import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReferralPatterns } from "../../../contracts/messages/referral-patterns.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
import { caseIdFor } from "../../../infra/ids.ts";
import { startReferral } from "../../../services/referral/main.ts";
import { eventually } from "../../support/eventually.ts";
import { complete, units } from "../../support/referral-given.ts";
import { who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub({ starts: [startReferral] });
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const send = async (messageId: string, kind: keyof typeof complete, to: object) => {
  const payload = { messageId, kind, to, ...complete[kind] };
  const reply = await hub.command("referral.send", who.practice, payload);
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};
const act = async (verb: string, by: string, payload: { caseId: string }) => {
  const reply = await hub.command(`referral.${verb}`, by, payload);
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply;
};
const viewOf = async (caseId: string, viewer: string): Promise<CaseView> => {
  const reply = await hub.query<CaseView>("worklist.case", viewer, { caseId });
  if (reply.status !== "ok") throw new Error(reply.code);
  return reply.value;
};

describe("a referral through the journal", () => {
  test("is sent to a visitation, forwarded, accepted, booked, attended and concluded", async () => {
    const { caseId, due } = await send("H-1", "hospital", { hospital: who.hospital });
    expect(due).toBeDefined();
    await act("receive", units.visitation, { caseId });
    const forwarding = { caseId, to: { gln: who.cardiology }, reason: "Kardiologisk" };
    await act("forward", units.visitation, forwarding);
    const late = await hub.command("referral.accept", units.visitation, { caseId });
    expect(late).toMatchObject({ status: "refused", code: "not-your-turn" });
    await act("accept", who.cardiology, { caseId });
    const appointment = { start: "2027-01-04T08:00:00.000Z", place: "Ambulatorium 3" };
    const booking = { caseId, appointment };
    await act("book", who.cardiology, booking);
    const attended = { caseId, at: "2027-01-04T08:05:00.000Z" };
    await act("attended", who.cardiology, attended);
    const note = { caseId, text: "Rask.", signedBy: { name: "Overlæge Prøve" } };
    await act("conclude", who.cardiology, note);
    const view = await viewOf(caseId, who.practice);
    expect(view.status).toBe("concluded");
    expect(view.clocks.filter(({ status }) => status === "running" || status === "paused")).toEqual([]);
  });

  test("to prevention is counted in the patterns of its practice and its municipality, and of nobody else", async () => {
    for (const n of [1, 2, 3, 4, 5]) await send(`P-${String(n)}`, "prevention", {});

    const query = { from: "2026-01", to: "2099-12", groupBy: ["kind"] };
    const countFor = async (viewer: string) => {
      const reply = await hub.query<ReferralPatterns>("referral.patterns", viewer, query);
      const groups = reply.status === "ok" ? reply.value.groups : [];
      return groups.find(({ by }) => by["kind"] === "prevention")?.count;
    };
    expect(
      await eventually(async () => {
        const count = await countFor(who.practice);
        return count === 5 ? count : undefined;
      }, "the count"),
    ).toBe(5);
    expect(await countFor(who.municipality)).toBe(5);
    expect(await countFor(who.otherPractice)).toBeUndefined();
  });

  test("whose content lacks something is refused, and the same id gets the same refusal", async () => {
    const payload = { messageId: "I-1", kind: "imaging", to: {}, ...complete.imaging, referrer: {} };
    const first = await hub.command("referral.send", who.practice, payload, "imaging:1");
    const again = await hub.command("referral.send", who.practice, payload, "imaging:1");
    expect(first).toMatchObject({ status: "refused", code: "referral-incomplete", duplicate: false });
    expect(again).toEqual({ ...first, duplicate: true });
  });

  test("to prevention that the citizen refuses reaches nobody, and its case shows that; with consent it is sent, and says on what it rests", async () => {
    const whole = {
      messageId: "C-1",
      kind: "prevention",
      to: { gln: units.healthCentre },
      ...complete.prevention,
    };
    const consent = { given: false, by: "Borgeren", on: "2026-01-05" };
    const refused = { ...whole, prevention: { topic: "smoking", consent } };
    const stopped = await hub.command("referral.send", who.practice, refused, "consent:1");
    if (stopped.status !== "refused") throw new Error(JSON.stringify(stopped));
    expect(stopped.code).toBe("consent-refused");
    const caseId = caseIdFor(who.practice, "C-1");
    const view = await viewOf(caseId, who.practice);
    expect(view).toMatchObject({ consentRefused: true, deliveries: [], clocks: [] });
    expect(view.timeline.map(({ refusal }) => refusal)).toEqual(["consent-refused"]);
    const others = await hub.query("worklist.case", units.healthCentre, { caseId });
    expect(others).toMatchObject({ status: "refused", code: "case-unknown" });

    const sent = await hub.command("referral.send", who.practice, whole, "consent:2");
    expect(sent).toMatchObject({ status: "accepted", caseId });
    const after = await viewOf(caseId, units.healthCentre);
    expect(after.consentRefused).toBeUndefined();
    expect(after.deliveries.map(({ to, basis }) => [to, basis?.code])).toEqual([
      [units.healthCentre, "consent"],
    ]);
  });

  test("to prevention that the citizen withdraws consent to is withdrawn, its receiver is told why, and its case shows it", async () => {
    const payload = {
      messageId: "C-3",
      kind: "prevention",
      to: { gln: units.healthCentre },
      ...complete.prevention,
    };
    const sent = await hub.command("referral.send", who.practice, payload);
    if (sent.status !== "accepted") throw new Error(JSON.stringify(sent));
    const { caseId } = sent;
    const order = { caseId, reason: "Ønsker ikke tilbuddet", consentWithdrawn: true };
    const withdrawn = await hub.command("referral.withdraw", who.practice, order);
    expect(withdrawn).toMatchObject({ status: "accepted", facts: ["ReferralWithdrawn"] });
    for (const gln of [who.practice, units.healthCentre])
      expect(await viewOf(caseId, gln)).toMatchObject({ consentRefused: true, status: "withdrawn" });
    const { deliveries } = await viewOf(caseId, units.healthCentre);
    expect(deliveries.filter(({ to }) => to === units.healthCentre)).toHaveLength(2);
  });

  test("to an acute team rests on treatment, and what is refused there is shown with it", async () => {
    const prevention = { consent: { given: false, by: "Borgeren", on: "2026-01-05" } };
    const payload = { messageId: "C-2", kind: "acute-team", to: {}, ...complete["acute-team"], prevention };
    const sent = await hub.command("referral.send", who.practice, payload);
    if (sent.status !== "accepted") throw new Error(JSON.stringify(sent));
    const view = await viewOf(sent.caseId, who.acuteTeam);
    expect(view.consentRefused).toBe(true);
    expect(view.deliveries.map(({ basis }) => basis?.code)).toEqual(["current-treatment"]);
  });
});
