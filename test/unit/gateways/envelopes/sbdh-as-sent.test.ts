import { describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { openEnvelope } from "../../../../gateways/envelopes/open-envelope.ts";
import { wrapInSbdh } from "../../../../gateways/envelopes/sbdh/wrap-sbdh.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";

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

describe("a StandardBusinessDocument as others send it", () => {
  const printed = Buffer.from(wrapInSbdh(content, wrapping)).toString();
  const of = (xml: string) => openEnvelope(Buffer.from(xml), defaultDocumentLimits);

  test.each([
    [
      "BinaryContent in Peppol's namespace",
      (x: string) =>
        x
          .replace("<BinaryContent", '<p:BinaryContent xmlns:p="http://peppol.eu/xsd/ticc/envelope/1.0"')
          .replace("</BinaryContent", "</p:BinaryContent"),
    ],
    [
      "times that are indented",
      (x: string) => x.replace(/(DateTime>)(2026)/g, "$1\n   $2").replace(/(\+01:00)(<)/g, "$1\n  $2"),
    ],
    [
      "standard, types and scopes in any case",
      (x: string) =>
        x
          .replace("<Standard>h", "<Standard>H")
          .replace("<Type>Bundle", "<Type>bundle")
          .replace("<Type>MESSAGEIDENTIFIER", "<Type>MessageIdentifier"),
    ],
    [
      "comments, a prefix hint and base64 in lines",
      (x: string) =>
        x
          .replace("<BusinessScope>", "<!-- <BinaryContent> --><BusinessScope>")
          .replace(/(<BinaryContent[^>]*>)(.{4})/, "$1\n    $2\n    "),
    ],
  ])("is read as it is sent: %s", (_what, change) => {
    const xml = change(printed);
    expect(xml).not.toBe(printed);
    const found = of(xml);
    expect(found).toMatchObject({
      is: "message",
      warnings: [],
      enveloped: { messageId: wrapping.messageId, wantsReceipt: true },
    });
    expect(found?.is === "message" ? Buffer.from(found.data) : undefined).toEqual(content);
  });

  const header = "StandardBusinessDocument/StandardBusinessDocumentHeader";
  test.each([
    [
      "no content",
      (x: string) => x.replace(/<BinaryContent.*<\/BinaryContent>/s, ""),
      "element-missing",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "two contents",
      (x: string) => x.replace(/(<BinaryContent.*<\/BinaryContent>)/s, "$1$1"),
      "element-repeated",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "empty content",
      (x: string) => x.replace(/(<BinaryContent[^>]*>)[^<]*/, "$1"),
      "envelope-empty",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "half a digit of base64",
      (x: string) => x.replace(/(<BinaryContent[^>]*>)[^<]*/, "$1PEJ1b"),
      "base64-malformed",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "content in a namespace of nobody's",
      (x: string) => x.replace("<BinaryContent", '<BinaryContent xmlns="urn:x"'),
      "namespace-wrong",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "no sender",
      (x: string) => x.replace(/<Sender>.*<\/Sender>/, ""),
      "element-missing",
      `${header}/Sender/Identifier`,
    ],
    [
      "no number of its own",
      (x: string) => x.replace(/<InstanceIdentifier>0b9d[^<]*<\/InstanceIdentifier>/, ""),
      "element-missing",
      `${header}/DocumentIdentification/InstanceIdentifier`,
    ],
    [
      "an envelope inside",
      (x: string) => x.replace(/(<BinaryContent[^>]*>)[^<]*/, `$1${Buffer.from(printed).toString("base64")}`),
      "envelope-nested",
      "StandardBusinessDocument/BinaryContent",
    ],
    [
      "a receipt that is none",
      (x: string) => x.replace("<Type>Bundle", "<Type>ReceiptAcknowledgement"),
      "type-unknown",
      "StandardBusinessDocument/BinaryContent",
    ],
  ])("is not taken with %s, and the place is told", (_what, change, code, path) => {
    const found = of(change(printed));
    expect(found?.is).toBe("unopened");
    const problems = found?.is === "unopened" ? found.problems : [];
    expect(problems.map((problem) => [problem.code, problem.path.replace(/^line \d+$/, "")])).toContainEqual([
      code,
      path,
    ]);
  });

  test("with a document type is no envelope to anyone, and is refused by whoever reads it", () => {
    const typed = `<!DOCTYPE a [<!ENTITY b "c">]>${printed.slice(printed.indexOf("<Standard"))}`;
    expect(of(typed)).toBeUndefined();
    expect(parseDocument(Buffer.from(typed))).toMatchObject({ code: "xml-forbidden" });
    expect(parseMessage(Buffer.from(typed))).toMatchObject({ problems: [{ code: "xml-forbidden" }] });
  });
});
