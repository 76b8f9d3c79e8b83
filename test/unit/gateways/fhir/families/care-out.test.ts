import { beforeEach, describe, expect, it } from "vitest";
import { uuidOf } from "../../../../../contracts/derived-ids.ts";
import type { CareCommunication } from "../../../../../contracts/fhir/care-communication.ts";
import { threadIdOf } from "../../../../../contracts/messages/advice.ts";
import {
  printCareCommunication,
  readCareCommunication,
} from "../../../../../gateways/fhir/codec/care-communication.ts";
import { checkMessage } from "../../../../../gateways/fhir/codec/rules/check-message.ts";
import { careOrder } from "../../../../../gateways/fhir/families/care-in.ts";
import { careMessageOf } from "../../../../../gateways/fhir/families/care-out.ts";
import { letter, photo } from "../../../../support/advice-given.ts";
import { withIndex } from "../../../../support/care-given.ts";
import { accepted, asking, createTestCases, type TestCases } from "../../../../support/case-given.ts";
import { type CareWish, careCommunication, fhirParties, uuid } from "../../../../support/fhir-bundles.ts";
import { changed, regionWith, who } from "../../../../support/region-view.ts";

const { practice, endocrinology, cardiology, municipality } = who;
const fhir = {
  channels: [
    {
      standard: "fhir" as const,
      transport: "inbox" as const,
      accepts: ["CareCommunication"],
      sendsReceipts: true,
    },
  ],
};
const directory = regionWith(...[practice, endocrinology, cardiology].map((gln) => changed(gln, fhir)));

/** What each party of the case was sent by FHIR, oldest first. */
const sentTo = (cases: TestCases, caseId: string, gln: string): (CareCommunication | undefined)[] => {
  const records = cases.records(caseId);
  return records.flatMap((record) =>
    record.deliveries.flatMap((owed) =>
      owed.change === "owed" && owed.to === gln && owed.standard === "fhir"
        ? [careMessageOf({ records, record, owed, uuidOf })]
        : [],
    ),
  );
};
const receive = (cases: TestCases, wish: CareWish) => {
  const { message, notRead } = readCareCommunication(careCommunication(wish));
  const {
    sender,
    payload,
    written = message,
    ...order
  } = careOrder({ message, notRead }, { nameOf: () => undefined });
  return cases.send({ ...order, by: sender, payload, written });
};
const texts = (message: CareCommunication | undefined): string[] =>
  (message?.payloads ?? []).flatMap((one) => (one.kind === "text" ? [one.text] : []));
const errorsIn = (message: CareCommunication | undefined) => {
  if (message === undefined) throw new Error("Nothing was written.");
  const contents = new Map(
    message.payloads.flatMap((one) =>
      one.kind === "attachment" && one.digest !== undefined ? [[one.id, new Uint8Array([1])]] : [],
    ),
  );
  const { problems } = checkMessage(printCareCommunication(message, { idFor: (name) => name, contents }));
  return problems.filter(({ severity }) => severity === "error");
};

let cases: TestCases;
beforeEach(() => {
  cases = withIndex(createTestCases({ directory }));
});

