import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { parseDocument } from "../../../gateways/oioxml/codec/parse-document.ts";
import type { ReceiptContent } from "../../../gateways/oioxml/codec/receipt.ts";
import { department, freshId, practice, type Wish, xbin01, xdis91 } from "../../support/golden-samples.ts";
import {
  type Answer,
  caseOf,
  type GatewayHub,
  type HubClient,
  startGatewayHub,
} from "../../support/hub-client.ts";
import { aReceipt, changed, onlyLetter, textOf } from "../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../support/oioxml-samples.ts";
import { printReceipt } from "../../support/printing.ts";

let hub: GatewayHub;
let sender: HubClient;
beforeAll(async () => {
  hub = await startGatewayHub();
  sender = await hub.as(practice.gln);
});
afterAll(async () => {
  await hub[Symbol.asyncDispose]();
});

/** The receipt in an answer, valid by its schema. */
const receiptIn = (answer: Answer): ReceiptContent => {
  if (samplesPresent) expect(schemaErrors("2005", answer.bytes)).toEqual([]);
  const letter = onlyLetter(parseDocument(answer.bytes));
  if (letter.kind !== "receipt") throw new Error(`not a receipt: ${letter.kind}`);
  return letter;
};
const refuseCodeIn = (answer: Answer): string | undefined => {
  const receipt = receiptIn(answer);
  expect(receipt.outcome).toBe("negative");
  return receipt.refuseCode ?? receipt.originalLetters[0]?.refuseCode;
};

const truncated = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, bytes.length - 200);
const nobody = { ...department, gln: "5790000999998" };
const contradicted = { ...department, id: "9901020" };
const attached = [{ id: "7B193BA4-1EEE-4291-802D-EBCB20447E0E", bytes: Buffer.from("%PDF-") }];
type Refused = { make: (wish: Wish) => Uint8Array; code: string; says: string };
const sizeOff = (wish: Wish): Uint8Array =>
  changed(xbin01({ attached, ...wish }), "<OriginalObjectSize>5<", "<OriginalObjectSize>6<");

describe("a refused document is answered by a negative receipt", () => {
  test.each<[string, Refused]>([
    ["truncated", { make: (w) => truncated(xdis91(w)), code: "xml-malformed", says: "syntaksfejl" }],
    [
      "of another version",
      {
        make: (w) => changed(xdis91(w), "XD9134L", "XD9133L"),
        code: "version-wrong",
        says: "problem_med_version",
      },
    ],
    [
      "to nobody",
      { make: (w) => xdis91({ ...w, to: nobody }), code: "receiver-unknown", says: "ukendt_lokationsnummer" },
    ],
    [
      "to another than its address",
      {
        make: (w) => xdis91({ ...w, to: contradicted }),
        code: "receiver-id-mismatch",
        says: "problem_med_modtagerID",
      },
    ],
    [
      "with an attachment of another size",
      { make: sizeOff, code: "attachment-size-differs", says: "ikke_specificeret" },
    ],
    [
      "to nobody, with attachments",
      {
        make: (w) => xbin01({ attached, ...w, to: nobody }),
        code: "receiver-unknown",
        says: "ukendt_lokationsnummer",
      },
    ],
    [
      "to another than its address, with attachments",
      {
        make: (w) => xbin01({ attached, ...w, to: contradicted }),
        code: "receiver-id-mismatch",
        says: "problem_med_modtagerID",
      },
    ],
    [
      "with an impossible CPR number",
      {
        make: (w) => xdis91({ ...w, cpr: "3113650000" }),
        code: "document-invalid",
        says: "ikke_specificeret",
      },
    ],
    [
      "with an element too many",
      {
        make: (w) => changed(xdis91(w), "<Patient>", "<Hest/><Patient>"),
        code: "document-invalid",
        says: "syntaksfejl",
      },
    ],
  ])("%s: whether or not a positive one was asked for", async (_, { make, code, says }) => {
    for (const wantsReceipt of [true, false]) {
      const document = make({ wantsReceipt });
      const answer = await sender.send(document);
      expect(answer.status).toBe(422);
      expect(refuseCodeIn(answer)).toBe(says);
      const json = await sender.send(document, { accept: "application/json" });
      expect(json.status).toBe(422);
      expect(json.json()).toMatchObject({ code });
    }
  });

  test("a refusal is recorded once, and the same document is refused by the same bytes", async () => {
    const document = xdis91({ to: nobody });
    const first = await sender.send(document);
    const again = await sender.send(document);
    expect(again.bytes).toEqual(first.bytes);
    expect(again.header("sektorbro-case")).toBe(first.header("sektorbro-case"));
    const json = await sender.send(document, { accept: "application/json" });
    expect(json.json()).toMatchObject({ duplicate: true });
    expect(await hub.recordsOf(caseOf(first))).toHaveLength(1);
  });
});

