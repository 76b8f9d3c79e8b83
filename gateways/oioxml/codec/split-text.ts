import type { FormattedRun, FormattedText } from "../../../contracts/formatted-text.ts";

/**
 * Characters of text in one block: 45 lines of 70, which EDIFACT's free text holds and older systems show
 * (OS2korrespondance, XmlUtil; guide to OIOXML, section 6). Breaks and spaces count one.
 */
const blockMax = 3150;

const lengthOf = (run: FormattedRun): number => {
  if (typeof run === "string") return run.length;
  return "runs" in run ? run.runs.reduce((sum, inner) => sum + lengthOf(inner), 0) : 1;
};

/** After the last blank that fits, or where it must be: never between the halves of one character. */
const cutPoint = (text: string, room: number): number => {
  const blank = text.lastIndexOf(" ", room - 1);
  if (blank > 0) return blank + 1;
  const code = text.charCodeAt(room - 1);
  return code >= 0xd800 && code <= 0xdbff ? room - 1 : room;
};

type Halves = readonly [FormattedText, FormattedText];

const halves = (run: FormattedRun, room: number): Halves => {
  if (typeof run === "string") {
    const at = cutPoint(run, room);
    return [at > 0 ? [run.slice(0, at)] : [], [run.slice(at)]];
  }
  if (!("runs" in run)) return [[], [run]];
  const [first, rest] = splitAt(run.runs, room);
  return [first.length === 0 ? [] : [{ el: run.el, runs: first }], [{ el: run.el, runs: rest }]];
};

/** As much as fits, and what is left. A style that is cut goes on in the next block. */
const splitAt = (runs: FormattedText, max: number): Halves => {
  let room = max;
  for (const [at, run] of runs.entries()) {
    const length = lengthOf(run);
    if (length > room) {
      const [first, rest] = room > 0 ? halves(run, room) : [[], [run]];
      return [
        [...runs.slice(0, at), ...first],
        [...rest, ...runs.slice(at + 1)],
      ];
    }
    room -= length;
  }
  return [runs, []];
};

/** A text in blocks that fit, at most `blocks` of them: the last holds whatever is left, since no text is ever lost. */
export const splitText = (text: FormattedText, blocks: number): FormattedText[] => {
  const split: FormattedText[] = [];
  let rest = text;
  while (split.length < blocks - 1) {
    const [first, more] = splitAt(rest, blockMax);
    if (more.length === 0 || first.length === 0) break;
    split.push(first);
    rest = more;
  }
  return [...split, rest];
};

interface Splitting<Block> {
  readonly textOf: (block: Block) => FormattedText;
  readonly withText: (block: Block, text: FormattedText) => Block;
  /** Told of every block whose text came to stand in several. */
  readonly onSplit: () => void;
}

/** Texts in blocks, no more of them than the version allows in all. */
export const splitTexts = <Block>(
  blocks: readonly Block[],
  max: number,
  { textOf, withText, onSplit }: Splitting<Block>,
): Block[] => {
  let spare = max - blocks.length;
  return blocks.flatMap((block) => {
    const texts = splitText(textOf(block), Math.max(1, 1 + spare));
    if (texts.length > 1) onSplit();
    spare -= texts.length - 1;
    return texts.map((text) => withText(block, text));
  });
};
