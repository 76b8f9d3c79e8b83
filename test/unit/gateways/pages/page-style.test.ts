import { describe, expect, it } from "vitest";
import { pageStyle } from "../../../../gateways/pages/page-style.ts";

/** Relative luminance of a colour (WCAG 2.2, definition). */
const luminance = (colour: string): number => {
  const full = colour.length === 4 ? colour.replace(/[\da-f]/g, "$&$&") : colour;
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(full.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const contrast = (one: string, other: string): number => {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
};

const palettes = [...pageStyle.matchAll(/:root \{([^}]*--ink[^}]*)\}/g)].map(
  ([, text = ""]) =>
    new Map([...text.matchAll(/--([\w-]+): (#[\da-f]+)/g)].map(([, name = "", value = ""]) => [name, value])),
);
const grounds = ["paper", "ground", "blue-paper", "amber-paper", "red-paper"];
const pairs: [string, string][] = [
  ...["ink", "dim", "link"].flatMap((text) => grounds.map((ground): [string, string] => [text, ground])),
  ...["blue", "amber", "red"].flatMap((text): [string, string][] => [
    [text, "paper"],
    [text, `${text}-paper`],
  ]),
];

describe("the style of a page", () => {
  it("has a palette for the light, for the dark and for print", () => {
    expect(palettes.map((palette) => palette.size)).toEqual([12, 12, 12]);
  });

  it.each(pairs)("%s on %s has a contrast of at least 4.5 to 1 in every palette", (text, ground) => {
    for (const palette of palettes)
      expect(contrast(palette.get(text) ?? "", palette.get(ground) ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it("stands in a page as it is, without a character that markup would read", () => {
    expect(pageStyle).not.toMatch(/[<&]/);
  });
});
