import { styleText } from "node:util";
import { print } from "./say.ts";

/** Prints a story so that somebody who has never seen the hub can follow it and do it again. */
export type Teller = {
  /** A step begins: what happens, and why it matters. */
  step: (title: string, why: string) => void;
  /** The same by hand. */
  curl: (...lines: string[]) => void;
  /** What came back. */
  result: (...lines: string[]) => void;
  steps: () => number;
};

const indented = (lines: readonly string[], indent: string): string =>
  lines
    .flatMap((line) => line.split("\n"))
    .map((line) => (line === "" ? "" : indent + line))
    .join("\n");

/** A text as lines of at most 92 characters, which fit a terminal beside their indent. */
const wrapped = (text: string): string =>
  Array.from(text.matchAll(/(.{1,92})(?:\s+|$)/g), ([, line = ""]) => line).join("\n");

/** Colours only for eyes: a pipe or a log gets plain text. */
const styled = (format: "bold" | "dim", text: string): string =>
  process.stdout.isTTY && (process.env["NO_COLOR"] ?? "") === "" ? styleText(format, text) : text;

export const createTeller = (): Teller => {
  let count = 0;
  return {
    step: (title, why) => {
      count += 1;
      print(`\n${styled("bold", `${String(count).padStart(2)}  ${title}`)}`);
      print(indented([wrapped(why)], "    "));
    },
    curl: (...lines) => {
      print(styled("dim", indented([`$ curl ${lines.join(" \\\n     ")}`], "    ")));
    },
    result: (...lines) => {
      print(indented(lines, "    > "));
    },
    steps: () => count,
  };
};

const maxLine = 96;

/** A few elements of a document, each on a line of its own and no longer than a line. */
export const excerptOf = (xml: string, names: readonly string[]): string[] =>
  names.flatMap((name) => {
    const content = new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];
    if (content === undefined) return [];
    const text = content
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ")
      .trim();
    const room = maxLine - 2 * name.length - 5;
    return [`<${name}>${text.length > room ? `${text.slice(0, room - 4)} ...` : text}</${name}>`];
  });
