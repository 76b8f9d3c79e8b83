import { fc, test as prop } from "@fast-check/vitest";
import { describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { answerInEnvelope, receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import { ofSbdh } from "../../../../gateways/envelopes/enveloped.ts";
import { compareHeader } from "../../../../gateways/envelopes/sbdh/compare-header.ts";
import { printSbdh } from "../../../../gateways/envelopes/sbdh/print-sbdh.ts";
import { type Sbdh, scopeOf } from "../../../../gateways/envelopes/sbdh/sbdh.ts";
import { printSignal, readSignal, type Signal } from "../../../../gateways/envelopes/sbdh/signal.ts";
import { sbdhFor, wrapInSbdh } from "../../../../gateways/envelopes/sbdh/wrap-sbdh.ts";
import { messageIn, opened, receiptIn } from "../../../support/enveloped.ts";

const wrapping = {
  identifier: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e6f",
  at: "2026-11-23T09:15:05.000Z",
  sender: { gln: "5790000310012", sor: "999151000016000" },
  receiver: { gln: "5790000100019", sor: "999011000016000" },
  event: "homecareobservation-message",
  version: "1.2",
  patientId: "0101010000",
  messageId: "5e9f0c1a-7b2d-4e63-8a41-000000000001",
  bundleId: "5e9f0c1a-7b2d-4e63-8a41-000000000002",
  mediaType: "application/fhir+xml",
} as const;
const content = Buffer.from("<Bundle/>");
const at = "2026-11-23T09:20:00.000Z";

const text = fc
  .string({ unit: "grapheme", minLength: 1, maxLength: 40 })
  .filter((t) => /^\S(?:[^\r]*\S)?$/.test(t) && !/[\p{C}\r]/u.test(t));
const anySbdh: fc.Arbitrary<Sbdh> = fc
  .record({
    sender: text,
    receiver: text,
    standard: text,
    typeVersion: text,
    identifier: text,
    type: text,
    createdAt: text,
    scopes: fc.array(fc.record({ type: text, value: text, identifier: text }), { maxLength: 5 }),
    acknowledging: fc.option(
      fc.record({
        what: fc.constantFrom("Request" as const, "Response" as const),
        requestedAt: text,
        requestedId: text,
        expectedAt: text,
      }),
      { nil: undefined },
    ),
    mediaType: fc.option(text, { nil: undefined }),
  })
  .map(({ acknowledging, mediaType, ...rest }) => ({
    ...rest,
    ...(acknowledging === undefined ? {} : { acknowledging }),
    ...(mediaType === undefined ? {} : { mediaType }),
  }));

describe("a StandardBusinessDocument", () => {
  prop.prop([anySbdh, fc.uint8Array({ minLength: 1, maxLength: 300 })])(
    "that is printed and read again is the same, and so is what is in it",
    (sbdh, data) => {
      const read = messageIn(printSbdh(sbdh, data));
      expect(read.enveloped).toEqual(ofSbdh(sbdh));
      expect(Buffer.from(read.data).equals(data)).toBe(true);
    },
  );

  test("of a message tells what it holds, from whom to whom, and when its receipt is due", () => {
    const sbdh = sbdhFor(wrapping);
    expect(sbdh).toMatchObject({
      sender: "0088:5790000310012",
      standard: "homecareobservation-message",
      typeVersion: "1.2",
      type: "Bundle",
      createdAt: "2026-11-23T10:15:05+01:00",
      acknowledging: {
        what: "Request",
        requestedId: wrapping.identifier,
        expectedAt: "2026-11-23T10:25:05+01:00",
      },
    });
    expect(sbdh.scopes.map(({ type }) => type)).toEqual([
      "DOCUMENTID",
      "PROCESSID",
      "PATIENTID",
      "SENDERID",
      "RECEIVERID",
      "MESSAGEIDENTIFIER",
      "MESSAGEENVELOPEIDENTIFIER",
      "StatisticalInformation",
    ]);
    expect(scopeOf(sbdh, "documentid")).toBe(
      "urn:dk:healthcare:medcom:messaging:fhir:structuredefinition::homecareobservation-message##urn:dk:medcom:fhir:homecareobservation-message::1.2",
    );
  });

  test("is read with no warning when the hub wrote it, and its receipt is the same to the byte each time", () => {
    const found = opened(wrapInSbdh(content, wrapping));
    expect(found).toMatchObject({ is: "message", warnings: [] });
    if (found.is !== "message") return;
    const [first, second] = [1, 2].map(() => receiptOfEnvelope(found.enveloped, { level: "message", at }));
    expect(first).toEqual(second);
    expect(receiptIn(first ?? content)).toMatchObject({
      kind: "sbdh",
      sbdh: {
        sender: "0088:5790000100019",
        receiver: "0088:5790000310012",
        standard: "ehmisbdh-acknowledgement",
        typeVersion: "ebbp-signals-2.0",
        type: "ReceiptAcknowledgement",
        acknowledging: { what: "Response", requestedId: wrapping.identifier },
      },
      signal: { outcome: "positive", originalMessageId: wrapping.messageId },
    });
  });

  test("that was received is receipted positively also where the message in it was refused", () => {
    const { enveloped } = messageIn(wrapInSbdh(content, wrapping));
    const ofMessage = receiptOfEnvelope(enveloped, { level: "message", refused: "Nej", at });
    const ofEnvelope = receiptOfEnvelope(enveloped, { level: "vans", refused: "Nej", at });
    expect(receiptIn(ofMessage ?? content)).toMatchObject({ signal: { outcome: "positive" } });
    expect(receiptIn(ofEnvelope ?? content)).toMatchObject({
      sbdh: { type: "ReceiptException" },
      signal: { outcome: "negative", reason: "Nej" },
    });
  });

  test("of an answer names the original and no citizen", () => {
    const { enveloped } = messageIn(wrapInSbdh(content, wrapping));
    const { patientId: _none, ...label } = wrapping;
    const answer = answerInEnvelope(enveloped, content, {
      label: { ...label, event: "acknowledgement-message", vans: { type: "FCTL#ok", version: "2.0.0" } },
      at,
      sending: "an-intake",
    });
    const { enveloped: own } = messageIn(answer);
    expect(own.kind === "sbdh" ? own.sbdh.scopes : []).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ type: "ORIGINALMESSAGEIDENTIFIER", value: wrapping.messageId }),
        expect.objectContaining({ type: "ORIGINALENVELOPEIDENTIFIER", value: wrapping.identifier }),
        expect.objectContaining({ type: "ORIGINALMESSAGESTANDARD", value: "homecareobservation-message" }),
      ]),
    );
    expect(Buffer.from(answer).toString()).not.toContain("PATIENTID");
    expect(own.identifier).not.toBe(enveloped.identifier);
  });

  const header = "StandardBusinessDocument/StandardBusinessDocumentHeader";
  test("whose header says something else than its message is told by places, and no values", () => {
    const sbdh = sbdhFor(wrapping);
    expect(
      compareHeader(sbdh, { messageId: wrapping.messageId.toUpperCase(), senderGln: "5790000310012" }),
    ).toEqual([]);
    const problems = compareHeader(sbdh, {
      messageId: "other",
      patientId: "0202020000",
      event: "acknowledgement-message",
      receiverGln: "1",
    });
    expect(problems.map(({ severity, path }) => [severity, path.replace(`${header}/`, "")])).toEqual([
      ["warning", "Receiver/Identifier"],
      ["warning", "DocumentIdentification/Standard"],
      ["warning", "BusinessScope/Scope[PATIENTID]/InstanceIdentifier"],
      ["warning", "BusinessScope/Scope[MESSAGEIDENTIFIER]/InstanceIdentifier"],
    ]);
    expect(JSON.stringify(problems)).not.toMatch(/0101010000|0202020000/);
  });
});

describe("the receipt of an envelope", () => {
  const signal: fc.Arbitrary<Signal> = fc
    .record({ outcome: fc.constantFrom("positive" as const, "negative" as const), id: text, reason: text })
    .map(({ outcome, id, reason }) => ({
      outcome,
      originalMessageId: id,
      originalDocumentId: "urn:x",
      originalAt: "2026-11-23T10:15:05+01:00",
      at: "2026-11-23T10:16:05+01:00",
      from: "0088:5790000100019",
      to: "0088:5790000310012",
      ...(outcome === "negative" ? { reason } : {}),
    }));
  prop.prop([signal])("that is printed and read again says the same", (one) => {
    const { outcome, originalMessageId } = one;
    expect(readSignal(printSignal(one), defaultDocumentLimits)).toEqual({
      outcome,
      originalMessageId,
      ...(one.reason === undefined ? {} : { reason: one.reason }),
    });
  });
  test.each([
    "",
    "<a/>",
    "not xml",
    '<b:Other xmlns:b="http://docs.oasis-open.org/ebxml-bp/ebbp-signals-2.0"/>',
  ])("is none in %j", (xml) => {
    expect(readSignal(Buffer.from(xml), defaultDocumentLimits)).toBeUndefined();
  });
});
