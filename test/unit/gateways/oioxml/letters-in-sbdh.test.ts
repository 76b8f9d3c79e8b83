import { describe, expect, test } from "vitest";
import type { DocumentOutcome } from "../../../../contracts/messages/document.ts";
import { wrapInSbdh } from "../../../../gateways/envelopes/sbdh/wrap-sbdh.ts";
import { answersTo } from "../../../../gateways/oioxml/answer-in-vans.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import type { ParsedDocument } from "../../../../gateways/oioxml/codec/parsed-document.ts";
import { receiptIn } from "../../../support/enveloped.ts";
import { letterIn } from "../../../support/oioxml-builders.ts";
import { example } from "../../../support/oioxml-samples.ts";

const question = example("xdis91-question");
const at = "2026-11-23T09:15:05.000Z";
const wrapped = (content: Uint8Array, bundleId = "other"): Uint8Array =>
  wrapInSbdh(content, {
    identifier: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e6f",
    at,
    sender: { gln: "5790000100019" },
    receiver: { gln: "5790000200016" },
    event: "clinicalemail",
    version: "XD9134L",
    messageId: "5e9f0c1a-7b2d-4e63-8a41-000000000001",
    bundleId,
    mediaType: "application/fhir+xml",
  });
const documentIn = (bytes: Uint8Array): Exclude<ParsedDocument, { kind: "vansReceipt" }> => {
  const document = parseDocument(bytes);
  if (document.kind === "vansReceipt") throw new Error("a receipt");
  return document;
};
const taken = {
  intake: "i-1",
  bytes: question,
  sender: "5790000100019",
  speaksFor: ["5790000100019"],
  receivedAt: at,
};
const bytesIn = (answer: DocumentOutcome["answer"]): Uint8Array =>
  Buffer.from(answer?.base64 ?? "", "base64");

describe("a letter in a StandardBusinessDocument, as MedCom's samples have some", () => {
  test("is read, whatever its envelope calls it; what the header says else is a warning", () => {
    const document = documentIn(wrapped(question));
    expect(letterIn(document)).toEqual(letterIn(parseDocument(question)));
    expect(document).toMatchObject({ kind: "emessage", sbdh: { standard: "clinicalemail" } });
    const warnings = document.kind === "emessage" ? document.warnings : [];
    expect(warnings.map(({ code, severity }) => `${severity} ${code}`)).toEqual([
      "warning header-differs",
      "warning header-differs",
    ]);
  });
  test("is answered bare, and its envelope by EHMI's receipt where the transport takes one", () => {
    const receipt = { bytes: question, type: "XCTL03" as const };
    const answered = { receipt, at, silent: false };
    const document = documentIn(wrapped(question));
    expect(answersTo(document, answered, taken)).not.toHaveProperty("envelopeAnswer");
    const { answer, envelopeAnswer } = answersTo(document, answered, { ...taken, answerAs: "sbdh" });
    expect(Buffer.from(bytesIn(answer)).equals(question)).toBe(true);
    expect(receiptIn(bytesIn(envelopeAnswer))).toMatchObject({
      kind: "sbdh",
      signal: { outcome: "positive" },
    });
  });
  test.each([
    ["nothing", new Uint8Array(), "document-invalid", "envelope-empty"],
    ["another envelope", wrapped(question), "type-unknown", "envelope-nested"],
    ["what is no letter", Buffer.from("<Anything/>"), "type-unknown", "type-unknown"],
  ])("is refused when there is %s in it", (_what, content, code, told) => {
    expect(documentIn(wrapped(content))).toMatchObject({
      kind: "unreadable",
      code,
      problems: [{ code: told }],
      sbdh: { identifier: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e6f" },
    });
  });
});
