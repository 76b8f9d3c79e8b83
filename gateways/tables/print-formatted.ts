import type { FormattedRun, FormattedText } from "../../contracts/formatted-text.ts";
import { escapeText } from "../xml/escape-text.ts";
import type { TextLevel } from "./element-table.ts";
import { styleOf } from "./formatted-levels.ts";
import type { Loss } from "./losses.ts";

interface Printing {
  readonly path: string;
  readonly losses: Loss[];
}

const printRun = (run: FormattedRun, level: TextLevel, at: Printing): string => {
  if (typeof run === "string")
    return escapeText(run, () => {
      at.losses.push({ code: "character-illegal", path: at.path });
    });
  if (!("runs" in run)) return `<${run.el}/>`;
  const style = styleOf(run.el, level);
  if (style === undefined) {
    at.losses.push({ code: "style-nested", path: at.path });
    return printRuns(run.runs, level, at);
  }
  return `<${style.el}>${printRuns(run.runs, style.inner, at)}</${style.el}>`;
};

/** Runs as mixed content. A style that may not stand at this level gives way to the one around it. */
export const printRuns = (runs: FormattedText, level: TextLevel, at: Printing): string => {
  let xml = "";
  for (const run of runs) xml += printRun(run, level, at);
  return xml;
};
