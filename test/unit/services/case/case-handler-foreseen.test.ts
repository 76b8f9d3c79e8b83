import { beforeEach, describe, expect, it } from "vitest";
import { agreementCore } from "../../../../services/agreement/core/fire.ts";
import { createCaseHandler } from "../../../../services/case/case-handler.ts";
import { hubActor } from "../../../../services/case/core.ts";
import { asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { who } from "../../../support/region-view.ts";

type Read = Awaited<ReturnType<TestCases["ports"]["load"]>>;

let cases: TestCases;
let caseId: string;
/** What was read of the case ahead of its clock. */
let foreseen: Promise<Read> | undefined;
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases));
  foreseen = undefined;
});

const warn = () => {
  const handle = createCaseHandler(agreementCore, { ...cases.ports, foreseen: () => foreseen });
  const command = { type: "fire", clockId: "ADVICE-MSG.1" } as const;
  const time = cases.ports.now();
  const envelope = { id: "fire-1", type: "agreement.fire", version: 1, time, sender: hubActor } as const;
  return handle({ caseId, opens: false, envelope: { ...envelope, payload: command }, command });
};
const readAhead = async (): Promise<void> => {
  foreseen = Promise.resolve(await cases.ports.load(caseId));
};
const dueTime = "2026-11-25 17:00";

describe("a case that was read before its clock rings", () => {
  it("is not read again", async () => {
    await readAhead();
    const before = cases.journal.asked.load;
    cases.at(dueTime);
    expect(await warn()).toMatchObject({ status: "accepted" });
    expect(cases.journal.asked.load).toBe(before);
  });

  it("is read again when it changed since, and decided on as it is", async () => {
    await readAhead();
    const payload = { caseId, text: "Ja" };
    await cases.send({ type: "advice.answer", by: who.endocrinology, payload });
    cases.at(dueTime);
    expect(await warn()).toMatchObject({ status: "ignored", reason: "not-due" });
    expect(cases.records(caseId).flatMap(({ clocks }) => clocks.map(({ change }) => change))).not.toContain(
      "breached",
    );
  });

  it("rings though what was read said that nothing is due", async () => {
    // Read while the clock was paused; it has run on since.
    await cases.send({
      type: "advice.requestInformation",
      by: who.endocrinology,
      payload: { caseId, text: "Hvad er BMI?" },
    });
    await readAhead();
    await cases.send({ type: "advice.giveInformation", by: who.practice, payload: { caseId, text: "31" } });
    cases.at("2026-12-24 17:00");
    expect(await warn()).toMatchObject({ status: "accepted" });
  });

  it("is read as ever where reading ahead failed", async () => {
    foreseen = Promise.resolve([]);
    cases.at(dueTime);
    expect(await warn()).toMatchObject({ status: "accepted" });
  });
});
