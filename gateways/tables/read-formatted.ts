import type { FormattedText } from "../../contracts/formatted-text.ts";
import type { XmlElement } from "../xml/read-xml.ts";
import type { TextLevel } from "./element-table.ts";
import { emptyOf, styleOf } from "./formatted-levels.ts";
import { type Place, report, warn } from "./place.ts";
import { unescapeTags } from "./unescape-tags.ts";

const readRun = (child: XmlElement, level: TextLevel, place: Place): FormattedText => {
  const empty = emptyOf(child.local);
  const style = styleOf(child.local, level);
  if (empty === undefined && style === undefined) report(place, "element-unknown");
  else if (child.uri !== place.sink.namespace) report(place, "namespace-wrong");
  if (child.attributes.length > 0) report(place, "attribute-unexpected");
  if (empty !== undefined) {
    if (child.content.length > 0) report(place, "text-unexpected");
    return [{ el: empty }];
  }
  return style === undefined ? [] : [{ el: style.el, runs: readRuns(child, style.inner, place) }];
};

const readText = (text: string, level: TextLevel, place: Place): FormattedText => {
  if (!text.includes("<")) return [text];
  const runs = unescapeTags(text, level);
  if (runs.length > 1 || typeof runs[0] !== "string") warn(place, "escaped-tags");
  return runs;
};

/** Mixed content to the last blank. Nothing is trimmed: whitespace in formatted text is the sender's. */
export const readRuns = (element: XmlElement, level: TextLevel, place: Place): FormattedText => {
  const runs: FormattedText = [];
  for (const [at, part] of element.content.entries()) {
    if (typeof part === "string") runs.push(...readText(part, level, place));
    else runs.push(...readRun(part, level, { path: `${place.path}/node()[${at + 1}]`, sink: place.sink }));
  }
  return runs;
};
