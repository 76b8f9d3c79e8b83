import type { FormattedRun, FormattedText } from "../../contracts/formatted-text.ts";
import type { TextLevel } from "./element-table.ts";

const emptyElements = ["Break", "Space"] as const;
const simpleStyles = ["Bold", "Italic", "Underline", "Center", "Right"] as const;

type Styled = Extract<FormattedRun, { runs: FormattedText }>;

/** Which elements each level allows, and the level inside them (MedCom FormattedText.xsd). */
export const emptyOf = (local: string): (typeof emptyElements)[number] | undefined =>
  emptyElements.find((name) => name === local);
export const styleOf = (
  local: string,
  level: TextLevel,
): { el: Styled["el"]; inner: TextLevel } | undefined => {
  if (level === "breakable") return undefined;
  if (local === "FixedFont") return level === "formatted" ? { el: "FixedFont", inner: "fixed" } : undefined;
  const el = simpleStyles.find((name) => name === local);
  return el === undefined ? undefined : { el, inner: "breakable" };
};
