import { beforeEach, describe, expect, it } from "vitest";
import { CaseView } from "../../../../contracts/messages/worklist.ts";
import { createWorklistHandler } from "../../../../services/worklist/handler.ts";
import { letter, now } from "../../../support/advice-given.ts";
import { accepted, asking, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { memoryPorts, projected } from "../../../support/memory-index.ts";
import { who } from "../../../support/region-view.ts";

let cases: TestCases;
let caseId: string;
beforeEach(async () => {
  cases = createTestCases();
  ({ caseId } = await asking(cases));
});

/** Asks on the journal and the read models as they are now. */
const query = (type: string, sender: string, payload: unknown) =>
  createWorklistHandler(memoryPorts(projected(cases.records()), cases.journal))({
    id: "q",
    type,
    version: 1,
    time: now,
    sender,
    payload,
  });
const theCase = (viewer: string, of = caseId) => query("worklist.case", viewer, { caseId: of });
const inbox = (viewer: string, payload: object) => query("worklist.inbox", viewer, payload);
const refused = (code: string) => ({ status: "refused", code });

describe("a case, to whoever asks", () => {
  it("is shown whole to a party: status, clocks, parties, every record in order", async () => {
    await cases.send({
      type: "advice.requestInformation",
      by: who.endocrinology,
      payload: { caseId, text: "?" },
    });
    const reply = await theCase(who.practice);
    expect(reply).toMatchObject({
      status: "ok",
      value: {
        caseId,
        family: "advice",
        status: "informationRequested",
        parties: [who.practice, who.endocrinology],
        clocks: [{ agreement: "ADVICE-MSG", status: "paused", debtor: who.endocrinology }],
        records: [{ meta: { no: 1 } }, { meta: { no: 2 } }],
      },
    });
    if (reply.status === "ok") expect(CaseView.parse(reply.value)).toBeDefined();
  });

  it("does not exist when it is no party", async () => {
    for (const viewer of [
      who.otherPractice,
      who.cardiology,
      who.otherHospital,
      who.municipality,
      who.nobody,
      "hub",
      "",
    ])
      expect(await theCase(viewer)).not.toMatchObject({ status: "ok" });
    expect(await theCase(who.otherPractice)).toEqual(refused("case-unknown"));
    expect(await theCase(who.otherPractice, "00000000-0000-5000-8000-000000000000")).toEqual(
      refused("case-unknown"),
    );
  });

  it("is shown to the whole that a party is part of", async () => {
    expect(await theCase(who.hospital)).toMatchObject({ status: "ok" });
    expect(await theCase(who.region)).toMatchObject({ status: "ok" });
  });

  it("is not shown to a unit of a party", async () => {
    const payload = {
      messageId: "M-2",
      to: { gln: who.hospital },
      patient: { cpr: "0107364006", surname: "P" },
      subject: "S",
      question: "Q",
    };
    const { caseId: other } = accepted(await cases.send({ type: "advice.ask", by: who.practice, payload }));
    expect(await theCase(who.hospital, other)).toMatchObject({ status: "ok" });
    expect(await theCase(who.endocrinology, other)).toEqual(refused("case-unknown"));
  });

  it("is shown under the id of a message that was routed to it", async () => {
    cases.threadIs(() => caseId);
    const payload = {
      letter: letter(who.endocrinology, who.practice, { letterId: "B7" }),
      standard: "oioxml",
    };
    await cases.send({ type: "advice.receiveLetter", by: who.endocrinology, payload });
    const pointer = cases.records().find((record) => record.caseId !== caseId)?.caseId;
    expect(await theCase(who.practice, pointer)).toMatchObject({
      status: "ok",
      value: { caseId, status: "answered" },
    });
    expect(await theCase(who.cardiology, pointer)).toEqual(refused("case-unknown"));
  });

  it("is shown to the former unit too, after a redirection: it has been a party", async () => {
    await cases.send({
      type: "advice.redirect",
      by: who.endocrinology,
      payload: { caseId, to: { gln: who.cardiology }, reason: "x" },
    });
    for (const viewer of [who.endocrinology, who.cardiology, who.practice])
      expect(await theCase(viewer)).toMatchObject({ status: "ok" });
  });

  it("that was opened by a refused message is shown to its sender alone", async () => {
    const payload = {
      messageId: "M-3",
      to: { gln: who.nobody },
      patient: { cpr: "0107364006", surname: "P" },
      subject: "S",
      question: "Q",
    };
    const reply = await cases.send({ type: "advice.ask", by: who.practice, payload });
    const other = reply.status === "refused" ? (reply.caseId ?? "") : "";
    expect(await theCase(who.practice, other)).toMatchObject({ status: "ok", value: { status: "refused" } });
    expect(await theCase(who.endocrinology, other)).toEqual(refused("case-unknown"));
  });

  it("is not found by what is no case id", async () => {
    expect(await query("worklist.case", who.practice, { caseId: "M-1" })).toEqual(refused("case-unknown"));
    expect(await query("worklist.case", who.practice, {})).toEqual(refused("case-unknown"));
  });
});

describe("an inbox", () => {
  it("lists what is open for its owner, without content", async () => {
    expect(await inbox(who.endocrinology, { gln: who.endocrinology })).toEqual({
      status: "ok",
      value: {
        items: [
          {
            deliveryId: `${caseId}.1.0`,
            caseId,
            from: who.practice,
            standard: "oioxml",
            documentType: "XDIS91",
            at: now,
            status: "waiting",
          },
        ],
      },
    });
  });

  it("lists what is fetched as open, and what is settled among all", async () => {
    const fetched = {
      type: "delivery.markFetched",
      by: who.endocrinology,
      payload: { deliveryId: `${caseId}.1.0` },
    };
    await cases.send(fetched);
    expect(await inbox(who.endocrinology, { gln: who.endocrinology })).toMatchObject({
      value: { items: [{ status: "fetched" }] },
    });
    await cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId, text: "Ja" } });
    expect(await inbox(who.endocrinology, { gln: who.endocrinology })).toEqual({
      status: "ok",
      value: { items: [] },
    });
    expect(await inbox(who.endocrinology, { gln: who.endocrinology, show: "all" })).toMatchObject({
      value: { items: [{ status: "acknowledged" }] },
    });
  });

  it("is paged, after a document", async () => {
    cases.at("2026-11-23 11:00");
    await cases.send({ type: "advice.withdraw", by: who.practice, payload: { caseId, reason: "x" } });
    const page = (rest: object) => inbox(who.endocrinology, { gln: who.endocrinology, limit: 1, ...rest });
    expect(await page({})).toMatchObject({ value: { items: [{ deliveryId: `${caseId}.1.0` }] } });
    expect(await page({ cursor: `${caseId}.1.0` })).toMatchObject({
      value: { items: [{ deliveryId: `${caseId}.2.0` }] },
    });
    expect(await page({ cursor: `${caseId}.2.0` })).toEqual({ status: "ok", value: { items: [] } });
  });

  it("is shown to its owner and to the whole that it is part of, and to nobody else", async () => {
    expect(await inbox(who.hospital, { gln: who.endocrinology })).toMatchObject({
      status: "ok",
      value: { items: [{}] },
    });
    for (const viewer of [who.practice, who.cardiology, who.otherHospital])
      expect(await inbox(viewer, { gln: who.endocrinology })).toEqual(refused("sender-not-authorised"));
    expect(await inbox(who.endocrinology, { gln: who.hospital })).toEqual(refused("sender-not-authorised"));
  });

  it("is not found by a query that fits no schema", async () => {
    expect(await inbox(who.practice, { gln: who.practice, limit: 0 })).toEqual(refused("message-invalid"));
  });
});

