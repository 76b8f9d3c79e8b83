import type { FormattedText } from "../../contracts/formatted-text.ts";
import type { TextLevel } from "./element-table.ts";
import { emptyOf, styleOf } from "./formatted-levels.ts";

/**
 * Some systems escape the formatting of their text (`&lt;Break/&gt;`). The known tags are read as what they stand for;
 * everything else in angle brackets is text and stays so (guide to MedCom OIOXML, section 6, after OS2korrespondance).
 */
interface Token {
  readonly name: string;
  readonly kind: "open" | "close" | "whole";
  readonly start: number;
  readonly end: number;
  /** For `open`: the index of the token that closes it, or -1. */
  closes: number;
}

const knownTag = /<(\/?)(Break|Space|Bold|Italic|Underline|Center|Right|FixedFont)\s*(\/?)>/g;

const tokensOf = (text: string): Token[] =>
  Array.from(text.matchAll(knownTag), (match) => ({
    name: match[2] ?? "",
    kind: match[1] === "/" ? "close" : match[3] === "/" ? "whole" : "open",
    start: match.index,
    end: match.index + match[0].length,
    closes: -1,
  }));

/** From the right, so that a text of many unclosed tags costs no more than any other. */
const pairUp = (tokens: Token[]): void => {
  const closing = new Map<string, number>();
  for (let at = tokens.length - 1; at >= 0; at--) {
    const token = tokens[at];
    if (token?.kind === "close") closing.set(token.name, at);
    if (token?.kind === "open") token.closes = closing.get(token.name) ?? -1;
  }
};

interface Span {
  readonly text: string;
  readonly tokens: readonly Token[];
}

const pushText = (runs: FormattedText, text: string): void => {
  if (text === "") return;
  const last = runs.at(-1);
  if (typeof last === "string") runs[runs.length - 1] = last + text;
  else runs.push(text);
};

interface Range {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
  readonly level: TextLevel;
}
/** A run, and the index of the last token that it used up. */
interface Found {
  readonly run: FormattedText[number];
  readonly used: number;
}

/** `<Break/>`, or the long way round. */
const emptyAt = (token: Token, at: number, closer: Token | undefined): Found | undefined => {
  const el = emptyOf(token.name);
  if (el === undefined) return undefined;
  if (token.kind === "whole") return { run: { el }, used: at };
  return closer?.start === token.end ? { run: { el }, used: token.closes } : undefined;
};

/** The token as a run; `undefined` when it is text after all. */
const runAt = (span: Span, at: number, range: Range): Found | undefined => {
  const token = span.tokens[at];
  if (token === undefined || token.kind === "close") return undefined;
  const closer = token.kind === "open" && token.closes <= range.last ? span.tokens[token.closes] : undefined;
  const style = styleOf(token.name, range.level);
  if (style === undefined || closer === undefined) return emptyAt(token, at, closer);
  const inner = {
    first: at + 1,
    last: token.closes - 1,
    from: token.end,
    to: closer.start,
    level: style.inner,
  };
  return { run: { el: style.el, runs: runsIn(span, inner) }, used: token.closes };
};

const runsIn = (span: Span, range: Range): FormattedText => {
  const runs: FormattedText = [];
  let from = range.from;
  for (let at = range.first; at <= range.last; at++) {
    const found = runAt(span, at, range);
    if (found === undefined) continue;
    pushText(runs, span.text.slice(from, span.tokens[at]?.start));
    runs.push(found.run);
    from = span.tokens[found.used]?.end ?? from;
    at = found.used;
  }
  pushText(runs, span.text.slice(from, range.to));
  return runs;
};

/** Text with known escaped tags as runs; a text without any comes back as itself. */
export const unescapeTags = (text: string, level: TextLevel): FormattedText => {
  const tokens = tokensOf(text);
  if (tokens.length === 0) return [text];
  pairUp(tokens);
  return runsIn({ text, tokens }, { first: 0, last: tokens.length - 1, from: 0, to: text.length, level });
};
