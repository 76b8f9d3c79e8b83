import { describe, expect, it } from "vitest";
import type { FormattedText } from "../../../../../contracts/formatted-text.ts";
import { runsHtml, withoutEmptyEnds } from "../../../../../gateways/oioxml/render/formatted-html.ts";

const shown = (...runs: FormattedText) => runsHtml(runs).html;

describe("formatted text as HTML", () => {
  it.each([
    [{ el: "Break" }, "<br/>"],
    [{ el: "Space" }, "\u00a0"],
    [{ el: "Bold", runs: ["a"] }, "<strong>a</strong>"],
    [{ el: "Italic", runs: ["a"] }, "<em>a</em>"],
    [{ el: "Underline", runs: ["a"] }, "<u>a</u>"],
    [{ el: "Right", runs: ["a"] }, '<span class="right">a</span>'],
    [{ el: "Center", runs: ["a"] }, '<span class="center">a</span>'],
    [{ el: "FixedFont", runs: ["a  b\n c"] }, "<pre>\na  b\n c</pre>"],
  ] as const)("%j", (run, expected) => {
    expect(shown(run as FormattedText[number])).toBe(expected);
  });

  it("keeps styles inside one another, and the blanks between words", () => {
    const bold: FormattedText[number] = { el: "Bold", runs: ["1", { el: "Break" }] };
    expect(shown("a  b ", { el: "FixedFont", runs: ["x ", bold] })).toBe(
      "a  b <pre>\nx <strong>1<br/></strong></pre>",
    );
  });

  it("escapes what a sender wrote", () => {
    expect(shown({ el: "Bold", runs: ["<img src=x onerror=alert(1)>"] })).toBe(
      "<strong>&lt;img src=x onerror=alert(1)&gt;</strong>",
    );
  });

  it("drops the line breaks of the sender's file beside the text's own, and no others", () => {
    expect(shown("\n    en\n    to", { el: "Break" }, "\n   tre\n")).toBe("en\n    to<br/>tre");
  });

  it("drops one blank after a Break, and keeps what is moved in by several", () => {
    expect(shown("a", { el: "Break" }, " b", { el: "Break" }, "   c")).toBe("a<br/>b<br/>   c");
  });

  it("leaves out empty lines before and after a text, and none inside it", () => {
    const b = { el: "Break" } as const;
    expect(withoutEmptyEnds([b, " ", b, "a", b, b, "b", b, "\n"])).toEqual(["a", b, b, "b"]);
    expect(withoutEmptyEnds([b, { el: "Space" }, " "])).toEqual([]);
    expect(withoutEmptyEnds([{ el: "Bold", runs: [b] }, "a"])).toHaveLength(2);
  });
});
