import { describe, expect, it } from "vitest";
import { evolveCase, noCase } from "../../../../services/case/case-state.ts";
import { canBeTold, deliveriesOwed, documentsOf, readByActing } from "../../../../services/case/tell.ts";
import { caseId, letter, photo, photoObject } from "../../../support/advice-given.ts";
import { asking, createTestCases, question } from "../../../support/case-given.ts";
import { changed, oioxmlTaking, regionView, regionWith, who } from "../../../support/region-view.ts";

const at = { caseId, recordNo: 3 };
const plain = { type: "AdviceAnswered", attachments: [], letter: {} };
const withOwn = { type: "AdviceAnswered", attachments: [photoObject], letter: {} };
const to = (gln: string, fact = 0) => ({ to: gln, from: who.endocrinology, fact });
const owedFor = (fact: { type: string }, gln: string, directory = regionView) =>
  deliveriesOwed(at, { tell: [to(gln)], facts: [fact] }, directory);

describe("the documents that tell of a fact in OIOXML", () => {
  it("are a letter, and one for the attachments that it brings itself", () => {
    expect(documentsOf(plain).oioxml).toEqual(["XDIS91"]);
    expect(documentsOf(withOwn).oioxml).toEqual(["XDIS91", "XBIN01"]);
    expect(documentsOf({ type: "PlanMade" })).toEqual({
      oioxml: [],
      fhir: [],
      inFhirWords: ["CareCommunication"],
      json: "PlanMade",
      inWords: ["XDIS91"],
    });
  });

  it("are the letter that was made for just such a fact", () => {
    const sent = { type: "ReferralSent", kind: "imaging", attachments: [photoObject] };
    expect(documentsOf(sent).oioxml).toEqual(["XREF02", "XBIN01"]);
    const told = (event: string) => ({ type: "StayEventReported", event });
    expect(documentsOf(told("admitted")).oioxml).toEqual(["XDIS20"]);
    expect(documentsOf(told("leave-started")).oioxml).toEqual([]);
  });

  it("are the attachment letter alone when that is the fact", () => {
    expect(documentsOf({ type: "AttachmentsReceived" }).oioxml).toEqual(["XBIN01"]);
  });
});

describe("a delivery is owed in the receiver's own channel", () => {
  it("to one that speaks OIOXML: the letter", () => {
    expect(owedFor(plain, who.practice)).toEqual([
      {
        change: "owed",
        deliveryId: `${caseId}.3.0`,
        to: who.practice,
        from: who.endocrinology,
        standard: "oioxml",
        transport: "inbox",
        documentType: "XDIS91",
        fact: 0,
        receiptExpected: true,
      },
    ]);
  });

  it("to one that speaks OIOXML: letter and attachments as two documents", () => {
    expect(owedFor(withOwn, who.practice)).toMatchObject([
      { documentType: "XDIS91", deliveryId: `${caseId}.3.0` },
      { documentType: "XBIN01", deliveryId: `${caseId}.3.1` },
    ]);
  });

  it("to one that speaks JSON: the fact, by its type, attachments and all", () => {
    expect(owedFor(withOwn, who.jsonPractice)).toMatchObject([
      { standard: "json", documentType: "AdviceAnswered", deliveryId: `${caseId}.3.0` },
    ]);
  });

  it("in the first channel that takes everything", () => {
    const two = changed(who.practice, {
      channels: [
        ...oioxmlTaking("XDIS91"),
        { standard: "json", transport: "inbox", accepts: ["AdviceAnswered"], sendsReceipts: true },
      ],
    });
    expect(owedFor(plain, who.practice, regionWith(two))).toMatchObject([{ standard: "oioxml" }]);
    expect(owedFor(withOwn, who.practice, regionWith(two))).toMatchObject([{ standard: "json" }]);
  });

  it("without a receipt when the receiver's system sends none", () => {
    const [channel] = oioxmlTaking("XDIS91");
    if (channel === undefined) throw new Error("No channel.");
    const silent = changed(who.practice, { channels: [{ ...channel, sendsReceipts: false }] });
    expect(owedFor(plain, who.practice, regionWith(silent))).toMatchObject([{ receiptExpected: false }]);
  });

  it("for each fact of the record, numbered through", () => {
    const owed = deliveriesOwed(
      at,
      { tell: [to(who.cardiology, 0), to(who.practice, 1)], facts: [withOwn, plain] },
      regionView,
    );
    expect(owed.map(({ deliveryId, fact, documentType }) => [deliveryId, fact, documentType])).toEqual([
      [`${caseId}.3.0`, 0, "XDIS91"],
      [`${caseId}.3.1`, 0, "XBIN01"],
      [`${caseId}.3.2`, 1, "XDIS91"],
    ]);
  });
});

describe("a fact can be told", () => {
  const told = (gln: string, fact: { type: string }, directory = regionView) =>
    canBeTold({ tell: [to(gln)], facts: [fact] }, directory);

  it("when everybody has a way in for all of it", () => {
    expect(told(who.practice, withOwn)).toBe(true);
    expect(told(who.jsonPractice, withOwn)).toBe(true);
    expect(canBeTold({ tell: [], facts: [plain] }, regionView)).toBe(true);
  });

  it("not when a receiver takes letters only, and there are attachments", () => {
    expect(told(who.region, plain)).toBe(true);
    expect(told(who.region, withOwn)).toBe(false);
  });

  it("not when the receiver is nowhere, or the fact is not there", () => {
    expect(told(who.nobody, plain)).toBe(false);
    expect(canBeTold({ tell: [to(who.practice, 1)], facts: [plain] }, regionView)).toBe(false);
  });

  it("or it is owed to everybody: there is no fact told and not delivered", () => {
    for (const gln of Object.values(who))
      for (const fact of [plain, withOwn]) expect(told(gln, fact)).toBe(owedFor(fact, gln).length > 0);
  });
});