describe("a receipt is sent when it is due", () => {
  test("positive when asked for, none when not", async () => {
    const asked = await sender.send(xdis91({ envelopeId: "KUVPLUS1", letterId: "BREVPLUS1" }));
    expect(asked.status).toBe(201);
    expect(receiptIn(asked)).toMatchObject({
      outcome: "positive",
      senderGln: department.gln,
      receiverGln: practice.gln,
      originalEnvelopeId: "KUVPLUS1",
      originalLetters: [{ letterId: "BREVPLUS1", version: "XD9134L" }],
    });
    const unasked = await sender.send(xdis91({ wantsReceipt: false }));
    expect([unasked.status, unasked.bytes.length]).toEqual([201, 0]);
  });

  test("a duplicate gets the same receipt to the byte, and nothing happens twice", async () => {
    const document = xdis91();
    const answers = [await sender.send(document), await sender.send(document), await sender.send(document)];
    expect(answers.map((a) => a.status)).toEqual([201, 200, 200]);
    for (const answer of answers) expect(answer.bytes).toEqual(answers[0]?.bytes);
    const caseId = caseOf(answers[0] as Answer);
    expect(await hub.recordsOf(caseId)).toHaveLength(1);
    expect(await hub.inboxOf(department.gln, caseId)).toHaveLength(1);
  });

  test("the same letter in a new envelope is a duplicate, and the receipt names the new envelope", async () => {
    const wish = { letterId: freshId("BREV"), episode: null, cpr: "0202650001" };
    const first = await sender.send(xdis91({ ...wish, envelopeId: "KUVNY1" }));
    const second = await sender.send(xdis91({ ...wish, envelopeId: "KUVNY2" }));
    expect([first.status, second.status]).toEqual([201, 200]);
    expect(caseOf(second)).toBe(caseOf(first));
    expect(receiptIn(second)).toMatchObject({ outcome: "positive", originalEnvelopeId: "KUVNY2" });
    expect(await hub.recordsOf(caseOf(first))).toHaveLength(1);
  });

  test("the same letter number with other content is refused, and the first letter stands", async () => {
    const wish = { letterId: freshId("BREV"), episode: null, cpr: "0202650002" };
    const first = await sender.send(xdis91({ ...wish, text: "Det ene" }));
    const other = xdis91({ ...wish, text: "Det andet" });
    const second = await sender.send(other);
    expect(second.status).toBe(422);
    expect(refuseCodeIn(second)).toBe("ikke_specificeret");
    const json = await sender.send(other, { accept: "application/json" });
    expect(json.json()).toMatchObject({ code: "content-differs" });
    expect(await hub.recordsOf(caseOf(first))).toHaveLength(1);
  });

  test("a letter that was refused by its number is not taken under that number in mended form", async () => {
    const wish = { letterId: freshId("BREV"), episode: null };
    const refused = await sender.send(xdis91({ ...wish, cpr: "3113650000" }));
    const mended = await sender.send(xdis91({ ...wish, cpr: "0202650003" }), { accept: "application/json" });
    expect([refused.status, mended.status]).toEqual([422, 422]);
    expect(mended.json()).toMatchObject({ code: "content-differs" });
  });
});

describe("a receipt is never answered by a receipt", () => {
  const receipt = (more: Partial<ReceiptContent>): Uint8Array =>
    printReceipt(
      aReceipt({
        senderGln: practice.gln,
        receiverGln: department.gln,
        originalEnvelopeId: freshId("UKENDT"),
        letterId: freshId("KVIT"),
        ...more,
      }),
      { envelopeId: freshId("KUV"), sent: "2026-11-26T08:00" },
    ).bytes;
  const wanting = (bytes: Uint8Array): Uint8Array => changed(bytes, "minuspositivkvitt", "pluspositivkvitt");

  test.each([
    ["XCTL03", () => receipt({ outcome: "positive" })],
    ["XCTL02", () => receipt({ outcome: "negative" })],
    ["XCTL01", () => receipt({ outcome: "negative", vansLevel: true })],
    ["XCTL03 that asks for one", () => wanting(receipt({ outcome: "positive" }))],
    ["XCTL03 of another version", () => changed(receipt({ outcome: "positive" }), "XC0330Q", "XC0331Q")],
    [
      "XCTL03 with an element too many",
      () => changed(receipt({ outcome: "positive" }), "<Sender>", "<Hest/><Sender>"),
    ],
    ["truncated XCTL03", () => truncated(receipt({ outcome: "positive" }))],
    ["truncated XCTL02", () => truncated(receipt({ outcome: "negative" }))],
    [
      "XCTL03 without its envelope's time",
      () => changed(receipt({ outcome: "positive" }), "<Date>2026-11-26</Date>", ""),
    ],
    [
      "XCTL03 in another namespace",
      () => changed(receipt({ outcome: "positive" }), "2005/08/07", "2006/07/01"),
    ],
    [
      "truncated XCTL03 without a number",
      () =>
        truncated(
          Buffer.from(
            textOf(receipt({ outcome: "positive" })).replace(
              /<PositiveReceipt><Letter><Identifier>[^<]*<\/Identifier>/,
              "<PositiveReceipt><Letter>",
            ),
            "latin1",
          ),
        ),
    ],
    [
      "truncated XCTL03 of another version",
      () => truncated(changed(receipt({ outcome: "positive" }), "XC0330Q", "XC0331")),
    ],
  ] as const)("%s", async (_, make) => {
    const answer = await sender.send(make());
    expect(answer.status).toBe(422);
    expect(answer.header("content-type")).toContain("application/problem+json");
    expect(answer.text).not.toContain("<");
  });
});
