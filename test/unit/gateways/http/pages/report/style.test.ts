import { expect, it } from "vitest";
import { reportStyle } from "../../../../../../gateways/http/pages/report/style.ts";

const style = reportStyle("2026-10", "da");

const channel = (value: number): number => {
  const part = value / 255;
  return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
};
/** Relative luminance of `#rrggbb` (WCAG 2.2). */
const luminance = (colour: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(colour.slice(at, at + 2), 16)),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};
const onPaper = (name: string): number => {
  const colour = new RegExp(`--${name}: (#[0-9a-f]{6})`).exec(style)?.[1] ?? "#ffffff";
  return 1.05 / (luminance(colour) + 0.05);
};

it("has a contrast of at least 4.5 to 1 for text and 3 to 1 for what is drawn, on white paper", () => {
  expect(onPaper("ink")).toBeGreaterThanOrEqual(4.5);
  expect(onPaper("dim")).toBeGreaterThanOrEqual(4.5);
  expect(onPaper("bar")).toBeGreaterThanOrEqual(3);
  const heads = [...style.matchAll(/color: (#[0-9a-f]{6})/g)].map(([, colour = "#ffffff"]) => colour);
  expect(heads.length).toBeGreaterThan(0);
  for (const colour of heads) expect(1.05 / (luminance(colour) + 0.05)).toBeGreaterThanOrEqual(4.5);
});

it("is light paper also where the screen is dark", () => {
  expect(style).toContain("color-scheme: light;");
  expect(style).not.toContain("prefers-color-scheme");
});