describe("a command whose fact cannot be told", () => {
  it("is refused, and nothing of it is recorded but the refusal", async () => {
    const lettersOnly = regionWith(changed(who.practice, { channels: oioxmlTaking("XDIS91") }));
    const cases = createTestCases({ directory: lettersOnly });
    const { caseId: id } = await asking(cases);
    const answer = {
      type: "advice.answer",
      by: who.endocrinology,
      payload: { caseId: id, text: "Ja", attachments: [photo] },
    };
    expect(await cases.send(answer)).toMatchObject({
      status: "refused",
      code: "receiver-cannot-receive",
      problems: [{ path: "receiver.gln" }],
    });
    expect(cases.records(id)[1]).toMatchObject({ facts: [], deliveries: [], meta: { status: "asked" } });
    expect(await cases.send({ ...answer, payload: { caseId: id, text: "Ja" } })).toMatchObject({
      status: "accepted",
    });
  });

  it("is refused also as a letter to an asker that has no way in at all", async () => {
    const deaf = changed(who.practice, {
      channels: [
        { standard: "fhir", transport: "inbox", accepts: ["HospitalNotification"], sendsReceipts: true },
      ],
    });
    const cases = createTestCases({ directory: regionWith(deaf) });
    const { caseId: id } = await asking(cases);
    cases.threadIs(() => id);
    const payload = { letter: letter(who.endocrinology, who.practice), standard: "oioxml" };
    const reply = await cases.send({ type: "advice.receiveLetter", by: who.endocrinology, payload });
    expect(reply).toMatchObject({ status: "refused", code: "receiver-cannot-receive", caseId: id });
  });
});

describe("a party that acts", () => {
  const cases = createTestCases();

  it("has read what it was sent before: its open deliveries are acknowledged by the act", async () => {
    const { caseId: id } = await asking(cases, { attachments: [photo] });
    await cases.send({ type: "advice.answer", by: who.endocrinology, payload: { caseId: id, text: "Ja" } });
    const [asked, answered] = cases.records(id);
    expect(asked?.deliveries.map((d) => d.deliveryId)).toEqual([`${id}.1.0`, `${id}.1.1`]);
    expect(answered?.deliveries).toMatchObject([
      { change: "acknowledged", deliveryId: `${id}.1.0`, by: who.endocrinology, how: "action" },
      { change: "acknowledged", deliveryId: `${id}.1.1`, by: who.endocrinology, how: "action" },
      { change: "owed", to: who.practice, deliveryId: `${id}.2.0` },
    ]);
  });

  it("settles neither what others were sent nor what is settled already", () => {
    const state = cases.records().reduce(evolveCase, noCase(caseId));
    expect(readByActing(state, who.cardiology, "2026-11-23T10:00:00.000Z")).toEqual([]);
    expect(readByActing(state, who.endocrinology, "2026-11-23T10:00:00.000Z")).toEqual([]);
    expect(readByActing(state, who.practice, "2026-11-23T10:00:00.000Z")).toHaveLength(1);
  });

  it("by taking a document out of its inbox has not yet read the others", async () => {
    const fresh = createTestCases();
    const { caseId: id } = await asking(fresh, { attachments: [photo] });
    const payload = { deliveryId: `${id}.1.0` };
    await fresh.send({ type: "delivery.markFetched", by: who.endocrinology, payload });
    expect(fresh.records(id)[1]?.deliveries).toMatchObject([{ change: "fetched", deliveryId: `${id}.1.0` }]);
    expect(fresh.state(id).deliveries[`${id}.1.1`]?.status).toBe("waiting");
  });

  it("in vain has read nothing: a refusal settles no delivery", async () => {
    const fresh = createTestCases();
    const { caseId: id } = await asking(fresh);
    await fresh.send({
      type: "advice.giveInformation",
      by: who.endocrinology,
      payload: { caseId: id, text: "x" },
    });
    expect(fresh.state(id).deliveries[`${id}.1.0`]?.status).toBe("waiting");
  });
});

describe("a receiver that takes the hub's own facts", () => {
  it("is owed each as its type, through a whole case", async () => {
    const cases = createTestCases();
    const ask = {
      type: "advice.ask",
      by: who.jsonPractice,
      payload: question("M-1", { to: { gln: who.geriatrics } }),
    };
    const reply = await cases.send(ask);
    const id = reply.status === "accepted" ? reply.caseId : "";
    await cases.send({
      type: "advice.requestInformation",
      by: who.geriatrics,
      payload: { caseId: id, text: "?" },
    });
    await cases.send({
      type: "advice.giveInformation",
      by: who.jsonPractice,
      payload: { caseId: id, text: "!" },
    });
    const owed = cases
      .records(id)
      .flatMap((r) => r.deliveries.flatMap((d) => (d.change === "owed" ? [d] : [])));
    expect(owed.map(({ to: gln, standard, documentType }) => [gln, standard, documentType])).toEqual([
      [who.geriatrics, "json", "AdviceAsked"],
      [who.jsonPractice, "json", "InformationRequested"],
      [who.geriatrics, "json", "InformationGiven"],
    ]);
  });
});
