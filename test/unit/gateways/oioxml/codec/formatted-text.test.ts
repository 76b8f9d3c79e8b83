import { describe, expect, test } from "vitest";
import type { FormattedText } from "../../../../../contracts/formatted-text.ts";
import { parseDocument } from "../../../../../gateways/oioxml/codec/parse-document.ts";
import { unescapeTags } from "../../../../../gateways/tables/unescape-tags.ts";
import {
  aLetter,
  changed,
  envelope,
  letterIn,
  onlyLetter,
  textOf,
} from "../../../../support/oioxml-builders.ts";
import { example } from "../../../../support/oioxml-samples.ts";
import { printLetter } from "../../../../support/printing.ts";

const question = example("xdis91-question");
const read = (text01: string): FormattedText | undefined => {
  const old = /<Text01>[\s\S]*<\/Text01>/.exec(textOf(question))?.[0] ?? "";
  return letterIn(parseDocument(changed(question, old, `<Text01>${text01}</Text01>`))).texts[0];
};
const printed = (text: FormattedText): { xml: string; losses: readonly object[] } => {
  const { bytes, losses } = printLetter(aLetter({ texts: [text] }), envelope);
  return { xml: /<Text01>([\s\S]*)<\/Text01>/.exec(textOf(bytes))?.[1] ?? "", losses };
};
const Break = { el: "Break" } as const;

describe("formatted text", () => {
  test("every blank, line break and tab is kept", () => {
    expect(read("  a\n\n  b\t<Space/> <Bold> c </Bold>\n")).toEqual([
      "  a\n\n  b\t",
      { el: "Space" },
      " ",
      { el: "Bold", runs: [" c "] },
      "\n",
    ]);
  });
  test("FixedFont may hold styles, a style only Break and Space", () => {
    expect(read("<FixedFont>x<Bold>y<Break/></Bold></FixedFont>")).toEqual([
      { el: "FixedFont", runs: ["x", { el: "Bold", runs: ["y", Break] }] },
    ]);
  });
  test("an empty text is no runs", () => {
    expect(read("")).toEqual([]);
  });
});

describe("escaped tags", () => {
  test.each<[string, FormattedText]>([
    ["a<Break/>b", ["a", Break, "b"]],
    ["a<Break />b<Break></Break>", ["a", Break, "b", Break]],
    ["<Bold>a<Break/>b</Bold>c", [{ el: "Bold", runs: ["a", Break, "b"] }, "c"]],
    ["<FixedFont><Bold>a</Bold></FixedFont>", [{ el: "FixedFont", runs: [{ el: "Bold", runs: ["a"] }] }]],
    ["<Bold><Italic>a</Italic></Bold>", [{ el: "Bold", runs: ["<Italic>a</Italic>"] }]],
    ["<Bold>a", ["<Bold>a"]],
    ["a</Bold>", ["a</Bold>"]],
    ["<Bold/>", ["<Bold/>"]],
    ["TSH <4 og <Teste> >2", ["TSH <4 og <Teste> >2"]],
    ["<break/>", ["<break/>"]],
    ["<Bold>a<FixedFont>b</Bold>c</FixedFont>", [{ el: "Bold", runs: ["a<FixedFont>b"] }, "c</FixedFont>"]],
  ])("%s", (text, runs) => {
    expect(unescapeTags(text, "formatted")).toEqual(runs);
  });
  test("in a letter they are read as what they stand for, and said", () => {
    const parsed = parseDocument(changed(question, "<Break/>", "&lt;Break/&gt;&lt;Teste&gt;"));
    expect(letterIn(parsed).texts[0]?.slice(0, 4)).toEqual(["Kære endokrinologer", Break, "<Teste>", Break]);
    expect(onlyLetter(parsed)).toMatchObject({ warnings: [{ code: "escaped-tags" }] });
  });
  test("inside a style no style is unescaped", () => {
    expect(read("<Bold>&lt;Italic&gt;a&lt;/Italic&gt;&lt;Break/&gt;</Bold>")).toEqual([
      { el: "Bold", runs: ["<Italic>a</Italic>", Break] },
    ]);
  });
  test("a text of nothing but unclosed tags costs no more than its length", () => {
    const text = "<Bold>".repeat(200_000);
    const before = process.cpuUsage();
    expect(unescapeTags(text, "formatted")).toEqual([text]);
    expect(process.cpuUsage(before).user).toBeLessThan(5_000_000);
  });
});

describe("printing formatted text", () => {
  test("markup is escaped and what is not Latin-1 becomes a reference", () => {
    expect(printed(["R&D <4 >2 ]]> æ € 😀 \u0085\r\n"]).xml).toBe(
      "R&amp;D &lt;4 &gt;2 ]]&gt; æ &#8364; &#128512; &#133;&#13;\n",
    );
  });
  test("a character that XML forbids is replaced, and that is a loss", () => {
    expect(printed(["a\u0000b\ud800c"])).toEqual({
      xml: "a&#65533;b&#65533;c",
      losses: [
        { code: "character-illegal", path: "ClinicalEmail/ClinicalInformation/Text01" },
        { code: "character-illegal", path: "ClinicalEmail/ClinicalInformation/Text01" },
      ],
    });
  });
  test("a style inside a style gives way to the outer one, and that is a loss", () => {
    const nested: FormattedText = [{ el: "Bold", runs: ["a", { el: "Italic", runs: ["b", Break] }] }];
    expect(printed(nested)).toMatchObject({
      xml: "<Bold>ab<Break/></Bold>",
      losses: [{ code: "style-nested" }],
    });
  });
});