describe("one document", () => {
  const delivery = (viewer: string, deliveryId: string) =>
    query("worklist.delivery", viewer, { gln: viewer, deliveryId });

  it("is its record and what is owed, for its receiver and the whole that it is part of", async () => {
    for (const viewer of [who.endocrinology, who.hospital])
      expect(await delivery(viewer, `${caseId}.1.0`)).toMatchObject({
        status: "ok",
        value: { record: { caseId, meta: { no: 1 } }, delivery: { change: "owed", to: who.endocrinology } },
      });
  });

  it("does not exist for anybody else, its sender included", async () => {
    for (const viewer of [who.practice, who.cardiology, who.nobody])
      expect(await delivery(viewer, `${caseId}.1.0`)).toEqual(refused("delivery-unknown"));
  });

  it("does not exist when it was never owed", async () => {
    for (const id of [`${caseId}.1.1`, `${caseId}.2.0`, "00000000-0000-5000-8000-000000000000.1.0", "x", ""])
      expect(await delivery(who.endocrinology, id)).toEqual(refused("delivery-unknown"));
    expect(await query("worklist.delivery", who.endocrinology, {})).toEqual(refused("delivery-unknown"));
  });
});

describe("a question that nobody knows", () => {
  it("is refused", async () => {
    expect(await query("worklist.everything", who.practice, {})).toEqual(refused("message-invalid"));
    expect(await query("case", who.practice, {})).toEqual(refused("message-invalid"));
  });
});
