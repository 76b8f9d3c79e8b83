import { describe, expect, test } from "vitest";
import { uuidOf, vansIdsOf } from "../../../../contracts/derived-ids.ts";
import { ofVans } from "../../../../gateways/envelopes/enveloped.ts";
import { commandOfReceipt } from "../../../../gateways/envelopes/take-receipt.ts";
import type { VansEnvelope } from "../../../../gateways/envelopes/vans/vans-envelope.ts";
import { eanPoint } from "../../../../gateways/envelopes/vans/wrap-vans.ts";
import { envelopeReceiptFor, wrappedReceipt } from "../../../../gateways/oioxml/answer-in-vans.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { keepEmitted } from "../../../support/emitted.ts";
import { aReceipt, changed, latin1, letterIn, textOf } from "../../../support/oioxml-builders.ts";
import { example, samplesPresent, schemaErrors } from "../../../support/oioxml-samples.ts";
import { printReceipt, wrapInVans } from "../../../support/printing.ts";

const at = "2026-11-23T09:16:05.000Z";
const question = example("xdis91-question");
const vansOf = (bytes: Uint8Array): VansEnvelope => {
  const document = parseDocument(bytes);
  if (document.vans === undefined) throw new Error("no envelope");
  return document.vans;
};
const came = vansOf(example("vans-xdis91-question"));
const bytesOf = (answer: { base64: string } | undefined): Uint8Array => {
  if (answer === undefined) throw new Error("no answer");
  const bytes = Buffer.from(answer.base64, "base64");
  keepEmitted(bytes);
  if (samplesPresent) expect(schemaErrors("vans", bytes)).toEqual([]);
  return bytes;
};
const refusal = { code: "receiver-unknown", problems: [] } as const;
const vansReceiptOf = (vans: VansEnvelope, fate: Parameters<typeof envelopeReceiptFor>[1]) =>
  envelopeReceiptFor(ofVans(vans), fate);

describe("a document in a VANSEnvelope of the hub's", () => {
  const ids = vansIdsOf("5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0", 1);
  const wrapped = wrapInVans(question, {
    sender: eanPoint("5790000100019"),
    receiver: eanPoint("5790000200016"),
    ids,
    at,
    type: "XDIS91",
    version: "XD9134L",
    reliable: true,
  });
  test("is valid, and holds the document to the byte", () => {
    if (samplesPresent) expect(schemaErrors("vans", wrapped)).toEqual([]);
    expect(letterIn(parseDocument(wrapped))).toEqual(letterIn(parseDocument(question)));
    expect(textOf(wrapped)).toContain(`<SizeInBytes>${String(question.byteLength)}<`);
  });
  test("is named by its type and version, in Danish time, with its own identifiers and no warning", () => {
    expect(parseDocument(wrapped)).toMatchObject({
      warnings: [],
      vans: {
        identifier: ids.envelope,
        sentAt: "2026-11-23T10:16:05",
        document: { identifier: ids.message, name: "MCM:XDIS91", version: "XD9134L", unreliable: false },
      },
    });
  });
});

