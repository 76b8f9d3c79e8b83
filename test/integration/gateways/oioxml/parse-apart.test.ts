import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { defaultDocumentLimits } from "../../../../contracts/codes/document-limits.ts";
import { parseDocument } from "../../../../gateways/oioxml/codec/parse-document.ts";
import { createParser, type Parser, type ParserOptions } from "../../../../gateways/oioxml/parse-apart.ts";
import { eventually } from "../../../support/eventually.ts";
import { xbin01, xdis91 } from "../../../support/golden-samples.ts";
import { lettersOf, onlyLetter } from "../../../support/oioxml-builders.ts";
import { allSpecimens, inVansEnvelope } from "../../../support/oioxml-specimens.ts";
import { keptProgram } from "../../../support/thread-programs.ts";

const limits = defaultDocumentLimits;
let parser: Parser | undefined;
const parserWith = (options: Partial<ParserOptions> = {}): Parser => {
  parser = createParser({ limits, ...options });
  return parser;
};
afterEach(async () => {
  await parser?.stop();
});

/** Attachments come back as bytes of another class; what they are is the same. */
const plain = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, inner: unknown) =>
      inner instanceof Uint8Array || (typeof inner === "object" && inner !== null && "data" in inner)
        ? Buffer.from((inner as { data?: Uint8Array }).data ?? (inner as Uint8Array)).toString("hex")
        : inner,
    ),
  );

const large = (): Uint8Array => xdis91({ text: "Kære<Break/>kollega ".repeat(10_000) });
const someBytes = (size: number) => ({
  id: "6d2f8c1e-0b7a-4e53-9c48-d1a2b3c4e5f6",
  bytes: randomBytes(size),
});

describe("documents that are read apart", () => {
  test("every kind of document is what it is when it is read here", async () => {
    const { parse } = parserWith({ apartFromBytes: 0 });
    for (const { name, bytes } of allSpecimens())
      expect(plain(await parse(new Uint8Array(bytes))), name).toEqual(plain(parseDocument(bytes)));
  });
  test("attachments come back as they were, in a VANS envelope too, and many documents at once in turn", async () => {
    const { parse } = parserWith();
    const attached = [someBytes(300_000), someBytes(500), someBytes(9_000_000)];
    const documents = attached.map((one) => inVansEnvelope(xbin01({ attached: [one] })));
    const parsed = await Promise.all(documents.map((bytes) => parse(bytes)));
    for (const [at, document] of parsed.entries()) {
      const letter = onlyLetter(document);
      if (letter.kind !== "attachments") throw new Error(letter.kind);
      expect(attached[at]?.bytes.equals(letter.letter.objects[0]?.bytes ?? Buffer.of())).toBe(true);
    }
  });
  test("bytes that lie in a larger piece of memory leave the rest of it alone", async () => {
    const { parse } = parserWith();
    const document = large();
    const piece = Buffer.concat([Buffer.from("before"), document, Buffer.from("behind")]);
    expect(lettersOf(await parse(piece.subarray(6, 6 + document.length)))[0]?.kind).toBe("letter");
    expect(piece.subarray(0, 6).toString() + piece.subarray(-6).toString()).toBe("beforebehind");
  });
  test("the limits are those that were given", async () => {
    const { parse } = parserWith({ limits: { ...limits, maxElements: 100 } });
    expect(await parse(large())).toMatchObject({ kind: "unreadable", code: "xml-too-deep" });
  });
});

describe("a thread that fails", () => {
  const refused = {
    kind: "unreadable",
    code: "document-too-costly",
    problems: [{ code: "document-too-costly", severity: "error" }],
    letters: [],
  };
  test("one that never ends is ended, its document refused, and the next read by a new one", async () => {
    const { parse } = parserWith({ program: keptProgram("while (true);"), timeLimitMs: () => 100 });
    expect(await parse(large())).toMatchObject(refused);
    expect(await parse(large())).toMatchObject(refused);
  });
  test("one that takes too much memory is ended, and its document refused", async () => {
    const { parse } = parserWith({
      program: keptProgram("const all = []; while (true) all.push(new Array(1000).fill(all.length));"),
    });
    expect(await parse(large())).toMatchObject(refused);
  });
  test.each([
    ["throws", "throw new TypeError('a defect')", "a defect"],
    ["rejects", "void Promise.reject(new TypeError('a late defect'))", "a late defect"],
    ["ends", "process.exit(0)", "ended by itself"],
    ["says nothing that can be understood", "parentPort.postMessage({ ready: true })", "began, again"],
  ])(
    "one that %s is a defect: the document is for an operator, and the next gets a new thread",
    async (_, does, told) => {
      const { parse } = parserWith({ program: keptProgram(does) });
      await expect(parse(large())).rejects.toThrow(told);
      await expect(parse(large())).rejects.toThrow(told);
    },
  );
  test("one that cannot be started is a fault: the document is read again later", async () => {
    const { parse } = parserWith({ program: new URL("file:///no/such/program.js") });
    await expect(parse(large())).rejects.toMatchObject({ code: "service-unavailable", fate: "retry" });
  });
  test("one that ends while nobody asks it anything is replaced", async () => {
    const answer =
      '{ read: { kind: "unreadable", letters: [], problems: [], code: "x", refuseCode: "syntaksfejl" } }';
    const { parse } = parserWith({
      program: keptProgram(
        `parentPort.postMessage(${answer}); setTimeout(() => { throw new Error("later"); }, 50);`,
      ),
    });
    await parse(large());
    // Whoever is asked just as it ends is told so, and asks again.
    for (let i = 0; i < 3; i++)
      expect(await eventually(() => parse(large()), "an answer")).toMatchObject({ code: "x" });
  });
  test("small documents do not wait for a large one", async () => {
    const { parse } = parserWith({ program: keptProgram("while (true);"), timeLimitMs: () => 3_000 });
    const slow = parse(large());
    const small = await parse(readFileSync("contracts/examples/oioxml/xdis91-question.xml"));
    expect(small.kind).toBe("emessage");
    expect(await Promise.race([slow, Promise.resolve("still at it")])).toBe("still at it");
    await slow;
  });
});
