import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Command } from "commander";
import { describe, expect, it } from "vitest";
import { createProgram } from "../../../../gateways/cli/program.ts";

const pages = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.md"])
  .toString()
  .trim()
  .split("\n");
const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };
const program = createProgram("1.2.3");

/** What a page tells its reader to type: between backticks, or in a block that is indented or fenced. */
const toldIn = (page: string, word: RegExp): string[] =>
  [...page.matchAll(new RegExp(`(?:\`|^ {4,}|^|\\$\\()${word.source}([^\`\\n#|&;)]*)`, "gm"))].map(
    ([, rest = ""]) => rest.trim(),
  );

const commandUnder = (above: Command, name: string): Command | undefined =>
  above.commands.find((command) => command.name() === name || command.aliases().includes(name));

/** What is wrong with a command line, as far as its command and the names of its options go. */
const wrongWith = (line: string): string | undefined => {
  const words = line.split(/\s+/).filter((word) => word !== "");
  let command: Command = program;
  for (const word of words) {
    const found = commandUnder(command, word);
    if (found !== undefined) command = found;
    else if (command === program && /^[a-z]/.test(word)) return `no command ${word}`;
    else break;
  }
  const known = new Set(["--help", "--version", ...command.options.map(({ long }) => long)]);
  const unknown = words
    .flatMap((word) => /^--[a-z][a-z-]*/.exec(word) ?? [])
    .filter((word) => !known.has(word));
  return unknown.length === 0 ? undefined : `${command.name()} has no ${unknown.join(", ")}`;
};

describe("what the pages tell to type", () => {
  it("of this program is a command that it has, with options that it has", () => {
    const told = pages.flatMap((name) =>
      toldIn(readFileSync(name, "utf8"), /(?:npx )?sektorbro /).map((line) => ({ name, line })),
    );
    expect(told.length).toBeGreaterThan(100);
    expect(
      told.flatMap(({ name, line }) => {
        const wrong = wrongWith(line);
        return wrong === undefined ? [] : [`${name}: sektorbro ${line}: ${wrong}`];
      }),
    ).toEqual([]);
  });

  it("of npm is a script that there is", () => {
    const told = pages.flatMap((name) =>
      toldIn(readFileSync(name, "utf8"), /npm run /).map((line) => ({ name, script: line.split(/\s/)[0] })),
    );
    expect(told.length).toBeGreaterThan(20);
    expect(told.filter(({ script = "" }) => !/^-/.test(script) && scripts[script] === undefined)).toEqual([]);
  });

  it("would be found out if it were not there", () => {
    expect(wrongWith("archive erase CASE --reason controller --by ID")).toBeUndefined();
    expect(wrongWith("archive forget CASE --why x")).toBe("archive has no --why");
    expect(wrongWith("forget CASE")).toBe("no command forget");
  });
});
