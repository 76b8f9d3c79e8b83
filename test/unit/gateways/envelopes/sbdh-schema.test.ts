import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { envelopeNames } from "../../../../contracts/codes/fhir-envelopes.ts";
import { receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import { openEnvelope } from "../../../../gateways/envelopes/open-envelope.ts";
import { wrapInSbdh } from "../../../../gateways/envelopes/sbdh/wrap-sbdh.ts";
import { childrenOf, readXml, type XmlElement } from "../../../../gateways/xml/read-xml.ts";
import { schemaFaults } from "../../../support/sbdh-schema.ts";

const treeOf = (bytes: Uint8Array): XmlElement => {
  const reading = readXml(bytes);
  if (!reading.ok) throw new Error(reading.code);
  return reading.root;
};
const contentOf = (root: XmlElement): XmlElement => {
  const content = childrenOf(root).find(({ local }) => local === "BinaryContent");
  const digits = content?.content.filter((part) => typeof part === "string").join("");
  return treeOf(Buffer.from(digits ?? "", "base64"));
};

const wrapping = {
  identifier: "0b9d4c1e-6a2f-4d83-9e57-1c2b3a4d5e6f",
  at: "2026-11-23T09:15:05.000Z",
  sender: { gln: "5790000310012", sor: "999151000016000" },
  receiver: { gln: "5790000100019", sor: "999011000016000" },
  patientId: "0101010000",
  messageId: "5e9f0c1a-7b2d-4e63-8a41-000000000001",
  bundleId: "5e9f0c1a-7b2d-4e63-8a41-000000000002",
} as const;

describe("a StandardBusinessDocument that the hub writes", () => {
  it.each(Object.entries(envelopeNames))("around a %s keeps EHMI's schema", (_, { event, sbdhVersion }) => {
    for (const mediaType of ["application/fhir+xml", "application/fhir+json"]) {
      const printed = wrapInSbdh(Buffer.from("<Bundle/>"), {
        ...wrapping,
        ...{ event, version: sbdhVersion, mediaType },
      });
      expect(schemaFaults(treeOf(printed))).toEqual([]);
    }
  });

  it("without a citizen, without SOR codes and about an original keeps it too", () => {
    const { patientId: _patientId, ...about } = wrapping;
    const printed = wrapInSbdh(Buffer.from("{}"), {
      ...about,
      ...{ event: "acknowledgement-message", version: "2.0", mediaType: "application/fhir+json" },
      sender: { gln: wrapping.sender.gln },
      original: { standard: "homecareobservation-message", version: "1.2", envelopeId: "a", messageId: "b" },
    });
    expect(schemaFaults(treeOf(printed))).toEqual([]);
  });

  it.each([
    [undefined, "ReceiptAcknowledgement"],
    ["Kuverten kan ikke åbnes.", "Exception"],
  ])("as the receipt of another (refused: %s) keeps it, and so does the signal in it", (refused, root) => {
    const sent = wrapInSbdh(Buffer.from("<Bundle/>"), {
      ...wrapping,
      ...{ event: "homecareobservation-message", version: "1.2", mediaType: "application/fhir+xml" },
    });
    const opened = openEnvelope(sent, defaultDocumentLimits);
    if (opened?.is !== "message") throw new Error("not opened");
    const receipt = receiptOfEnvelope(opened.enveloped, {
      level: refused === undefined ? "message" : "vans",
      ...{ refused, at: wrapping.at },
    });
    if (receipt === undefined) throw new Error("no receipt");
    const tree = treeOf(receipt);
    expect(schemaFaults(tree)).toEqual([]);
    expect(contentOf(tree).local).toBe(root);
    expect(schemaFaults(contentOf(tree))).toEqual([]);
  });
});

describe("the rules that stand for the schema", () => {
  const folder = "../shared/fhir/samples/sbdh";
  if (!existsSync(folder))
    process.stderr.write(`Skipping MedCom's samples of EHMI's envelopes: no ${folder}\n`);
  const samples = existsSync(folder) ? readdirSync(folder) : [];

  it.each(samples)("find in %s what MedCom's own schema does", (name) => {
    const faults = schemaFaults(treeOf(readFileSync(`${folder}/${name}`)));
    // The receipt is valid; of the message the times are indented, and are read all the same (guide, section 10.2).
    const known = name.includes("ReceiptAcknowledgement") ? /^$/ : /DateTime: value$/;
    expect(faults.filter((fault) => !known.test(fault))).toEqual([]);
  });

  it("find what is missing, repeated, out of order, unknown or wrongly written", () => {
    const printed = Buffer.from(
      wrapInSbdh(Buffer.from("<Bundle/>"), {
        ...wrapping,
        ...{ event: "homecareobservation-message", version: "1.2", mediaType: "application/fhir+xml" },
      }),
    ).toString();
    const faultsOf = (from: string | RegExp, to: string) =>
      schemaFaults(treeOf(Buffer.from(printed.replace(from, to))));
    expect(faultsOf("<HeaderVersion>1.0</HeaderVersion>", "")).not.toEqual([]);
    expect(faultsOf(/(<Sender>.*<\/Sender>)/, "$1$1")).not.toEqual([]);
    expect(faultsOf(/(<Sender>.*<\/Sender>)(<Receiver>.*<\/Receiver>)/, "$2$1")).not.toEqual([]);
    expect(faultsOf("<TypeVersion>", "<X/><TypeVersion>")).not.toEqual([]);
    expect(faultsOf("2026-11-23T", "23-11-2026 ")).not.toEqual([]);
    expect(faultsOf("600000", "1")).not.toEqual([]);
  });
});
