import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** Petrol: the one accent. Amber and red are kept for what is due and what is late. */
const bro: MantineColorsTuple = [
  "#e8f6fa",
  "#d3e9f0",
  "#a4d3e1",
  "#72bcd2",
  "#4ba9c5",
  "#349dbd",
  "#1f8bab",
  "#0b6f8a",
  "#0b5d73",
  "#03485b",
];

export const theme = createTheme({
  primaryColor: "bro",
  primaryShade: { light: 8, dark: 7 },
  colors: { bro },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: "md",
  fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif',
  fontFamilyMonospace: 'ui-monospace, "Cascadia Code", "DejaVu Sans Mono", monospace',
  headings: { fontWeight: "650" },
  // What a thumb has to meet is never smaller than 24 by 24 (WCAG 2.2, 2.5.8); buttons are a good deal larger.
  components: { Button: { defaultProps: { size: "md" } } },
});
