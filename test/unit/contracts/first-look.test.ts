import { describe, expect, test } from "vitest";
import { envelopeKindIn, headBytes, rootNameIn, standardOf } from "../../../contracts/first-look.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const emessage =
  '<?xml version="1.0" encoding="ISO-8859-1"?><Emessage xmlns="http://rep.oio.dk/x/">http://hl7.org/fhir';
const bundle = '<?xml version="1.0"?><Bundle xmlns="http://hl7.org/fhir"><id value="1"/></Bundle>';
const json = '{"resourceType":"Bundle"}';
const vans = (content: string, format = "XML"): string =>
  `<VANSEnvelope xmlns="urn:oio:medcom:vans-envelope:1.0.4"><Format>${format}</Format><Data>${content}</Data></VANSEnvelope>`;
const sbdh = (content: string): string =>
  `<a:StandardBusinessDocument xmlns:a="x"><a:Standard>homecareobservation-message</a:Standard>` +
  `<BinaryContent mimeType="application/fhir+xml" encoding="UTF-8" xmlns="y">\n  ${content}</BinaryContent></a:StandardBusinessDocument>`;

describe("the root of a document by its beginning", () => {
  test.each([
    ["<Bundle/>", "Bundle"],
    ["\u00ef\u00bb\u00bf\n <?xml version='1.0'?>\n<!-- <VANSEnvelope> --><!--x--><f:Bundle>", "Bundle"],
    ["\u00ff\u00fe<\0?\0x\0?\0>\0<\0m\0:\0E\0>\0", "E"],
    ["\u00fe\u00ff\0<\0E\0>", "E"],
    ["<?xml version='1.0'", undefined],
    ["<!-- never ended <Bundle>", undefined],
    ['{"a":"<VANSEnvelope>"}', undefined],
    ["", undefined],
  ])("%j: %s", (head, root) => {
    expect(rootNameIn(head)).toBe(root);
  });
  test("an envelope is known by it, and by nothing further in", () => {
    expect(envelopeKindIn(vans(""))).toBe("vans");
    expect(envelopeKindIn(sbdh(""))).toBe("sbdh");
    expect(envelopeKindIn(`<Bundle><!-- --><VANSEnvelope/></Bundle>`)).toBeUndefined();
  });
});

describe("the standard of a document", () => {
  test.each([
    ["application/fhir+xml; charset=utf-8", bundle, "fhir"],
    ["application/fhir+json", json, "fhir"],
    ["text/xml", bundle, "fhir"],
    ["application/xml", "<Anything/>", "oioxml"],
    ["application/pdf", bundle, undefined],
  ] as const)("that comes bare as %s", (type, head, standard) => {
    expect(standardOf(type, head)).toBe(standard);
  });
  test.each([
    ["a FHIR message in XML", bundle, "fhir"],
    ["a FHIR message in JSON", json, "fhir"],
    ["a letter, though it names FHIR", emessage, "oioxml"],
  ] as const)("in an envelope is that of what is inside: %s", (_what, inside, standard) => {
    for (const type of ["application/xml", "application/fhir+xml"])
      for (const head of [vans(base64(inside)), vans(base64(inside), "HL7"), sbdh(base64(inside))])
        expect(standardOf(type, head)).toBe(standard);
  });
  test("in an envelope is what it says, where nothing can be seen of the inside", () => {
    expect(standardOf("application/xml", vans(""))).toBe("oioxml");
    expect(standardOf("application/xml", vans("?", "HL7"))).toBe("fhir");
    expect(standardOf("application/xml", sbdh(""))).toBe("fhir");
    expect(standardOf("application/xml", sbdh(base64("<b:ReceiptAcknowledgement/>")))).toBe("fhir");
  });
  test("in an envelope is found behind comments that look like content, in lines and in CDATA", () => {
    const lines = base64(bundle).replace(/(.{20})/g, "$1\r\n");
    expect(standardOf("application/xml", vans(`<![CDATA[${lines}]]>`))).toBe("fhir");
    const commented = vans(base64(bundle)).replace(
      "<Format>",
      `<!-- <Data>${base64(emessage)}</Data> --><Format>`,
    );
    expect(standardOf("application/xml", commented)).toBe("fhir");
  });
  test("takes no time, whatever the bytes are", () => {
    const hostile = ["<!--", "<?", "<Data ", "<Data>", " ", "<VANSEnvelope>", "<!-- -->"].flatMap((piece) => [
      piece.repeat(headBytes / piece.length),
      `<VANSEnvelope>${piece.repeat(headBytes / piece.length)}`,
    ]);
    const from = process.cpuUsage();
    for (const head of hostile) standardOf("application/xml", head);
    const { user, system } = process.cpuUsage(from);
    expect((user + system) / 1000).toBeLessThan(1000);
  });
});
