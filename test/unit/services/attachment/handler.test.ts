import { beforeEach, describe, expect, it } from "vitest";
import { AttachmentLetter } from "../../../../contracts/letter.ts";
import { caseIdFor } from "../../../../infra/ids.ts";
import { createAttachmentCore } from "../../../../services/attachment/core/decide.ts";
import { partyOf, receiverPartyOf } from "../../../../services/case/directory-view.ts";
import { letter, photoObject, scan } from "../../../support/advice-given.ts";
import { accepted, createTestCases, type TestCases } from "../../../support/case-given.ts";
import { changed, oioxmlTaking, organisation, regionWith, who } from "../../../support/region-view.ts";

let cases: TestCases;
beforeEach(() => {
  cases = createTestCases();
});

const attached = (change: Partial<AttachmentLetter> = {}): AttachmentLetter =>
  AttachmentLetter.parse({
    letterId: "BILAG1",
    authorised: "2026-11-23T10:14",
    statisticalCode: "XBIN01",
    sender: partyOf(organisation(who.practice)),
    receiver: receiverPartyOf(organisation(who.endocrinology)),
    about: { kind: "system" },
    objects: [photoObject, scan],
    ...change,
  });
const receive = (change: Partial<AttachmentLetter> = {}, by: string = who.practice, id = "attachments-1") =>
  cases.send({
    type: "attachment.receive",
    by,
    payload: { letter: attached(change), standard: "oioxml" },
    id,
  });

describe("an attachment letter", () => {
  it("is a case of its own: recorded, delivered at once, and nobody owes an answer", async () => {
    const reply = accepted(await receive());
    expect(reply).toMatchObject({ facts: ["AttachmentsReceived"], clocks: [] });
    expect(reply).not.toHaveProperty("due");
    expect(cases.records()).toMatchObject([
      {
        family: "attachment",
        facts: [{ type: "AttachmentsReceived", letter: attached() }],
        deliveries: [
          { change: "owed", to: who.endocrinology, from: who.practice, documentType: "XBIN01", fact: 0 },
        ],
        clocks: [{ change: "started", agreement: "RECEIPT" }],
        meta: { status: "received", parties: [who.practice, who.endocrinology] },
      },
    ]);
  });

  it("again is a duplicate, and with its number for other attachments is refused", async () => {
    const first = await receive();
    expect(await receive()).toEqual({ ...first, duplicate: true });
    expect(await receive({ objects: [scan] })).toMatchObject({ status: "refused", code: "content-differs" });
    expect(await receive({ objects: [scan] }, who.practice, "attachments-2")).toMatchObject({
      status: "refused",
      code: "content-differs",
      problems: [{ path: "letterId" }],
    });
  });

  it("is another case than a letter with the same number of the same sender", async () => {
    const ids = [accepted(await receive({ letterId: "NR1" })).caseId];
    const read = letter(who.practice, who.endocrinology, { letterId: "NR1" });
    const payload = { letter: read, standard: "oioxml" };
    ids.push(accepted(await cases.send({ type: "advice.receiveLetter", by: who.practice, payload })).caseId);
    expect(new Set(ids).size).toBe(2);
    for (const id of ids) expect(new Set(cases.records(id).map(({ family }) => family)).size).toBe(1);
  });

  it("goes to the hub's own facts as one, by its type", async () => {
    await receive({ receiver: receiverPartyOf(organisation(who.jsonPractice)) });
    expect(cases.records()[0]?.deliveries).toMatchObject([
      { standard: "json", documentType: "AttachmentsReceived" },
    ]);
  });
});

describe("an attachment letter is refused", () => {
  const nowhere = { ...receiverPartyOf(organisation(who.endocrinology)), gln: who.nobody };

  it("when it names another sender than who sent it", async () => {
    expect(await receive({}, who.otherPractice)).toMatchObject({ code: "sender-not-authorised" });
    expect(await receive()).toMatchObject({ status: "accepted" });
  });

  it("from a sender, or to a receiver, that the directory does not know", async () => {
    expect(await receive({ receiver: nowhere })).toMatchObject({ code: "receiver-unknown" });
    const sender = { ...partyOf(organisation(who.practice)), gln: who.nobody };
    expect(await receive({ sender }, who.nobody)).toMatchObject({ code: "sender-unknown" });
  });

  it("when the receiver's identifier is another's", async () => {
    const receiver = {
      ...receiverPartyOf(organisation(who.endocrinology)),
      identifier: { code: "sygehusafdelingsnummer", value: "9901020" } as const,
    };
    expect(await receive({ receiver })).toMatchObject({ code: "receiver-id-mismatch" });
  });

  it("when the receiver takes letters only", async () => {
    expect(await receive({ receiver: receiverPartyOf(organisation(who.region)) })).toMatchObject({
      code: "receiver-cannot-receive",
    });
    cases = createTestCases({
      directory: regionWith(changed(who.endocrinology, { channels: oioxmlTaking("XDIS91") })),
    });
    expect(await receive()).toMatchObject({ code: "receiver-cannot-receive" });
  });

  it("by its codec, with every problem, and the refusal stands", async () => {
    const problem = (code: string) => ({ path: "BinaryLetter", code, message: "Nej" });
    const refuse = (...codes: string[]) =>
      cases.send({
        type: "attachment.refuse",
        by: who.practice,
        payload: { letterId: "BILAG1", problems: codes.map(problem), contentDigest: "d" },
        id: "attachments-1",
      });
    const first = await refuse("attachment-size-differs", "document-invalid");
    expect(first).toMatchObject({ status: "refused", code: "attachment-size-differs", problems: [{}, {}] });
    expect(await refuse("attachment-size-differs", "document-invalid")).toEqual({
      ...first,
      duplicate: true,
    });
    expect(await receive()).toMatchObject({ status: "refused", code: "content-differs" });
    const records = cases.records(caseIdFor(who.practice, "attachments:BILAG1"));
    expect(records).toMatchObject([{ family: "attachment", meta: { parties: [who.practice] } }]);
  });

  it("under our general code when its problem is none of ours", async () => {
    const payload = {
      letterId: "BILAG1",
      problems: [{ path: "", code: "cvc-type", message: "" }],
      contentDigest: "d",
    };
    expect(await cases.send({ type: "attachment.refuse", by: who.practice, payload })).toMatchObject({
      code: "document-invalid",
    });
  });

  it("when it fits no schema, without a record", async () => {
    const payload = { letter: { ...attached(), objects: [] }, standard: "oioxml" };
    expect(await cases.send({ type: "attachment.receive", by: who.practice, payload })).toMatchObject({
      code: "message-invalid",
    });
    expect(cases.records()).toEqual([]);
  });
});

describe("the state of an attachment letter", () => {
  it("is received once it is, and none before", () => {
    const fact = { type: "AttachmentsReceived", letter: attached() } as const;
    const attachmentCore = createAttachmentCore();
    expect(attachmentCore.statusOf?.(attachmentCore.initial)).toBe("none");
    expect(attachmentCore.statusOf?.(attachmentCore.evolve(attachmentCore.initial, fact))).toBe("received");
  });
});
