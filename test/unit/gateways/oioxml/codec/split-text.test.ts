import { fc, test } from "@fast-check/vitest";
import { describe, expect, it } from "vitest";
import { type FormattedText, toPlainText } from "../../../../../contracts/formatted-text.ts";
import { splitText, splitTexts } from "../../../../../gateways/oioxml/codec/split-text.ts";

const words = (count: number): string => "ord ".repeat(count).trim();
const joined = (blocks: readonly FormattedText[]): string => blocks.map(toPlainText).join("");

const run: fc.Arbitrary<FormattedText[number]> = fc.oneof(
  fc.string({ minLength: 1, maxLength: 2500, unit: "grapheme" }),
  fc.constant({ el: "Break" as const }),
  fc
    .string({ minLength: 1, maxLength: 4000 })
    .map((text) => ({ el: "Bold" as const, runs: [text, { el: "Break" as const }] })),
);

describe("long text", () => {
  it("stays one block when it fits", () => {
    expect(splitText([words(700)], 10)).toEqual([[words(700)]]);
  });
  it("is split after a blank, into blocks of at most 3150 characters", () => {
    const blocks = splitText([words(2000)], 10);
    expect(blocks.length).toBe(3);
    expect(blocks.map((block) => toPlainText(block).length <= 3150)).toEqual([true, true, true]);
    expect(blocks.slice(0, -1).every((block) => toPlainText(block).endsWith(" "))).toBe(true);
    expect(joined(blocks)).toBe(words(2000));
  });
  it("goes on in the same style in the next block", () => {
    const [first, second] = splitText([{ el: "Bold", runs: [words(1000)] }], 10);
    expect(first?.[0]).toMatchObject({ el: "Bold" });
    expect(second?.[0]).toMatchObject({ el: "Bold" });
  });
  it("is never cut: the last block that the version allows holds the rest", () => {
    const blocks = splitText([words(20_000)], 3);
    expect(blocks.length).toBe(3);
    expect(joined(blocks)).toBe(words(20_000));
  });
  it("takes no more blocks than the letter has left", () => {
    const texts = [[words(1000)], [words(2000)], [words(10)]];
    const shape = {
      textOf: (text: FormattedText) => text,
      withText: (_: FormattedText, text: FormattedText) => text,
      onSplit: () => {
        split += 1;
      },
    };
    let split = 0;
    const blocks = splitTexts(texts, 5, shape);
    expect(split).toBe(2);
    expect(blocks.length).toBe(5);
    expect(joined(blocks)).toBe(joined(texts));
  });
  test.prop([fc.array(run, { maxLength: 12 }), fc.integer({ min: 1, max: 10 })], { numRuns: 200 })(
    "says the same in whatever blocks, and no block but the last is too long",
    (text, most) => {
      const blocks = splitText(text, most);
      expect(joined(blocks)).toBe(toPlainText(text));
      expect(blocks.length).toBeLessThanOrEqual(most);
      for (const block of blocks.slice(0, -1)) expect(toPlainText(block).length).toBeLessThanOrEqual(3150);
    },
  );
});
