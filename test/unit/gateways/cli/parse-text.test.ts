import { describe, expect, it } from "vitest";
import { canBeTaken, summaryLines, withoutBytes } from "../../../../gateways/cli/parse-text.ts";
import { pageNames } from "../../../../gateways/cli/render.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { freshCpr, xbin01, xdis91 } from "../../../support/golden-samples.ts";

describe("what a document holds, as JSON", () => {
  it("tells bytes by digest and size, however deep they are", () => {
    const bytes = new Uint8Array(Buffer.from("abc"));
    const digest = "sha256-ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    expect(withoutBytes({ a: [{ b: bytes, c: 1 }], d: null, e: "f", g: Buffer.from("abc") })).toEqual({
      a: [{ b: { digest, sizeBytes: 3 }, c: 1 }],
      d: null,
      e: "f",
      g: { digest, sizeBytes: 3 },
    });
  });
});

describe("the summary of a document", () => {
  it("names type, version, encoding and number of letters, and that it can be taken", () => {
    const document = parseDocument(xdis91());
    expect(canBeTaken(document)).toBe(true);
    expect(summaryLines("a.xml", document)).toEqual([
      "a.xml: 1 letter, ISO-8859-1",
      "  XDIS91 XD9134L: can be taken",
    ]);
  });

  it("has codes and paths of what is wrong, and no value of the sender's", () => {
    const cpr = freshCpr();
    const text = Buffer.from(xdis91({ cpr })).toString("latin1");
    const document = parseDocument(Buffer.from(text.replace(cpr, `${cpr}X`), "latin1"));
    expect(canBeTaken(document)).toBe(false);
    const lines = summaryLines("a.xml", document);
    expect(lines[1]).toMatch(/^ {2}XDIS91 XD9134L: refused: .*\[document-invalid\]$/);
    expect(lines[2]).toMatch(/^ {4}ClinicalEmail\/Patient\/CivilRegistrationNumber: .*\[value-format\]$/);
    expect(lines.join("\n")).not.toContain(cpr);
  });

  it("tells of a document that cannot be read why, and of one letter in two that it is refused", () => {
    const unread = parseDocument(Buffer.from("<a"));
    expect(canBeTaken(unread)).toBe(false);
    expect(summaryLines("-", unread)[0]).toMatch(/^-: refused: .*\[xml-malformed\]$/);
    const attached = Buffer.from(
      xbin01({ attached: [{ id: "068dadff-12bb-406d-8c86-083974dc0180", bytes: Buffer.from("a") }] }),
    ).toString("latin1");
    const two = attached.replace("</Emessage>", "<Andet/></Emessage>");
    const document = parseDocument(Buffer.from(two, "latin1"));
    expect(canBeTaken(document)).toBe(false);
    expect(summaryLines("b.xml", document)).toEqual([
      "b.xml: 2 letters, ISO-8859-1",
      "  XBIN01 XB0131X: can be taken",
      expect.stringMatching(/^ {2}unknown type: refused: .*\[type-unknown\]$/),
      expect.stringContaining("[type-unknown]"),
    ]);
  });
});

describe("names of pages", () => {
  it("are those of the documents, and different ones for documents of the same name", () => {
    expect(pageNames(["a/x.xml", "b/x.xml", "-", "y", "x-2.xml", "c/x.txt"])).toEqual([
      "x.html",
      "x-2.html",
      "stdin.html",
      "y.html",
      "x-2-2.html",
      "x-3.html",
    ]);
  });
});
