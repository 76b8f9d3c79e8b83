import { fc, test } from "@fast-check/vitest";
import { describe, expect } from "vitest";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import {
  anyText,
  attachmentLetter,
  letter,
  receipt,
  untidyLetter,
} from "../../../../support/oioxml-arbitraries.ts";
import { envelope, letterIn, onlyLetter } from "../../../../support/oioxml-builders.ts";
import { samplesPresent, schemaErrors } from "../../../../support/oioxml-samples.ts";
import {
  printAttachments,
  printLetter,
  printReceipt,
  printVansEnvelope,
} from "../../../../support/printing.ts";

const vansFor = (sizeBytes: number) =>
  ({
    sender: { type: "EAN", value: "5790000100019" },
    receiver: { type: "EAN", value: "5790000200016" },
    identifier: "1b5e7a90-3c2d-4f68-9e01-2a3b4c5d6e7f",
    sentAt: "2026-11-26T08:00:00",
    document: {
      identifier: "c0ffee00-1122-4334-8556-778899aabbcc",
      format: "XML",
      name: "MCM:XDIS91",
      version: "XD9134L",
      sizeBytes,
      unreliable: false,
      transformMessage: false,
      serviceTags: [{ name: "MCM:STATISTIC", value: 'manual "<&>' }],
    },
  }) as const;

describe("print and parse", () => {
  test.prop([letter])("a letter that is printed and parsed is the same letter", (original) => {
    const printed = printLetter(original, envelope);
    expect(printed.losses).toEqual([]);
    expect(letterIn(parseDocument(printed.bytes))).toEqual(original);
  });

  test.prop([letter])("printing the same letter twice gives the same bytes", (original) => {
    expect(printLetter(original, envelope)).toEqual(printLetter(original, envelope));
  });

  test.prop([attachmentLetter])("attachments that are printed and parsed are the same", (original) => {
    const printed = printAttachments(original, envelope);
    expect(printed.losses).toEqual([]);
    expect(onlyLetter(parseDocument(printed.bytes))).toMatchObject({ kind: "attachments", letter: original });
  });

  test.prop([receipt])("a receipt that is printed and parsed is the same receipt", (original) => {
    const printed = printReceipt(original, envelope);
    expect(printed.losses).toEqual([]);
    expect(onlyLetter(parseDocument(printed.bytes))).toMatchObject(original);
  });

  test.prop([letter, anyText(14)])("what the envelope says comes back from any document", (original, id) => {
    const bytes = printLetter(original, { ...envelope, envelopeId: id, wantsPositiveReceipt: false }).bytes;
    expect(parseDocument(bytes)).toMatchObject({
      envelope: { identifier: id, sent: envelope.sent, wantsPositiveReceipt: false },
    });
  });

  test.prop([letter])("a VANS envelope gives back the letter in it", (original) => {
    const inner = printLetter(original, envelope).bytes;
    const vans = vansFor(inner.byteLength);
    const parsed = parseDocument(printVansEnvelope(vans, inner).bytes);
    expect(parsed).toMatchObject({ vans });
    expect(letterIn(parsed)).toEqual(original);
  });

  test.prop([fc.uint8Array({ maxLength: 400 })])(
    "any bytes at all get an answer, never an exception",
    (bytes) => {
      expect(parseDocument(bytes).kind).toBe("unreadable");
    },
  );

  test.prop([letter, fc.nat(), fc.nat()])(
    "a letter damaged anywhere gets an answer",
    (original, where, byte) => {
      const bytes = Buffer.from(printLetter(original, envelope).bytes);
      bytes[where % bytes.length] = byte % 256;
      expect(["emessage", "unreadable"]).toContain(parseDocument(bytes).kind);
    },
  );
});

describe.runIf(samplesPresent)("print, against MedCom's schemas", () => {
  test.prop([letter])("every letter that is printed is valid XD9134L", (original) => {
    expect(schemaErrors("2006", printLetter(original, envelope).bytes)).toEqual([]);
  });
  test.prop([untidyLetter])(
    "so is one that could not be carried whole, and every loss is said",
    (original) => {
      const { bytes, losses } = printLetter(original, envelope);
      expect(schemaErrors("2006", bytes)).toEqual([]);
      const { subject, sender, receiver } = letterIn(parseDocument(bytes));
      const named = [subject, sender.organisation, sender.department, receiver.organisation, receiver.phone];
      const wanted = [original.subject, original.sender.organisation, original.sender.department];
      const kept = [...wanted, original.receiver.organisation, original.receiver.phone];
      expect(losses.length > 0 || JSON.stringify(named) === JSON.stringify(kept)).toBe(true);
    },
  );
  test.prop([attachmentLetter])("every attachment letter that is printed is valid XB0131X", (original) => {
    expect(schemaErrors("2012", printAttachments(original, envelope).bytes)).toEqual([]);
  });
  test("a VANS envelope that is printed is valid", () => {
    expect(schemaErrors("vans", printVansEnvelope(vansFor(7), Buffer.from("<hej/>\n")).bytes)).toEqual([]);
  });
  test.prop([receipt])("every receipt that is printed is valid", (original) => {
    expect(schemaErrors("2005", printReceipt(original, envelope).bytes)).toEqual([]);
  });
});
