import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type FormattedRun,
  FormattedText,
  fromPlainText,
  TextInput,
  toPlainText,
} from "../../../contracts/formatted-text.ts";

const { runs } = fc.letrec<{ run: FormattedRun; runs: FormattedRun[] }>((tie) => ({
  run: fc.oneof(
    { depthSize: "small" },
    fc.string(),
    fc.record({ el: fc.constantFrom("Break", "Space") }),
    fc.record({
      el: fc.constantFrom("Bold", "Italic", "Underline", "Center", "Right", "FixedFont"),
      runs: tie("runs"),
    }),
  ),
  runs: fc.array(tie("run"), { maxLength: 4 }),
}));

describe("formatted text", () => {
  it("keeps plain text through and through, but for how its lines end", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "å", " ", "\t", "\n", "<", "&") }), (text) => {
        expect(toPlainText(fromPlainText(text))).toBe(text);
      }),
    );
  });

  it("reads the line ends of every system as one break", () => {
    expect(fromPlainText("a\r\nb\rc\nd")).toEqual([
      "a",
      { el: "Break" },
      "b",
      { el: "Break" },
      "c",
      { el: "Break" },
      "d",
    ]);
  });

  it("keeps empty lines, also at the beginning and the end", () => {
    expect(fromPlainText("\n\na\n")).toEqual([{ el: "Break" }, { el: "Break" }, "a", { el: "Break" }]);
    expect(fromPlainText("")).toEqual([]);
  });

  it("is read without its styles, breaks as new lines and spaces as blanks", () => {
    const text: FormattedText = [
      { el: "Bold", runs: ["TSH", { el: "Space" }, { el: "Italic", runs: ["0,05"] }] },
      { el: "Break" },
      "  to blanks first",
    ];
    expect(toPlainText(text)).toBe("TSH 0,05\n  to blanks first");
  });

  it("passes its contract unchanged, however deep its styles", () => {
    fc.assert(
      fc.property(runs, (text) => {
        expect(FormattedText.parse(text)).toEqual(text);
      }),
    );
  });

  it("knows MedCom's styles and no others", () => {
    expect(FormattedText.safeParse([{ el: "Blink", runs: [] }]).success).toBe(false);
    expect(FormattedText.safeParse([{ el: "Bold" }]).success).toBe(false);
  });
});

describe("the text of a JSON sender", () => {
  it("may be plain or formatted", () => {
    expect(TextInput.parse("a\nb")).toEqual(["a", { el: "Break" }, "b"]);
    expect(TextInput.parse(["a", { el: "Break" }, "b"])).toEqual(["a", { el: "Break" }, "b"]);
  });
  it("is not an empty string", () => {
    expect(TextInput.safeParse("").success).toBe(false);
  });
});
