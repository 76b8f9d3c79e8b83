import { beforeEach, describe, expect, it } from "vitest";
import { accepted, asking, createTestCases, question, type TestCases } from "../../../support/case-given.ts";
import { local } from "../../../support/clock-given.ts";
import { changed, oioxmlTaking, regionWith, who } from "../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases, { mayConvert: true }));
});

const clockId = "ADVICE-MSG.1";
const say = (verb: string, by: string, rest: object = { text: "Ja" }) =>
  cases.send({ type: `advice.${verb}`, by, payload: { caseId, ...rest } });
/** What the last record did to the clocks of answers, and to those of receipts. */
const last = () => cases.records(caseId).at(-1)?.clocks ?? [];
const ofAnswers = () => last().filter((change) => !change.clockId.startsWith("RECEIPT"));
const ofReceipts = () => last().filter((change) => change.clockId.startsWith("RECEIPT"));

describe("the clock of an answer", () => {
  it("starts with the question, by the unit's own hours, towards the asker", () => {
    expect(ofAnswers()).toEqual([
      {
        change: "started",
        clockId,
        agreement: "ADVICE-MSG",
        agreementVersion: 1,
        debtor: who.endocrinology,
        creditor: who.practice,
        matter: { kind: "specialist", speciality: "med_endokrinologi" },
        calendar: {
          openingHours: [{ days: [1, 2, 3, 4, 5], opens: "08:00", closes: "16:00" }],
          closingDays: ["12-24", "12-31"],
        },
        at: local("2026-11-23 10:15"),
        warnAt: local("2026-11-25 16:00"),
        due: local("2026-11-26 16:00"),
      },
    ]);
  });

  it("pauses while the asker is to answer, and resumes with its information", async () => {
    cases.at("2026-11-24 09:00");
    await say("requestInformation", who.endocrinology);
    expect(ofAnswers()).toEqual([
      { change: "paused", clockId, at: local("2026-11-24 09:00"), reason: "InformationRequested" },
    ]);
    cases.at("2026-11-26 09:00");
    const reply = accepted(await say("giveInformation", who.practice));
    expect(ofAnswers()).toEqual([
      {
        change: "resumed",
        clockId,
        at: local("2026-11-26 09:00"),
        warnAt: local("2026-11-27 16:00"),
        due: local("2026-11-30 16:00"),
      },
    ]);
    expect(reply.due).toBe(local("2026-11-30 16:00"));
    expect(cases.state(caseId).clocks[clockId]?.status).toBe("running");
  });

  it("breaches before it pauses when the question back comes too late and no timer told it first", async () => {
    cases.at("2026-11-27 09:00");
    await say("requestInformation", who.endocrinology);
    expect(ofAnswers().map(({ change }) => change)).toEqual(["breached", "paused"]);
    expect(cases.state(caseId).clocks[clockId]).toMatchObject({ status: "paused", breached: true });
  });

  it.each(["answer", "convert", "decline"])("stops with %s, in time", async (verb) => {
    cases.at("2026-11-26 15:59");
    expect(accepted(await say(verb, who.endocrinology)).due).toBeUndefined();
    expect(ofAnswers()).toEqual([
      { change: "stopped", clockId, at: local("2026-11-26 15:59"), inTime: true },
    ]);
  });

  it("stops in time at the moment that it is due", async () => {
    cases.at("2026-11-26 16:00");
    await say("answer", who.endocrinology);
    expect(ofAnswers()).toMatchObject([{ change: "stopped", inTime: true }]);
  });

  it("stops too late after the moment that it was due", async () => {
    cases.at("2026-11-26 16:01");
    await say("answer", who.endocrinology);
    expect(ofAnswers()).toMatchObject([{ change: "stopped", inTime: false }]);
    expect(cases.state(caseId).clocks[clockId]?.status).toBe("breached");
  });

  it("stops while it is paused: the unit may answer without the information", async () => {
    await say("requestInformation", who.endocrinology);
    cases.at("2026-12-20 10:00");
    await say("answer", who.endocrinology);
    expect(ofAnswers()).toMatchObject([{ change: "stopped", inTime: true }]);
  });

  it("is cancelled by a withdrawal", async () => {
    await say("withdraw", who.practice, { reason: "Løst" });
    expect(ofAnswers()).toEqual([
      { change: "cancelled", clockId, at: local("2026-11-23 10:15"), reason: "withdrawn" },
    ]);
  });

  it("is cancelled by a redirection, and the new unit has the whole time", async () => {
    cases.at("2026-11-25 10:00");
    const reply = accepted(
      await say("redirect", who.endocrinology, { to: { gln: who.cardiology }, reason: "x" }),
    );
    expect(ofAnswers()).toMatchObject([
      { change: "cancelled", clockId, reason: "redirected" },
      {
        change: "started",
        clockId: "ADVICE-MSG.2",
        debtor: who.cardiology,
        creditor: who.practice,
        due: local("2026-11-30 15:30"),
      },
    ]);
    expect(reply.due).toBe(local("2026-11-30 15:30"));
    expect(reply.clocks).toMatchObject([{ debtor: who.cardiology }]);
  });

  it("starts anew with a follow-up, beside the one that ended", async () => {
    await say("answer", who.endocrinology);
    cases.at("2026-12-01 10:00");
    const reply = accepted(await say("askFollowUp", who.practice));
    expect(ofAnswers()).toMatchObject([
      { change: "started", clockId: "ADVICE-MSG.3", debtor: who.endocrinology },
    ]);
    expect(reply.due).toBe(local("2026-12-04 16:00"));
    expect(Object.keys(cases.state(caseId).clocks).filter((id) => id.startsWith("ADVICE"))).toEqual([
      clockId,
      "ADVICE-MSG.3",
    ]);
  });

  it("does nothing when what it waited for has come before", async () => {
    await say("answer", who.endocrinology);
    cases.threadIs(() => caseId);
    await say("askFollowUp", who.practice);
    await say("answer", who.endocrinology);
    expect(ofAnswers()).toMatchObject([{ change: "stopped", clockId: "ADVICE-MSG.3" }]);
  });
});

