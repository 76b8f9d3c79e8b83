import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ClockChange } from "../../../contracts/clocks.ts";
import type { ExplainedClock } from "../../../contracts/messages/explained-clock.ts";
import { loadAgreements } from "../../../services/agreement/main.ts";
import { localDateOf } from "../../../services/case/clock-zone.ts";
import { likeAgreement } from "../../support/agreement-sets.ts";
import { eventually } from "../../support/eventually.ts";
import { organisation, who } from "../../support/region-view.ts";
import { startTestHub, type TestHub } from "../../support/test-platform.ts";

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
  await loadAgreements(hub.platform, undefined);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

const today = localDateOf(new Date().toISOString());
const ask = async (messageId: string): Promise<string> => {
  const reply = await hub.command("advice.ask", who.practice, {
    messageId,
    to: { gln: who.endocrinology },
    patient: { cpr: "0101010101", surname: "Eksempel" },
    subject: "TSH",
    question: "Hvad gør vi?",
  });
  if (reply.status !== "accepted") throw new Error(JSON.stringify(reply));
  return reply.caseId;
};
const rescheduledOf = async (caseId: string) =>
  (await hub.platform.journal.load(caseId))
    .flatMap(({ record }) => record.clocks)
    .filter(
      (change): change is Extract<ClockChange, { change: "rescheduled" }> => change.change === "rescheduled",
    );
const explained = (caseId: string, viewer: string) =>
  hub.query<ExplainedClock>("agreement.explainClock", viewer, {
    caseId,
    clockId: "ADVICE-MSG.1",
    language: "en",
  });

const once = (isSo: () => Promise<boolean>, what: string): Promise<true> =>
  eventually(async () => ((await isSo()) ? true : undefined), what, 30_000);

const hour = { kind: "elapsed", minutes: 60 } as const;
const second = likeAgreement("ADVICE-MSG", {
  version: 2,
  validFrom: today,
  limit: { kind: "elapsed", minutes: 6_000 },
  warnAt: hour,
  calendar: "debtorHours",
  onChange: "recompute",
});

describe("a version that is put for running clocks too", () => {
  let cases: string[];
  test("counts each open clock anew, once, though the index is empty", async () => {
    cases = [await ask("R-1"), await ask("R-2"), await ask("R-3")];
    const [open = "", paused = "", ended = ""] = cases;
    await hub.command("advice.requestInformation", who.endocrinology, {
      caseId: paused,
      text: "Hvad er T4?",
    });
    await hub.command("advice.withdraw", who.practice, { caseId: ended, reason: "Løst." });
    await hub.platform.projections.wipe();
    const reply = await hub.command("agreement.putVersion", "operator", {
      id: "ADVICE-MSG",
      agreement: second,
      runningClocks: "recompute",
    });
    expect(reply).toMatchObject({ status: "accepted" });
    await once(
      async () => (await rescheduledOf(open)).length + (await rescheduledOf(paused)).length === 2,
      "both open clocks under the new version",
    );
    expect(await rescheduledOf(paused)).toMatchObject([
      { why: "limits-changed", agreementVersion: 2, paused: true },
    ]);
    expect(await rescheduledOf(ended)).toEqual([]);
    const isNoted = () =>
      hub.platform.agreements.book().kept.some(({ recountedAt }) => recountedAt !== undefined);
    await once(() => Promise.resolve(isNoted()), "the note that it was done");
    expect(await rescheduledOf(open)).toHaveLength(1);
  }, 60_000);

  test("is explained to the parties of the case, and to nobody else", async () => {
    const [open = ""] = cases;
    expect(await explained(open, who.practice)).toMatchObject({
      status: "ok",
      value: { agrees: true, agreementVersion: 2, agreement: "ADVICE-MSG", debtor: who.endocrinology },
    });
    expect(await explained(open, who.otherPractice)).toEqual({ status: "refused", code: "case-unknown" });
    const other = { caseId: open, clockId: "ADVICE-MSG.9", language: "da" };
    expect(await hub.query("agreement.explainClock", who.practice, other)).toEqual({
      status: "refused",
      code: "clock-unknown",
    });
  });

  test("follows the debtor's hours from then on, since it says so", async () => {
    const [open = ""] = cases;
    const { closingDays, ...rest } = organisation(who.endocrinology);
    const changed = { ...rest, closingDays: [...closingDays, "2031-01-02"] };
    // The limit is by the clock on the wall, so no hours matter to it: a third version makes them matter.
    const third = { ...second, version: 3, limit: { kind: "workingDays", days: 4 }, warnAt: hour };
    await hub.command("agreement.putVersion", "operator", {
      id: "ADVICE-MSG",
      agreement: third,
      runningClocks: "recompute",
    });
    await once(async () => (await rescheduledOf(open)).length === 2, "the third version");
    const file = { format: "sektorbro-directory", version: 1, organisations: [changed] };
    expect(await hub.command("directory.import", "operator", { file })).toMatchObject({ status: "accepted" });
    await once(async () => (await rescheduledOf(open)).length === 3, "the new hours");
    expect((await rescheduledOf(open)).at(-1)).toMatchObject({ why: "calendar-changed" });
    expect(await explained(open, who.endocrinology)).toMatchObject({ value: { agrees: true } });
  }, 60_000);
});
