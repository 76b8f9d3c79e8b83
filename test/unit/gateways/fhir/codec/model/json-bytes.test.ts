import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { defaultDocumentLimits } from "../../../../../../contracts/codes/document-limits.ts";
import { at, isBytes } from "../../../../../../gateways/fhir/codec/model/navigate.ts";
import { printFhir } from "../../../../../../gateways/fhir/codec/model/print-fhir.ts";
import { readFhir } from "../../../../../../gateways/fhir/codec/model/read-fhir.ts";
import type { FhirResource } from "../../../../../../gateways/fhir/codec/model/resource.ts";
import { resourceIn, said } from "../../../../../support/fhir-model.ts";

const sizes = [1, 2, 3, 48 * 1024, 48 * 1024 + 1, 200_000, 1_000_001];
const binary = (bytes: Uint8Array): FhirResource => ({
  resourceType: "Binary",
  contentType: "application/pdf",
  data: bytes,
});
const written = (data: string): Uint8Array =>
  Buffer.from(`{"resourceType":"Binary","contentType":"application/pdf","data":"${data}"}`);
const dataOf = (document: Uint8Array): unknown => at(resourceIn(readFhir(document)), "data");

describe("base64Binary", () => {
  it.each(sizes)("of %i bytes is bytes, the same from both formats", (size) => {
    const bytes = randomBytes(size);
    for (const format of ["xml", "json"] as const) {
      const document = printFhir(binary(bytes), format);
      const data = dataOf(document);
      expect(isBytes(data as Uint8Array) && Buffer.compare(Buffer.from(data as Uint8Array), bytes)).toBe(0);
      expect(Buffer.from(document).toString("latin1")).toContain(`"${bytes.toString("base64")}"`);
    }
  });

  it("is read with the escapes that some senders write, long or short", () => {
    for (const size of [30, 120_000]) {
      const bytes = randomBytes(size);
      const escaped = bytes
        .toString("base64")
        .replaceAll("/", "\\/")
        .replaceAll("+", "\\u002B")
        .replaceAll("A", "A\\r\\n");
      expect(Buffer.compare(dataOf(written(escaped)) as Buffer, bytes)).toBe(0);
    }
  });

  it.each(["?", "\\u00ff", "\\x", "é", "="])("is none with %j in it, long or short", (wrong) => {
    for (const size of [30, 120_000]) {
      const [code] = said(written(`${randomBytes(size).toString("base64").replace(/=+$/, "")}${wrong}AAAA`));
      expect(code).toMatch(/^(base64-invalid Binary.data|json-malformed Binary.data)$/);
    }
  });

  it("is never a line of JSON that is broken", () => {
    for (const size of [30, 120_000])
      expect(said(written(`${randomBytes(size).toString("base64")}\n`))).toEqual([
        "json-malformed Binary.data",
      ]);
  });

  it("is apart from long text, which stays text however it is written", () => {
    for (const unit of ["x", "æ", "\\n", '\\"', "\\u00e6 "]) {
      const text = unit.repeat(60_000);
      const document = Buffer.from(
        `{"resourceType":"Basic","code":{"text":"${text}"},"language":"da","implicitRules":"a"}`,
      );
      expect(at(resourceIn(readFhir(document)), "code.text")).toBe(JSON.parse(`"${text}"`));
    }
  });

  it("is counted against the limits of attachments, and not of text", () => {
    const limits = { ...defaultDocumentLimits, maxTextLength: 1000, maxAttachmentBytes: 150_000 };
    const ofSize = (size: number, format: "xml" | "json") =>
      readFhir(printFhir(binary(Buffer.alloc(size, 7)), format), undefined, limits);
    for (const format of ["xml", "json"] as const) {
      expect(ofSize(150_000, format).ok).toBe(true);
      expect(ofSize(150_001, format)).toMatchObject({
        ok: false,
        problems: [{ code: "document-too-large" }],
      });
    }
  });
});