describe("which agreement binds", () => {
  const owed = async (by: string, to: string, change: object = {}) => {
    const reply = await cases.send({
      type: "advice.ask",
      by,
      payload: question("M-2", { to: { gln: to }, ...change }),
    });
    return accepted(reply).clocks.map(({ agreement, due }) => [agreement, due]);
  };

  it("that of correspondence, where a municipality is asked", async () => {
    expect(await owed(who.practice, who.municipality)).toEqual([["COR-ROUTINE", local("2026-11-26 17:00")]]);
  });

  it("that it is read in the day's window, where a municipality writes to a department", async () => {
    expect(await owed(who.municipality, who.endocrinology)).toEqual([
      ["COR-HOSP-READ", local("2026-11-23 15:00")],
    ]);
  });

  it("none before any is in force", async () => {
    cases = createTestCases({
      directory: regionWith(
        ...["2025-01-01"].flatMap((validFrom) => [
          changed(who.practice, { validFrom }),
          changed(who.municipality, { validFrom }),
        ]),
      ),
    });
    cases.at("2025-12-31 10:00");
    expect(await owed(who.practice, who.municipality)).toEqual([]);
  });

  it("stops with the handling of correspondence, which tells nobody", async () => {
    const reply = await cases.send({
      type: "advice.ask",
      by: who.practice,
      payload: question("M-2", { to: { gln: who.municipality } }),
    });
    ({ caseId } = accepted(reply));
    const handled = await say("markHandled", who.municipality, {});
    expect(accepted(handled).facts).toEqual(["CorrespondenceHandled"]);
    expect(ofAnswers()).toMatchObject([{ change: "stopped", clockId: "COR-ROUTINE.1", inTime: true }]);
    expect(
      cases
        .records(caseId)
        .at(-1)
        ?.deliveries.filter((d) => d.change === "owed"),
    ).toEqual([]);
  });
});

describe("the clock of a receipt", () => {
  it("starts with each delivery, for fifteen minutes by any clock, though nobody is at work", async () => {
    cases.at("2026-11-28 23:50");
    const reply = await cases.send({ type: "advice.ask", by: who.practice, payload: question("M-3") });
    ({ caseId } = accepted(reply));
    expect(ofReceipts()).toEqual([
      {
        change: "started",
        clockId: "RECEIPT.1.0",
        agreement: "RECEIPT",
        agreementVersion: 1,
        debtor: who.endocrinology,
        creditor: who.practice,
        deliveryId: `${caseId}.1.0`,
        matter: { kind: "delivery" },
        at: local("2026-11-28 23:50"),
        warnAt: local("2026-11-29 00:00"),
        due: local("2026-11-29 00:05"),
      },
    ]);
  });

  it("does not start where no receipt is expected", async () => {
    const [channel] = oioxmlTaking("XDIS91");
    if (channel === undefined) throw new Error("No channel.");
    const silent = changed(who.endocrinology, { channels: [{ ...channel, sendsReceipts: false }] });
    cases = createTestCases({ directory: regionWith(silent) });
    await asking(cases);
    expect(ofReceipts()).toEqual([]);
    expect(ofAnswers()).toHaveLength(1);
  });

  it.each([
    ["positive", true],
    ["negative", true],
  ])("stops with a receipt that is %s", async (outcome, inTime) => {
    const payload = { deliveryId: `${caseId}.1.0`, outcome };
    await cases.send({ type: "delivery.settle", by: who.endocrinology, payload });
    expect(last()).toEqual([
      { change: "stopped", clockId: "RECEIPT.1.0", at: local("2026-11-23 10:15"), inTime },
    ]);
  });

  it("stops when the receiver acts, which tells that it has read", async () => {
    cases.at("2026-11-23 10:40");
    await say("answer", who.endocrinology);
    expect(ofReceipts()).toMatchObject([
      { change: "stopped", clockId: "RECEIPT.1.0", inTime: false },
      { change: "started", clockId: "RECEIPT.2.0", debtor: who.practice },
    ]);
  });

  it("does not stop when the document is fetched: taking is not telling", async () => {
    await cases.send({
      type: "delivery.markFetched",
      by: who.endocrinology,
      payload: { deliveryId: `${caseId}.1.0` },
    });
    expect(last()).toEqual([]);
    expect(cases.state(caseId).clocks["RECEIPT.1.0"]?.status).toBe("running");
  });

  it("is none of the case's clocks: neither a withdrawal nor a question back ends it", async () => {
    await say("withdraw", who.practice, { reason: "Løst" });
    expect(ofReceipts().map(({ change, clockId: id }) => [change, id])).toEqual([["started", "RECEIPT.2.0"]]);
    expect(cases.state(caseId).clocks["RECEIPT.1.0"]?.status).toBe("running");
  });

  it("is not in the answer to the sender", async () => {
    const reply = accepted(await say("requestInformation", who.endocrinology));
    expect(reply.clocks).toEqual([]);
    expect(reply.due).toBeUndefined();
  });
});
