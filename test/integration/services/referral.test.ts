import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ReferralPatterns } from "../../../contracts/messages/referral-patterns.ts";
import type { CaseView } from "../../../contracts/messages/worklist.ts";
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
});
