import { readdirSync, readFileSync, statSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeText } from "../../../../gateways/xml/decode-text.ts";
import { defaultLimits, readXml } from "../../../../gateways/xml/read-xml.ts";
import { beginScan } from "../../../../gateways/xml/scan.ts";
import { type Extent, readOn } from "../../../../gateways/xml/scan-xml.ts";
import { howOften } from "../../../support/how-often.ts";
import { samplesPresent } from "../../../support/oioxml-samples.ts";
import { wellFormed } from "../../../support/xml-arbitraries.ts";
import { changed, changes, inPieces, tokens } from "../../../support/xml-mutations.ts";
import { saxesVerdict, toldTree, type Verdict } from "../../../support/xml-oracle.ts";

/** `XML_RUNS=100000 XML_SEED=7 npx vitest run …/against-saxes.test.ts` runs more of them, or the same again. */
const runs = howOften("XML_RUNS", { short: 1_000, long: 2_000 });
const seed = Number(process.env["XML_SEED"] ?? Date.now() % 1_000_000_007);
const settings = { numRuns: runs, seed };
const limits = { ...defaultLimits, maxDepth: 10_000 };

/** Nothing of a text whose declaration was spoilt into another encoding: that is not the reader's to judge. */
const ours = (text: string): Verdict | undefined => {
  const reading = readXml(Buffer.from(text), limits);
  if (reading.ok) return { ok: true, tree: toldTree(reading.root) };
  if (reading.code === "encoding-unknown" && !/encoding *= *(["'])utf-8\1/i.test(text)) return undefined;
  if (reading.code !== "xml-malformed" && reading.code !== "xml-forbidden") throw new Error(reading.code);
  return { ok: false, code: reading.code, line: reading.line ?? 0 };
};

/** Where ours tells a fault earlier: a bare ampersand where it stands, not where the next semicolon is; a DOCTYPE and an XML declaration where they begin. */
const isToldEarlier = (
  text: string,
  our: Verdict & { ok: false },
  their: Verdict & { ok: false },
): boolean => {
  if (our.line > their.line) return false;
  const line = text.split(/\r\n?|\n/)[our.line - 1] ?? "";
  if (our.code === "xml-forbidden") return line.includes("<!DOCTYPE");
  return their.code === our.code && (line.includes("&") || line.includes("<?xml"));
};

const expectSame = (text: string, our: Verdict | undefined): void => {
  if (our === undefined) return;
  // The byte order mark is a matter of the encoding.
  const their = saxesVerdict(text.replace(/^\ufeff/, ""));
  if (!our.ok && !their.ok && isToldEarlier(text, our, their)) return;
  expect(our).toEqual(their);
};

const inPiecesVerdict = (pieces: readonly string[], extent: Extent): Verdict | "refused" => {
  const scan = beginScan(limits, new Map());
  try {
    for (const piece of pieces) readOn(scan, piece, extent);
    readOn(scan, "", "document");
  } catch (error) {
    if (scan.building.fault === undefined) throw error;
    return "refused";
  }
  const { root } = scan.building;
  return root === undefined ? "refused" : { ok: true, tree: toldTree(root) };
};
const lengths = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 10 });
const extents = fc.constantFrom<Extent[]>("all", "worthwhile");

describe(`our reader and saxes agree, seed ${String(seed)}`, () => {
  test("on generated documents, which both accept", () => {
    fc.assert(
      fc.property(wellFormed, (text) => {
        const our = ours(text);
        expectSame(text, our);
        expect(our?.ok).toBe(true);
      }),
      settings,
    );
  }, 60_000);
  test("on spoilt documents: what is refused, by which code and in which line", () => {
    const seen = { accepted: 0, refused: 0 };
    fc.assert(
      fc.property(wellFormed, changes, (text, all) => {
        const spoilt = changed(text, all);
        const our = ours(spoilt);
        expectSame(spoilt, our);
        seen[our?.ok === true ? "accepted" : "refused"] += 1;
      }),
      { ...settings, numRuns: runs * 3 },
    );
    expect(Math.min(seen.accepted, seen.refused)).toBeGreaterThan(runs / 10);
  }, 60_000);
  test.each([
    ["before the root", "\n", "\n<a/>"],
    ["first of all", "", "<a/>"],
    ["in text", "<a>\nx", "y\n<b/></a>"],
    ["in an element of its own", "<a><b>", "</b>\n</a>"],
    ["in a value", "<a b='x", "y'\n/>"],
    ["in a tag", "<a ", "\n/>"],
    ["in a name", "<a", "\n></a>"],
    ["in an end tag", "<a></a", "\n>"],
    ["in a comment", "<a><!-- ", " -->\n</a>"],
    ["in CDATA", "<a><![CDATA[", "]]>\n</a>"],
    ["in an instruction", "<a><?x ", "?>\n</a>"],
    ["in the name of an instruction", "<a><?x", "?>\n</a>"],
    ["in the declaration", "<?xml version='1.0'", "?>\n<a/>"],
    ["behind the root", "<a/>\n", "\n"],
  ])("on each spoiling %s", (_, before, behind) => {
    for (const token of tokens) {
      const text = `${before}${token}${behind}`;
      expectSame(text, ours(text));
    }
  });
  test("on documents cut in pieces anywhere, whole or spoilt", () => {
    fc.assert(
      fc.property(
        wellFormed,
        fc.option(changes, { nil: [] }),
        lengths,
        extents,
        (text, all, sizes, extent) => {
          const spoilt = changed(text, all);
          const their = saxesVerdict(spoilt);
          expect(inPiecesVerdict(inPieces(spoilt, sizes), extent)).toEqual(their.ok ? their : "refused");
        },
      ),
      settings,
    );
  }, 60_000);
  test("on documents of several pieces of bytes, and the line of their fault", () => {
    fc.assert(
      fc.property(fc.array(wellFormed, { minLength: 3, maxLength: 8 }), changes, (parts, all) => {
        const inner = parts.map((part) => part.replace(/^\ufeff?\s*(?:<\?xml[^>]*\?>)?/, "")).join("\r\n");
        const repeated = inner.repeat(Math.ceil(150_000 / inner.length));
        expectSame(`<r>${repeated}</r>`, ours(`<r>${repeated}</r>`));
        const spoilt = changed(`<r>${repeated}</r>`, all);
        expectSame(spoilt, ours(spoilt));
      }),
      { ...settings, numRuns: Math.ceil(runs / 100) },
    );
  }, 60_000);
});

const xmlFilesIn = (folder: string): string[] =>
  readdirSync(folder)
    .filter((name) => name.endsWith(".xml"))
    .map((name) => `${folder}/${name}`);

const expectSameOf = (file: string): void => {
  const decoded = decodeText(readFileSync(file));
  if (!decoded.ok) throw new Error(decoded.why);
  const text = decoded.text.replace(/encoding="[^"]*"/, 'encoding="UTF-8"');
  expectSame(text, ours(text));
  fc.assert(
    fc.property(changes, lengths, (all, sizes) => {
      const spoilt = changed(text, all);
      expectSame(spoilt, ours(spoilt));
      const their = saxesVerdict(spoilt);
      expect(inPiecesVerdict(inPieces(spoilt, sizes), "worthwhile")).toEqual(their.ok ? their : "refused");
    }),
    { ...settings, numRuns: Math.ceil(runs / 100) },
  );
};

describe(`documents as they are sent, whole and spoilt, seed ${String(seed)}`, () => {
  test.each(xmlFilesIn("contracts/examples/oioxml"))("%s", expectSameOf, 60_000);
  const golden = readdirSync("test/golden/oioxml").flatMap((name) =>
    xmlFilesIn(`test/golden/oioxml/${name}`),
  );
  test.each(golden)("%s", expectSameOf, 60_000);
  describe.runIf(samplesPresent)("MedCom's samples", () => {
    const samples = samplesPresent ? xmlFilesIn("../shared/oioxml/samples/golden") : [];
    test.each(samples.filter((file) => statSync(file).size < 30_000))("%s", expectSameOf, 60_000);
  });
});
