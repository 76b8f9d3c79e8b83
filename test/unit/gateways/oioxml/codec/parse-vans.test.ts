import { describe, expect, test } from "vitest";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { changed, latin1, letterIn, textOf } from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";

const question = example("xdis91-question");
const paths = (problems: readonly { path: string; code: string }[]): string[] =>
  problems.map((problem) => `${problem.path} ${problem.code}`);

describe("VANS envelopes", () => {
  const vans = example("vans-xdis91-question");
  test("the letter in the envelope is the letter without it", () => {
    expect(letterIn(parseDocument(vans))).toEqual(letterIn(parseDocument(question)));
  });
  test("the envelope is told", () => {
    expect(parseDocument(vans)).toMatchObject({
      encoding: "ISO-8859-1",
      warnings: [],
      vans: {
        sender: { type: "EAN", value: "5790000100019" },
        receiver: { type: "EAN", value: "5790000200016" },
        identifier: "1b5e7a90-3c2d-4f68-9e01-2a3b4c5d6e7f",
        document: {
          format: "XML",
          name: "MCM:XDIS91",
          version: "XD9134L",
          sizeBytes: 2565,
          unreliable: false,
        },
      },
    });
  });
  test("a size that differs refuses the whole, and names the letter in it", () => {
    expect(parseDocument(changed(vans, "<SizeInBytes>2565<", "<SizeInBytes>2566<"))).toMatchObject({
      kind: "unreadable",
      code: "envelope-size-differs",
      refuseCode: "ikke_specificeret",
      problems: [{ path: "VANSEnvelope/Message/MetaInformation/Document/SizeInBytes" }],
      envelope: { identifier: "AAP26112300001" },
      senderGln: "5790000100019",
      letters: [{ letterId: "AAPBREV0000001" }],
    });
  });
  test("an identifier that is no UUID, and a name without MCM:, are warnings", () => {
    const odd = changed(
      changed(vans, "1b5e7a90-3c2d-4f68-9e01-2a3b4c5d6e7f", "EPIC394319568"),
      "MCM:XDIS91",
      "XDIS91",
    );
    const parsed = parseDocument(odd);
    expect(parsed.kind === "emessage" ? paths(parsed.warnings) : []).toEqual([
      "VANSEnvelope/EnvelopeIdentifier identifier-not-uuid",
      "VANSEnvelope/Message/MetaInformation/Document/Name name-without-prefix",
    ]);
  });
  test("EDIFACT in an envelope is known and not received", () => {
    expect(parseDocument(changed(vans, "<Format>XML<", "<Format>EDIFACT<"))).toMatchObject({
      code: "type-unspoken",
      vans: { document: { format: "EDIFACT" } },
    });
  });
  test("a receipt of the VANS layer is read, with its identifier as it came", () => {
    const receipt = textOf(vans).replace(
      /<Message>[\s\S]*<\/Message>/,
      "<Receipt><NegativeVans><Error><Description>x</Description></Error>" +
        "<OriginalEnvelopeIdentifier>y</OriginalEnvelopeIdentifier></NegativeVans></Receipt>",
    );
    expect(parseDocument(latin1(receipt))).toMatchObject({
      kind: "vansReceipt",
      receipt: { outcome: "negative", level: "vans", description: "x", originalEnvelopeId: "y" },
    });
  });
  test("an endpoint without its type is invalid", () => {
    const parsed = parseDocument(changed(vans, '<SenderID EndPointType="EAN">', "<SenderID>"));
    expect(parsed.kind === "unreadable" ? paths(parsed.problems) : []).toEqual([
      "VANSEnvelope/SenderID/@EndPointType attribute-missing",
    ]);
  });
  test("malformed XML in an envelope is malformed, and the envelope is told", () => {
    const data = Buffer.from("<Emessage>").toString("base64");
    const bytes = latin1(
      textOf(vans)
        .replace(/<Data>[^<]*/, `<Data>${data}`)
        .replace("<SizeInBytes>2565", "<SizeInBytes>10"),
    );
    expect(parseDocument(bytes)).toMatchObject({
      code: "xml-malformed",
      vans: { sentAt: "2026-11-23T10:15:30" },
    });
  });
  test("an envelope in an envelope is unknown", () => {
    const data = Buffer.from(vans).toString("base64");
    const bytes = latin1(
      textOf(vans)
        .replace(/<Data>[^<]*/, `<Data>${data}`)
        .replace("<SizeInBytes>2565", `<SizeInBytes>${vans.byteLength}`),
    );
    expect(parseDocument(bytes)).toMatchObject({ kind: "unreadable", code: "type-unknown" });
  });
});
