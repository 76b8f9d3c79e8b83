import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { standardOf } from "../../../../contracts/first-look.ts";
import { receiptOfEnvelope } from "../../../../gateways/envelopes/close-envelope.ts";
import { parseMessage } from "../../../../gateways/fhir/parse-message.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { childrenOf, readXml, type XmlElement } from "../../../../gateways/xml/read-xml.ts";
import { inEnvelope, messageIn, opened } from "../../../support/enveloped.ts";

const root = "../shared/fhir/samples";
const filesIn = (folder: string): string[] =>
  existsSync(`${root}/${folder}`) ? readdirSync(`${root}/${folder}`).map((name) => `${folder}/${name}`) : [];
const sbdhs = filesIn("sbdh");
const envelopes = filesIn("vansenvelope");
if (sbdhs.length === 0)
  process.stderr.write("MedCom's samples of envelopes are not here: published-samples.test.ts skips.\n");
const bytesOf = (file: string): Uint8Array => readFileSync(`${root}/${file}`);
const standard = (file: string) =>
  standardOf("application/xml", Buffer.from(bytesOf(file)).toString("latin1"));

describe.runIf(sbdhs.length > 0)("MedCom's own envelopes", () => {
  test("each is opened, and read by the gateway of what is in it", () => {
    expect(sbdhs.map(standard)).toEqual(sbdhs.map(() => "fhir"));
    expect(envelopes.map(standard)).toEqual(envelopes.map(() => "oioxml"));
    for (const file of [...sbdhs, ...envelopes]) expect(opened(bytesOf(file)).is, file).not.toBe("unopened");
  });

  test.each(sbdhs.filter((file) => file.includes("HCO")))(
    "%s holds a message that its header tells of",
    (file) => {
      const found = opened(bytesOf(file));
      expect(found).toMatchObject({ is: "message", warnings: [] });
      expect(messageIn(bytesOf(file)).enveloped).toMatchObject({
        identifier: "9a6ff822-08de-5a6f-9670-9fa4b9d2f0dc",
        messageId: "489de4f2-0d8d-4de2-a7ce-ccb93568799f",
        wantsReceipt: true,
      });
      const parsed = parseMessage(bytesOf(file));
      expect(parsed).toMatchObject({ kind: "message", type: "HomeCareObservation" });
      const codes =
        parsed.around?.is === "message" ? parsed.around.warnings.map(({ code }) => code) : ["unread"];
      expect(new Set(codes)).toEqual(new Set(codes.length === 0 ? [] : ["header-differs"]));
    },
  );

  test.each(sbdhs.filter((file) => file.includes("ReceiptAcknowledgement")))(
    "%s is the receipt of that",
    (file) => {
      expect(opened(bytesOf(file))).toMatchObject({
        is: "receipt",
        receipt: {
          kind: "sbdh",
          sbdh: { acknowledging: { what: "Response", requestedId: "9a6ff822-08de-5a6f-9670-9fa4b9d2f0dc" } },
          signal: { outcome: "positive", originalMessageId: "489de4f2-0d8d-4de2-a7ce-ccb93568799f" },
        },
      });
    },
  );

  /** What stands in each element, in its order and each name once, and which attributes it has. */
  const shapeOf = (bytes: Uint8Array): Map<string, string> => {
    const reading = readXml(bytes);
    if (!reading.ok) throw new Error(reading.code);
    const shape = new Map<string, string>();
    const walk = (element: XmlElement): void => {
      const children = childrenOf(element);
      const named = [...new Set(children.map(({ local }) => local))].join(" ");
      const attributes = element.attributes.map(({ local }) => `@${local}`).join(" ");
      const before = shape.get(element.local) ?? "";
      const told = `${element.uri} ${named} ${attributes}`;
      shape.set(element.local, told.length > before.length ? told : before);
      children.forEach(walk);
    };
    walk(reading.root);
    return shape;
  };

  test("the hub's receipts and messages have the shape of the one that MedCom's schema finds valid", () => {
    const sample = sbdhs.find((file) => file.includes("ReceiptAcknowledgement")) ?? "";
    const message = sbdhs.find((file) => file.includes("HCO")) ?? "";
    const valid = shapeOf(bytesOf(sample));
    const { enveloped, data } = messageIn(bytesOf(message));
    const receipt = receiptOfEnvelope(enveloped, { level: "message", at: "2026-11-23T09:20:00.000Z" });
    expect(shapeOf(receipt ?? data)).toEqual(valid);
    const ids = { envelope: enveloped.identifier, message: enveloped.messageId };
    expect(shapeOf(inEnvelope("sbdh", data, { ids }))).toEqual(valid);
  });

  test.each(envelopes)("%s holds a letter", (file) => {
    expect(parseDocument(bytesOf(file))).toMatchObject({ kind: "emessage", warnings: [] });
  });
});