describe("what a party that speaks FHIR is sent of a case that was typed", () => {
  it("is a question as a new message, in the thread that the case names", async () => {
    const { caseId } = await asking(cases, { attachments: [photo] });
    const [message] = sentTo(cases, caseId, endocrinology);
    expect(message).toMatchObject({
      threadId: threadIdOf(caseId),
      sender: { gln: practice, sor: "999011000016000" },
      receiver: { gln: endocrinology },
      topic: "TSH",
      history: [{ activity: "new-message" }],
      payloads: [{ text: "Hvad nu?" }, { title: "Foto af hals", digest: photo.digest }],
    });
    expect(errorsIn(message)).toEqual([]);
  });

  it("is each further letter as the next message of the thread, with all that was written before", async () => {
    const { caseId } = await asking(cases);
    const say = (type: string, by: string, text: string) =>
      cases.send({ type, by, payload: { caseId, text } });
    await say("advice.requestInformation", endocrinology, "Hvad er T4?");
    await say("advice.giveInformation", practice, "T4 er 12.");
    await say("advice.answer", endocrinology, "Ned med dosis.");
    const [back, answer] = sentTo(cases, caseId, practice);
    const [question, information] = sentTo(cases, caseId, endocrinology);
    expect(texts(answer)).toEqual(["Hvad nu?", "Hvad er T4?", "T4 er 12.", "Ned med dosis."]);
    const ids = [question, back, information, answer].map((one) => one?.messageId);
    expect(answer?.history.map(({ messageId }) => messageId)).toEqual(ids);
    expect(new Set([question, back, information, answer].map((one) => one?.threadId))).toEqual(
      new Set([threadIdOf(caseId)]),
    );
    for (const message of [question, back, information, answer]) expect(errorsIn(message)).toEqual([]);
  });

  it("is the same each time it is written, whatever the case came to later", async () => {
    const { caseId } = await asking(cases);
    const [before] = sentTo(cases, caseId, endocrinology);
    await cases.send({ type: "advice.answer", by: endocrinology, payload: { caseId, text: "Ja." } });
    expect(sentTo(cases, caseId, endocrinology)[0]).toEqual(before);
  });

  it("is a forward, in a thread of its own, to the unit that it is passed on to", async () => {
    const { caseId } = await asking(cases);
    const [question] = sentTo(cases, caseId, endocrinology);
    const redirect = { caseId, to: { gln: cardiology }, reason: "Hører til der" };
    await cases.send({ type: "advice.redirect", by: endocrinology, payload: redirect });
    const [forward] = sentTo(cases, caseId, cardiology);
    expect(forward).toMatchObject({
      threadId: threadIdOf(caseId, cardiology),
      receiver: { gln: cardiology },
      history: [{ messageId: question?.messageId }, { activity: "forward-message" }],
    });
    expect(errorsIn(forward)).toEqual([]);
    const [notice] = sentTo(cases, caseId, practice);
    expect(texts(notice).at(-1)).toContain("sendt videre");
  });
});

describe("what a party that speaks FHIR is sent of a case that was written", () => {
  const wish: CareWish = { from: fhirParties.municipality, to: fhirParties.practice, topic: "Sår" };

  it("is the very message, when it was written to it", async () => {
    const { caseId } = accepted(await receive(cases, wish));
    const { message } = readCareCommunication(careCommunication(wish));
    expect(sentTo(cases, caseId, practice)).toEqual([message]);
  });

  it("is an XDIS91 answer as the next message of its thread", async () => {
    const asked = {
      from: fhirParties.practice,
      to: fhirParties.municipality,
      topic: "Sår",
      cpr: "0107364006",
    };
    const { caseId } = accepted(await receive(cases, asked));
    const answer = letter(municipality, practice, {
      texts: [["Vi kommer."]],
      subject: "SV: Sår",
    });
    await cases.send({
      type: "advice.receiveLetter",
      by: municipality,
      payload: { letter: answer, standard: "oioxml" },
    });
    const { message: question } = readCareCommunication(careCommunication(asked));
    const [reply] = sentTo(cases, caseId, practice);
    expect(reply).toMatchObject({
      threadId: question.threadId,
      topic: "Sår",
      category: question.category,
      history: [{ messageId: question.messageId }, { activity: "reply-message" }],
    });
    expect(texts(reply)).toEqual(["Borgeren har det bedre.", "Vi kommer."]);
    expect(errorsIn(reply)).toEqual([]);
  });

  it("leads its reply back to the case, which goes on by FHIR from there", async () => {
    const { caseId } = await asking(cases);
    const [question] = sentTo(cases, caseId, endocrinology);
    if (question === undefined) throw new Error("Nothing was asked.");
    const reply = accepted(
      await receive(cases, {
        activity: "reply-message",
        from: { ...fhirParties.department, gln: endocrinology },
        to: fhirParties.practice,
        cpr: "0107364006",
        thread: question.threadId,
        history: [{ headerId: question.messageId, activity: "new-message" }],
        headerId: uuid(0x88),
      }),
    );
    expect(reply.caseId).toBe(caseId);
    expect(cases.state(caseId).status).toBe("answered");
    await cases.send({ type: "advice.askFollowUp", by: practice, payload: { caseId, text: "Og så?" } });
    const again = sentTo(cases, caseId, endocrinology).at(-1);
    expect(again?.history.map(({ messageId }) => messageId).slice(0, 2)).toEqual([
      question.messageId,
      uuid(0x88),
    ]);
    expect(texts(again).at(-1)).toBe("Og så?");
  });

  it("is nothing for a fact that is no letter", async () => {
    const { caseId } = accepted(await receive(cases, wish));
    const [record] = cases.records(caseId);
    const owed = record?.deliveries.find((one) => one.change === "owed");
    if (record === undefined || owed?.change !== "owed") throw new Error("Nothing is owed.");
    const other = { ...record, facts: [{ type: "ReferralMade" }] };
    expect(careMessageOf({ records: [other], record: other, owed, uuidOf })).toBeUndefined();
  });
});