describe("identifiers of envelopes", () => {
  const deliveryId = "5f0b3c1e-6f0a-5d1f-9f55-3d2c6a7b8c90.1.0";
  test("the envelope's is new with each sending, the message's is not", () => {
    const [first, second] = [vansIdsOf(deliveryId, 1), vansIdsOf(deliveryId, 2)];
    expect(first.message).toBe(second.message);
    expect(new Set([first.envelope, second.envelope, first.message]).size).toBe(3);
  });
  test("are UUIDs, and spread", () => {
    const made = Array.from({ length: 2000 }, (_, i) => uuidOf(`x${String(i)}`));
    expect(new Set(made).size).toBe(2000);
    for (const id of made)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe("the receipt of a VANSEnvelope", () => {
  test.each([
    ["taken", "message", undefined, { outcome: "positive", level: "message" }],
    ["refused", "message", refusal, { outcome: "negative", level: "message" }],
    ["an envelope that cannot be taken", "vans", refusal, { outcome: "negative", level: "vans" }],
  ] as const)("for what is %s is valid, and names envelope and message", (_what, level, why, told) => {
    const printed = bytesOf(vansReceiptOf(came, { level, refusal: why, at }));
    expect(parseDocument(printed)).toMatchObject({
      kind: "vansReceipt",
      warnings: [],
      vans: { sender: came.receiver, receiver: came.sender },
      receipt: { ...told, originalEnvelopeId: came.identifier, original: came.document },
    });
  });
  test("of a refusal says why in Danish, in the characters that there are", () => {
    const problems = Array.from({ length: 9 }, () => ({
      path: "ClinicalEmail/Patient/CivilRegistrationNumber/Emessage/Envelope/AcknowledgementCode",
      code: "element-missing",
      message: "",
      severity: "error" as const,
    }));
    const printed = bytesOf(
      vansReceiptOf(came, { level: "message", refusal: { code: "document-invalid", problems }, at }),
    );
    const document = parseDocument(printed);
    const description = document.kind === "vansReceipt" ? (document.receipt.description ?? "") : "";
    expect(description).toContain("kunne ikke modtages");
    expect(description.length).toBeLessThanOrEqual(512);
  });
  test("again is the same to the byte", () => {
    const fate = { level: "message", at } as const;
    expect(vansReceiptOf(came, fate)).toEqual(vansReceiptOf(came, fate));
  });
  test("is not given for what is sent unreliably, and is for what does not say", () => {
    const document = came.document;
    if (document === undefined) throw new Error("no document");
    const { unreliable: _, ...unsaid } = document;
    const fate = { level: "message", at } as const;
    expect(vansReceiptOf({ ...came, document: { ...document, unreliable: true } }, fate)).toBeUndefined();
    const printed = bytesOf(vansReceiptOf({ ...came, document: unsaid }, fate));
    expect(textOf(printed)).not.toContain("<Transport>");
  });
  test("repeats an identifier that is no UUID as it came, so that its sender knows it", () => {
    const odd = { ...came, identifier: "EPIC394319568" };
    const { base64 = "" } = vansReceiptOf(odd, { level: "message", at }) ?? {};
    const parsed = parseDocument(Buffer.from(base64, "base64"));
    expect(parsed).toMatchObject({ receipt: { originalEnvelopeId: "EPIC394319568" } });
  });
});

describe("a document's own receipt in a VANSEnvelope", () => {
  const bare = printReceipt(aReceipt(), { envelopeId: "K1", sent: "2026-11-23T10:16" }).bytes;
  test("is valid, holds the receipt, and asks for none itself", () => {
    const printed = bytesOf(wrappedReceipt(came, { bytes: bare, type: "XCTL02" }, at));
    const document = parseDocument(printed);
    expect(document).toMatchObject({
      kind: "emessage",
      vans: {
        sender: came.receiver,
        receiver: came.sender,
        document: { name: "MCM:XCTL02", version: "XC0230Q", unreliable: true },
      },
      letters: [{ kind: "receipt", outcome: "negative" }],
    });
  });
});

describe("reading the receipt of an envelope that the hub sent", () => {
  const receipt = (name: string, inner: string) =>
    latin1(
      textOf(example("vans-xdis91-question")).replace(
        /<Message>[\s\S]*<\/Message>/,
        `<Receipt><${name}>${inner}</${name}></Receipt>`,
      ),
    );
  const error = "<Error><Code>7</Code><Description>Kan ikke leveres</Description></Error>";
  const original =
    "<OriginalEnvelopeIdentifier>0D1F3B52-6C1E-8A77-A2C3-1F0E9D8C7B6A</OriginalEnvelopeIdentifier>";
  const message =
    "<OriginalMessage><Identifier>7A6B5C4D-3E2F-8A10-A9B8-C7D6E5F4A3B2</Identifier><Document><Format>XML</Format>" +
    "<Name>XDIS91</Name><SizeInBytes>1</SizeInBytes></Document></OriginalMessage>";
  const ports = { now: () => at };
  const orderOf = (bytes: Uint8Array) => {
    const document = parseDocument(bytes);
    if (document.kind !== "vansReceipt") throw new Error(document.kind);
    const { vans, receipt } = document;
    return commandOfReceipt(ports, { kind: "vans", vans, receipt }, { intake: "i-1" });
  };

  test("a positive one names envelope and message, in lower case", () => {
    expect(orderOf(receipt("PositiveMessage", original + message))).toMatchObject({
      type: "delivery.receiveReceipt",
      sender: "5790000100019",
      intake: "i-1",
      payload: {
        originalEnvelopeId: "0d1f3b52-6c1e-8a77-a2c3-1f0e9d8c7b6a",
        originalMessageId: "7a6b5c4d-3e2f-8a10-a9b8-c7d6e5f4a3b2",
        outcome: "positive",
        level: "envelope",
      },
    });
  });
  test("a negative one of an operator says why, and may leave the message out", () => {
    const bytes = changed(
      receipt("NegativeVans", error + original),
      'EndPointType="EAN"',
      'EndPointType="VANS"',
    );
    const { payload } = orderOf(bytes);
    expect(payload).toEqual({
      originalEnvelopeId: "0d1f3b52-6c1e-8a77-a2c3-1f0e9d8c7b6a",
      outcome: "negative",
      level: "operator",
      code: "ikke_specificeret",
      text: "Kan ikke leveres",
    });
  });
  test("a name without MCM: is a warning", () => {
    const parsed = parseDocument(receipt("NegativeMessage", error + original + message));
    expect(parsed).toMatchObject({
      receipt: { outcome: "negative", code: "7" },
      warnings: [{ code: "name-without-prefix" }],
    });
  });
  test("a negative one without a reason is invalid", () => {
    expect(parseDocument(receipt("NegativeVans", original))).toMatchObject({ code: "document-invalid" });
  });
});
